"""Running a bundle's graphs."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from desktop.engine import measures
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import ModelError
from desktop.engine.machine import graphs, providers
from desktop.engine.machine.placement import Placement
from desktop.engine.machine.providers import Kind
from export.bundle import Bundle, BundleError
from tests import bundles
from tests.pictures import gradient


def test_vector_codes_have_the_contracts_shape(vector: Bundle) -> None:
    """A batch of pictures becomes a batch of vectors and pictures again."""
    autoencoder = Autoencoder(vector, "cpu")
    images = np.stack([gradient(32, 32)] * 3)
    latents = autoencoder.encode(images)
    assert latents.shape == (3, 8)
    assert latents.dtype == np.float32
    decoded = autoencoder.decode(latents)
    assert decoded.shape == images.shape
    assert decoded.dtype == np.uint8
    assert measures.psnr_db(images, decoded) > 25


def test_map_codes_follow_the_pictures_size(free: Bundle) -> None:
    """A free-size model takes any multiple, and its code grows with the picture."""
    autoencoder = Autoencoder(free, "cpu")
    latents = autoencoder.encode(gradient(48, 64)[None])
    assert latents.shape == (1, 4, 6, 8)
    assert autoencoder.decode(latents).shape == (1, 48, 64, 3)


@pytest.mark.parametrize(
    "images",
    [
        np.zeros((1, 32, 32, 3), np.float32),
        np.zeros((32, 32, 3), np.uint8),
        np.zeros((1, 16, 16, 3), np.uint8),
        np.zeros((1, 32, 32, 1), np.uint8),
    ],
)
def test_wrong_pictures_are_refused(vector: Bundle, images: np.ndarray) -> None:
    """A wrong type, rank, size or number of channels is an error before the graph runs."""
    with pytest.raises(ModelError, match="tiny"):
        Autoencoder(vector, "cpu").encode(images)


@pytest.mark.parametrize("latents", [np.zeros((1, 8)), np.zeros((1, 9), np.float32), np.zeros(8, np.float32)])
def test_wrong_latents_are_refused(vector: Bundle, latents: np.ndarray) -> None:
    """A wrong type, length or rank is an error before the graph runs."""
    with pytest.raises(ModelError, match="another shape"):
        Autoencoder(vector, "cpu").decode(latents)


@pytest.mark.parametrize("name", ["encoder", "decoder"])
def test_garbage_graph_is_a_clean_error(vector: Bundle, name: str) -> None:
    """A file that is no graph, though its hash is right, is named in one line."""
    broken = bundles.rewrite(vector, **{f"{name}_onnx": b"garbage"})
    with pytest.raises(ModelError, match=rf"tiny, {name}\.onnx: the graph is not a readable ONNX file") as caught:
        Autoencoder(broken, "cpu")
    assert "\n" not in str(caught.value)


def test_exchanged_graphs_are_a_clean_error(vector: Bundle) -> None:
    """Graphs that open but do not take what the contract says are found when the bundle is opened."""
    encoder, decoder = vector.read("encoder.onnx"), vector.read("decoder.onnx")
    broken = bundles.rewrite(vector, encoder_onnx=decoder, decoder_onnx=encoder)
    with pytest.raises(ModelError, match="tiny: the encoder failed"):
        Autoencoder(broken, "cpu")


def test_altered_graph_is_refused(vector: Bundle) -> None:
    """A graph changed after the export is refused by its hash."""
    path = vector.folder / "decoder.onnx"
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(BundleError, match="was altered"):
        Autoencoder(vector, "cpu")


def test_cuda_that_cannot_be_tried_falls_back(vector: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for CUDA on a machine without, the model runs on the CPU and says why."""
    monkeypatch.setattr(providers, "cuda_problem", lambda: "no NVIDIA driver was found")
    autoencoder = Autoencoder(vector, "cuda")
    assert (autoencoder.provider, autoencoder.running.reason) == ("CPU", "no NVIDIA driver was found")
    assert autoencoder.encode(gradient(32, 32)[None]).shape == (1, 8)


def test_cuda_that_does_not_load_falls_back(
    vector: Bundle, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A driver without CUDA's libraries ends on the CPU, with a reason and with nothing on the terminal."""
    if providers.cuda_problem() is None:
        pytest.skip("CUDA works here")
    monkeypatch.setattr(providers, "cuda_problem", lambda: None)
    autoencoder = Autoencoder(vector, "auto")
    assert autoencoder.provider == "CPU"
    assert autoencoder.running.reason is not None
    assert capfd.readouterr() == ("", "")


def test_cpu_asked_for_needs_no_reason(vector: Bundle) -> None:
    """Who asks for the CPU gets it without an excuse."""
    autoencoder = Autoencoder(vector, "cpu")
    assert (autoencoder.provider, autoencoder.running.reason) == ("CPU", None)


def test_a_run_of_each_graph_proves_where_the_nodes_are(vector: Bundle) -> None:
    """The placement of both is there from the start, every node on the CPU, and what else could be asked for."""
    running = Autoencoder(vector, "cpu").running
    assert running.decoder.nodes == {"CPU": 7}
    assert running.encoder.nodes.keys() == {"CPU"}
    assert running.placement.total == 7 + running.encoder.total > 8
    assert providers.CPU in running.offered
    assert not running.failed_at_work


class _Failing:
    """A session on CUDA that works until it is told to fail, as when memory runs out."""

    broken = False

    def __init__(self, session: Any) -> None:
        self._session = session

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)

    def run(self, *arguments: Any) -> Any:
        if _Failing.broken:
            raise RuntimeError("[ONNXRuntimeError] : 1 : FAIL : Failed to allocate memory for requested buffer")
        return self._session.run(*arguments)


