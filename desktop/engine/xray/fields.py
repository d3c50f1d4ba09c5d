"""How a model's parts hang together: which latent cells a pixel moves, where a cell reads from, and what it paints.

All of it is measured through the two graphs, by finite differences. The picture is divided into blocks; each in turn is
exchanged for noise, and what of the code changes is noted. The noise and what counts as unchanged are those by which
`tiles` measures how far a model sees.
"""

from __future__ import annotations

import dataclasses
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from desktop.engine import framing
from desktop.engine.autoencoder import Autoencoder, Latents
from desktop.engine.errors import StoppedError
from desktop.engine.pictures import Pixels
from desktop.engine.tiles import NEGLIGIBLE
from desktop.engine.watch import Progress, Stopped
from export.bundle import SizeRule

BLOCKS = 16  # along a side of a picture, where the latent is a vector
BATCH = 8  # encodes at a time
STEP = 2.0  # standard deviations by which a cell is moved to see what it paints

Floats = NDArray[np.float32]
Cell = tuple[int, ...]
"""Row and column of a cell of a map, or the number of one of a vector, from 0."""

Deed = Literal["move", "off"]


@dataclasses.dataclass(frozen=True, eq=False)
class Sensitivity:
    """How a code depends on the blocks of one picture.

    Attributes:
        image: uint8 `[H, W, 3]`, what was encoded.
        code: float32 `[C, h, w]` or `[D]`.
        block: The side of a block, in pixels.
        effect: float32 `[rows, columns, h, w]` or `[rows, columns, D]`: by how much each block moves each cell, in
            units of the code's spread; of a cell's channels the one that moves most.
    """

    image: Pixels
    code: Latents
    block: int
    effect: Floats

    @property
    def cells(self) -> tuple[int, ...]:
        """How many cells there are: `(h, w)` or `(D,)`."""
        return self.effect.shape[2:]

    def moved_by(self, row: int, column: int) -> Floats:
        """How much the block around a pixel moves each cell: `[h, w]` or `[D]`."""
        rows, columns = self.effect.shape[:2]
        found: Floats = self.effect[min(row // self.block, rows - 1), min(column // self.block, columns - 1)]
        return found

    def read_by(self, cell: Cell) -> Floats:
        """How much each block moves one cell: `[rows, columns]`."""
        found: Floats = self.effect[_at(cell)]
        return found

    def reads_px(self, cell: Cell) -> tuple[int, int]:
        """Height and width of the rectangle that a cell reads from, in pixels."""
        height, width = extent(self.read_by(cell) > NEGLIGIBLE)
        return height * self.block, width * self.block

    def half_px(self, cell: Cell) -> int:
        """The side of the square around a cell of a map from which half of all effect on it comes, in pixels."""
        effect = self.read_by(cell)
        rows, columns = np.indices(effect.shape)
        distance = np.maximum(abs(rows - cell[0]), abs(columns - cell[1]))
        held = [float(effect[distance <= radius].sum()) for radius in range(int(distance.max()) + 1)]
        return (2 * int(np.searchsorted(held, held[-1] / 2)) + 1) * self.block


def seen(autoencoder: Autoencoder, pixels: Pixels) -> Pixels:
    """A picture of any size as the model was trained on it: the middle, cut and resized to the trained size."""
    size = autoencoder.info.size
    rule = SizeRule("fixed", size.multiple, size.height, size.width)
    return framing.frame(pixels.shape[0], pixels.shape[1], rule).prepare(pixels)


def sensitivity(
    autoencoder: Autoencoder,
    image: Pixels,
    progress: Progress = lambda _done, _total: None,
    stopped: Stopped = lambda: False,
) -> Sensitivity:
    """Measures it for a picture of the model's trained size; takes an encode for each block.

    Raises:
        ModelError: The encoder failed.
        StoppedError: It was asked to stop.
    """
    is_map = autoencoder.info.latent.kind == "map"
    code = autoencoder.encode(image[None])[0]
    block = max(1, image.shape[0] // (code.shape[1] if is_map else BLOCKS))
    rows, columns = image.shape[0] // block, image.shape[1] // block
    noise = np.random.default_rng(0).integers(0, 256, image.shape, np.uint8)
    spread = float(code.std()) or 1.0
    places = [(row, column) for row in range(rows) for column in range(columns)]
    found = []
    for first in range(0, len(places), BATCH):
        if stopped():
            raise StoppedError("Stopped before its end, as you asked.")
        progress(first, len(places))
        batch = [_exchanged(image, noise, block, *place) for place in places[first : first + BATCH]]
        change = np.abs(autoencoder.encode(np.stack(batch)) - code) / spread
        found.append(change.max(axis=1) if is_map else change)
    effect = np.concatenate(found)
    return Sensitivity(image, code, block, effect.reshape(rows, columns, *effect.shape[1:]).astype(np.float32))


def changed(autoencoder: Autoencoder, code: Latents, mean: Latents, std: Latents, cell: Cell, deed: Deed) -> Pixels:
    """The picture of a code in which one cell is moved, or switched off: set to what it is in the mean.

    Args:
        autoencoder: Decodes it.
        code: float32 `[C, h, w]` or `[D]`; `mean` and `std` have its shape.
        mean: Of training codes.
        std: Of training codes.
        cell: Which one.
        deed: `move` adds `STEP` standard deviations, by turns up and down over the channels.

    Raises:
        ModelError: The decoder failed.
    """
    other, place = code.copy(), _at(cell)
    if deed == "off":
        other[place] = mean[place]
    else:
        signs = np.resize(np.array([1, -1], np.float32), len(code)) if code.ndim == 3 else np.float32(1)
        other[place] += np.float32(STEP) * signs * std[place]
    picture: Pixels = autoencoder.decode(other[None])[0]
    return picture


def difference(before: Pixels, after: Pixels) -> Floats:
    """By how many levels of 255 pixels differ, in the channel that does most: float32 `[H, W]`."""
    found: Floats = np.abs(after.astype(np.float32) - before.astype(np.float32)).max(axis=2)
    return found


def extent(there: NDArray[np.bool_]) -> tuple[int, int]:
    """Height and width of the rectangle around what is true in `[rows, columns]`; zeros where nothing is."""
    sides = [np.flatnonzero(there.any(axis=axis)) for axis in (1, 0)]
    height, width = (int(side[-1] - side[0] + 1) if len(side) else 0 for side in sides)
    return height, width


def _at(cell: Cell) -> tuple[Any, ...]:
    """The index of a cell, whatever stands before it."""
    return (..., *cell)


def _exchanged(image: Pixels, noise: Pixels, block: int, row: int, column: int) -> Pixels:
    other = image.copy()
    part = slice(row * block, (row + 1) * block), slice(column * block, (column + 1) * block)
    other[part] = noise[part]
    return other
