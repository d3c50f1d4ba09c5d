"""Grids of pictures that a run leaves, one for each epoch that draws one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from trainer.machine.files import replaced

GRIDS_FOLDER = "grids"


def save_grid(folder: Path, epoch: int, grid: NDArray[np.uint8]) -> None:
    """Writes `grids/epoch-NNNN.png` from uint8 [H, W, 3]."""
    path = folder / GRIDS_FOLDER / f"epoch-{epoch:04d}.png"
    path.parent.mkdir(exist_ok=True)
    with replaced(path) as scratch:
        Image.fromarray(grid).save(scratch, format="PNG")
