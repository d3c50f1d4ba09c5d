"""Pictures of every format and mode become the same kind of pixels; broken files give a reason."""

from __future__ import annotations

import contextlib
import struct
import warnings
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from trainer.data.reading import (
    UnreadablePictureError,
    check_header,
    read_picture,
    read_upright,
    silence_pillow,
    to_rgb,
    upright_size,
)

COLOUR = (200, 100, 50)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "bmp", "tif", "gif"])
def test_formats(tmp_path: Path, suffix: str) -> None:
    """Each format is read to about the colour that was saved."""
    path = tmp_path / f"picture.{suffix}"
    Image.new("RGB", (50, 40), COLOUR).save(path)
    pixels = read_picture(path, 32)
    assert pixels.shape == (32, 32, 3)
    assert pixels.dtype == np.uint8
    assert np.abs(pixels.astype(int) - COLOUR).max() <= 3


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (Image.new("L", (8, 8), 90), (90, 90, 90)),
        (Image.new("1", (8, 8), 1), (255, 255, 255)),
        (Image.new("LA", (8, 8), (90, 0)), (255, 255, 255)),
        (Image.new("RGBA", (8, 8), (0, 0, 0, 51)), (204, 204, 204)),
        (Image.new("P", (8, 8), 0), (0, 0, 0)),
        (Image.new("CMYK", (8, 8), (0, 0, 0, 255)), (0, 0, 0)),
        (Image.new("I", (8, 8), 65535), (255, 255, 255)),
        (Image.fromarray(np.full((8, 8), 257 * 90, np.uint16)), (90, 90, 90)),
        (Image.new("HSV", (8, 8), (0, 255, 255)), (255, 0, 0)),
    ],
    ids=["grey", "bilevel", "grey alpha", "alpha", "palette", "cmyk", "integer", "16-bit", "hsv"],
)
def test_modes(image: Image.Image, expected: tuple[int, int, int]) -> None:
    """Each mode becomes RGB: depth is scaled, transparency lies on white."""
    assert to_rgb(image).getpixel((3, 3)) == expected


def test_orientation_is_respected(tmp_path: Path) -> None:
    """A picture that its EXIF data turns by a quarter is read upright."""
    image = Image.new("RGB", (32, 32), "black")
    image.paste((255, 255, 255), (0, 0, 32, 16))  # the upper half, which a quarter turn puts to the right
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(tmp_path / "turned.png", exif=exif)
    pixels = read_picture(tmp_path / "turned.png", 32)
    assert pixels[:, 20:].min() == 255
    assert pixels[:, :12].max() == 0


def test_middle_square_is_kept(tmp_path: Path) -> None:
    """A wide picture loses its sides, not its proportions."""
    image = Image.new("RGB", (96, 32), "red")
    image.paste((0, 0, 255), (32, 0, 64, 32))
    image.save(tmp_path / "wide.png")
    assert np.array_equal(read_picture(tmp_path / "wide.png", 32), np.full((32, 32, 3), (0, 0, 255)))


def test_first_frame_of_an_animation(tmp_path: Path) -> None:
    """Of an animated GIF the first frame is read."""
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("lime", "red")]
    frames[0].save(tmp_path / "moving.gif", save_all=True, append_images=frames[1:])
    assert np.array_equal(read_picture(tmp_path / "moving.gif", 32)[0, 0], (0, 255, 0))


@pytest.mark.parametrize(
    "content", [b"", b"just words", b"\x89PNG\r\n\x1a\n" + bytes(20), b"\xff\xd8\xff\xe0" + bytes(9)]
)
def test_broken_files_give_a_reason(tmp_path: Path, content: bytes) -> None:
    """An empty, foreign or broken file is an `UnreadablePictureError` with a reason, never another exception."""
    path = tmp_path / "picture.png"
    path.write_bytes(content)
    with pytest.raises(UnreadablePictureError) as caught:
        read_picture(path, 32)
    assert str(caught.value)


