"""The latents of many pictures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from export.errors import ExportError
from export.statistics import encoding
from export.statistics.encoding import Codes, encode_sample
from trainer.data.pictures import Pictures

PIXELS = np.arange(50, dtype=np.uint8)[:, None, None, None] * np.ones((1, 4, 4, 3), np.uint8)
PICTURES = Pictures(PIXELS, np.arange(50)[::2].copy())


def first_pixel(batch: np.ndarray) -> np.ndarray:
    """An encoder whose latent map is a picture's first pixel, twice."""
    return np.repeat(batch[:, 0, 0, :1].astype(np.float32), 2, axis=1).reshape(-1, 2, 1, 1)


def encoded(encoder: Any = first_pixel, limit: int = 10_000) -> Codes:
    """The sample, and that progress ends at its end."""
    told: list[tuple[int, int]] = []
    codes = encode_sample(encoder, PICTURES, "Encoding", lambda _what, done, total: told.append((done, total)), limit)
    assert told[-1] == (len(codes.latents), len(codes.latents))
    return codes


@pytest.mark.parametrize("limit", [1, 7, 25, 99])
def test_latents_stand_with_the_rows_that_they_are_of(limit: int) -> None:
    """Evenly spread, at most as many as asked for, flattened, with the shape that they had."""
    codes = encoded(limit=limit)
    assert len(codes.latents) == min(limit, 25)
    assert codes.shape == (2, 1, 1)
    assert np.array_equal(codes.latents[:, 0], codes.rows)
    assert np.array_equal(codes.latents[:, 0], codes.latents[:, 1])


def test_many_latents_lie_in_a_file_and_are_read_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the same numbers in them; each block says where it stands."""
    expected = encoded().latents
    monkeypatch.setattr(encoding, "NUMBERS_IN_MEMORY", 10)
    monkeypatch.setattr(encoding, "BLOCK_NUMBERS", 8)
    codes = encoded()
    assert isinstance(codes.latents, np.memmap)
    assert not codes.in_memory
    blocks = list(codes.blocks())
    assert {len(block) for _, block in blocks[:-1]} == {4}
    assert np.array_equal(np.concatenate([block for _, block in blocks]), expected)
    assert all(np.array_equal(expected[where], block) for where, block in blocks)


def test_wide_latents_have_fewer_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as fit the largest count of numbers, but never fewer than the smallest sample."""
    monkeypatch.setattr(encoding, "LARGEST_NUMBERS", 2 * 12)
    monkeypatch.setattr(encoding, "SMALLEST_SAMPLE", 5)
    assert len(encoded().latents) == 12
    monkeypatch.setattr(encoding, "SMALLEST_SAMPLE", 20)
    assert len(encoded().latents) == 20


def test_latents_that_are_no_numbers_are_refused() -> None:
    """With what to do."""
    with pytest.raises(ExportError, match=r"not finite.*Train again"):
        encoded(lambda batch: first_pixel(batch) * np.float32(np.where(batch[:, :1, :1, :1].max() > 20, np.nan, 1)))
