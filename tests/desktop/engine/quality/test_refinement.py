"""Codes that are refined."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop.engine import measures
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import ModelError, StoppedError
from desktop.engine.gradient.slope import Slope
from desktop.engine.quality import refinement
from desktop.engine.quality.refinement import back_projected, refine
from desktop.engine.tiles import Tiler
from export.bundle import Bundle
from tests import bundles
from tests.pictures import gradient


@pytest.fixture
def hasty(tmp_path: Path) -> Tiler:
    """A model whose encoder is not the inverse of its decoder."""
    return Tiler(Autoencoder(bundles.hasty_bundle(tmp_path / "hasty"), "cpu"))


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the decoder had no gradient."""
    monkeypatch.setattr(refinement, "slope_of", lambda _: None)


def test_the_gradient_finds_the_best_code(hasty: Tiler) -> None:
    """Of a linear decoder, whose best code for any picture is known: it comes within 0.01 dB of that one's picture."""
    image = gradient(48, 64)
    code = hasty.encode(image)
    refined = refine(hasty, image, code)
    assert np.array_equal(refined.output, hasty.decode(refined.code))
    assert refined.psnr_db == measures.psnr_db(image, hasty.decode(code))
    assert refined.gained_db == pytest.approx(measures.psnr_db(image, refined.output) - refined.psnr_db)
    best = measures.psnr_db(image, hasty.decode(code / np.float32(0.8)))
    assert refined.psnr_db + refined.gained_db == pytest.approx(best, abs=0.01)
    assert refined.gained_db > back_projected(hasty, image, code).gained_db > 1


def test_each_step_is_told_of(hasty: Tiler) -> None:
    """Under a name that the window knows, up to the number that it is told."""
    told: list[tuple[str, int, int]] = []
    image = gradient(48, 64)
    refine(hasty, image, hasty.encode(image), lambda *each: told.append(each))
    assert {doing for doing, _, _ in told} == {"Refining"}
    assert {total for _, _, total in told} == {refinement.EVALUATIONS}
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def test_a_gradient_that_fails_is_done_without(hasty: Tiler, monkeypatch: pytest.MonkeyPatch) -> None:
    """A graph that runs out of memory costs the better answer, not the answer."""

    def fail(*_: object) -> None:
        raise ModelError("too little memory.")

    image = gradient(48, 64)
    code = hasty.encode(image)
    expected = back_projected(hasty, image, code)
    monkeypatch.setattr(Slope, "__call__", fail)
    assert np.array_equal(refine(hasty, image, code).code, expected.code)


@pytest.mark.usefixtures("without")
def test_without_a_gradient(hasty: Tiler) -> None:
    """Codes are projected back."""
    image = gradient(48, 64)
    code = hasty.encode(image)
    assert np.array_equal(refine(hasty, image, code).code, back_projected(hasty, image, code).code)


def test_projecting_back_gains(hasty: Tiler) -> None:
    """A code that an encoder read too weakly comes nearer to the right one with each pass, and with it its picture."""
    image = gradient(48, 64)
    code = hasty.encode(image)
    gains = []
    for passes in (1, 2, 3):
        refined = back_projected(hasty, image, code, passes=passes)
        assert np.array_equal(refined.output, hasty.decode(refined.code))
        assert refined.gained_db == pytest.approx(measures.psnr_db(image, refined.output) - refined.psnr_db)
        gains.append(refined.gained_db)
    assert 1 < gains[0] < gains[1] < gains[2]


def test_one_pass_is_what_the_formula_says(hasty: Tiler) -> None:
    """The code moves by half of its difference from the code of its own picture."""
    image = gradient(16, 24)
    code = hasty.encode(image)
    expected = code + 0.5 * (code - hasty.encode(hasty.decode(code)))
    assert np.allclose(back_projected(hasty, image, code, passes=1).code, expected)


@pytest.mark.parametrize("step", [-0.5, 1e30])
def test_nothing_gets_worse(hasty: Tiler, step: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where passes lead away from the picture, or beyond all numbers, the code stays the one that it was."""
    monkeypatch.setattr(refinement, "STEP", step)
    image = gradient(16, 24)
    code = hasty.encode(image)
    refined = back_projected(hasty, image, code, passes=4)
    assert np.array_equal(refined.code, code)
    assert np.array_equal(refined.output, hasty.decode(code))
    assert refined.gained_db == 0


def test_a_vector_that_needs_nothing(vector: Bundle) -> None:
    """Where encoder and decoder are each other's inverse, a code moves by rounding alone."""
    tiler, image = Tiler(Autoencoder(vector, "cpu")), gradient(32, 32)
    code = tiler.encode(image)
    refined = refine(tiler, image, code)
    assert np.abs(refined.code - code).max() < 0.05 * np.abs(code).max()
    assert 0 <= refined.gained_db < 0.1


def test_it_can_be_stopped(hasty: Tiler, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large picture is given up between two tiles."""
    monkeypatch.setattr("desktop.engine.tiles.WHOLE_PIXELS", 1)
    image = gradient(16, 16)

    def stop(*_: object) -> None:
        raise StoppedError("Stopped.")

    with pytest.raises(StoppedError):
        refine(hasty, image, hasty.encode(image), stop)
