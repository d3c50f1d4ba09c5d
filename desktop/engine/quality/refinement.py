"""Codes that are refined: corrected by what becomes of their pictures.

The encoder reads a code off a picture in one look. When the decoded picture is encoded again, its code should be the
same; by as much as it differs, the code is moved the other way, a few times (fixed-point iteration with damping, as in
iterative back-projection: Irani and Peleg, 1991). Neither graph changes, and whoever decodes needs no more than before.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from desktop.engine import measures
from desktop.engine.autoencoder import Latents
from desktop.engine.pictures import Pixels
from desktop.engine.tiles import Progress, Tiler, silent

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


def refine(tiler: Tiler, image: Pixels, code: Latents, progress: Progress = silent, passes: int = PASSES) -> Refined:
    """Refines the code of a picture: z moves by half of z0 - E(D(z)) in each pass, and the best z is kept.

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
