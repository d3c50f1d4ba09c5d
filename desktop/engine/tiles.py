"""Large pictures through a model in overlapping tiles, without seams and in little memory.

A convolution sees only so far. How far a model's encoder and decoder see is measured once, on noise: half of an input
is exchanged, and it is read off how deep into the other half the output changes. Tiles overlap by that much on either
side, so that what is kept of each is what the whole picture would have given; in the middle of the overlap they fade
into one another over `RAMP_CELLS`, which covers models that see everything a little (attention, normalisation).

Codes of the tiles are joined into one code of the whole picture, so sliders that act cell by cell act on all of it.
On the processor several tiles are in the model at a time, which makes more of its cores than one after another; the
middle row comes first, as it is looked at first.
"""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.engine.autoencoder import ON_CPU, Autoencoder, Latents
from desktop.engine.machine import runs
from desktop.engine.parts import Part
from desktop.engine.pictures import Pixels

WHOLE_PIXELS = 1024 * 1024  # up to here a picture goes through in one piece
TILE_SIDE = 512  # pixels of a tile's own, before the overlap
PROBE_SIDE = 512  # half of it is exchanged, so models are seen to reach at most 256 pixels
PROBE_HEIGHT = 64
NEGLIGIBLE = 1e-3  # of the codes' spread: what changes less is taken for unchanged
RAMP_CELLS = 2

Progress = Callable[[str, int, int], None]
"""Told what is being done, and how many of how many steps are done. It may raise, which stops the work."""

Shown = Callable[[Part], object]
"""Told of each tile of a picture as soon as it is decoded."""


