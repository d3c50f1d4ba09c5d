"""The options of pictures, objective, loop and run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from trainer.errors import ConfigError
from trainer.options.config import TrainConfig
from trainer.options.options import DataOptions, LoopOptions


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({"size": 65}, "--size"),
        ({"size": 0}, "--size"),
        ({"size": 4096}, "--size"),
        ({"size": "96x100", "data": Path("photos")}, "--size must be a multiple of 32"),
        ({"size": "96x128"}, "--size must be one number, not 96x128, without --data"),
        ({"size": "96x128", "data": Path("photos"), "tiles": True}, "--size must be one number with --tiles"),
        ({"epochs": 0}, "--epochs"),
        ({"steps": 0}, "--steps"),
        ({"batch_size": 0}, "--batch-size"),
        ({"checkpoint_every": 0}, "--checkpoint-every"),
        ({"lr": 0.0}, "--lr"),
        ({"lr": float("nan")}, "--lr"),
        ({"warmup_epochs": -1.0}, "--warmup-epochs"),
        ({"holdout": 1.0}, "--holdout"),
        ({"characters": 1}, "--characters"),
        ({"crop": 0.0}, "--crop"),
        ({"crop": 1.5}, "--crop"),
        ({"tiles": True}, "--tiles"),
        ({"tiles": True, "data": Path("photos"), "crop": 0.5}, "--crop"),
        ({"colour": 1.0}, "--colour"),
        ({"seed": -1}, "--seed"),
        ({"resume": True}, "--out"),
        ({"ssim": -1.0}, "--ssim"),
        ({"kl": float("nan")}, "--kl"),
        ({"perceptual": 0.1}, "--perceptual-weights"),
        ({"perceptual_weights": Path("x")}, "--perceptual"),
        ({"free_bits": 0.1}, "--kl"),
        ({"corrupt": "rain:1"}, "--corrupt"),
        ({"corrupt": "mask"}, "--corrupt"),
        ({"corrupt": "mask:1"}, "--corrupt"),
        ({"corrupt": "noise:nan"}, "--corrupt"),
        ({"time_limit": "soon"}, "--time-limit"),
        ({"time_limit": "0m"}, "--time-limit"),
        ({"patience": -1}, "--patience"),
        ({"accumulate": 64}, "--accumulate"),
        ({"clip": -1.0}, "--clip"),
        ({"ema": 1.0}, "--ema"),
    ],
)
def test_bad_options_are_named(options: dict[str, Any], names: str) -> None:
    """Each option out of range is refused in a sentence that names its flag."""
    with pytest.raises(ConfigError, match=names):
        TrainConfig.of(**options)


@pytest.mark.parametrize(
    ("options", "side"),
    [
        ({}, 128),
        ({"crop": 0.5}, 182),  # whose smallest crop is 128 pixels, rounded up
        ({"crop": 0.01}, 256),  # no more than twice the size
        ({"tiles": True, "data": Path("photos")}, 192),
    ],
)
def test_pictures_are_kept_large_enough_for_the_smallest_crop(options: dict[str, Any], side: int) -> None:
    """The smallest crop still has `size` pixels a side, up to twice that size; a tile is half as large again."""
    assert DataOptions(**options).stored_sides == (side, side)


def test_limits_of_the_loop_have_their_numbers() -> None:
    """A time limit comes to seconds, and without a patience nothing stops the run by itself."""
    assert LoopOptions(time_limit="1h30m").time_limit_seconds == 5400
    assert LoopOptions().time_limit_seconds is None
    assert (LoopOptions().patience_epochs, LoopOptions(patience=3).patience_epochs) == (0, 3)


def test_oblong_pictures_keep_their_aspect_for_crops() -> None:
    """Both sides are kept larger by the same factor; a square in two numbers is the square."""
    options = DataOptions(data=Path("photos"), size="96x128", crop=0.25)
    assert (options.sides, options.stored_sides, options.oblong) == ((128, 96), (256, 192), True)
    assert DataOptions(size="64x64") == DataOptions(size=64)
