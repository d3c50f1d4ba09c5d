"""Near-duplicates are found whatever their file, and are never on both sides of the hold-out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image
from scipy import sparse
from scipy.sparse import csgraph

from trainer.data.near_duplicates import groups, near_pairs, part, thumbnails


def _pictures(count: int, seed: int = 0) -> NDArray[np.uint8]:
    """Different smooth pictures, uint8 [count, 64, 64, 3]."""
    coarse = np.random.default_rng(seed).integers(0, 256, (count, 6, 6, 3), dtype=np.uint8)
    return np.stack([np.asarray(Image.fromarray(each).resize((64, 64), Image.Resampling.BICUBIC)) for each in coarse])


def _found(pictures: NDArray[np.uint8]) -> list[tuple[int, int]]:
    return [(first, second) for first, second in near_pairs(thumbnails(pictures, np.arange(len(pictures)))).tolist()]


@pytest.mark.parametrize(("height", "width"), [(16, 16), (64, 48), (96, 160)])
def test_thumbnails_are_means_of_blocks(height: int, width: int) -> None:
    """To the last bit, whatever the shape, and for the pictures that are asked for, in their order."""
    pixels = np.random.default_rng(2).integers(0, 256, (5, height, width, 3), dtype=np.uint8)
    rows = np.array([4, 0, 2])
    blocks = pixels[rows].reshape(3, 16, height // 16, 16, width // 16, 3)
    expected = blocks.mean(axis=(2, 4, 5), dtype=np.float32).reshape(3, 256) / 255
    np.testing.assert_array_equal(thumbnails(pixels, rows), expected)


def test_copies_are_found_and_others_are_not() -> None:
    """A noisy, brighter copy is a near-duplicate; different pictures on a shared background are not."""
    pictures = _pictures(12)
    copy = (pictures[3] * 0.95 + 8 + np.random.default_rng(1).normal(0, 6, pictures[3].shape)).clip(0, 255)
    assert _found(np.concatenate([pictures, copy.astype(np.uint8)[None]])) == [(3, 12)]
    background = np.tile(np.linspace(0, 255, 64, dtype=np.uint8)[None, :, None], (64, 1, 3))
    shared = np.stack([background.copy() for _ in range(12)])
    shared[:, 16:48, 16:48] = pictures[:, 16:48, 16:48]
    assert _found(shared) == []


@given(st.integers(1, 40).flatmap(lambda n: st.tuples(st.just(n), st.lists(st.tuples(*[st.integers(0, n - 1)] * 2)))))
def test_groups_are_those_of_scipy(drawn: tuple[int, list[tuple[int, int]]]) -> None:
    """Whatever the pairs, each picture has the number of the first member of its connected component."""
    count, pairs = drawn
    joined = np.array(pairs, np.int64).reshape(-1, 2)
    matrix: Any = sparse.coo_array
    graph = matrix((np.ones(len(joined)), (joined[:, 0], joined[:, 1])), shape=(count, count))
    component = csgraph.connected_components(graph, directed=False)[1]
    expected = [int(np.flatnonzero(component == number)[0]) for number in component]
    assert groups(count, joined).tolist() == expected


def test_long_chains_are_joined_in_few_rounds() -> None:
    """Each round halves the way at least: of 100,000 pictures in a shuffled row none is left by itself."""
    row = np.random.default_rng(0).permutation(100_000)
    assert not groups(len(row), np.stack([row[:-1], row[1:]], axis=1)).any()


def test_plain_pictures_are_alike_by_their_brightness() -> None:
    """Pictures without detail are near-duplicates where they are equally bright."""
    plain = np.stack([np.full((32, 32, 3), level, np.uint8) for level in (20, 22, 200)])
    assert _found(plain) == [(0, 1)]


def test_more_than_one_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs are found across blocks of the comparison as within them."""
    pictures = _pictures(9)
    doubled = np.concatenate([pictures, pictures])
    whole = _found(doubled)
    monkeypatch.setattr("trainer.data.near_duplicates.BLOCK", 4)
    assert sorted(_found(doubled)) == sorted(whole) == [(row, row + 9) for row in range(9)]


@given(
    st.integers(4, 40).flatmap(
        lambda count: st.tuples(
            st.just(count), st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=30)
        )
    )
)
def test_no_group_is_on_both_sides(case: tuple[int, list[tuple[int, int]]]) -> None:
    """Whatever the groups, every picture is on one side, both sides have some, and no group is on both."""
    count, pairs = case
    group = groups(count, np.array(pairs, np.int64).reshape(-1, 2))
    held = np.arange(0, count, 4)
    kept = np.setdiff1d(np.arange(count), held)
    parted = part(kept, held, group)
    assert sorted([*parted.kept, *parted.held]) == list(range(count))
    assert len(parted.kept)
    assert len(parted.held)
    if len(set(group)) > 1:
        assert not set(group[parted.kept]) & set(group[parted.held])
    if not np.isin(group[held], group[kept]).any():
        np.testing.assert_array_equal(parted.held, held)
