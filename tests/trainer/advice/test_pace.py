"""How long a training takes here."""

from __future__ import annotations

import pytest

from trainer.advice.pace import Pace, duration
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


def told(pace: Pace, each: float, steps: int = 12) -> list[str | None]:
    """What is said after each step, of which the first takes a minute and the others as long as it is told."""
    return [pace.step(done, 60 + (done - 1) * each) for done in range(1, steps + 1)]


def test_the_time_is_told_once_and_leaves_out_the_first_step() -> None:
    """Which is slower than the others: as soon as five seconds and three steps are over, or else after ten steps."""
    assert told(Pace(10.0, 0, schedule(100), 0), 3.0, 5) == [
        *(None, None, "Time      about 4 min 51 s for 97 more steps on this machine", None, None)
    ]
    short = told(Pace(10.0, 0, schedule(100), 0), 0.1)
    assert [line is not None for line in short] == [done == 10 for done in range(1, 13)]
    assert short[9] == "Time      about 9 s for 90 more steps on this machine"


def test_a_resumption_tells_its_own_time() -> None:
    """The steps that were done before count as done, and not as timed."""
    pace = Pace(500.0, 50, schedule(100), 0)
    said = [pace.step(done, 500 + 60 + (done - 51) * 3.0) for done in (51, 52, 53)]
    assert said == [None, None, "Time      about 2 min 21 s for 47 more steps on this machine"]


def test_a_limit_is_told_in_steps_and_epochs() -> None:
    """Where it ends the training before its last step; otherwise the time is."""
    early, late = (told(Pace(0.0, 0, schedule(100), 0, until=limit), 3.0, 3)[-1] for limit in (126.0, 1000.0))
    assert early == "Time      1 min 0 s are left for steps, which is about 20 steps here, 2.3 epochs in all"
    assert late == "Time      about 4 min 51 s for 97 more steps on this machine"


def test_measurements_between_the_steps_count() -> None:
    """Each epoch of ten steps ends with one: as it was timed, or else a third of a step for as many pictures."""
    timed = told(Pace(0.0, 0, schedule(100), 8, measuring=10.0, until=126.0), 3.0, 3)[-1]
    assert timed == "Time      1 min 0 s are left for steps, which is about 15 steps here, 1.8 epochs in all"
    guessed = told(Pace(0.0, 0, schedule(100), 120), 3.0, 3)[-1]  # thirty batches, each of a second
    assert guessed == "Time      about 9 min 42 s for 97 more steps on this machine"
