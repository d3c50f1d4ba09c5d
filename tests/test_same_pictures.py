"""The trainer and the desktop prepare a picture alike, or a model would see other pixels than it learnt from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.engine import model_input, picture_formats, pictures
from desktop.engine.errors import PictureError
from export.bundle import SizeRule
from tests.pictures import gradient, swapped_profile, tiff

reading, formats = pytest.importorskip("trainer.data.reading"), pytest.importorskip("trainer.data.formats")


def test_both_know_the_same_formats() -> None:
    """The trainer has a list of its own, as neither may import the other."""
    assert formats.suffixes() == set(picture_formats.readable())
    plugins = {each.plugin: each.suffixes for each in picture_formats.FORMATS if each.plugin}
    assert plugins == formats.PLUGINS


@pytest.mark.parametrize("suffix", picture_formats.readable())
def test_both_read_every_format(tmp_path: Path, suffix: str) -> None:
    """Those of plug-ins too, where they are installed: the same pixels at the trained size."""
    path = tmp_path / f"a{suffix}"
    picture_formats.load_plugins()
    Image.fromarray(gradient(51, 70)).save(path)
    assert np.array_equal(_seen_by_the_desktop(path), reading.read_picture(path, 32))


@pytest.mark.parametrize(
    ("suffix", "mode"),
    [(suffix, mode) for suffix in ("png", "webp", "gif") for mode in ("RGB", "L", "P", "RGBA")]
    + [("jpg", "RGB"), ("jpg", "L"), ("jpg", "CMYK"), ("png", "I;16"), ("tiff", "I;16"), ("bmp", "1")],
)
@pytest.mark.parametrize("turned", [1, 6])
def test_both_see_the_same_pixels(tmp_path: Path, suffix: str, mode: str, turned: int) -> None:
    """Every mode that a format keeps, upright and turned: the same pixels at the trained size."""
    deep = Image.fromarray(gradient(51, 70)[..., 0].astype(np.uint16) * 257)
    image = deep if mode == "I;16" else Image.fromarray(gradient(51, 70)).convert(mode)
    path = tmp_path / f"picture.{suffix}"
    exif = Image.Exif()
    exif[0x0112] = turned
    image.save(path, exif=exif)
    assert np.array_equal(_seen_by_the_desktop(path), reading.read_picture(path, 32))


@pytest.mark.parametrize("sides", [(64, 96), (128, 96), (32, 160)])
@pytest.mark.parametrize("whole", [(51, 70), (640, 403), (403, 640)])
def test_both_cut_oblong_pictures_alike(tmp_path: Path, whole: tuple[int, int], sides: tuple[int, int]) -> None:
    """The middle of the model's aspect, whichever way the picture lies, from a JPEG that is decoded smaller too."""
    path = tmp_path / "picture.jpg"
    Image.fromarray(gradient(*whole)).save(path)
    rule = SizeRule("fixed", 32, *sides)
    _, seen = model_input.read_prepared(path, rule)
    assert seen.shape == (*sides, 3)
    assert np.array_equal(seen, reading.read_picture(path, sides))


DEEP = gradient(51, 70)[None, ..., 0].astype(np.uint16) * 257


@pytest.mark.parametrize(("photometric", "levels"), [(0, 65535 - DEEP), (1, DEEP)])
def test_both_know_what_is_white(tmp_path: Path, photometric: int, levels: np.ndarray) -> None:
    """Deep grey whose zero is white is no negative to either."""
    path, plain = tiff(tmp_path / "a.tif", levels, photometric), tmp_path / "plain.png"
    Image.fromarray(DEEP[0]).save(plain)
    assert np.array_equal(_seen_by_the_desktop(path), reading.read_picture(path, 32))
    assert np.array_equal(_seen_by_the_desktop(path), _seen_by_the_desktop(plain))


@pytest.mark.parametrize(
    ("levels", "photometric", "planar", "sample_format"),
    [
        (np.concatenate([DEEP, DEEP, DEEP]), 2, 2, 1),
        (DEEP.astype(np.uint32), 1, 1, 1),
        ((DEEP >> 1).astype(np.int16), 1, 1, 2),
        (DEEP.astype(np.float32), 1, 1, 3),
    ],
)
def test_both_refuse_the_same(
    tmp_path: Path, levels: np.ndarray, photometric: int, planar: int, sample_format: int
) -> None:
    """What has no agreed range, or would be garbled, is read by neither."""
    path = tiff(tmp_path / "a.tif", levels, photometric, planar, sample_format)
    with pytest.raises(PictureError):
        pictures.read(path)
    with pytest.raises(reading.UnreadablePictureError):
        reading.read_picture(path, 32)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "CMYK"])
def test_both_carry_colours_to_srgb(tmp_path: Path, mode: str) -> None:
    """A picture tagged with a profile that is not sRGB gives other pixels than untagged, and the same to both."""
    path, plain = tmp_path / "tagged.tiff", tmp_path / "plain.tiff"
    image = Image.fromarray(gradient(51, 70)).convert(mode)
    image.save(path, icc_profile=swapped_profile())
    image.save(plain)
    assert np.array_equal(_seen_by_the_desktop(path), reading.read_picture(path, 32))
    changed = not np.array_equal(_seen_by_the_desktop(path), _seen_by_the_desktop(plain))
    assert changed == (mode not in ("L", "CMYK"))  # the profile of RGB does not fit these, and is ignored


@pytest.mark.parametrize(("suffix", "turned"), [("jpg", 1), ("jpg", 6), ("png", 6)])
def test_both_make_a_large_picture_smaller_in_two_steps(tmp_path: Path, suffix: str, turned: int) -> None:
    """To the same pixels; no eye could tell them from those of one step."""
    path = tmp_path / f"picture.{suffix}"
    exif = Image.Exif()
    exif[0x0112] = turned
    waves = (gradient(300, 411) / 2 + 60 + 40 * np.sin(np.arange(411) / 12)[:, None]).clip(0, 255).astype(np.uint8)
    Image.fromarray(waves).save(path, exif=exif)
    seen, trained_on = _in_one_step(path), reading.read_picture(path, 32)
    assert np.array_equal(_seen_by_the_desktop(path), trained_on)
    assert not np.array_equal(seen, trained_on)
    assert np.sqrt(np.square(seen.astype(float) - trained_on).mean()) < 1  # 8-bit levels: over 48 dB


def _seen_by_the_desktop(path: Path) -> pictures.Pixels:
    """The same whether the whole picture is read for other purposes or not."""
    rule = SizeRule("fixed", 1, 32, 32)
    frame, prepared = model_input.read_prepared(path, rule)
    same_frame, same = model_input.prepare(pictures.read(path), rule)
    assert frame == same_frame
    assert np.array_equal(prepared, same)
    return prepared


def _in_one_step(path: Path) -> pictures.Pixels:
    seen = Image.fromarray(pictures.read(path).pixels)
    side, (width, height) = min(seen.size), seen.size
    left, top = (width - side) // 2, (height - side) // 2
    box = (left, top, left + side, top + side)
    return np.asarray(seen.resize((32, 32), Image.Resampling.LANCZOS, box=box))
