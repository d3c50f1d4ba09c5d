"""Codes that are refined: moved so that their pictures come closer to the picture that they are of.

The encoder reads a code off a picture in one look. What is still wrong with the decoded picture says how the code
should move: by the gradient of the squared error (see `desktop.engine.gradient`). Where a decoder has no gradient here,
its picture is encoded again, and by as much as that code differs from the first the code is moved the other way
(fixed-point iteration with damping, as in iterative back-projection: Irani and Peleg, 1991). Neither graph changes, and
whoever decodes needs no more than before.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from desktop.engine import measures
from desktop.engine.autoencoder import Latents
from desktop.engine.errors import ModelError
from desktop.engine.gradient.descent import Floats, descend
from desktop.engine.gradient.slope import Slope, slope_of
from desktop.engine.pictures import Pixels
from desktop.engine.tiles import Progress, Tiler, silent

EVALUATIONS = 12  # of the gradient
PASSES = 3
STEP = 0.5  # of the difference between a code and the one that its picture gives back


@dataclasses.dataclass(frozen=True, eq=False)
class Refined:
    """The best code that was found for a picture.

    Attributes:
        code: float32, of the shape of the code that it began with.
        output: uint8 `[H, W, 3]`, its picture.
        psnr_db: Of the picture of the code that it began with, in dB.
        gained_db: How much more the output has; 0 where no pass was better, so that nothing gets worse.
    """

    code: Latents
    output: Pixels
    psnr_db: float
    gained_db: float


def refine(tiler: Tiler, image: Pixels, code: Latents, progress: Progress = silent) -> Refined:
    """Refines the code of a picture by the decoder's gradient, or without it; the better of new and old is kept.

    Args:
        tiler: Of the model that made the code.
        image: uint8 `[H, W, 3]`, the picture as the model sees it.
        code: Its code z0, float32 `[C, h, w]` or `[D]`.
        progress: Told of each step, and of the tiles of large pictures; it may raise, which stops the work.

    Raises:
        ModelError: A graph failed.
    """
    slope = slope_of(tiler)
    if slope is not None:
        try:
            return _descended(slope, tiler, image, code, progress)
        except ModelError:  # such as too little memory for the gradient, where there is enough for the model
            pass
    return back_projected(tiler, image, code, progress)


def _descended(slope: Slope, tiler: Tiler, image: Pixels, code: Latents, progress: Progress) -> Refined:
    first, done = tiler.decode(code, progress), 0
    psnr_db = measures.psnr_db(image, first)

    def tell(*_: object) -> None:
        progress("Refining", done, EVALUATIONS)

    def error(moved: Floats) -> tuple[float, Floats]:
        nonlocal done
        tell()
        found = slope(tiler, moved, image, tell)
        done += 1
        return found

    moved = descend(error, code, EVALUATIONS)
    output = tiler.decode(moved, progress)
    gained_db = measures.psnr_db(image, output) - psnr_db
    return Refined(moved, output, psnr_db, gained_db) if gained_db > 0 else Refined(code, first, psnr_db, 0.0)


def back_projected(
    tiler: Tiler, image: Pixels, code: Latents, progress: Progress = silent, passes: int = PASSES
) -> Refined:
    """Refines a code without a gradient: z moves by half of z0 - E(D(z)) in each pass, and the best z is kept.

    Args:
        tiler: Of the model that made the code.
        image: uint8 `[H, W, 3]`, the picture as the model sees it.
        code: Its code z0, float32 `[C, h, w]` or `[D]`.
        progress: Told of large pictures; it may raise, which stops the work.
        passes: How often; each encodes and decodes once.

    Raises:
        ModelError: A graph failed.
    """
    moved, output = code, tiler.decode(code, progress)
    first = measures.psnr_db(image, output)
    best = Refined(code, output, first, 0.0)
    for _ in range(passes):
        moved = moved + np.float32(STEP) * (code - tiler.encode(output, progress))
        if not np.isfinite(moved).all():
            break  # a model for which this does not settle
        output = tiler.decode(moved, progress)
        psnr_db = measures.psnr_db(image, output)
        if psnr_db > first + best.gained_db:
            best = Refined(moved, output, first, psnr_db - first)
    return best
