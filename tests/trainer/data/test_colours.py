"""Colours among labels."""

from __future__ import annotations

import colorsys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.data.colours import with_colours

UNIT = st.floats(0, 1)


def described(hue: object, saturation: object, value: object) -> list[str]:
    """Lightness, redness and warmth of one colour by its labels."""
    labels = {"coat_hue": [str(hue)], "coat_saturation": [str(saturation)], "coat_value": [str(value)]}
    return [each[0] for each in with_colours(labels).values()]


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ((0, 0, 0), (0, 0, 0)),  # black
        ((0, 0, 1), (1, 0, 0)),  # white
        ((0, 1, 1), (0.299, 1, 0.5)),  # red
        ((1 / 3, 1, 1), (0.587, -1, 0.5)),  # green
        ((2 / 3, 1, 1), (0.114, 0, -1)),  # blue
    ],
)
def test_known_colours(colour: tuple[float, ...], expected: tuple[float, ...]) -> None:
    """Black and white differ in lightness alone; red and green, and blue and yellow, are opposites."""
    assert [float(each) for each in described(*colour)] == pytest.approx(expected, abs=1e-6)


@given(UNIT, UNIT, UNIT)
def test_nothing_of_a_colour_is_lost(hue: float, saturation: float, value: float) -> None:
    """Its red, green and blue follow from the three numbers."""
    lightness, redness, warmth = (float(each) for each in described(hue, saturation, value))
    green = lightness + 0.114 * warmth - 0.356 * redness
    red = redness + green
    assert (red, green, (red + green) / 2 - warmth) == pytest.approx(
        colorsys.hsv_to_rgb(hue, saturation, value), abs=1e-5
    )


def test_they_stand_where_the_hue_stood() -> None:
    """A name without anything before it will do; other factors keep their order, and what is unknown stays so."""
    factors = {"saturation": ["1", ""], "age": ["3", "4"], "hue": ["0", "0"], "value": ["1", "1"], "sex": ["f", "m"]}
    found = with_colours(factors)
    assert list(found) == ["age", "lightness", "redness", "warmth", "sex"]
    assert [labels[1] for labels in found.values()] == ["4", "", "", "", "m"]


@pytest.mark.parametrize(
    "changed",
    [
        {"coat_hue": ["240"]},  # degrees
        {"coat_value": ["dark"]},
        {"coat_value": ["nan"]},
        {"coat_redness": ["1"]},  # the name is taken
    ],
)
def test_what_is_no_colour_stays(changed: dict[str, list[str]]) -> None:
    """Labels past 1 or that are words, and names that are there already."""
    factors = {"coat_hue": ["0.5"], "coat_saturation": ["0.5"], "coat_value": ["0.5"], **changed}
    assert with_colours(factors) == factors


def test_a_hue_alone_stays() -> None:
    """Without saturation and value there is no colour."""
    assert with_colours({"coat_hue": ["0.5"], "hat_value": ["1"]}) == {"coat_hue": ["0.5"], "hat_value": ["1"]}