@pytest.fixture
def fragile(vector: Bundle, monkeypatch: pytest.MonkeyPatch) -> Autoencoder:
    """A model that believes to run on CUDA, which can be made to fail."""
    create = providers.create_session

    def create_failing(graph: bytes, kind: Kind, profile: Path | None = None, *options: Any) -> Any:
        session = create(graph, providers.CPU, profile, *options)
        return _Failing(session) if kind is providers.CUDA else session

    monkeypatch.setattr(_Failing, "broken", False)
    monkeypatch.setattr(providers, "cuda_problem", lambda: None)
    monkeypatch.setattr(providers, "create_session", create_failing)
    monkeypatch.setattr(graphs, "read_profile", lambda _path, kind: Placement({kind.name: 7}))
    autoencoder = Autoencoder(vector, "cuda")
    assert autoencoder.provider == "CUDA"
    return autoencoder


@pytest.mark.parametrize("first", ["encode", "decode"])
def test_the_cpu_takes_over_in_mid_work(fragile: Autoencoder, first: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The step that failed is repeated there with the same result, and the reason is kept."""
    images = gradient(32, 32)[None]
    code = fragile.encode(images)
    expected = fragile.decode(code)
    monkeypatch.setattr(_Failing, "broken", True)
    if first == "encode":
        assert np.array_equal(fragile.encode(images), code)
    assert np.array_equal(fragile.decode(code), expected)
    running = fragile.running
    assert (running.provider, running.failed_at_work) == ("CPU", True)
    assert running.reason is not None
    assert "CUDA failed in the middle of its work" in running.reason
    assert "Failed to allocate memory" in running.reason


def test_the_provider_is_changed_at_run_time(fragile: Autoencoder) -> None:
    """To the CPU and back; what there is not leaves everything as it was."""
    fragile.use("cpu")
    assert (fragile.provider, fragile.running.reason) == ("CPU", None)
    fragile.use("cuda")
    assert fragile.provider == "CUDA"
    with pytest.raises(ModelError, match="there is no provider abacus"):
        fragile.use("abacus")
    assert fragile.provider == "CUDA"


@pytest.mark.parametrize("side", ["encoder", "decoder"])
def test_a_placement_all_on_the_cpu_is_not_called_cuda(
    vector: Bundle, fragile: Autoencoder, monkeypatch: pytest.MonkeyPatch, side: str
) -> None:
    """Where onnxruntime opened a session on CUDA and gave it nothing to do, the model is said to run on the CPU."""

    def read(path: Path, kind: Kind) -> Placement:
        return Placement({"CPU" if path.name.startswith(side) else kind.name: 7})

    monkeypatch.setattr(graphs, "read_profile", read)
    fragile.use("cuda")
    assert fragile.provider == "CPU"
    assert f"left every node of the {side} to the CPU" in str(fragile.running.reason)
    assert Autoencoder(vector, "auto").provider == "CPU"


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_codes_that_are_not_numbers_are_refused(vector: Bundle, value: float) -> None:
    """Rather than decoded to black."""
    with pytest.raises(ModelError, match="not finite"):
        Autoencoder(vector, "cpu").decode(np.full((1, 8), value, np.float32))


def test_both_graphs_are_opened_side_by_side(vector: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is opened while the other is being opened: were one done after another, the first would wait in vain."""
    usual, both = graphs.OnnxruntimeGraph, threading.Barrier(2, timeout=60)

    class Meeting(usual):  # type: ignore[misc, valid-type]
        def __init__(self, *arguments: Any) -> None:
            both.wait()
            super().__init__(*arguments)

    monkeypatch.setattr(graphs, "OnnxruntimeGraph", Meeting)
    assert Autoencoder(vector, "cpu").provider == "CPU"


def test_the_encoders_fault_goes_first(vector: Bundle) -> None:
    """Where both graphs are broken, the same sentence comes every time: the encoder's."""
    broken = bundles.rewrite(vector, encoder_onnx=b"garbage", decoder_onnx=b"garbage")
    for _ in range(3):
        with pytest.raises(ModelError, match=r"encoder\.onnx"):
            Autoencoder(broken, "cpu")
