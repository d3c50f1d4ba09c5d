"""Ways from one code to the next."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.film.morph import MorphPlan, Repeat, between, film
from desktop.engine.sliders.latents import LatentSpace
from tests.desktop.engine.sliders.test_latents import space_of


def code_of(space: LatentSpace, seed: int) -> np.ndarray:
    """A random code."""
    return np.random.default_rng(seed).normal(0, 2, space.shape).astype(np.float32)


def length(space: LatentSpace, code: np.ndarray) -> float:
    """How far a code is from the mean, in whitened coordinates."""
    positions = space.axes.positions(code)
    assert positions is not None
    return float(np.linalg.norm(positions))


@given(seed=st.integers(0, 500), share=st.floats(0, 1))
def test_on_a_sphere_the_distance_changes_evenly(seed: int, share: float) -> None:
    """Where a line would come nearer to the mean, the great circle does not."""
    space = space_of(8, 5)
    first, second = code_of(space, seed), code_of(space, seed + 1000)
    code = between(space, first, second, share, "sphere")
    wanted = (1 - share) * length(space, first) + share * length(space, second)
    assert length(space, code) == pytest.approx(wanted, rel=1e-3)
    assert length(space, between(space, first, second, share, "line")) <= wanted * 1.001


@pytest.mark.parametrize("way", ["line", "sphere"])
def test_both_ends_are_the_codes_themselves(way: str) -> None:
    """To the last bit."""
    space = space_of(8, 5)
    first, second = code_of(space, 1), code_of(space, 2)
    assert between(space, first, second, 0.0, way) is first  # type: ignore[arg-type]
    assert between(space, first, second, 1.0, way) is second  # type: ignore[arg-type]


def test_what_lies_outside_the_axes_goes_along_the_line() -> None:
    """The great circle concerns the coordinates alone."""
    space = space_of(8, 3)
    first, second = code_of(space, 1), code_of(space, 2)
    bend = between(space, first, second, 0.5, "sphere") - between(space, first, second, 0.5, "line")
    assert bend - space.axes.vectors.T @ (space.axes.vectors @ bend) == pytest.approx(np.zeros(8), abs=1e-5)


def test_where_there_is_no_great_circle_it_goes_straight() -> None:
    """Equal and opposite directions, and the mean itself, are no reason to fail."""
    space = space_of(8)
    code = code_of(space, 1)
    opposite = 2 * space.mean - code
    for other in (code, opposite, space.mean_code):
        straight = between(space, code, other, 0.5, "line")
        assert between(space, code, other, 0.5, "sphere") == pytest.approx(straight, abs=1e-5)


@pytest.mark.parametrize(
    ("repeat", "keys", "route"),
    [
        ("once", 3, "0-1 1-2 2"),
        ("loop", 3, "0-1 1-2 2-0"),
        ("loop", 2, "0-1 1 -1-0"),
        ("there and back", 3, "0-1 1-2 2 -2-1 -1-0"),
        ("once", 1, "0"),
        ("once", 0, ""),
    ],
)
def test_a_film_visits_each_picture(repeat: Repeat, keys: int, route: str) -> None:
    """Each is met once on the way, and where the film begins again no frame comes twice."""
    space = space_of(8)
    codes = [code_of(space, seed) for seed in range(keys)]
    plan = MorphPlan("line", "even", repeat, frames=4)
    frames = [film(space, codes, plan, frame) for frame in range(len(plan.steps(keys)))]
    for index, code in enumerate(codes):
        met = sum(np.array_equal(frame, code) for frame in frames)
        ends_twice = repeat == "there and back" and 0 < index < keys - 1
        assert met == (2 if ends_twice else 1), route
    for frame, following in itertools.pairwise(frames):
        assert not np.array_equal(frame, following)
    if repeat != "once":
        assert not np.array_equal(frames[0], frames[-1])


def test_smooth_films_slow_down_at_each_picture() -> None:
    """The first step is smaller than the middle one; evenly, all are alike."""
    for easing, slower in (("smooth", True), ("even", False)):
        shares = [step[2] for step in MorphPlan("line", easing, "once", 10).steps(2)]  # type: ignore[arg-type]
        first, middle = shares[1] - shares[0], shares[5] - shares[4]
        assert (first < 0.5 * middle) == slower
