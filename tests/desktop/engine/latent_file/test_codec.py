"""Small files of pictures: round trips, and files that cannot be trusted."""

from __future__ import annotations

import contextlib
import lzma
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from desktop.engine import measures
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import InspectionError
from desktop.engine.folder.index import model_key
from desktop.engine.latent_file import codec, jpeg
from desktop.engine.latent_file.codec import SmallFile
from desktop.engine.sliders.latents import read_latent_space
from export.bundle import Bundle
from tests.pictures import gradient

KEY = "0123456789abcdef"
shapes = st.one_of(st.tuples(st.integers(1, 70)), st.tuples(*[st.integers(1, 6)] * 3))
symbols = shapes.flatmap(lambda shape: arrays(np.int32, shape, elements=st.integers(-32767, 32767)))


@given(symbols, st.sampled_from([0.001, 0.25, 3.0]))
def test_what_is_packed_comes_back(numbers: np.ndarray, step: float) -> None:
    """Symbols of any size and shape, the step, the size and the model."""
    small = SmallFile(KEY, float(np.float16(step)), numbers, 40, 50)
    back = codec.unpack(codec.pack(small))
    assert np.array_equal(back.symbols, numbers)
    assert back.symbols.shape == numbers.shape
    assert (back.model, back.step, back.height, back.width) == (KEY, small.step, 40, 50)


def test_numbers_that_repeat_take_little_room() -> None:
    """Entropy coding is at work: a thousand zeros take a few bytes, and noise no more than a byte each."""
    zeros = SmallFile(KEY, 0.25, np.zeros((10, 10, 10), np.int32), 80, 80)
    assert len(codec.pack(zeros)) < 60
    noise = np.random.default_rng(0).integers(-128, 128, (10, 10, 10)).astype(np.int32)
    assert len(codec.pack(SmallFile(KEY, 0.25, noise, 80, 80))) < 1040


def test_a_finer_step_is_nearer_to_the_code(vector: Bundle) -> None:
    """No number is farther off than half a step of its deviation."""
    space = read_latent_space(vector)
    code = (space.mean + np.random.default_rng(0).standard_normal(8) * space.std).astype(np.float32)
    for step in (1.0, 0.25, 0.01):
        small = codec.quantise(code, vector.info, space, (32, 32), step)
        off = np.abs(codec.restore(small, space) - code)
        assert (off <= small.step / 2 * space.std * 1.01 + 1e-5).all()


def test_a_picture_goes_into_a_file_and_back(vector: Bundle, tmp_path: Path) -> None:
    """With a fine step the picture from the file is the one that the model reconstructs."""
    model, space = Autoencoder(vector, "cpu"), read_latent_space(vector)
    code = model.encode(gradient(32, 32)[None])[0]
    path = tmp_path / "a.cvae"
    length = codec.write_small(path, codec.quantise(code, vector.info, space, (32, 32), 0.002))
    assert path.stat().st_size == length
    back = codec.restore(codec.read_small(path, vector.info), space)
    first, second = model.decode(np.stack([code, back]))
    assert measures.psnr_db(first, second) > 45


def test_a_map_of_another_size_goes_through(free: Bundle, tmp_path: Path) -> None:
    """A free-size model's file has the picture's own size."""
    model, space = Autoencoder(free, "cpu"), read_latent_space(free)
    code = model.encode(gradient(48, 24)[None])[0]
    path = tmp_path / "a.cvae"
    codec.write_small(path, codec.quantise(code, free.info, space, (48, 24), 0.01))
    small = codec.read_small(path, free.info)
    assert (small.height, small.width, small.symbols.shape) == (48, 24, (4, 6, 3))
    assert model.decode(codec.restore(small, space)[None]).shape == (1, 48, 24, 3)


def test_a_file_of_another_model_or_shape_is_refused(vector: Bundle, free: Bundle, tmp_path: Path) -> None:
    """Each with its own sentence."""
    path = tmp_path / "a.cvae"
    codec.write_small(path, SmallFile(model_key(vector.info), 0.25, np.zeros(8, np.int32), 32, 32))
    with pytest.raises(InspectionError, match="another model"):
        codec.read_small(path, free.info)
    for small in (
        SmallFile(model_key(vector.info), 0.25, np.zeros(9, np.int32), 32, 32),
        SmallFile(model_key(vector.info), 0.25, np.zeros(8, np.int32), 64, 32),
    ):
        codec.write_small(path, small)
        with pytest.raises(InspectionError, match="is broken"):
            codec.read_small(path, vector.info)


GOOD = codec.pack(SmallFile(KEY, 0.25, np.arange(-20, 20, dtype=np.int32).reshape(1, 5, 8), 40, 64))


@given(st.binary(max_size=60))
def test_any_bytes_are_refused_or_read(content: bytes) -> None:
    """Behind the magic, or without it, there is nothing but an `InspectionError` or a file."""
    for candidate in (content, b"CVAE\x01" + content):
        with contextlib.suppress(InspectionError):
            assert codec.unpack(candidate).symbols.size > 0


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_a_changed_byte_is_refused_or_read(place: int, change: int) -> None:
    """A file with one byte changed never breaks the program."""
    content = bytearray(GOOD)
    content[place] ^= change
    with contextlib.suppress(InspectionError):
        assert codec.unpack(bytes(content)).symbols.size > 0


@pytest.mark.parametrize("method", [0, 1, 2, 9])
def test_nothing_unpacks_without_end(method: int) -> None:
    """A file that unpacks to more than its shape says is refused, whatever the packing."""
    bomb = bytes(2 << 20)
    packed = [bomb[:100], codec._deflate(bomb), lzma.compress(bomb, lzma.FORMAT_RAW, filters=codec._LZMA), b""]
    head = codec._HEAD.pack(b"CVAE", 1, bytes(8), method, 0.25, 1) + struct.pack("<3H", 8, 32, 32)
    with pytest.raises(InspectionError, match="broken"):
        codec.unpack(head + packed[min(method, 3)])


def test_too_large_a_file_is_not_read(vector: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size is looked at first."""
    monkeypatch.setattr(codec, "LARGEST_FILE", 10)
    (tmp_path / "a.cvae").write_bytes(bytes(11))
    with pytest.raises(InspectionError, match="larger than 10 bytes"):
        codec.read_small(tmp_path / "a.cvae", vector.info)


def test_jpeg_is_searched_on_both_sides() -> None:
    """The best within a budget fits it, the next quality does not; the smallest as good is as good."""
    picture = np.asarray(np.random.default_rng(0).integers(0, 255, (64, 64, 3)), np.uint8)
    found = jpeg.largest_within(picture, 3000)
    assert found is not None
    assert found.bytes <= 3000 < len(jpeg._jpeg(picture, found.quality + 1))
    as_good = jpeg.smallest_as_good(picture, found.psnr_db)
    assert as_good is not None
    assert as_good.psnr_db >= found.psnr_db
    assert as_good.quality <= found.quality
    assert jpeg.largest_within(picture, 100) is None
    assert jpeg.smallest_as_good(picture, 99.0) is None


def test_the_words_say_where_jpeg_wins() -> None:
    """With a reconstructed picture that is bad and a file that is large, JPEG does."""
    picture = gradient(64, 64)
    reconstruction = np.full_like(picture, 128)
    assert "JPEG wins" in jpeg.compare(picture, reconstruction, 2000).words
    assert "No JPEG is that small" in jpeg.compare(picture, reconstruction, 20).words
    assert "this file wins" in jpeg.compare(picture, picture, 2000).words
