"""Whole pictures at their own resolution."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop.engine.anomaly import anomalies, whole
from desktop.engine.anomaly.patches import fit_patches
from desktop.engine.anomaly.scores import registry
from desktop.engine.anomaly.scores.base import Seen
from desktop.engine.anomaly.scores.patch_distance import PatchDistance
from desktop.engine.anomaly.whole import Looker, local_map, local_score
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.folder.index import Index
from desktop.engine.folder.sizes import picture_size
from desktop.engine.folder.update import update
from desktop.engine.picture_writer import save_png
from desktop.engine.pictures import Pixels
from export.bundle import Bundle


def texture(seed: int, height: int, width: int) -> Pixels:
    """Grain: uint8 `[H, W, 3]`."""
    grain = np.random.default_rng(seed).normal(150, 12, (height, width, 1))
    return np.repeat(grain, 3, axis=2).clip(0, 255).astype(np.uint8)


def test_tiles_find_what_the_whole_would(monkeypatch: pytest.MonkeyPatch) -> None:
    """In tiles of 64 pixels a picture of 200 x 150 has the same map and the same score as at once, for each pool."""
    pixels = texture(0, 200, 150)[None]
    seen = Seen(np.empty((1, 0), np.float32), {}, pixels, np.roll(pixels, 1, axis=2))
    patch = PatchDistance(fit_patches(pixels))
    for name, scorer in (("patch_distance", patch), ("scales", None), ("error", None)):
        score = registry.every()[name]
        fitted = scorer or score.fit(seen)
        once = local_map(fitted, seen), local_score(score, fitted, seen)
        monkeypatch.setattr(whole, "TILE", 64)
        np.testing.assert_allclose(local_map(fitted, seen), once[0], rtol=1e-4)
        assert local_score(score, fitted, seen) == pytest.approx(once[1], rel=1e-4)
        monkeypatch.undo()


@pytest.mark.parametrize("shape", [(32, 128), (90, 70), (32, 32), (500, 40)])
def test_a_model_of_one_size_sees_all_of_a_picture(vector: Bundle, shape: tuple[int, int]) -> None:
    """Whatever the picture's aspect, its reconstruction covers it, filling the model's size one way."""
    model = Autoencoder(vector, "cpu")
    seen = Looker(model, model.info.size).look(texture(1, *shape))
    assert seen.reconstruction is not None
    assert seen.reconstruction.shape == seen.pixels.shape
    side = model.info.size.height
    height, width = seen.pixels.shape[1:3]
    assert min(height, width) == side
    assert height / width == pytest.approx(shape[0] / shape[1], rel=0.05)


def test_a_defect_at_the_far_end_is_found(vector: Bundle, tmp_path: Path) -> None:
    """Textures of 256 x 64 with a dark square near one end, which the middle square does not show, are told from good
    ones; the heat map has the picture's own aspect and is hottest at that end."""
    for name in ("good", "bad"):
        (tmp_path / "set" / name).mkdir(parents=True)
    for number in range(14):
        save_png(tmp_path / "set" / "good" / f"{number:02}.png", texture(number, 64, 256))
    for number in range(4):
        picture = texture(50 + number, 64, 256)
        picture[20:34, 230 - 4 * number : 244 - 4 * number] = 20
        save_png(tmp_path / "set" / "bad" / f"{number:02}.png", picture)
    model = Autoencoder(vector, "cpu")
    with Index(tmp_path / "set", model.info, root=tmp_path / "data") as index:
        update(index, model)
        wanted = anomalies.choose_scores(model.info, ["scales", "patch_distance", "spots", "learnt"])
        detector = anomalies.fit_to_folder(index, index.folder / "good", model, wanted, None, 0.1, whole=True)
        report = anomalies.inspect(index, detector, model=model)
        assert report.results["combined"].auroc > 0.95
        assert sum(each.tried for each in detector.found) > 0
        looker, path = Looker(model, picture_size(model.info)), index.folder / "bad" / "00.png"
        looked = looker.look(looker.read(path))
        heat = detector.heat_of(looked, looker.fixed(looker.read(path)))
    assert heat.shape == looked.pixels.shape[1:3]
    assert int(heat.argmax()) % heat.shape[1] > 0.8 * heat.shape[1]


@pytest.mark.slow
def test_seven_pixels_in_twelve_million_are_found(free: Bundle) -> None:
    """A spot of 7 x 7 pixels in a picture of 4000 x 3000 scores above every good picture of that size."""
    model = Autoencoder(free, "cpu")
    looker, score = Looker(model, model.info.size), registry.every()["patch_distance"]
    fitted = score.fit(Seen(np.empty((2, 0), np.float32), {}, np.stack([texture(1, 256, 256), texture(2, 256, 256)])))
    good = looker.look(texture(3, 3000, 4000))
    ordinary = local_score(score, fitted, good)
    bad = good.pixels[0].copy()
    bad[1501:1508, 3870:3877] = 40
    found = looker.look(bad)
    assert local_score(score, fitted, found) > 2 * ordinary
    heat = local_map(fitted, found)
    row, column = np.unravel_index(int(heat.argmax()), heat.shape)
    assert 1490 < row < 1520
    assert 3860 < column < 3890


def test_the_model_runs_only_where_scores_need_it(vector: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """Scores of pixels alone are given the same pixels without the encoder or the decoder, those of codes without the
    decoder."""
    model = Autoencoder(vector, "cpu")
    looker, picture = Looker(model, model.info.size), texture(3, 40, 90)
    everything, fixed = looker.look(picture), looker.fixed(picture)
    monkeypatch.setattr(model, "decode", None)
    np.testing.assert_array_equal(looker.fixed(picture, "codes").codes, fixed.codes)
    monkeypatch.setattr(model, "encode", None)
    np.testing.assert_array_equal(looker.look(picture, "pixels").pixels, everything.pixels)
    np.testing.assert_array_equal(looker.fixed(picture, "pixels").pixels, fixed.pixels)
