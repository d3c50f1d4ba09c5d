"""How long a training takes, and what other times would have given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.advice.pace import Pace, duration, estimate
from trainer.loop.schedule import Schedule, plan
from trainer.options.config import TrainConfig


def schedule(steps: int) -> Schedule:
    """So many steps, ten of which are an epoch."""
    return plan(TrainConfig.of(steps=steps, batch_size=4), 40)


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.4, "0 s"), (59.6, "1 min 0 s"), (200, "3 min 20 s"), (3900, "1 h 5 min")]
)
def test_durations_are_those_of_people(seconds: float, words: str) -> None:
    """Hours have no seconds."""
    assert duration(seconds) == words


def test_the_time_is_told_once_and_leaves_out_the_first_step() -> None:
    """Which is slower than the others: after three steps the other 97 take two seconds each."""
    pace = Pace(10.0, 0, schedule(100), None)
    said = [pace.step(done, seconds) for done, seconds in ((1, 60.0), (2, 62.0), (3, 64.0), (4, 66.0))]
    assert said == [None, None, "Time      about 3 min 14 s for 97 more steps on this machine", None]


def test_a_limit_is_told_in_steps_and_epochs() -> None:
    """Where it ends the training before its last step; otherwise the time is."""
    said = []
    for limit in (104.0, 1000.0):
        pace = Pace(0.0, 0, schedule(100), limit)
        said += [pace.step(done, seconds) for done, seconds in ((1, 60.0), (2, 62.0), (3, 64.0))][2:]
    assert said[0] == "Time      40 s are left, which is about 20 steps here, 2.3 epochs in all"
    assert said[1] == "Time      about 3 min 14 s for 97 more steps on this machine"


def test_a_curve_that_rises_as_the_logarithm_goes_on_so() -> None:
    """One dB for each doubling: ten times as long gives 3.3 dB more, and a tenth gave that much less."""
    found = estimate([(step, 20.0 + number) for number, step in enumerate((1, 2, 4, 8, 16))], None)
    assert found is not None
    assert found.tenfold == pytest.approx(24 + 3.3219, abs=1e-3)
    assert found.tenth == 20.0


@given(st.lists(st.floats(5, 40), min_size=4, max_size=20), st.none() | st.floats(5, 40))
def test_an_estimate_never_falls(psnr: list[float], start: float | None) -> None:
    """The best weights are kept: longer is never worse, shorter never better than what was reached."""
    found = estimate([(step + 1.0, value) for step, value in enumerate(psnr)], start)
    assert found is not None
    best = max([*psnr, *([] if start is None else [start])])
    assert found.tenth <= best + 1e-9
    assert found.tenfold >= best - 1e-9


def test_three_points_are_no_curve() -> None:
    """Nothing is estimated from them."""
    assert estimate([(1, 20), (2, 21), (3, 22)], None) is None
