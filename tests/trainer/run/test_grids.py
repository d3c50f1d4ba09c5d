"""Grids of pictures, one for each epoch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from tests.pictures import gradient
from trainer.run.grids import save_grid


def test_a_grid_is_named_after_its_epoch(tmp_path: Path) -> None:
    """So that they sort in order; nothing else is left in the folder."""
    save_grid(tmp_path, 7, gradient(8, 8))
    (path,) = (tmp_path / "grids").iterdir()
    assert path.name == "epoch-0007.png"
    assert np.array_equal(np.asarray(Image.open(path)), gradient(8, 8))
