"""Large pictures in tiles."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from desktop.engine import tiles
from desktop.engine.autoencoder import Autoencoder, Latents
from desktop.engine.errors import ModelError, StoppedError
from desktop.engine.parts import Part
from desktop.engine.pictures import Pixels
from desktop.engine.tiles import Reach, Tiler
from export.bundle import Bundle
from tests import bundles
from tests.pictures import gradient


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tiles of 64 pixels, so that a small picture has many."""
    monkeypatch.setattr(tiles, "WHOLE_PIXELS", 64 * 64)
    monkeypatch.setattr(tiles, "TILE_SIDE", 64)


@pytest.fixture
def blurry(tmp_path: Path) -> Autoencoder:
    """A free-size model that sees beyond its cells: 2 cells in the encoder, 1 in the decoder."""
    return Autoencoder(bundles.blurry_bundle(tmp_path / "blurry"), "cpu")


def test_reach_is_measured(free: Bundle, blurry: Autoencoder) -> None:
    """Patches that do not overlap reach nowhere; convolutions of known width reach as far as they are wide."""
    assert tiles.measure_reach(Autoencoder(free, "cpu")) == Reach(0, 0, True)
    assert tiles.measure_reach(blurry) == Reach(2, 1, True)


@pytest.mark.parametrize(("height", "width"), [(64, 200), (136, 72), (168, 264)])
@pytest.mark.usefixtures("small")
def test_tiles_are_what_the_whole_would_have_been(blurry: Autoencoder, height: int, width: int) -> None:
    """Code and picture are the same as in one piece: there is no seam, not even of one level."""
    noise = np.random.default_rng(0).integers(0, 256, (height, width, 3), np.uint8)
    tiler = Tiler(blurry)
    assert tiler.is_tiled(height, width)
    code = tiler.encode(noise)
    whole = blurry.encode(noise[None])[0]
    assert np.abs(code - whole).max() < 1e-5 * np.abs(whole).max()
    assert np.array_equal(tiler.decode(whole), blurry.decode(whole[None])[0])


@pytest.mark.usefixtures("small")
def test_every_tile_is_told_of(blurry: Autoencoder) -> None:
    """Together they are the picture, each a view of what was decoded, told of before the next one is begun."""
    code = blurry.encode(gradient(136, 200)[None])[0]
    parts, done = list[Part](), list[int]()
    whole = Tiler(blurry).decode(code, lambda _doing, number, _total: done.append(number), parts.append)
    assert len(parts) == 12
    laid = np.zeros_like(whole)
    for part in parts:
        assert (part.height, part.width) == whole.shape[:2]
        assert part.pixels.base is not None
        height, width = part.pixels.shape[:2]
        laid[part.top : part.top + height, part.left : part.left + width] = part.pixels
    assert np.array_equal(laid, whole)
    assert done == list(range(13))


