"""What a set of pictures is like, as far as the choice of a network depends on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.advice.headers import read_headers
from trainer.data import Data, Pictures
from trainer.data.tiles import grid
from trainer.machine.budget import UNLIMITED, Budget
from trainer.options.config import TrainConfig
from trainer.options.options import SIDE
from trainer.start.whole_pca import WholeCode, fit_whole, sample_in_time

LOOKING = 0.52  # of the time limit: by then the facts are known
NUMBERS = 64  # components that tell how alike pictures are
SAMPLE = 256  # pictures that are looked at
GREY_LEVELS = 2  # of 255 that the channels of a grey picture may differ by: JPEG rounds them apart
NEARLY_WHITE = 245  # of 255
SYMMETRIC_DB = 0.1  # by so little mirrored pictures may be reconstructed worse than upright ones
LEAST_ERROR = 1e-10
LARGEST_BYTES = 1 << 25  # of pixels that are waves at once: four times that as floats
OPPONENT_COLOURS = np.array(
    [np.array(row) / np.linalg.norm(row) for row in ([1, 1, 1], [1, 0, -1], [1, -2, 1])], np.float32
)


@dataclass(frozen=True)
class Facts:
    """What is known of the pictures of a run."""

    pictures: int
    moved: int
    """Held-out pictures that had near-duplicates in the training share."""
    short_side: int
    """Median over files, in pixels, of the shorter side; of the pictures as they are drawn for built-in characters."""
    tiles: int
    """How many tiles the pictures give at their own resolution; 0 where that is not known."""
    aspect: float | None
    """Width over height that nearly all files have; None where it is mixed."""
    grey: bool
    """Whether no picture has colours."""
    transparent: float
    """Share of files with an alpha channel or a transparent colour, which is laid on white."""
    explained: float
    """Share of the variance of held-out pictures that 64 components of whole pictures explain; at most 1."""
    over_waves_db: float
    """By how many dB those components reconstruct held-out pictures better than 64 cosine waves do. Waves are smooth
    and know nothing of the set: pictures with which components do no better have no parts in common places."""
    symmetric: bool
    """Whether mirrored pictures could as well be of the set."""
    side: int = SIDE
    """Height and width in pixels, a multiple of 32, that nearly all files have at most; 128 where they are larger."""
    white: float = 0.0
    """Share of the pictures that are white all over, as white drawings on nothing are once they are laid on white."""
    cut_off: float = 0.0
    """Mean share of a picture's area that is cut off where its middle is taken."""
    labels: tuple[str, ...] = ()
    """Names of what is labelled."""


def look(data: Data, config: TrainConfig, budget: Budget = UNLIMITED) -> Facts:
    """Finds the facts out, in seconds: headers of at most 256 files, and components of the pictures as prepared."""
    most = sample_in_time(data.train, NUMBERS, budget, lambda: budget.left(LOOKING))
    code = fit_whole(data.train, NUMBERS, most)
    upright, mirrored, around_mean = _errors(code, data.holdout)
    waves = wave_errors(_spread(data.train), _spread(data.holdout), code)
    headers, side = read_headers(config), config.pictures.tile_side
    counts = [cells.columns * cells.rows for cells in (grid(*each, side * 3 // 2) for each in headers.sizes)]
    pictures = len(data.train) + len(data.holdout)
    return Facts(
        pictures=pictures,
        moved=data.moved,
        short_side=int(np.median([min(each) for each in headers.sizes])) if headers.sizes else side,
        tiles=round(pictures * float(np.mean(counts))) if counts else 0,
        aspect=headers.aspect,
        grey=_is_grey(data.train) and _is_grey(data.holdout),
        transparent=headers.transparent,
        explained=1 - float(upright.sum() / max(around_mean.sum(), LEAST_ERROR)),
        over_waves_db=_db(upright) - _db(waves),
        symmetric=bool(_db(upright) - _db(mirrored) < SYMMETRIC_DB),
        side=headers.side(SIDE),
        white=float((_spread(data.train).min(axis=(1, 2, 3)) >= NEARLY_WHITE).mean()),
        cut_off=headers.cut_off(config.pictures.sides),
        labels=tuple(data.factors or ()),
    )


def _errors(
    code: WholeCode, pictures: Pictures
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Mean squared errors of held-out pictures, of their mirror images, and of the mean picture for them; [M] each."""
    batch = _spread(pictures)
    mirrored = np.ascontiguousarray(batch[:, :, ::-1])
    mean = code.mean.reshape(batch.shape[1:])
    return (
        _squared(code.reconstruct(batch), batch),
        _squared(code.reconstruct(mirrored), mirrored),
        _squared(np.broadcast_to(mean, batch.shape), batch),
    )


def wave_errors(train: NDArray[np.uint8], holdout: NDArray[np.uint8], code: WholeCode) -> NDArray[np.float64]:
    """Mean squared errors of held-out pictures through the cosine waves with the most variance in training pictures.

    Waves are two-dimensional, of grey and of two differences of colours; there are as many as the code has components,
    and they are around the code's mean picture.

    Args:
        train: uint8 [N, H, W, 3].
        holdout: uint8 [M, H, W, 3].
        code: Principal components of such pictures.

    Returns:
        float64 [M].
    """
    mean = code.mean.reshape(holdout.shape[1:])
    variance = np.square(_waves(train, mean)).mean(axis=0)
    power = np.square(_waves(holdout, mean))
    kept = np.argsort(variance)[::-1][: len(code.components)]
    errors = power.sum(axis=1, dtype=np.float64) - power[:, kept].sum(axis=1, dtype=np.float64)
    return np.asarray(errors.clip(min=0) / power.shape[1], np.float64)


def _waves(pictures: NDArray[np.uint8], mean: NDArray[np.float32]) -> NDArray[np.float32]:
    """Coefficients of cosine waves, float32 [N, H W 3]; as long as the pictures are apart from their mean."""
    from scipy.fft import dctn  # slow to import, and needed once

    centred = pictures.astype(np.float32) / 255 - mean
    found: NDArray[np.float32] = dctn(centred, axes=(1, 2), norm="ortho", overwrite_x=True) @ OPPONENT_COLOURS.T
    return found.reshape(len(pictures), -1)


def _spread(pictures: Pictures) -> NDArray[np.uint8]:
    """At most 256 evenly spread pictures: uint8 [N, H, W, 3]."""
    count = min(len(pictures), SAMPLE, max(1, LARGEST_BYTES // int(np.prod(pictures.pixels.shape[1:]))))
    return pictures.batch(np.arange(count) * len(pictures) // count)


def _squared(reconstruction: NDArray[np.float32], original: NDArray[np.uint8]) -> NDArray[np.float64]:
    difference = reconstruction - original.astype(np.float32) / 255
    return np.asarray(np.square(difference).mean(axis=(1, 2, 3)), np.float64)


def _db(errors: NDArray[np.float64]) -> float:
    return float((-10 * np.log10(errors.clip(min=LEAST_ERROR))).mean())


def _is_grey(pictures: Pictures) -> bool:
    """Whether evenly spread pictures have three channels that are as good as equal."""
    count = min(len(pictures), SAMPLE)
    for position in range(count):
        pixels = pictures.batch(np.array([position * len(pictures) // count])).astype(np.int16)
        if np.ptp(pixels, axis=3).max() > GREY_LEVELS:
            return False
    return True
