"""Whole pictures at their own resolution: how the model reconstructs one, and what local scores find in it.

A model of free size sees the picture pixel for pixel, in overlapping tiles where it is large. A model of a fixed size
sees it made smaller until it fills the model's size one way, in windows that overlap by half along the other. Scores
then look at the picture in tiles with a margin as wide as the widest of them sees, so that memory does not grow with
the picture beyond the picture itself, and the work is linear in its pixels.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from desktop.engine import framing, pictures
from desktop.engine.anomaly.scores.base import Need, Score, Scorer, Seen
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.folder.maps import Maps
from desktop.engine.gaussian import Floats
from desktop.engine.pictures import Pixels
from desktop.engine.tiles import Tiler
from export.bundle import SizeRule
from export.bundle.digest import picture_digest

TILE = 1024  # pixels of a tile's own
MARGIN = 96  # pixels beyond, which are looked at but not counted
STEP = 32  # tiles begin at multiples of it, which the grids of all scores divide
WINDOWS = 16  # of a model of fixed size, at once
NO_CODES = np.empty((1, 0), np.float32)


class Looker:
    """Reconstructs whole pictures by one model. Safe to use from several threads."""

    def __init__(self, model: Autoencoder, size: SizeRule, whole: bool = True) -> None:
        """`size` is that of the index, at which scores of the picture as one look; with `whole` off, so do all."""
        self.model, self.size, self.whole = model, size, whole
        self._tiler = Tiler(model)
        self._is_free = model.info.latent.kind == "map" and model.info.size.kind == "multiple"

    def read(self, path: Path) -> Pixels:
        """A picture file's own pixels, uint8 `[H, W, 3]`.

        Raises:
            PictureError: It cannot be read.
        """
        return pictures.read(path).pixels

    def fixed(self, pixels: Pixels, need: Need = "stored") -> Seen:
        """The picture as the index has it, `[1, ...]`, as far as scores need it."""
        prepared = self.prepare(pixels)[None]
        if need == "pixels":
            return Seen(NO_CODES, {}, prepared)
        codes = self.model.encode(prepared)
        if need == "codes":
            return Seen(codes, {}, prepared)
        return Seen.of(codes, prepared, self.model.decode(codes))

    def prepare(self, pixels: Pixels) -> Pixels:
        """The picture at the index's size, uint8 `[height, width, 3]`."""
        return framing.frame(pixels.shape[0], pixels.shape[1], self.size).prepare(pixels)

    def look(self, pixels: Pixels, need: Need = "stored") -> Seen:
        """The whole picture, `[1, H, W, 3]`, and its reconstruction; codes `[1, C, h, w]`, or none of a fixed size.

        What scores do not need is not there: where they need the pixels alone the model is not run. The digest is
        that of the picture itself.

        Raises:
            ModelError: The model does not run.
        """
        if not self.whole:
            return self.fixed(pixels, need)
        digest = picture_digest(pixels.shape[0], pixels.shape[1], pixels.tobytes())
        return dataclasses.replace(self._look(pixels, need), digest=digest)

    def _look(self, pixels: Pixels, need: Need) -> Seen:
        if not self._is_free:
            return self._in_windows(pixels, need == "stored")
        if need == "pixels":
            return Seen(NO_CODES, {}, pixels[None])
        height, width = pixels.shape[:2]
        frame = framing.frame(height, width, self.model.info.size)
        code = self._tiler.encode(frame.prepare(pixels))
        if need == "codes":
            return Seen(code[None], {}, pixels[None])
        reconstruction = self._tiler.decode(code)[:height, :width]
        return Seen(code[None], {}, pixels[None], reconstruction[None])

    def _in_windows(self, pixels: Pixels, reconstructed: bool) -> Seen:
        rule = self.model.info.size
        scale = max(rule.height / pixels.shape[0], rule.width / pixels.shape[1])
        height, width = (
            max(side, round(length * scale)) for side, length in zip((rule.height, rule.width), pixels.shape)
        )
        if (height, width) != pixels.shape[:2]:
            pixels = np.asarray(Image.fromarray(pixels).resize((width, height), Image.Resampling.LANCZOS))
        if not reconstructed:
            return Seen(NO_CODES, {}, pixels[None])
        corners = [(top, left) for top in _starts(height, rule.height) for left in _starts(width, rule.width)]
        total = np.zeros((height, width, 3), np.float32)
        count = np.zeros((height, width, 1), np.float32)
        for first in range(0, len(corners), WINDOWS):
            places = corners[first : first + WINDOWS]
            windows = np.stack([pixels[top : top + rule.height, left : left + rule.width] for top, left in places])
            for (top, left), window in zip(places, self.model.decode(self.model.encode(windows))):
                total[top : top + rule.height, left : left + rule.width] += window
                count[top : top + rule.height, left : left + rule.width] += 1
        reconstruction = (total / count).round().astype(np.uint8)
        return Seen(NO_CODES, {}, pixels[None], reconstruction[None])


def local_score(score: Score, scorer: Scorer, seen: Seen) -> float:
    """What a local score gives a whole picture `[1, H, W, 3]`: its map's largest value, or its mean."""
    largest, total, count = -math.inf, 0.0, 0
    for part in _parts(scorer, seen):
        values = part[1]
        largest = max(largest, float(values.max()))
        total, count = total + float(values.sum(dtype=np.float64)), count + values.size
    return largest if score.pool == "peak" else total / count


def local_map(scorer: Scorer, seen: Seen) -> Maps:
    """Where a local score of a whole picture `[1, H, W, 3]` comes from, on the score's own grid: `[h, w]`."""
    rows: dict[int, list[Floats]] = {}
    for (top, _), values in _parts(scorer, seen):
        rows.setdefault(top, []).append(values)
    return np.concatenate([np.concatenate(each, axis=1) for each in rows.values()])


def takes_parts(score: Score, seen: Seen) -> bool:
    """Whether a score can look at this whole picture; what needs a map of codes cannot where there are none."""
    return score.local and (score.need != "codes" or seen.codes.size > 0)


def code_scale(seen: Seen) -> int:
    """How many pixels wide a cell of the map of codes is: a power of two; 1 where there is no map."""
    if seen.codes.ndim != 4 or not seen.codes.size:
        return 1
    pixels, cells = int(seen.pixels.shape[1]), int(seen.codes.shape[2])
    return 1 << (-(-pixels // cells) - 1).bit_length()


def _parts(scorer: Scorer, seen: Seen) -> Iterator[tuple[tuple[int, int], Floats]]:
    """The map of each tile without its margins, `[h, w]`, and where the tile begins, in pixels."""
    _, height, width, _ = seen.pixels.shape
    scale = code_scale(seen)
    for top in range(0, height, TILE):
        for left in range(0, width, TILE):
            rows = max(0, top - MARGIN), min(height, top + TILE + MARGIN)
            columns = max(0, left - MARGIN), min(width, left + TILE + MARGIN)
            values = scorer.maps(seen.part(rows, columns, scale))
            assert values is not None, "a local score has a map"
            grid = max(1, round((rows[1] - rows[0]) / values.shape[1]))
            first, across = (top - rows[0]) // grid, (left - columns[0]) // grid
            below = first + TILE // grid if top + TILE < height else None
            beyond = across + TILE // grid if left + TILE < width else None
            yield (top, left), values[0, first:below, across:beyond]


def _starts(length: int, window: int) -> list[int]:
    """Where windows begin that cover a length, each overlapping the next by half or more."""
    count = 1 + math.ceil((length - window) / max(1, window // 2))
    return [round(index * (length - window) / max(1, count - 1)) for index in range(count)]
