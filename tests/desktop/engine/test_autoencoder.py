"""Running a bundle's graphs."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.engine import measures, providers
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import ModelError
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
    with pytest.raises(ModelError, match="tiny: the decoder failed"):
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
    assert (autoencoder.provider, autoencoder.fallback_reason) == ("CPU", "no NVIDIA driver was found")
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
    assert autoencoder.fallback_reason is not None
    assert capfd.readouterr() == ("", "")


def test_cpu_asked_for_needs_no_reason(vector: Bundle) -> None:
    """Who asks for the CPU gets it without an excuse."""
    autoencoder = Autoencoder(vector, "cpu")
    assert (autoencoder.provider, autoencoder.fallback_reason) == ("CPU", None)
