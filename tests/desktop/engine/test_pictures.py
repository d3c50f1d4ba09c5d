"""Reading, fitting and saving pictures."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from desktop.engine import pictures
from desktop.engine.errors import PictureError
from tests.pictures import gradient, swapped_profile, tiff


@pytest.mark.parametrize("suffix", ["png", "bmp", "tiff", "webp", "gif", "jpg"])
def test_every_format_is_read_in_rgb(tmp_path: Path, suffix: str) -> None:
    """Each format gives the picture that was written, as closely as the format keeps it."""
    path = tmp_path / f"picture.{suffix}"
    Image.fromarray(gradient(40, 48)).save(path, quality=95)
    picture = pictures.read(path)
    assert (picture.name, picture.pixels.shape) == (path.name, (40, 48, 3))
    assert picture.pixels.dtype == np.uint8
    assert np.abs(picture.pixels.astype(int) - gradient(40, 48)).mean() < 8


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "YCbCr", "I;16"])
def test_every_mode_is_read_in_rgb(tmp_path: Path, mode: str) -> None:
    """White is white in every mode, and the result has three channels."""
    path = tmp_path / "picture.tiff"
    white = Image.new("RGB", (9, 7), "white")
    image = Image.fromarray(np.full((7, 9), 65535, np.uint16)) if mode == "I;16" else white.convert(mode)
    image.save(path)
    pixels = pictures.read(path).pixels
    assert pixels.shape == (7, 9, 3)
    assert pixels.min() >= 254


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr"])
def test_bands_of_rows_are_one_picture(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture that is taken from Pillow a few rows at a time is the same as one taken whole, in every mode."""
    colours = Image.fromarray(np.random.default_rng(0).integers(0, 256, (23, 9, 4), np.uint8))
    image = colours if mode == "RGBA" else colours.convert("RGB").convert(mode)
    whole = pictures.to_rgb(image)
    monkeypatch.setattr(pictures, "BAND_ROWS", 5)
    assert np.array_equal(pictures.to_rgb(image), whole)
    if mode == "RGB":
        assert np.array_equal(whole, np.asarray(image))


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says how much memory there was at most")
@pytest.mark.parametrize("kind", ["jpg", "png"])
def test_a_large_picture_is_not_held_many_times(tmp_path: Path, kind: str) -> None:
    """Reading takes 7 bytes a pixel, Pillow's image and the array, and saving hardly any beside them."""
    path, side = tmp_path / f"large.{kind}", 3000
    Image.fromarray(gradient(50, 50)).resize((side, side)).save(path)
    program = (
        "from pathlib import Path; from desktop.engine import pictures, picture_writer\n"
        "from tests.memory import peak_mib\n"
        f"target, source = Path({str(tmp_path / 'again.png')!r}), Path({str(path)!r})\n"
        "before = peak_mib(); picture_writer.save(target, pictures.read(source).pixels); print(peak_mib() - before)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert float(done.stdout) * 2**20 < 9 * side**2


def test_sixteen_bit_grey_is_scaled(tmp_path: Path) -> None:
    """Grey of 16 bits is divided by 257, not clipped at 255."""
    path = tmp_path / "deep.png"
    Image.fromarray(np.array([[0, 257, 32896, 65535]], np.uint16)).save(path)
    assert pictures.read(path).pixels[0, :, 0].tolist() == [0, 1, 128, 255]


LEVELS = np.array([[[0, 257, 32896, 65535]]], np.uint16)


def test_grey_whose_zero_is_white_is_no_negative(tmp_path: Path) -> None:
    """Deep grey TIFFs are read by what they say their zero is."""
    black = pictures.read(tiff(tmp_path / "black.tif", LEVELS, photometric=1)).pixels
    white = pictures.read(tiff(tmp_path / "white.tif", 65535 - LEVELS, photometric=0)).pixels
    assert black[0, :, 0].tolist() == white[0, :, 0].tolist() == [0, 1, 128, 255]


def test_any_frame_can_be_read(tmp_path: Path) -> None:
    """The facts say how many there are, each can be asked for, and one too many is refused."""
    for name in ("moving.gif", "pages.tiff", "moving.png", "moving.webp"):
        frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue", "lime")]
        extra = {"lossless": True} if name.endswith("webp") else {}
        frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:], **extra)
        first, second = (pictures.read(tmp_path / name, frame=frame) for frame in (0, 1))
        assert first.facts is not None
        assert first.facts.frames == 3
        assert (first.pixels[0, 0].tolist(), second.pixels[0, 0].tolist()) == ([255, 0, 0], [0, 0, 255])
        with pytest.raises(PictureError, match="has 3 frames, and none of the number 4"):
            pictures.read(tmp_path / name, frame=3)


def test_alpha_is_laid_on_white(tmp_path: Path) -> None:
    """What is transparent becomes white, and half of black becomes grey."""
    path = tmp_path / "alpha.png"
    Image.fromarray(np.array([[[0, 0, 0, 0], [0, 0, 0, 128]]], np.uint8)).save(path)
    clear, half = pictures.read(path).pixels[0]
    assert clear.tolist() == [255, 255, 255]
    assert abs(int(half[0]) - 127) <= 1


def test_transparent_palette_is_laid_on_white(tmp_path: Path) -> None:
    """A transparent palette entry becomes white."""
    path = tmp_path / "palette.png"
    image = Image.new("P", (4, 4), 0)
    image.putpalette([200, 0, 0])
    image.save(path, transparency=0)
    assert (pictures.read(path).pixels == 255).all()


