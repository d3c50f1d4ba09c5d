"""Receptive fields and painted areas, against what the tile code measures on noise."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop.engine import tiles
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import StoppedError
from desktop.engine.pictures import Pixels
from desktop.engine.xray import fields
from desktop.engine.xray.fields import Sensitivity
from export.bundle import Bundle
from tests import bundles
from tests.pictures import gradient

SIDE = 96  # twelve cells of the tiny maps


def noise(side: int = SIDE) -> Pixels:
    """A picture of noise."""
    return np.random.default_rng(1).integers(0, 256, (side, side, 3), np.uint8)


def radii(found: Sensitivity) -> set[int]:
    """How many cells a cell in the middle reads to each of its four sides."""
    middle = found.cells[0] // 2
    rows, columns = np.nonzero(found.read_by((middle, middle)) > tiles.NEGLIGIBLE)
    return {int(abs(each - middle)) for each in (rows.min(), rows.max(), columns.min(), columns.max())}


def painted(model: Autoencoder, code: np.ndarray) -> set[int]:  # type: ignore[type-arg]
    """How many cells beyond itself a cell in the middle paints, to each of its four sides."""
    middle = code.shape[1] // 2
    mean, std = np.zeros_like(code), np.full_like(code, code.std())
    before = model.decode(code[None])[0]
    after = fields.changed(model, code, mean, std, (middle, middle), "move")
    scale = before.shape[0] // code.shape[1]
    rows, columns = np.nonzero(fields.difference(before, after))
    return {int(abs(each // scale - middle)) for each in (rows.min(), rows.max(), columns.min(), columns.max())}


def test_fields_agree_with_those_of_the_tile_code(free: Bundle, tmp_path: Path) -> None:
    """A model of blocks that see themselves alone, and one whose convolutions reach two cells in and one out."""
    for model in (Autoencoder(free, "cpu"), Autoencoder(bundles.blurry_bundle(tmp_path / "blurry"), "cpu")):
        reach = tiles.measure_reach(model)
        found = fields.sensitivity(model, noise())
        assert radii(found) == {reach.encoder}
        assert painted(model, found.code) == {reach.decoder}
        side = (2 * reach.encoder + 1) * found.block
        assert found.reads_px((6, 6)) == (side, side)
        assert found.block <= found.half_px((6, 6)) <= side


def test_a_pixel_and_a_cell_see_one_another(tmp_path: Path) -> None:
    """A pixel moves the cells that read from it, and no others."""
    model = Autoencoder(bundles.blurry_bundle(tmp_path / "blurry"), "cpu")
    found = fields.sensitivity(model, noise())
    moved = found.moved_by(44, 52) > tiles.NEGLIGIBLE
    reading = np.array([[found.read_by((r, c))[5, 6] > tiles.NEGLIGIBLE for c in range(12)] for r in range(12)])
    assert np.array_equal(moved, reading)
    assert fields.extent(moved) == (5, 5)


def test_a_vector_is_looked_at_by_its_numbers(vector: Bundle) -> None:
    """Each of its numbers reads from somewhere, and paints something; switched off it is that of the mean."""
    model = Autoencoder(vector, "cpu")
    found = fields.sensitivity(model, gradient(32, 32))
    assert found.effect.shape == (16, 16, 8)
    assert found.cells == (8,)
    assert (found.effect.max(axis=(0, 1)) > tiles.NEGLIGIBLE).all()
    mean, std = np.full(8, 0.25, np.float32), np.ones(8, np.float32)
    off = fields.changed(model, found.code, mean, std, (3,), "off")
    other = found.code.copy()
    other[3] = 0.25
    assert np.array_equal(off, model.decode(other[None])[0])


def test_blocks_need_not_fill_the_picture(tmp_path: Path) -> None:
    """Of 33 pixels, 16 blocks of 2 leave one over: it counts to the last block."""
    found = fields.sensitivity(Autoencoder(bundles.vector_bundle(tmp_path / "odd", side=33), "cpu"), gradient(33, 33))
    assert found.effect.shape == (16, 16, 8)
    assert np.array_equal(found.moved_by(32, 32), found.moved_by(30, 30))


def test_a_picture_of_any_size_is_seen_at_the_trained_size(free: Bundle) -> None:
    """Its middle, resized."""
    assert fields.seen(Autoencoder(free, "cpu"), gradient(70, 50)).shape == (32, 32, 3)


def test_it_can_be_stopped(free: Bundle) -> None:
    """Between two batches."""
    with pytest.raises(StoppedError):
        fields.sensitivity(Autoencoder(free, "cpu"), noise(), stopped=lambda: True)
