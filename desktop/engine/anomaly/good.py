"""The good pictures of a detector: read again and again as its fit needs them, never all in memory."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.engine.anomaly.defects import WHOLE_KINDS, Defect, make_defect
from desktop.engine.anomaly.scores.base import Score, Scorer, Seen
from desktop.engine.anomaly.whole import Looker, code_scale, local_score, takes_parts

SAMPLE_SIDE = 256  # pixels of the parts that scores are fitted to
SAMPLES = 400  # such parts
KEPT_PIXELS = 32_000_000  # of whole pictures that stay in memory with their reconstructions
STEP = 32  # parts begin at multiples of it, which are cells of every model's map
WINDOW = 384  # pixels of a large picture within which a defect is made up
WHOLE_PIXELS = 1 << 20  # up to which a picture is changed as a whole, for defects of that kind


class Good:
    """Good pictures as whole ones. Pictures and their reconstructions are kept as far as there is room."""

    def __init__(self, looker: Looker, paths: Sequence[Path]) -> None:
        """`paths` in the order of the index's rows that go with them."""
        self.looker, self._paths = looker, list(paths)
        self._kept: dict[int, Seen] = {}
        self._room = KEPT_PIXELS
        self._lock = threading.Lock()  # held-out pictures are scored on several threads

    def __len__(self) -> int:
        return len(self._paths)

    def whole(self, number: int) -> Seen:
        """One picture with its reconstruction, `[1, H, W, 3]`.

        Raises:
            PictureError: It cannot be read.
            ModelError: The model does not run.
        """
        with self._lock:
            kept = self._kept.get(number)
        if kept is not None:
            return kept
        seen = self.looker.look(self.looker.read(self._paths[number]))
        size = seen.pixels.shape[1] * seen.pixels.shape[2]
        with self._lock:
            if size <= self._room and number not in self._kept:
                self._room -= size
                self._kept[number] = seen
        return seen

    def sample(self) -> tuple[Seen, NDArray[np.int64]]:
        """Parts of all pictures, of one size, and the number of the picture that each is of."""
        sizes = [self.whole(number).pixels.shape[1:3] for number in range(len(self))]
        height, width = (min(SAMPLE_SIDE, *(size[axis] for size in sizes)) for axis in (0, 1))
        height, width = (length // STEP * STEP or length for length in (height, width))
        each = max(1, SAMPLES // len(self))
        parts = [(number, part) for number in range(len(self)) for part in self._parts(number, (height, width), each)]
        numbers = np.array([number for number, _ in parts])
        return _joined([part for _, part in parts]), numbers

    def defect(self, number: int, kind: str, random: np.random.Generator) -> MadeUpPicture | None:
        """A defect of one kind in one picture; None where none could be made to be seen."""
        clean = self.whole(number)
        height, width = clean.pixels.shape[1:3]
        rows, columns = (0, height), (0, width)
        if kind not in WHOLE_KINDS or height * width > WHOLE_PIXELS:
            rows, columns = _window(height, random), _window(width, random)
        part = clean.pixels[0, slice(*rows), slice(*columns)]
        other = self.whole(int(random.integers(len(self)))).pixels[0]
        defect = make_defect(part, [other], random, kind)
        if defect is None:
            return None
        return MadeUpPicture(self.looker, clean, rows, columns, defect)

    def _parts(self, number: int, shape: tuple[int, int], count: int) -> Iterator[Seen]:
        seen, random = self.whole(number), np.random.default_rng(number)
        _, height, width, _ = seen.pixels.shape
        scale = code_scale(seen)
        places = {
            (
                int(random.integers((height - shape[0]) // STEP + 1)),
                int(random.integers((width - shape[1]) // STEP + 1)),
            )
            for _ in range(count)
        }
        for row, column in sorted(places):
            top, left = row * STEP, column * STEP
            yield seen.part((top, top + shape[0]), (left, left + shape[1]), scale)


@dataclasses.dataclass(frozen=True, eq=False)
class MadeUpPicture:
    """A whole good picture with a defect in a window of it; only the window is reconstructed anew.

    Attributes:
        looker: By which.
        clean: The good picture.
        rows, columns: The window, in pixels.
        defect: Within it.
    """

    looker: Looker
    clean: Seen
    rows: tuple[int, int]
    columns: tuple[int, int]
    defect: Defect

    def fixed(self) -> Seen:
        """The whole picture with its defect at the index's size."""
        pixels = self.clean.pixels[0].copy()
        pixels[slice(*self.rows), slice(*self.columns)] = self.defect.pixels
        return self.looker.fixed(pixels)

    def local_scores(self, scores: dict[str, tuple[Score, Scorer, float]]) -> dict[str, float]:
        """What local scores give the whole picture, from what they gave the good one and from the window alone.

        `scores` has each score, its fit, and what it gave the good picture.
        """
        # Whoever knows the good picture must not speak of its surroundings here either.
        seen = dataclasses.replace(self.looker.look(self.defect.pixels), digest=self.clean.digest)
        share = self.defect.mask.size / (self.clean.pixels.shape[1] * self.clean.pixels.shape[2])
        result: dict[str, float] = {}
        for name, (score, scorer, before) in scores.items():
            if not takes_parts(score, seen):
                continue
            now = local_score(score, scorer, seen)
            if score.pool == "peak":
                result[name] = now if share == 1 else max(before, now)
            elif share == 1:
                result[name] = now
            else:
                window = self.clean.part(self.rows, self.columns, code_scale(self.clean))
                result[name] = before + share * (now - local_score(score, scorer, window))
        return result


def _window(length: int, random: np.random.Generator) -> tuple[int, int]:
    first = int(random.integers(max(0, length - WINDOW) // STEP + 1)) * STEP
    return first, min(length, first + WINDOW)


def _joined(parts: Sequence[Seen]) -> Seen:
    """Parts as one; without `stored`, which is of whole pictures, and would take several times their memory to make."""
    return Seen(
        np.concatenate([part.codes for part in parts]),
        {},
        np.concatenate([part.pixels for part in parts]),
        np.concatenate([part.reconstruction for part in parts if part.reconstruction is not None]),
    )
