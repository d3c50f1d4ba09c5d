"""Principal components of a small set and of what its pictures could as well be: mirrored, and a little aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from trainer.data import Pictures
from trainer.start.whole_pca import LARGEST_SAMPLE, WholeCode, fit_whole

SHIFT = 1 / 64  # of the side: 2 pixels of 128
LARGEST_BYTES = 1 << 29  # of pixels held at once

Pixels = NDArray[np.uint8]


def widest_code(
    code: WholeCode,
    train: Pictures,
    flip: bool,
    quality: Callable[[WholeCode], float],
    enough: Callable[[int], bool] = lambda _count: False,
) -> WholeCode:
    """The best of a code and of those that are fitted on more than the pictures of a small set.

    Some hundred pictures leave the last of 64 components to chance. Of pictures that may be mirrored, or have nothing
    that lies in the same pixels everywhere, mirrored and shifted ones are as good as new.

    Args:
        code: Fitted on the pictures alone.
        train: Those pictures. A set so large that its mirrored pictures are not looked at has enough of its own.
        flip: Whether mirrored pictures could as well be of the set.
        quality: What is asked of a code; the largest is best.
        enough: Told before each fit, which takes seconds, to how many pictures it is; True ends them there.
    """
    best, reached = code, quality(code)
    for more in _wider(train, flip):
        if enough(len(more)):
            break
        found = fit_whole(Pictures(more, np.arange(len(more))), len(code.components))
        if len(found.components) == len(code.components) and (good := quality(found)) > reached:
            best, reached = found, good
    return best


def _wider(train: Pictures, flip: bool) -> Iterator[Pixels]:
    """Larger sets, as far as a fit looks at all of one: uint8 [M, H, W, 3] each."""
    most = min(LARGEST_SAMPLE, LARGEST_BYTES // max(1, int(np.prod(train.pixels.shape[1:]))))
    if 2 * len(train) > most:
        return
    pictures = train.batch(np.arange(len(train)))
    if flip:
        pictures = np.concatenate([pictures, pictures[:, :, ::-1]])
        yield pictures
    aside = max(1, round(SHIFT * pictures.shape[1]))
    for moves in (((1, 0), (-1, 0), (0, 1), (0, -1)), ((1, 0), (0, 1))):
        if (1 + len(moves)) * len(pictures) <= most:
            yield np.concatenate([pictures, *(_moved(pictures, aside * y, aside * x) for y, x in moves)])
            return


def _moved(pictures: Pixels, down: int, right: int) -> Pixels:
    """Pictures moved by so many pixels, with what lies at their edges going on beyond them."""
    height, width = pictures.shape[1:3]
    rows = (np.arange(height) - down).clip(0, height - 1)
    columns = (np.arange(width) - right).clip(0, width - 1)
    return pictures[:, rows[:, None], columns[None, :]]
