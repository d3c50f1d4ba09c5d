"""Which pairs count as duplicates, and which picture of a group is the best."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from desktop.engine.similarity.groups import Quality, best_of, measure, without_pairs
from desktop.engine.similarity.neighbours import Pairs
from export.bundle import SizeRule


def test_pairs_told_apart_do_not_count() -> None:
    """Whichever way round they were named; names that are gone are passed over."""
    pairs = Pairs(np.array([0, 1]), np.array([2, 2]), np.zeros(2, np.float32), 3, 0.5)
    left = without_pairs(pairs, {("a", "c"), ("c", "gone")}, ["c", "b", "a"])
    assert left.groups(0.5) == [[1, 2]]
    assert without_pairs(pairs, set(), ["c", "b", "a"]) is pairs


def test_the_best_is_the_largest_then_the_sharpest_then_the_one_of_most_bytes() -> None:
    """And of pictures that are all alike, the first."""
    assert best_of([Quality(10, 10, 9, 0.9), Quality(20, 20, 1, 0.1)]) == 1
    assert best_of([Quality(20, 20, 9, 0.1), Quality(20, 20, 1, 0.9)]) == 1
    assert best_of([Quality(20, 20, 1, 0.9), Quality(20, 20, 9, 0.89)]) == 1
    assert best_of([Quality(20, 20, 1, 0.9)] * 3) == 0


def test_a_blurred_copy_is_less_sharp(tmp_path: Path) -> None:
    """Sizes are those of the file, and what cannot be read is nothing."""
    noise = np.random.default_rng(0).integers(0, 255, (40, 60, 3), np.uint8)
    sharp = Image.fromarray(noise)
    sharp.save(tmp_path / "sharp.png")
    sharp.resize((15, 10)).resize((60, 40)).save(tmp_path / "soft.png")
    (tmp_path / "none.png").write_bytes(b"no picture")
    size = SizeRule("fixed", 1, 32, 32)
    known, soft, none = (measure(tmp_path / f"{name}.png", size) for name in ("sharp", "soft", "none"))
    assert (known.width, known.height, known.bytes) == (60, 40, (tmp_path / "sharp.png").stat().st_size)
    assert known.sharpness > 2 * soft.sharpness
    assert none == Quality(0, 0, 0, 0.0)
