"""The floors of a run: PSNR of linear codes with as many numbers as its latent, on its held-out pictures.

A vector's floor is PCA of whole pictures. A map's floors are PCA of 8x8 blocks and the best linear code of overlapping
windows. A network that does not reconstruct better than these has learnt nothing that a matrix does not know.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from trainer.architectures.patches import PATCH, PATCH_VALUES
from trainer.data import Pictures
from trainer.run.contract.sentence import Sentence
from trainer.start.lapped import LARGEST_SAMPLE as LAPPED_SAMPLE
from trainer.start.lapped import LappedCode, fit_lapped
from trainer.start.patch_pca import PatchCode, fit_patches
from trainer.start.whole_pca import LARGEST_SAMPLE as WHOLE_SAMPLE
from trainer.start.whole_pca import WholeCode, fit_whole

FLOORS_FILE = "floors.json"
LARGEST_BYTES = 64 << 10
LARGEST_HELD_OUT = 2_000  # pictures measured on
BATCH = 16
LEAST_ERROR = 1e-10  # as PSNR is measured elsewhere: at most 100 dB

FloorName = Literal["whole", "blocks", "lapped"]
FLOOR_WORDS: dict[FloorName, Sentence] = {
    "whole": Sentence("PCA of whole pictures"),
    "blocks": Sentence("PCA of 8x8 blocks"),
    "lapped": Sentence("linear code of overlapping windows"),
}


class LinearCode(Protocol):
    """A linear code that was fitted to training pictures."""

    @property
    def pictures(self) -> int:
        """How many it was fitted on."""

    def reconstruct(self, pictures: NDArray[np.uint8], /) -> NDArray[np.float32]:
        """uint8 [B, H, W, 3] -> float32 [B, H, W, 3] in [0, 1]."""


@dataclass(frozen=True)
class Floor:
    """How well one linear code reconstructs the held-out pictures."""

    name: FloorName
    numbers: int
    """Of the code: for a whole picture, or for each 8x8 block."""
    psnr_db: float
    """Mean over held-out pictures."""

    @property
    def title(self) -> str:
        """For people: which code it is of."""
        return FLOOR_WORDS[self.name]

    @property
    def words(self) -> str:
        """For people: what it is and how good."""
        where = "" if self.name == "whole" else " a block"
        return f"{FLOOR_WORDS[self.name]}, {self.numbers} numbers{where}: {self.psnr_db:.2f} dB"


@dataclass(frozen=True)
class Floors:
    """The floors of a run, with the codes that have them for a network to start as."""

    measured: tuple[Floor, ...]
    whole: WholeCode | None = None
    """That of its floor, or a better one that was fitted on more: see `trainer.start.wider`."""
    blocks: PatchCode | None = None
    lapped: LappedCode | None = None

    @property
    def highest(self) -> Floor | None:
        """The best of the linear codes; None where there is none."""
        return max(self.measured, key=lambda floor: floor.psnr_db, default=None)


def vector_floors(train: Pictures, holdout: Pictures, numbers: int, most: int = WHOLE_SAMPLE) -> Floors:
    """Fits and measures PCA of whole pictures with as many numbers as a vector latent, or as there can be.

    `most` is how many pictures it is fitted to.
    """
    code = fit_whole(train, numbers, most)
    return Floors((Floor("whole", len(code.components), measure(code, holdout)),), whole=code)


def map_floors(
    train: Pictures, holdout: Pictures, numbers: float, enough: Callable[[], bool] | None = None, lapped: bool = True
) -> Floors:
    """Fits and measures PCA of 8x8 blocks, and the linear code of overlapping windows where that is better.

    Args:
        train: Fitted on.
        holdout: Measured on.
        numbers: Of the latent, for each 8x8 block; rounded down to 1 to 192.
        enough: Asked between the rounds of the second fit, which takes tens of seconds; True ends it there.
        lapped: Whether that one is wanted.
    """
    whole_numbers = block_numbers(numbers)
    blocks = fit_patches(train, whole_numbers)
    found = [Floor("blocks", whole_numbers, measure(blocks, holdout))]
    if not lapped:
        return Floors(tuple(found), blocks=blocks)
    count = min(len(train), LAPPED_SAMPLE)
    code = fit_lapped(train.batch(np.arange(count) * len(train) // count), whole_numbers, enough=enough)
    found.append(Floor("lapped", whole_numbers, measure(_InBatches(code), holdout)))
    if found[1].psnr_db < found[0].psnr_db:  # ended early, or of pictures that are not the same everywhere
        return Floors((found[0],), blocks=blocks)
    return Floors(tuple(found), blocks=blocks, lapped=code)


def block_numbers(numbers: float) -> int:
    """As many numbers for a block as a linear code of blocks can have: rounded down to 1 to 192."""
    return min(PATCH_VALUES, max(1, math.floor(numbers)))


def numbers_per_block(channels: int, multiple: int) -> float:
    """Numbers that a map latent has for each 8x8 pixels: `channels` for each `multiple` x `multiple` pixels."""
    return channels * (PATCH / multiple) ** 2


def measure(code: LinearCode, pictures: Pictures) -> float:
    """The mean over pictures, at most 2,000 evenly spread ones, of a code's PSNR in dB."""
    count = min(len(pictures), LARGEST_HELD_OUT)
    positions = np.arange(count) * len(pictures) // count
    found = []
    for start in range(0, count, BATCH):
        batch = pictures.batch(positions[start : start + BATCH])
        errors = np.square(code.reconstruct(batch) - batch.astype(np.float32) / 255).mean(
            axis=(1, 2, 3), dtype=np.float64
        )
        found.append(-10 * np.log10(errors.clip(min=LEAST_ERROR)))
    return float(np.concatenate(found).mean())


@dataclass(frozen=True)
class _InBatches:
    """A lapped code, which takes pictures one by one and gives levels of 0 to 255."""

    code: LappedCode

    @property
    def pictures(self) -> int:
        return self.code.pictures

    def reconstruct(self, pictures: NDArray[np.uint8], /) -> NDArray[np.float32]:
        return np.stack([self.code.reconstruct(picture) for picture in pictures]) / np.float32(255)


def floors_text(floors: tuple[Floor, ...]) -> str:
    """The content of a run's `floors.json`."""
    return json.dumps([asdict(floor) for floor in floors], indent=2) + "\n"


def read_floors(folder: Path) -> tuple[Floor, ...]:
    """The floors in a run folder; none where it has no such file, as older runs, or one that cannot be used."""
    path = folder / FLOORS_FILE
    try:
        if path.stat().st_size > LARGEST_BYTES:
            return ()
        return tuple(map(_floor, json.loads(path.read_text(encoding="utf-8"))))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return ()


def _floor(values: dict[str, Any]) -> Floor:
    if values["name"] not in FLOOR_WORDS or not math.isfinite(float(values["psnr_db"])):
        raise ValueError(values)
    return Floor(values["name"], int(values["numbers"]), float(values["psnr_db"]))
