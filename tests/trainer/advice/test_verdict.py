"""What a finished run came to, in three lines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from trainer.advice.verdict import Ending, interval, lines_of, words
from trainer.floor.floor import Floor
from trainer.run.forecast import Estimate

GOOD = Ending(
    psnr_db=25.0,
    interval=(24.0, 26.0),
    held_out=40,
    pictures=400,
    floors=(Floor("whole", 64, 23.0),),
    kind="vector",
    loss_ratio=1.0,
    estimate=Estimate(22.0, 25.5, 27.0),
    one_kind=True,
    goal=None,
    can_start=True,
)


def test_a_good_run_is_compared_with_its_floor_and_with_more_time() -> None:
    """Each line says one thing: quality, use, and what is next."""
    quality, uses, next_ = words(GOOD)
    assert quality.startswith("25.00 dB on 40 held-out pictures (95 % interval 24.0 to 26.0), 2.00 dB above ")
    assert "sliders, interpolation" in uses
    assert next_ == (
        "ten times as long would probably give 25.5 to 27.0 dB, an estimate (a tenth gave 22.0); then export it"
    )
    assert [line[:16] for line in lines_of(words(GOOD))] == ["Verdict   25.00 ", "          good f", "          next: "]


@pytest.mark.parametrize(
    ("changes", "line", "says"),
    [
        ({"psnr_db": 23.03}, 0, "as good as the"),
        ({"psnr_db": 22.0}, 0, "1.00 dB below the"),
        ({"psnr_db": 22.0}, 1, "not good enough for sliders yet: a linear code of as many numbers"),
        ({"psnr_db": 22.0}, 0, "too little time"),
        ({"psnr_db": 22.0, "goal": "--kl"}, 0, "because --kl asks for something else than PSNR"),
        ({"psnr_db": 22.0, "can_start": False}, 0, "cannot start as a linear code"),
        ({"psnr_db": 22.0, "loss_ratio": 1.2}, 0, "learns its pictures by heart"),
        ({"loss_ratio": 1.2}, 2, "more pictures help, not time"),
        ({"loss_ratio": 9.0, "psnr_db": 99.0}, 2, "as exact as 8 bits are, so no training brings more; then export"),
        ({"estimate": Estimate(22.0, 25.02, 25.05)}, 2, "longer would probably bring little (a tenth gave 22.0)"),
        ({"estimate": None}, 2, "the run was too short to tell what a longer one would give; then export it"),
        ({"tiles_of": 5}, 0, "25.00 dB on 40 held-out tiles of 5 pictures ("),
        ({"tiles_of": 1, "interval": None}, 0, "on 40 held-out tiles of one picture, "),
        ({"tiles_of": 1, "held_out": 1, "interval": None}, 0, "on 1 held-out tile, "),
        ({"kind": "map"}, 1, "sliders of a map change colours and texture, and no shapes"),
        ({"one_kind": False}, 1, "sliders here mean little"),
        ({"pictures": 12}, 2, "with so few pictures the interval says what is known"),
        ({"pictures": 12, "interval": None}, 2, "with so few pictures no figure is sure"),
        ({"alike": True, "interval": None}, 2, "all pictures are nearly the same, so no figure says"),
        ({"held_out": 1, "interval": None}, 0, "on 1 held-out picture, "),
    ],
)
def test_what_differs_is_said(changes: dict[str, object], line: int, says: str) -> None:
    """In the line that it belongs to."""
    assert says in words(replace(GOOD, **changes))[line]  # type: ignore[arg-type]


def test_the_interval_is_students() -> None:
    """Of four values with a deviation of 2 it is 3.18 deviations of the mean wide, each way; of two there is none."""
    found = interval(np.array([18.0, 22.0, 22.0, 18.0]))
    assert found is not None
    assert found == pytest.approx((20 - 3.1824 * 2.3094 / 2, 20 + 3.1824 * 2.3094 / 2), abs=1e-3)
    assert interval(np.array([20.0, 22.0])) is None


def test_the_interval_of_tiles_is_that_of_pictures() -> None:
    """A picture seen four times, as tiles that are alike, tells no more than seen once; tiles of one tell nothing."""
    once = np.array([18.0, 22.0, 25.0])
    tiles, group = np.repeat(once, 4), np.repeat([7, 2, 9], 4)
    assert interval(tiles, group) == pytest.approx(interval(once))
    assert interval(tiles[:4], group[:4]) is None
