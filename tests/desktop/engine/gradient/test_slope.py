"""The gradient of a model's decoder, with its tiles."""

from __future__ import annotations

import numpy as np
import onnx
import pytest
from onnx import helper

from desktop.engine import tiles
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import StoppedError
from desktop.engine.gradient import slope as module
from desktop.engine.gradient.slope import Slope, slope_of
from desktop.engine.machine.runs import Stop
from desktop.engine.tiles import Tiler, silent
from export.bundle import Bundle
from tests import bundles
from tests.pictures import gradient


def test_the_error_is_the_pictures_own(rectified: Bundle) -> None:
    """Half the sum of squared differences of levels between the decoded picture and the target."""
    tiler, image = Tiler(Autoencoder(rectified, "cpu")), gradient(48, 64)
    slope, code = slope_of(tiler), tiler.encode(gradient(48, 64))
    assert slope is not None
    error, found = slope(tiler, code, image, silent)
    away = tiler.decode(code).astype(np.float64) - image
    assert error == pytest.approx(np.square(away).sum() / 2, rel=1e-5)
    assert found.shape == code.shape


def test_tiles_give_what_the_whole_gives(rectified: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """Error and gradient of a picture in tiles are those of the picture in one piece."""
    tiler, image = Tiler(Autoencoder(rectified, "cpu")), gradient(96, 160)
    slope, code = Slope(tiler.autoencoder), tiler.encode(gradient(96, 160))
    error, found = slope(tiler, code, image, silent)
    told: list[tuple[str, int, int]] = []
    monkeypatch.setattr(tiles, "WHOLE_PIXELS", 1)
    monkeypatch.setattr(tiles, "TILE_SIDE", 32)
    in_tiles, found_in_tiles = slope(tiler, code, image, lambda *each: told.append(each))
    assert in_tiles == pytest.approx(error, rel=1e-3)
    assert np.allclose(found_in_tiles, found, rtol=1e-3, atol=1e-2 * np.abs(found).max())
    assert told[-1] == ("Refining", 15, 15)


def test_it_is_opened_once(rectified: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """All pictures of a model share one session."""
    tiler = Tiler(Autoencoder(rectified, "cpu"))
    first = slope_of(tiler)
    monkeypatch.setattr(module, "Slope", None)
    assert slope_of(Tiler(tiler.autoencoder)) is first


def test_a_vector_has_one(vector: Bundle) -> None:
    """A latent of numbers is moved as one of maps is."""
    tiler = Tiler(Autoencoder(vector, "cpu"))
    slope = slope_of(tiler)
    assert slope is not None
    _, found = slope(tiler, tiler.encode(gradient(32, 32)), gradient(32, 32), silent)
    assert found.shape == (8,)


def test_an_operator_without_a_rule(rectified: Bundle) -> None:
    """A model that has one has no gradient, and is none the worse for it."""
    model = onnx.load_from_string(rectified.read("decoder.onnx"))
    next(node for node in model.graph.node if node.op_type == "Relu").op_type = "Softplus"
    assert (
        slope_of(Tiler(Autoencoder(bundles.rewrite(rectified, decoder_onnx=model.SerializeToString()), "cpu"))) is None
    )


def test_a_wrong_gradient_is_found_out(free: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """A graph whose gradient is three times too large, or points the other way, is not relied on."""
    made = module.gradient_graph
    for factor in (3.0, -1.0):

        def wrong(content: bytes, factor: float = factor) -> bytes:
            model = onnx.load_from_string(made(content))
            last = model.graph.node[-1]
            model.graph.node.append(helper.make_node("Mul", ["right", "factor"], list(last.output)))
            last.output[0] = "right"
            model.graph.initializer.append(helper.make_tensor("factor", onnx.TensorProto.FLOAT, [], [factor]))
            return model.SerializeToString()

        monkeypatch.setattr(module, "gradient_graph", wrong)
        assert slope_of(Tiler(Autoencoder(free, "cpu"))) is None


def test_a_run_is_cut_off(rectified: Bundle) -> None:
    """A stop ends it as it ends the model's own runs."""
    tiler, stop = Tiler(Autoencoder(rectified, "cpu")), Stop()
    slope, code = Slope(tiler.autoencoder), tiler.encode(gradient(48, 64))
    stop.set()
    with stop.watch(), pytest.raises(StoppedError):
        slope(tiler, code, gradient(48, 64), silent)
