"""A graph in OpenVINO."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.machine import providers
from desktop.engine.machine.openvino_graph import OpenVinoGraph
from export.bundle import Bundle
from tests.pictures import gradient

pytest.importorskip("openvino")


def test_it_gives_what_onnxruntime_gives(vector: Bundle, free: Bundle) -> None:
    """Latents to a thousandth of their spread and pictures within a level, of other sizes and batches too."""
    for bundle, sizes in ((vector, [(3, 32, 32)]), (free, [(1, 32, 32), (2, 16, 24)])):
        ours, theirs = (Autoencoder(bundle, name, threads=1) for name in ("cpu", "openvino"))
        assert (ours.provider, theirs.provider, theirs.running.reason) == ("CPU", "OpenVINO", None)
        for count, height, width in sizes:
            pictures = np.stack([gradient(height, width)] * count)
            latents = ours.encode(pictures)
            assert np.abs(theirs.encode(pictures) - latents).max() <= 1e-3 * latents.std()
            assert np.abs(theirs.decode(latents).astype(int) - ours.decode(latents)).max() <= 1


def test_threads_run_it_side_by_side(vector: Bundle) -> None:
    """Each run has a request of its own: none finds another's output."""
    graph = OpenVinoGraph(vector.read("decoder.onnx"), 1)
    latents = np.random.default_rng(0).standard_normal((16, 1, 8)).astype(np.float32)
    expected = [graph.run(latent) for latent in latents]
    barrier = threading.Barrier(4)

    def run(worker: int) -> list[bool]:
        barrier.wait()
        return [np.array_equal(graph.run(latents[index]), expected[index]) for index in range(worker, 16, 4)]

    with ThreadPoolExecutor(4) as pool:
        assert all(all(found) for found in pool.map(run, range(4)))


def test_it_is_imported_only_where_it_is_chosen(vector: Bundle) -> None:
    """Neither the engine nor a model on the CPU brings it into the process."""
    program = (
        "import sys; from pathlib import Path; from desktop.engine.autoencoder import Autoencoder; "
        "from export.bundle import read_bundle; "
        "Autoencoder(read_bundle(Path(sys.argv[1])), 'auto'); print('openvino' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, vector.path], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_without_the_package_it_says_what_brings_it(vector: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """The CPU does the work, and the reason names the line to type."""
    monkeypatch.setattr(providers, "has_openvino", lambda: False)
    model = Autoencoder(vector, "openvino")
    assert model.provider == "CPU"
    assert model.running.reason == "OpenVINO is not installed; uv sync --inexact --extra openvino brings it"
    assert providers.OPENVINO not in model.running.offered
