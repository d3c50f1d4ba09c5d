"""AUROC, regions and PRO."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from desktop.engine.anomaly.ranking import auroc, label_regions, pro


@given(arrays(np.int8, st.integers(2, 30), elements=st.integers(0, 5)), st.data())
def test_auroc_counts_pairs(scores: np.ndarray, data: st.DataObject) -> None:
    """It is the share of pairs of a bad and a good one that are in order, ties counting half."""
    bad = data.draw(arrays(np.bool_, len(scores)))
    pairs = [(a > b) + 0.5 * (a == b) for a in scores[bad].tolist() for b in scores[~bad].tolist()]
    found = auroc(scores.astype(np.float32), bad)
    assert math.isnan(found) if not pairs else found == pytest.approx(float(np.mean(pairs)))


def flooded(mask: np.ndarray) -> set[frozenset[tuple[int, int]]]:
    """The 8-connected regions, by walking from pixel to pixel."""
    left = {(int(row), int(column)) for row, column in np.argwhere(mask)}
    regions = set()
    while left:
        region, waiting = set(), [left.pop()]
        while waiting:
            row, column = waiting.pop()
            region.add((row, column))
            near = {(row + a, column + b) for a in (-1, 0, 1) for b in (-1, 0, 1)} & left
            left -= near
            waiting += near
        regions.add(frozenset(region))
    return regions


@given(arrays(np.bool_, st.tuples(st.integers(1, 9), st.integers(1, 9))))
def test_regions_are_those_that_a_flood_fills(mask: np.ndarray) -> None:
    """Same pixels together, same number of regions, 0 outside."""
    labels, count = label_regions(mask)
    named = {
        frozenset((int(row), int(column)) for row, column in np.argwhere(labels == number))
        for number in range(1, count + 1)
    }
    assert named == flooded(mask)
    assert ((labels == 0) == ~mask).all()


def test_pro_of_perfect_and_of_blind_maps() -> None:
    """A map that is the mask gives 1; one that sees nothing, the least there is."""
    mask = np.zeros((20, 20), bool)
    mask[2:5, 2:5] = mask[12, 12] = True
    assert pro([mask.astype(float)], [mask]) == pytest.approx(1, abs=2e-3)
    assert pro([np.zeros((20, 20))], [mask]) == pytest.approx(0, abs=1e-6)
    noise = np.random.default_rng(0).random((200, 200))
    checks = np.zeros((200, 200), bool)
    checks[::4, ::4] = True
    assert pro([noise], [checks]) == pytest.approx(0.15, abs=0.02)  # the area below the diagonal


def test_pro_counts_a_small_region_like_a_large_one() -> None:
    """A map that finds the large region alone has half."""
    mask = np.zeros((30, 30), bool)
    mask[:10, :10] = mask[20, 20] = True
    found = mask.astype(float)
    found[20, 20] = -1
    assert pro([found], [mask]) == pytest.approx(0.5, abs=2e-3)


def test_without_a_defect_there_is_no_figure() -> None:
    """It is not a number, rather than a good one."""
    empty = np.zeros((4, 4), bool)
    assert math.isnan(pro([empty.astype(float)], [empty]))
    assert math.isnan(auroc(np.arange(4.0), np.zeros(4, bool)))