def silent(_doing: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


@dataclasses.dataclass(frozen=True)
class Reach:
    """How far a model sees sideways, in cells of its code: through the `encoder` and through the `decoder`.

    `bounded` says whether the probe found the end of both; otherwise they are the probe's own half width.
    """

    encoder: int
    decoder: int
    bounded: bool


class Tiler:
    """Encodes and decodes pictures of any size through one model; what the model takes whole goes through whole.

    Attributes:
        autoencoder: The model.
        scale: Pixels for each cell of its code, each way.
        turns: Taken by every tile that is in the model.
    """

    def __init__(self, autoencoder: Autoencoder) -> None:
        """Nothing is measured until the first large picture."""
        self.autoencoder = autoencoder
        self._reach: Reach | None = None
        self._measuring = threading.Lock()  # pictures of a batch come on several threads
        self.turns = threading.BoundedSemaphore(ON_CPU)  # of the tiles of several pictures, which each take memory
        info = autoencoder.info
        self._is_map = info.latent.kind == "map" and info.size.kind == "multiple"
        self.scale = info.size.height // info.latent.shape[1] if self._is_map else 1  # pixels for each cell

    @property
    def reach(self) -> Reach:
        """How far the model sees, measured at the first call."""
        with self._measuring:
            if self._reach is None:
                self._reach = measure_reach(self.autoencoder)
            return self._reach

    def is_tiled(self, height: int, width: int) -> bool:
        """Whether a picture of that many pixels goes through in tiles."""
        return self._is_map and height * width > WHOLE_PIXELS

    def encode(self, image: Pixels, progress: Progress = silent) -> Latents:
        """The code of one picture: uint8 `[H, W, 3]` to float32 `[C, h, w]` or `[D]`.

        Raises:
            ModelError: The encoder failed.
        """
        if not self.is_tiled(*image.shape[:2]):
            return self._encode(image)
        s = self.scale
        code = np.empty((self.autoencoder.info.latent.shape[0], image.shape[0] // s, image.shape[1] // s), np.float32)

        def tile(y: Span, x: Span) -> Latents:
            part = image[y.first * s : y.last * s, x.first * s : x.last * s]
            with self.turns:
                return self._encode(np.ascontiguousarray(part))

        self.each(code, (1, 2), 1, self.reach.encoder, tile, "Encoding", progress)
        return code

    def decode(self, code: Latents, progress: Progress = silent, shown: Shown = lambda _: None) -> Pixels:
        """The picture of one code: float32 `[C, h, w]` or `[D]` to uint8 `[H, W, 3]`.

        `shown` is told of every tile of it, where it has several; what lies in two of them fades from one to the other
        in what is returned.

        Raises:
            ModelError: The decoder failed.
        """
        s = self.scale
        if not self._is_map or not self.is_tiled(code.shape[1] * s, code.shape[2] * s):
            return self._decode(code)
        image = np.empty((code.shape[1] * s, code.shape[2] * s, 3), np.uint8)

        def tile(y: Span, x: Span) -> Pixels:
            part = code[:, y.first : y.last, x.first : x.last]
            with self.turns:
                return self._decode(np.ascontiguousarray(part))

        def done(pixels: Pixels, y: Span, x: Span) -> None:
            shown(Part(pixels, x.keep_first * s, y.keep_first * s, image.shape[1], image.shape[0]))

        self.each(image, (0, 1), s, self.reach.decoder, tile, "Decoding", progress, done)
        return image

    def _encode(self, image: Pixels) -> Latents:
        code: Latents = self.autoencoder.encode(image[None])[0]
        return code

    def _decode(self, code: Latents) -> Pixels:
        image: Pixels = self.autoencoder.decode(code[None])[0]
        return image

    def each(
        self,
        target: NDArray[Any],
        axes: tuple[int, int],
        scale: int,
        reach: int,
        tile: Callable[[Span, Span], NDArray[Any]],
        doing: str,
        progress: Progress,
        done: Callable[[NDArray[Any], Span, Span], object] = lambda *_: None,
    ) -> None:
        """Fills `target` tile by tile, the middle row of tiles first; `scale` is its entries for each cell.

        `done` is told what is kept of each.
        """
        step = self.autoencoder.info.size.multiple // self.scale or 1  # cells by which tiles may begin and end
        lengths = [target.shape[axis] // scale for axis in axes]
        rows, columns = (_outwards(_spans(length, TILE_SIDE // self.scale, reach, step)) for length in lengths)
        down, across = axes
        total, laid_rows = len(rows) * len(columns), set[int]()
        with contextlib.closing(self._ahead(tile, [(y, x) for y in rows for x in columns])) as parts:
            for i, y in enumerate(rows):
                band_shape, laid = list(target.shape), set[int]()
                band_shape[down] = (y.keep_last - y.keep_first) * scale
                band = np.empty(band_shape, target.dtype)
                for j, x in enumerate(columns):
                    progress(doing, i * len(columns) + j, total)
                    part = _kept(_kept(next(parts), y, down, scale), x, across, scale)
                    done(part, y, x)
                    _lay(band, part, x, across, scale, laid)
                _lay(target, band, y, down, scale, laid_rows)
        progress(doing, total, total)

    def _ahead(
        self, tile: Callable[[Span, Span], NDArray[Any]], order: Sequence[tuple[Span, Span]]
    ) -> Generator[NDArray[Any], None, None]:
        """The tiles in their order; several are in the model at a time. It ends when those that are begun do."""
        at_once, carried = self.autoencoder.at_once, runs.carried(tile)
        waiting: collections.deque[Future[NDArray[Any]]] = collections.deque()
        with ThreadPoolExecutor(at_once, "tiles") as pool:
            try:
                for y, x in order:
                    waiting.append(pool.submit(carried, y, x))
                    if len(waiting) > at_once:  # one lies ready, so that no thread waits for the laying
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for future in waiting:
                    future.cancel()


def measure_reach(autoencoder: Autoencoder) -> Reach:
    """How far a free-size model's graphs see, by exchanging one half of their input; noise shows what any input could.

    Raises:
        ModelError: A graph failed.
    """
    info = autoencoder.info
    scale, multiple = info.size.height // info.latent.shape[1], info.size.multiple
    height, half = -(-PROBE_HEIGHT // multiple) * multiple, -(-PROBE_SIDE // 2 // multiple) * multiple
    noise = np.random.default_rng(0)
    image = noise.integers(0, 256, (1, height, 2 * half, 3), np.uint8)
    code = autoencoder.encode(image)
    spread = float(code.std()) or 1.0
    normal = noise.normal(float(code.mean()), spread, code.shape).astype(np.float32)
    cells, depths = half // scale, []
    for side in (slice(None, half), slice(half, None)):
        other = image.copy()
        other[:, :, side] = noise.integers(0, 256, other[:, :, side].shape, np.uint8)
        changed = np.abs(autoencoder.encode(other) - code).max(axis=(0, 1, 2)) > NEGLIGIBLE * spread
        depths.append(_depth(changed, side.stop is None))
    decoded = autoencoder.decode(normal)
    for side in (slice(None, cells), slice(cells, None)):
        other_code = normal.copy()
        other_code[..., side] = noise.normal(float(code.mean()), spread, other_code[..., side].shape)
        changed = (autoencoder.decode(other_code) != decoded).any(axis=(0, 1, 3))
        depths.append(-(-_depth(changed, side.stop is None) // scale))
    encoder, decoder = max(depths[:2]), max(depths[2:])
    return Reach(encoder, decoder, max(encoder, decoder) < cells)


def _depth(changed: NDArray[np.bool_], right_was_exchanged: bool) -> int:
    """How far beyond the middle of a row there is still a change, in entries."""
    half = len(changed) // 2
    untouched = changed[:half][::-1] if right_was_exchanged else changed[half:]
    positions = np.flatnonzero(untouched)
    return int(positions[-1]) + 1 if len(positions) else 0


@dataclasses.dataclass(frozen=True)
class Span:
    """One tile along one axis, in cells: it is computed over `first:last`, and `keep_first:keep_last` of it is kept.

    Over the first and the last `RAMP_CELLS` cells kept it fades into its neighbours, which have the numbers beside its
    own `index`.
    """

    index: int
    first: int
    last: int
    keep_first: int
    keep_last: int


def _spans(length: int, own: int, reach: int, step: int) -> Iterator[Span]:
    """Tiles of about `own` cells that cover `length`, each with `reach` cells more than what is kept of it."""
    own, half_ramp = max(step, own // step * step), RAMP_CELLS // 2
    margin = -(-(reach + half_ramp) // step) * step
    count = max(1, -(-length // own))
    for index in range(count):
        begin, end = index * own, min(length, (index + 1) * own)
        yield Span(
            index=index,
            first=max(0, begin - margin),
            last=min(length, end + margin),
            keep_first=begin - half_ramp if index else 0,
            keep_last=min(length, end + half_ramp),
        )


def _outwards(spans: Iterable[Span]) -> list[Span]:
    """Those in the middle first."""
    ordered = list(spans)
    return sorted(ordered, key=lambda span: abs(2 * span.index - (len(ordered) - 1)))


def _kept(part: NDArray[Any], span: Span, axis: int, scale: int) -> NDArray[Any]:
    first, last = (span.keep_first - span.first) * scale, (span.keep_last - span.first) * scale
    return part[_along(axis, part.ndim, first, last)]


def _lay(target: NDArray[Any], part: NDArray[Any], span: Span, axis: int, scale: int, laid: set[int]) -> None:
    """Lays what is kept of a tile to its place in `target`, fading into neighbours that are there.

    What comes of it does not depend on the order. `laid` are the numbers of all that lie there, this one then too.
    """
    at, length, ramp = span.keep_first * scale, part.shape[axis], RAMP_CELLS * scale
    first, last = (ramp if neighbour in laid else 0 for neighbour in (span.index - 1, span.index + 1))
    for begin, end, is_over in ((0, first, True), (length - last, length, False)):
        if begin < end:
            here = _along(axis, target.ndim, at + begin, at + end)
            new, old = part[_along(axis, part.ndim, begin, end)].astype(np.float32), target[here].astype(np.float32)
            before, after = (old, new) if is_over else (new, old)
            column = [-1 if index == axis else 1 for index in range(target.ndim)]
            weights = ((np.arange(ramp, dtype=np.float32) + 0.5) / ramp).reshape(column)
            mixed = before + (after - before) * weights
            target[here] = mixed.round() if target.dtype == np.uint8 else mixed
    rest = part[_along(axis, part.ndim, first, length - last)]
    target[_along(axis, target.ndim, at + first, at + length - last)] = rest
    laid.add(span.index)


def _along(axis: int, dimensions: int, first: int, last: int) -> tuple[slice, ...]:
    return tuple(slice(first, last) if index == axis else slice(None) for index in range(dimensions))
