"""Which reading of a foreign pair is chosen, of all that were tried."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from export.errors import AdoptError
from export.foreign.reading import (
    IMAGENET,
    Reading,
)

LEAST_PSNR_DB = 15.0  # what no pair reaches that is fed wrong; a picture of one colour comes to about 12
LEAST_MARGIN_DB = 1.0  # by which ranges must differ to be told apart
STEP_MARGIN_DB = 3.0  # by which a factor must beat none: a graph has none of its own


def choose(ranked: Sequence[tuple[Reading, float]]) -> Reading:
    """The best reading, or of several as good the one that is usual.

    Raises:
        AdoptError: None is good enough, or two are equally good.
    """
    ranked = _without_rarities(ranked)
    best, psnr = ranked[0]
    advice = "If the ranges are known, say what they are with --input-range and --output-range."
    if psnr < LEAST_PSNR_DB:
        raise AdoptError(
            f"No way of feeding these graphs gives the pictures back: the best, {best}, comes to {psnr:.1f} dB of "
            f"PSNR, and at least {LEAST_PSNR_DB:g} are needed. {advice}"
        )
    # A network for -1..1 reconstructs pale pictures, too, and so manages 0..1 as well as its own range; the other way
    # round half of all values are strange to it. Where all is linear the ranges differ in nothing.
    near = {
        (reading.input_range, reading.output_range): reading
        for reading, each in reversed(ranked)  # so that the best with its ranges stays
        if psnr - each < LEAST_MARGIN_DB
    }
    if len(near) == 1:
        return best
    for name in _BY_USE:
        if (name, name) in near and all(first == last for first, last in near):
            return near[name, name]
    other = next(reading for reading in near.values() if reading != best)
    raise AdoptError(f"Two ways of feeding these graphs are as good as one another: {best}, and {other}. {advice}")


_BY_USE = ("-1..1", "0..1", "0..255")


def _without_rarities(ranked: Sequence[tuple[Reading, float]]) -> list[tuple[Reading, float]]:
    """The readings without those that are rare and hardly better than the usual: factors, ImageNet's scale, BGR."""
    left = list(ranked)
    for is_rare, margin in _RARITIES:
        usual = max((psnr for reading, psnr in left if not is_rare(reading)), default=-math.inf)
        rare = max((psnr for reading, psnr in left if is_rare(reading)), default=-math.inf)
        wins = rare >= usual + margin
        left = [each for each in left if is_rare(each[0]) == wins]
    return left


def _has_step(reading: Reading) -> bool:
    return (reading.factor, reading.shift) != (1.0, 0.0)


def _has_imagenet(reading: Reading) -> bool:
    return IMAGENET in (reading.input_range, reading.output_range)


def _has_bgr(reading: Reading) -> bool:
    return "bgr" in (reading.input_channels, reading.output_channels)


_RARITIES: tuple[tuple[Callable[[Reading], bool], float], ...] = (
    (_has_step, STEP_MARGIN_DB),
    (_has_imagenet, LEAST_MARGIN_DB),
    (_has_bgr, LEAST_MARGIN_DB),
)
