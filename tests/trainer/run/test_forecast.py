"""What a training will come to, and what other times would have given."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.run.forecast import (
    EARLIEST_STEPS,
    LEAST,
    MOST,
    MOST_DB,
    USUAL_SHARE,
    Forecast,
    Forecasts,
    Law,
    estimate,
    forecast,
)

LAW = 0.8


def law(step: float, share: float = LAW) -> float:
    """A curve that keeps to the law: 20 dB after ten steps, and each doubling brings a share of the one before."""
    return 20 + 2 * (1 - share ** math.log2(step / 10)) / (1 - share)


CURVE = [(step, law(step)) for step in range(100, 1001, 100)]


def test_a_curve_that_keeps_to_the_law_is_told_within_the_range() -> None:
    """The end, ten times as long and a tenth lie where the same law puts them, from a quarter to twice its gain."""
    found = forecast([(step, law(step)) for step in (100, 250, 500, 1000)], None, 10_000)
    assert found is not None
    now, end, later = law(1000), law(10_000), law(100_000)
    assert (found.low, found.high) == pytest.approx((now + LEAST * (end - now), now + MOST * (end - now)), abs=1e-6)
    assert (found.tenfold_low, found.tenfold_high) == pytest.approx(
        (now + LEAST * (later - now), now + MOST * (later - now)), abs=1e-6
    )
    assert (found.tenth, found.share) == (now, 0.1)


def test_a_tenth_lies_on_the_curve_between_measurements() -> None:
    """Which begins with what was measured before the first step, and never falls."""
    early, late = (forecast([(200, 22.0), (400, 20.0), (600, 24.0)], 21.0, planned) for planned in (1200, 5000))
    assert early is not None
    assert late is not None
    assert (early.tenth, late.tenth) == (pytest.approx(21.6), 23.0)


def test_a_curve_that_flattens_is_told_to_bring_less() -> None:
    """With the same last doubling, the one whose gains fall faster has less to come."""
    flat = forecast([(250, 18.0), (500, 21.0), (1000, 22.0)], None, 10_000)
    steep = forecast([(250, 19.8), (500, 21.0), (1000, 22.0)], None, 10_000)
    assert flat is not None
    assert steep is not None
    assert flat.high < steep.high


@pytest.mark.parametrize(
    ("points", "planned"),
    [
        (CURVE[:9], 10_000),
        (CURVE, 1900),
        ([(100, 20.0), (EARLIEST_STEPS - 1, 21.0)], 400),
        ([(1000, 20.0)], 2000),
        ([(600, 20.0), (1000, 21.0)], 2000),
        ([], 10),
        ([(250, 20.0), (500, 21.0), (1000, 22.0)], 2000),
    ],
    ids=["before a tenth", "after half", "few steps", "one point", "nothing in the first half", "nothing", "straight"],
)
def test_too_short_a_curve_tells_nothing(points: list[tuple[float, float]], planned: float) -> None:
    """A range from it would be wrong more often than it helped."""
    assert forecast(points, None, planned) is None


@given(
    st.lists(st.floats(5, 40), min_size=2, max_size=20),
    st.none() | st.floats(5, 40),
    st.floats(2, 10),
)
def test_a_forecast_is_never_below_what_is_reached(psnr: list[float], start: float | None, times: float) -> None:
    """The best weights are kept: the range is in order and above them, and a tenth gave no more than was reached."""
    points = [(EARLIEST_STEPS * (step + 1.0), value) for step, value in enumerate(psnr)]
    found = forecast(points, start, times * points[-1][0])
    if found is None:  # it does not flatten
        return
    best = max([*psnr, *([] if start is None else [start])])
    assert best <= found.low <= found.high
    assert best <= found.tenfold_low <= found.tenfold_high
    assert found.tenth <= best
    assert 0 < found.share <= 1
    assert str(found.words).startswith("probably ")


def test_no_forecast_is_above_what_can_be_measured() -> None:
    """A perfect reconstruction has 100 dB, however steeply the curve came there."""
    found = forecast([(step, 90 + 10 * step / 400) for step in (50, 100, 200, 300, 400)], None, 2000)
    steep = forecast([(50, 20), (100, 60), (200, 80), (400, 92)], None, 2000)
    assert found is None, "a straight line does not flatten"
    assert steep is not None
    assert steep.high == steep.tenfold_high == MOST_DB


def test_a_forecast_is_made_once() -> None:
    """At the first measurement from a tenth of the steps on."""
    forecasts = Forecasts(None)
    made = [forecasts.once(CURVE[:count], 4000) is not None for count in range(1, 11)]
    assert made == [count == 4 for count in range(1, 11)]


def test_the_words_have_the_figures() -> None:
    """A range whose ends read alike is one figure."""
    said = Forecast(0.1, 30.0, 31.24, 32.0, 33.0, 33.04).words
    assert said == (
        "probably 31.2 to 32.0 dB at the end, about 33.0 dB in ten times as long, about 30.0 dB in a tenth of the"
        " time: an estimate from the first 10 % of the curve"
    )


@given(st.floats(0.4, 1), st.integers(0, 12))
def test_doublings_add_up(share: float, count: int) -> None:
    """To the sum of what each of them brings; and beyond an end no share is larger than the usual one."""
    law = Law(1.0, share)
    assert law.gain(2**count) == pytest.approx(sum(share**each for each in range(1, count + 1)))
    after = law.after(2**count)
    assert after.doubling == pytest.approx(share**count)
    assert after.share == min(share, USUAL_SHARE)


def test_at_the_end_a_curve_that_rises_as_the_logarithm_is_told_to_flatten() -> None:
    """One dB for each doubling: ten times as long would have 3.3 more, and by experience has less; a tenth is known."""
    found = estimate([(step, 20.0 + number) for number, step in enumerate((100, 200, 400, 800, 1600))], None)
    assert found is not None
    gain = Law(1.0, USUAL_SHARE).gain(10)
    assert 2 < gain < math.log2(10)
    assert (found.low, found.high) == pytest.approx((24 + LEAST * gain, 24 + MOST * gain))
    assert found.tenth == 20.6


@given(st.lists(st.floats(5, 40), min_size=4, max_size=20), st.none() | st.floats(5, 40))
def test_an_estimate_never_falls(psnr: list[float], start: float | None) -> None:
    """The best weights are kept: longer is never worse, shorter never better than what was reached."""
    found = estimate([(100 * (step + 1.0), value) for step, value in enumerate(psnr)], start)
    assert found is not None
    best = max([*psnr, *([] if start is None else [start])])
    assert found.tenth <= best + 1e-9
    assert best <= found.low <= found.high


def test_short_curves_tell_nothing_at_the_end() -> None:
    """Three points, or a few steps, in which rate and average have hardly warmed up."""
    assert estimate([(100, 20), (200, 21), (300, 22)], None) is None
    assert estimate([(10, 20), (20, 21), (30, 22), (40, 22)], None) is None
