"""Sets that are drawn for the benchmark of anomalies."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.benchmarks import stand_ins


@pytest.mark.parametrize("name", ["surface", "parts", "weave", "characters", "photographs"])
def test_a_set_has_defects_where_its_masks_say(name: str, tmp_path: Path) -> None:
    """Every kind has a mask that is neither empty nor everything, and the same set is drawn again."""
    for number in range(3):
        picture = np.random.default_rng(number).integers(0, 256, (40, 40, 3), dtype=np.uint8)
        Image.fromarray(picture).save(tmp_path / f"{number}.png")
    known = stand_ins.stand_ins(tmp_path)[name]
    for place in ("one", "two"):
        stand_ins.write(tmp_path / place, name, known, good=1, bad=1)
    first = tmp_path / "one"
    assert len(list((first / "bad").iterdir())) == len(known.defects)
    for path in (first / "bad").iterdir():
        mask = np.asarray(Image.open(first / "mask" / path.name))
        assert 0 < (mask > 0).mean() < 0.5
        assert path.read_bytes() == (tmp_path / "two" / "bad" / path.name).read_bytes()
