"""A batch on a cluster of three nodes on this machine: as one machine does it, also where a node is lost."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from desktop.engine.batch.plan import BatchJob, ExistingFilesError
from desktop.engine.batch.progress import Control, Progress
from desktop.engine.batch.run import run
from desktop.engine.cluster.connection import Cluster
from desktop.engine.cluster.place import parse_place
from desktop.engine.cluster.run import run_on_cluster
from desktop.engine.library import ModelEntry
from tests.desktop.engine.batch.conftest import changed, files

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
PICTURES = 160
OUTPUTS = ("reconstruction", "score")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Small pictures of noise in two folders, and a broken one, one of whose names is no UTF-8."""
    root, random = tmp_path_factory.mktemp("pictures"), np.random.default_rng(0)
    (root / "sub").mkdir()
    for number in range(PICTURES):
        pixels = random.integers(0, 255, (40 + number % 5, 48, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(root / ("sub" if number % 2 else ".") / f"{number:04d}.png")
    os.rename(os.fsencode(root / "0000.png"), os.fsencode(root) + b"/caf\xe9.png")  # noqa: PTH104 (bytes)
    (root / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing more")
    return root


def go(job: BatchJob, **more: Any) -> Any:
    """The job on the cluster that this process is connected to."""
    return run_on_cluster(job, parse_place(str(job.source)), parse_place(str(job.target)), Cluster(), **more)


def same(one: Path, other: Path) -> None:
    """The same files with the same bytes are in two folders, but for hidden ones."""
    shown = {name for name in files(one) if not name.startswith(".")}
    assert shown == files(other)
    for name in shown:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


@pytest.mark.usefixtures("cluster")
def test_a_cluster_writes_what_one_machine_writes(folder: Path, tmp_path: Path, entry: ModelEntry) -> None:
    """Byte for byte; broken pictures are named; stopped in the middle, it goes on; done again, it does nothing."""
    job = BatchJob(folder, tmp_path / "out", entry, OUTPUTS, asked="cpu", falls_back=False)
    control = Control()

    def watch(progress: Progress) -> None:
        if progress.done >= 20:
            control.cancel()

    first = go(job, control=control, watch=watch)
    assert first.stopped
    assert first.written >= 20
    told = list[str]()
    second = go(job, tell=told.append)
    assert second.kept == first.written
    assert (second.kept + second.written, [str(each.picture) for each in second.failures]) == (PICTURES, ["broken.png"])
    assert sum("pictures, " in line for line in told) >= 1
    assert go(job).kept == PICTURES
    run(changed(job, target=tmp_path / "whole"))
    same(job.target, tmp_path / "whole")


@pytest.mark.usefixtures("cluster")
def test_nothing_is_overwritten_unasked(folder: Path, tmp_path: Path, entry: ModelEntry) -> None:
    """A file that comes of no run of this job stops it before it did anything."""
    job = BatchJob(folder, tmp_path / "out", entry, OUTPUTS, asked="cpu", falls_back=False)
    job.target.mkdir()
    (job.target / "0002-reconstruction.png").write_text("mine")
    with pytest.raises(ExistingFilesError):
        go(job)
    assert (job.target / "0002-reconstruction.png").read_text() == "mine"


def test_a_lost_node_loses_nothing(cluster: Any, folder: Path, tmp_path: Path, entry: ModelEntry) -> None:
    """With one of two nodes killed in the middle, every picture is written, as one machine writes it."""
    job = BatchJob(folder, tmp_path / "out", entry, OUTPUTS, asked="cpu", falls_back=False)
    killed = threading.Event()

    def watch(progress: Progress) -> None:
        if progress.done >= 20 and not killed.is_set():
            killed.set()
            cluster.remove_node(cluster.extra.pop(), allow_graceful=False)

    done = go(job, watch=watch)
    cluster.extra.append(cluster.add_node(num_cpus=1))  # for tests that come after
    assert killed.is_set()
    assert (done.written, len(done.failures), done.stopped) == (PICTURES, 1, False)
    assert (job.target / "scores.csv").read_bytes().count(b"\n") == PICTURES + 1
    run(changed(job, target=tmp_path / "whole"))
    same(job.target, tmp_path / "whole")