@pytest.mark.usefixtures("small")
def test_without_overlap_there_would_be_seams(blurry: Autoencoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above can fail: tiles that overlap too little differ from the whole."""
    monkeypatch.setattr(tiles, "measure_reach", lambda _: Reach(0, 0, True))
    monkeypatch.setattr(tiles, "RAMP_CELLS", 0)
    noise = np.random.default_rng(0).integers(0, 256, (64, 200, 3), np.uint8)
    code = blurry.encode(noise[None])[0]
    assert np.abs(Tiler(blurry).encode(noise) - code).max() > 1e-2 * code.std()
    assert not np.array_equal(Tiler(blurry).decode(code), blurry.decode(code[None])[0])


@pytest.mark.usefixtures("small")
def test_models_that_see_everything_fade_from_tile_to_tile(
    blurry: Autoencoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where every tile is brighter than the one at its left, no step between them is larger than the ramp's."""

    def brighter(_self: Autoencoder, latents: Latents) -> Pixels:
        level = 20 * int(np.median(latents))
        return np.full((1, latents.shape[2] * 8, latents.shape[3] * 8, 3), level, np.uint8)

    monkeypatch.setattr(tiles, "measure_reach", lambda _: Reach(2, 2, False))
    monkeypatch.setattr(Autoencoder, "decode", brighter)
    code = np.broadcast_to(np.arange(32, dtype=np.float32) // 8, (4, 8, 32))
    picture = Tiler(blurry).decode(code).astype(int)
    steps = np.abs(np.diff(picture, axis=1))
    assert picture.max() == 60
    assert steps.max() <= -(-20 // (tiles.RAMP_CELLS * 8)) + 1


@pytest.mark.usefixtures("small")
def test_the_middle_comes_first_and_the_order_changes_nothing(
    blurry: Autoencoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tiles of the middle row are told of first; laid row by row they give the same picture, where all of them fade."""
    monkeypatch.setattr(tiles, "measure_reach", lambda _: Reach(0, 0, False))
    noise = np.random.default_rng(0).standard_normal((4, 25, 25)).astype(np.float32)
    places: list[tuple[int, int]] = []
    outwards = Tiler(blurry).decode(noise, shown=lambda part: places.append((part.top, part.left)))
    rows = [top for top, _ in places]
    assert len(set(rows)) == 4
    assert abs(rows[0] - 68) < abs(rows[-1] - 68)
    assert rows[0] not in (min(rows), max(rows))
    monkeypatch.setattr(tiles, "_outwards", list)
    assert np.array_equal(Tiler(blurry).decode(noise), outwards)


@pytest.mark.usefixtures("small")
def test_tiles_go_through_the_model_side_by_side_where_it_is_good_for_that(
    blurry: Autoencoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two of them meet on a processor with two cores; a failure of one ends the work, and no thread is left."""
    meeting, decode = threading.Barrier(2), Autoencoder.decode

    def met(self: Autoencoder, latents: Latents) -> Pixels:
        meeting.wait(30)
        return decode(self, latents)

    monkeypatch.setattr(tiles, "ON_CPU", 2)
    monkeypatch.setattr(Autoencoder, "at_once", 2)
    tiler, code = Tiler(blurry), blurry.encode(gradient(136, 200)[None])[0]
    whole = blurry.decode(code[None])[0]
    _ = tiler.reach
    monkeypatch.setattr(Autoencoder, "decode", met)
    assert np.array_equal(tiler.decode(code), whole)

    def fails(_self: Autoencoder, _latents: Latents) -> Pixels:
        raise ModelError("It does not run.")

    monkeypatch.setattr(Autoencoder, "decode", fails)
    with pytest.raises(ModelError, match="does not run"):
        tiler.decode(code)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("tiles")]


@pytest.mark.usefixtures("small")
def test_tiles_are_counted_and_may_be_given_up(blurry: Autoencoder) -> None:
    """Progress goes from none to all of them; where it raises, the work ends."""
    told: list[tuple[str, int, int]] = []
    tiler = Tiler(blurry)
    code = tiler.encode(gradient(136, 200), lambda *step: told.append(step))
    assert told == [("Encoding", done, 12) for done in range(13)]

    def stop(_doing: str, done: int, _total: int) -> None:
        if done == 2:
            raise StoppedError("Stopped.")

    with pytest.raises(StoppedError):
        tiler.decode(code, stop)


def test_what_is_small_or_fixed_goes_through_whole(vector: Bundle, free: Bundle) -> None:
    """Neither a code without place nor a small picture is tiled, and nothing is measured for them."""
    for bundle, size in ((vector, (32, 32)), (free, (40, 48))):
        autoencoder = Autoencoder(bundle, "cpu")
        tiler = Tiler(autoencoder)
        assert not tiler.is_tiled(*size)
        code = tiler.encode(gradient(*size))
        assert np.array_equal(code, autoencoder.encode(gradient(*size)[None])[0])
        assert np.array_equal(tiler.decode(code), autoencoder.decode(code[None])[0])
        assert tiler._reach is None
