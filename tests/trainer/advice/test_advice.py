"""What to train on pictures that are so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.advice.advice import advise, fitting_size, one_kind, patience
from trainer.advice.facts import Facts
from trainer.options.config import TrainConfig

ALIKE = Facts(
    pictures=5_000,
    moved=0,
    short_side=300,
    tiles=9_000,
    aspect=1.0,
    grey=False,
    transparent=0.0,
    explained=0.9,
    over_waves_db=1.0,
    symmetric=False,
)
BOTH = ("vector", "map")


@pytest.mark.parametrize(
    ("changes", "options"),
    [
        ({}, {"latent": "vector", "tiles": False}),
        ({"over_waves_db": 0.1}, {"latent": "map", "tiles": True}),
        ({"explained": 0.5}, {"latent": "map"}),
        ({"pictures": 149}, {"latent": "map", "weight_decay": 0.01}),
        ({"over_waves_db": 0.1, "short_side": 191}, {"tiles": False}),
        ({"over_waves_db": 0.1, "short_side": 127}, {"tiles": True}),
        ({"over_waves_db": 0.1, "tiles": 0}, {"tiles": False}),
        ({"over_waves_db": 0.1, "tiles": 25_000}, {"tiles": True, "most_pictures": 4_000}),
        ({"over_waves_db": 0.1, "tiles": 10_000_000}, {"tiles": False}),
        ({"pictures": 1_999, "symmetric": True}, {"flip": True}),
        ({"pictures": 49, "tiles": 0}, {"holdout": 0.25}),
        ({"pictures": 49, "tiles": 49, "short_side": 20}, {"holdout": 0.25, "tiles": True}),
        ({"grey": True}, {"grey": True}),
    ],
)
def test_the_facts_decide(changes: dict[str, Any], options: dict[str, Any]) -> None:
    """What is alike has a vector, what is large and diverse is cut, what is few is spared."""
    advice = advise(replace(ALIKE, **changes), 128, True, BOTH, (), seconds=3600)
    assert {name: advice.options[name] for name in options} == options


def test_what_the_user_gave_is_not_chosen() -> None:
    """Nor is it named in the line that says what was chosen; with a number of steps there is no time limit."""
    advice = advise(ALIKE, 128, False, BOTH, ("width", "steps"))
    assert not {"width", "time_limit", "epochs"} & set(advice.options)
    assert "--width" not in advice.choice
    assert "--batch-size 16" in advice.choice


def test_a_short_time_cuts_fewer_pictures_in_tiles() -> None:
    """Cutting may take a quarter of the time; twenty pictures are enough, and with fewer all of them are resized."""
    diverse = replace(ALIKE, over_waves_db=0.0)
    long, short, none = (advise(diverse, 128, True, BOTH, (), seconds=some).options for some in (800, 600, 2))
    assert long["tiles"]
    assert "most_pictures" not in long
    assert (short["tiles"], short["most_pictures"]) == (True, 4_166)
    assert not none["tiles"]
    given = advise(diverse, 128, True, BOTH, ("most_pictures",), seconds=600).options
    assert not given["tiles"]


@pytest.mark.parametrize(("side", "says"), [(20, "at their own size"), (150, "resized"), (400, "cut in tiles")])
def test_what_becomes_of_a_picture_is_said(side: int, says: str) -> None:
    """An icon is not enlarged, a little larger picture is made smaller, and a large one cut."""
    diverse = replace(ALIKE, over_waves_db=0.0, short_side=side, tiles=900)
    assert f"8x8 blocks, {says}, " in advise(diverse, 128, True, BOTH, ()).choice


def test_the_reason_is_the_figure_that_decided() -> None:
    """Alike, diverse, plain, too few, or no choice at all."""
    assert "of one kind, and enough for sliders" in advise(ALIKE, 128, True, BOTH, ()).reason
    assert "they are not of one kind" in advise(replace(ALIKE, explained=0.1), 128, True, BOTH, ()).reason
    plain = replace(ALIKE, explained=0.998, over_waves_db=0.0)
    assert (
        "100 % of how held-out pictures differ, and so do smooth waves; " in advise(plain, 128, True, BOTH, ()).reason
    )
    assert "100 pictures are too few for sliders" in advise(replace(ALIKE, pictures=100), 128, True, BOTH, ()).reason
    few = "12 pictures are too few to tell whether they are of one kind, and for sliders, from 150 on"
    assert few in advise(replace(ALIKE, pictures=12), 128, True, BOTH, ()).reason
    assert advise(ALIKE, 128, True, ("map",), ()).reason.startswith("no other latent was to be had; 64 numbers explain")


@given(
    pictures=st.integers(2, 10**6),
    side=st.integers(16, 4000),
    tiles=st.integers(0, 10**6),
    explained=st.floats(-1, 1),
    over=st.floats(-9, 9),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_whatever_the_facts_are_the_options_can_be_used(
    pictures: int, side: int, tiles: int, explained: float, over: float, flags: tuple[bool, bool, bool]
) -> None:
    """No advice is refused by the checks of the options."""
    facts = replace(ALIKE, pictures=pictures, short_side=side, tiles=tiles, explained=explained, over_waves_db=over)
    facts = replace(facts, grey=flags[0], symmetric=flags[1])
    options = advise(facts, 128, flags[2], BOTH, ()).options
    TrainConfig.of(data="pictures", **options)
    assert (options["latent"] == "vector") == (one_kind(facts) and pictures >= 150)


@pytest.mark.parametrize(("pictures", "epochs"), [(2_000, 0), (1_999, 8), (320, 15), (32, 150), (3, 150)])
def test_small_sets_wait_for_a_number_of_steps(pictures: int, epochs: int) -> None:
    """For 150 steps without a better epoch, and at least eight epochs; a large set never stops by itself."""
    assert patience(pictures, 32) == epochs


@pytest.mark.parametrize(
    ("aspect", "size"),
    [
        *((1.0, 128), (0.95, 128), (3 / 4, "96x128"), (4 / 3, "128x96"), (2 / 3, "128x192"), (4 / 5, "128x160")),
        *((16 / 9, "160x96"), (9 / 19.5, "96x192"), (0.05, "32x640")),
    ],
)
def test_one_aspect_gives_its_size(aspect: float, size: int | str) -> None:
    """Little is cut off, and there are about as many pixels as in the square."""
    assert fitting_size(aspect, 128) == size


@given(st.floats(0.1, 10.0))
def test_a_fitting_size_is_one_that_is_taken(aspect: float) -> None:
    """Whatever the aspect, the options take the size, and it lies as the pictures do or is the square."""
    options = TrainConfig.of(data=Path("photos"), size=fitting_size(aspect, 128)).pictures
    height, width = options.sides
    assert 0.5 <= height * width / 128**2 <= 1.5
    assert (width > height) == (aspect > 1) or not options.oblong
