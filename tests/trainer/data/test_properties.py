"""What labels are taken for."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.data.properties import read_properties

ROWS = np.arange(400)
TRAIN, HOLDOUT = ROWS[:300], ROWS[300:]


def names(factors: dict[str, list[str]]) -> list[str]:
    """The properties found in these labels of 400 pictures."""
    return [each.name for each in read_properties(factors, TRAIN, HOLDOUT)]


def test_each_value_of_a_word_is_a_property() -> None:
    """In the order of the values, named for people; what is the opposite of none is called any."""
    assert names({"rear_hair": ["long", "none"] * 200}) == ["rear hair: long", "rear hair: any"]


def test_numbers_are_one_property() -> None:
    """Its target is the number itself."""
    (turn,) = read_properties({"turn": [str(row / 10) for row in ROWS]}, TRAIN, HOLDOUT)
    assert (turn.name, turn.value, turn.measure) == ("turn", None, "r2")
    np.testing.assert_allclose(turn.target, ROWS / 10)


def test_ten_digits_are_names_and_forty_are_numbers() -> None:
    """Few whole numbers are classes, as folders for each class often are."""
    assert len(names({"digit": [str(row % 10) for row in ROWS]})) == 10
    assert names({"age": [str(row % 40) for row in ROWS]}) == ["age"]


def test_a_hue_goes_round() -> None:
    """Red is nearest to 0 and to 1, and farthest from cyan at 0.5."""
    red, green, blue = read_properties({"hair_hue": [str(row / 400) for row in ROWS]}, TRAIN, HOLDOUT)
    assert [red.name, green.name, blue.name] == ["hair hue: red", "hair hue: green", "hair hue: blue"]
    assert red.target[0] == 1
    assert red.target[200] == pytest.approx(-1)
    assert red.target[399] == pytest.approx(1, abs=1e-3)


def test_none_turns_round() -> None:
    """Pictures that have some of it are those that `any` counts, unless a value has that name itself."""
    labels = ["none", "round", "square", ""] * 100
    anything, *_ = read_properties({"glasses": labels}, TRAIN, HOLDOUT)
    assert anything.value == "any"
    np.testing.assert_array_equal(anything.target[:4], [0, 1, 1, np.nan])
    assert names({"seat": ["any", "none"] * 200}) == ["seat: any", "seat: none"]


def test_a_colour_is_read_as_lightness_redness_and_warmth() -> None:
    """Three numbers in place of hue, saturation and value; all other factors stay."""
    rows = ROWS / 400
    parts = {"hue": rows, "saturation": rows[::-1], "value": 1 - rows / 2}
    factors = {f"hair_{part}": [f"{each:.4f}" for each in values] for part, values in parts.items()}
    assert names({**factors, "hair": ["long", "short"] * 200}) == [
        "hair lightness",
        "hair redness",
        "hair warmth",
        "hair: long",
        "hair: short",
    ]


def test_degrees_are_no_hue() -> None:
    """What goes past 1 is an ordinary number, whatever it is called."""
    assert names({"hue": [str(row * 0.9) for row in ROWS]}) == ["hue"]


def test_rare_values_and_equal_ones_are_left_out() -> None:
    """Nothing can be learnt from a value that 2 pictures have, or that all have, nor from a name for each picture."""
    assert names({"glasses": ["monocle"] * 2 + ["none"] * 398}) == []
    assert names({"file": [f"picture {row}" for row in ROWS]}) == []
    assert names({"year": ["2024.5"] * 400}) == []


def test_pictures_without_a_label_do_not_count() -> None:
    """Their target is not a number."""
    labels = ["cat", "dog", "", ""] * 100
    cat, dog = read_properties({"animal": labels}, TRAIN, HOLDOUT)
    assert np.isnan(cat.target[2])
    np.testing.assert_array_equal(cat.target[:2], [1, 0])
    np.testing.assert_array_equal(dog.target[:2], [0, 1])


def test_values_that_are_not_held_out_are_left_out() -> None:
    """Their probe could not be tried."""
    assert names({"place": ["here"] * 150 + ["there"] * 150 + ["here"] * 100}) == []
