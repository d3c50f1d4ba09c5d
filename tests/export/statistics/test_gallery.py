"""The gallery: training pictures, small, with their own latents."""

from __future__ import annotations

import io

import numpy as np
import pytest

from export.statistics import gallery
from export.statistics.encoding import Codes
from export.statistics.gallery import make_gallery
from trainer.data import Pictures


@pytest.fixture
def pictures() -> Pictures:
    """300 pictures of noise, 96 pixels a side, of which every third is left out."""
    pixels = np.random.default_rng(0).integers(0, 256, (300, 96, 96, 3), dtype=np.uint8)
    return Pictures(pixels, np.flatnonzero(np.arange(300) % 3))


@pytest.fixture
def codes(pictures: Pictures) -> Codes:
    """Latents that say which row they came from."""
    return Codes(np.repeat(pictures.rows[:, None], 4, axis=1).astype(np.float32), pictures.rows, (4,))


def read(content: bytes) -> tuple[np.ndarray, np.ndarray]:
    """Thumbnails and latents."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        assert set(arrays.files) == {"thumbnails", "latents"}
        return arrays["thumbnails"], arrays["latents"]


def test_thumbnails_belong_to_their_latents(codes: Codes, pictures: Pictures) -> None:
    """64 pixels a side, float16 latents, and each is of the same picture."""
    thumbnails, latents = read(make_gallery(codes, pictures, 0))
    assert thumbnails.shape == (200, 64, 64, 3)
    assert thumbnails.dtype == np.uint8
    assert latents.dtype == np.float16
    small = thumbnails[7].astype(float).mean()
    assert small == pytest.approx(pictures.pixels[latents[7, :1].astype(np.int64)].mean(), abs=1)


def test_a_gallery_fits_into_what_is_left(codes: Codes, pictures: Pictures, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer pictures, evenly spread, where the rest of the bundle is large; never fewer than 16."""
    monkeypatch.setattr(gallery, "SMALLEST_BYTES", 0)
    content = make_gallery(codes, pictures, gallery.BUNDLE_BYTES - 1_000_000)
    assert len(content) <= 1_000_000
    _, latents = read(content)
    assert 16 < len(latents) < 100
    assert latents[-1, 0] > 280
    assert len(read(make_gallery(codes, pictures, gallery.BUNDLE_BYTES))[0]) == 16


def test_small_pictures_are_not_enlarged(codes: Codes) -> None:
    """A picture of 32 pixels is its own thumbnail."""
    pixels = np.random.default_rng(0).integers(0, 256, (300, 32, 32, 3), dtype=np.uint8)
    thumbnails, _ = read(make_gallery(codes, Pictures(pixels, codes.rows), 0))
    np.testing.assert_array_equal(thumbnails, pixels[codes.rows])


def test_latents_past_the_end_of_float16_stay_finite(pictures: Pictures) -> None:
    """They become its largest number."""
    codes = Codes(np.full((len(pictures), 4), 1e6, np.float32), pictures.rows, (4,))
    assert np.isfinite(read(make_gallery(codes, pictures, 0))[1]).all()


def test_plain_pictures_are_passed_over(codes: Codes, pictures: Pictures) -> None:
    """Pictures of nearly one colour are left out, but where all are plain the gallery has them."""
    pixels = pictures.pixels.copy()
    plain = pictures.rows % 2 == 0
    pixels[pictures.rows[plain]] = 128
    _, latents = read(make_gallery(codes, Pictures(pixels, pictures.rows), 0))
    assert len(latents) == (~plain).sum()
    assert (latents[:, 0] % 2 == 1).all()
    pixels[:] = 128
    assert len(read(make_gallery(codes, Pictures(pixels, pictures.rows), 0))[1]) == len(codes.rows)