def test_exif_rotation_is_applied(tmp_path: Path) -> None:
    """A picture marked as lying on its side is turned upright."""
    path = tmp_path / "turned.png"
    image = Image.fromarray(gradient(10, 20))
    exif = image.getexif()
    exif[0x0112] = 6  # to be turned by 90 degrees clockwise
    image.save(path, exif=exif)
    assert np.array_equal(pictures.read(path).pixels, np.rot90(gradient(10, 20), -1))


def test_only_the_first_frame_is_read(tmp_path: Path) -> None:
    """Of an animation, the first frame is the picture."""
    path = tmp_path / "moving.gif"
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    assert pictures.read(path).pixels[0, 0].tolist() == [255, 0, 0]


def _missing(path: Path) -> None:
    path.unlink(missing_ok=True)


def _text(path: Path) -> None:
    path.write_text("not a picture")


def _empty(path: Path) -> None:
    path.touch()


def _folder(path: Path) -> None:
    path.mkdir()


def _cut_short(path: Path) -> None:
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)).save(path)
    path.write_bytes(path.read_bytes()[:3000])


def _huge(path: Path) -> None:
    path.write_bytes(b"P6 13350 13350 255\n")


def _bomb(path: Path) -> None:
    path.write_bytes(b"P6 60000 60000 255\n")


def _floating(path: Path) -> None:
    Image.new("F", (4, 4)).save(path, format="TIFF")


@pytest.mark.parametrize("make", [_missing, _text, _empty, _folder, _cut_short, _huge, _bomb, _floating])
def test_what_is_no_picture_is_named(tmp_path: Path, make: object) -> None:
    """Whatever is wrong with a file, one sentence names the file."""
    path = tmp_path / "picture.png"
    make(path)  # type: ignore[operator]
    with pytest.raises(PictureError) as caught:
        pictures.read(path)
    text = str(caught.value)
    assert str(path) in text
    assert "\n" not in text
    assert text.endswith(".")


@given(content=st.binary(max_size=200), head=st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM", b"II*\x00"]))
def test_no_bytes_end_in_another_error(tmp_path_factory: pytest.TempPathFactory, content: bytes, head: bytes) -> None:
    """Bytes that are no picture raise a PictureError and nothing else."""
    path = tmp_path_factory.getbasetemp() / "noise.png"
    path.write_bytes(head + content)
    with contextlib.suppress(PictureError):
        assert pictures.read(path).pixels.ndim == 3


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_colour_profiles_are_respected(tmp_path: Path, mode: str) -> None:
    """Red in a profile whose red is green is read as green; the profile is named."""
    path = tmp_path / "tagged.png"
    Image.new("RGB", (8, 8), (255, 0, 0)).convert(mode).save(path, icc_profile=swapped_profile())
    picture = pictures.read(path)
    red, green, blue = picture.pixels[4, 4].tolist()
    assert green > 240
    assert max(red, blue) < 15
    assert picture.facts is not None
    assert picture.facts.profile is not None
    assert "test" in picture.facts.profile


@pytest.mark.parametrize("profile", [b"no profile", b"", ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))])
def test_profiles_that_change_nothing(tmp_path: Path, profile: object) -> None:
    """A broken profile is ignored, and one that is sRGB leaves every pixel alone."""
    path = tmp_path / "tagged.png"
    content = profile if isinstance(profile, bytes) else profile.tobytes()  # type: ignore[attr-defined]
    Image.fromarray(gradient(20, 20)).save(path, icc_profile=content)
    assert np.array_equal(pictures.read(path).pixels, gradient(20, 20))


def test_alpha_is_kept_aside(tmp_path: Path) -> None:
    """Alpha comes beside the pixels where anything is transparent, and only there."""
    path = tmp_path / "alpha.png"
    alpha = np.arange(20, dtype=np.uint8).reshape(4, 5)
    Image.fromarray(np.dstack([gradient(4, 5), alpha])).save(path)
    kept = pictures.read(path).alpha
    assert kept is not None
    assert np.array_equal(kept, alpha)
    Image.fromarray(np.dstack([gradient(4, 5), np.full_like(alpha, 255)])).save(path)
    assert pictures.read(path).alpha is None


def test_facts_are_of_the_file(tmp_path: Path) -> None:
    """The format is that of the content, whatever the name says, with the file's size."""
    path = tmp_path / "picture.jpg"
    Image.fromarray(gradient(4, 5)).save(path, format="PNG")
    assert pictures.read(path).facts == pictures.FileFacts("PNG", path.stat().st_size, None)


def test_thumbnails_are_upright_and_small(tmp_path: Path) -> None:
    """The longer side is what was asked for, EXIF is respected, and a broken file is named."""
    path = tmp_path / "turned.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(gradient(100, 400)).save(path, exif=exif)
    assert pictures.thumbnail(path, 64).shape == (64, 16, 3)
    path.write_bytes(b"words")
    with pytest.raises(PictureError, match=r"turned\.jpg is not a picture"):
        pictures.thumbnail(path, 64)


def test_checking_looks_at_the_beginning_alone(tmp_path: Path) -> None:
    """A file that is cut short passes, one that is no picture does not."""
    path = tmp_path / "picture.png"
    _cut_short(path)
    pictures.check(path)
    path.write_text("words")
    with pytest.raises(PictureError):
        pictures.check(path)