def test_a_kind_that_is_not_read_is_told_from_no_picture(tmp_path: Path) -> None:
    """A JPEG of 12 bits, and a BMP of 4 bits a colour, are pictures that cannot be read here; words are none."""
    jpeg, bmp, words = tmp_path / "a.jpg", tmp_path / "a.bmp", tmp_path / "a.png"
    jpeg.write_bytes(b"\xff\xd8\xff\xc1\x00\x0b\x0c\0\x08\0\x08\x01\x01\x11\0")
    head = struct.pack("<IiiHHIIiiIIIII", 40, 2, 1, 1, 16, 3, 4, 0, 0, 0, 0, 0xF00, 0xF0, 0xF)
    bmp.write_bytes(b"BM" + struct.pack("<IHHI", 70, 0, 0, 66) + head + b"\xff\x0f\0\0")
    words.write_text("words")
    for path, reason in (
        (jpeg, "a JPEG of a kind that cannot be read here"),
        (bmp, "Unsupported BMP"),
        (words, "not a"),
    ):
        for look in (lambda path: read_picture(path, 32), check_header):
            with pytest.raises(UnreadablePictureError, match=f"^{reason}"):
                look(path)


@given(cut=st.integers(0, 2000), flip=st.integers(0, 2000))
def test_damaged_files_never_crash(tmp_path_factory: pytest.TempPathFactory, cut: int, flip: int) -> None:
    """A PNG cut short or with a byte changed is read or refused, nothing else."""
    path = tmp_path_factory.mktemp("damaged") / "picture.png"
    Image.fromarray(np.arange(27 * 25 * 3, dtype=np.uint8).reshape(27, 25, 3)).save(path)
    content = bytearray(path.read_bytes())
    content[flip % len(content)] ^= 255
    path.write_bytes(bytes(content[: max(8, cut % (2 * len(content)))]))
    with contextlib.suppress(UnreadablePictureError):
        assert read_picture(path, 32).shape == (32, 32, 3)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def test_a_picture_without_its_palette_is_a_reason(tmp_path: Path) -> None:
    """A sound PNG of palette indices that has no palette, at which Pillow's decoder asserts, is named as broken."""
    header = struct.pack(">IIBBBBB", 1, 1, 1, 3, 0, 0, 0)
    path = tmp_path / "picture.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"\0\0")) + _chunk(b"IEND", b"")
    )
    with pytest.raises(UnreadablePictureError, match=r"broken \(AssertionError\)"):
        read_picture(path, 32)


@pytest.mark.parametrize(
    "fault", [AssertionError(), RecursionError("deep"), MemoryError(), KeyError("mode"), TypeError()]
)
def test_whatever_a_decoder_raises_is_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    """Decoders of broken files raise what they like; each way to look at a picture turns it into one kind of error."""
    path = tmp_path / "picture.png"
    Image.new("RGB", (50, 40), COLOUR).save(path)

    def broken(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(Image, "open", broken)
    for look in (lambda: read_picture(path, 32), lambda: read_upright(path), lambda: check_header(path),
                 lambda: upright_size(path)):  # fmt: skip
        with pytest.raises(UnreadablePictureError) as error:
            look()
        assert str(error.value)


@pytest.mark.parametrize(("width", "says"), [(12_000, None), (24_000, "has more than 178,956,970 pixels; save it sm")])
def test_a_huge_picture(width: int, says: str | None, tmp_path: Path) -> None:
    """One of 108 megapixels is taken without a word, and one of twice as many is refused in a sentence."""
    path = tmp_path / "huge.bmp"
    header = struct.pack("<IiiHHIIiiII", 40, width, 9_000, 1, 24, 0, 0, 0, 0, 0, 0)
    path.write_bytes(b"BM" + struct.pack("<III", 54, 0, 54) + header)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        silence_pillow()
        with contextlib.nullcontext() if says is None else pytest.raises(UnreadablePictureError, match=says):
            check_header(path)
    assert told == []
