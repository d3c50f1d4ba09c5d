"""Built-in characters are the same for everyone, cover their factors, and are labelled by them."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from trainer.data import characters
from trainer.data.characters import attribution, choose, draw, draw_all


def test_drawing_is_deterministic() -> None:
    """The same seed and index give the same pixels; another index gives others."""
    first, again, other = draw(choose(0, 7), 64), draw(choose(0, 7), 64), draw(choose(0, 8), 64)
    assert first.shape == (64, 64, 3)
    assert first.dtype == np.uint8
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_choices_cover_every_variant() -> None:
    """A few hundred characters show each hair style, mouth, beard and so on at least once."""
    chosen = [choose(0, index) for index in range(400)]
    for name, variants in (
        ("hair", characters.HAIR),
        ("rear_hair", characters.REAR_HAIR),
        ("eyes", characters.EYES),
        ("eyebrows", characters.EYEBROWS),
        ("mouth", characters.MOUTH),
        ("beard", characters.BEARD),
        ("glasses", characters.GLASSES),
        ("clothes", characters.CLOTHES),
    ):
        assert {getattr(each, name) for each in chosen} == set(variants)


@pytest.mark.parametrize(
    ("factor", "values"),
    [
        ("hair", ("bun", "spiky")),
        ("rear_hair", ("none", "longWavy")),
        ("eyes", ("wide", "wink")),
        ("eyebrows", ("sad", "raised")),
        ("mouth", ("laugh", "sad")),
        ("beard", ("none", "fullBeard")),
        ("glasses", ("none", "round")),
        ("glasses", ("square", "round")),
        ("clothes", ("shirt", "turtleNeck")),
        ("skin", (0.0, 1.0)),
        ("hair_hue", (0.0, 0.5)),
        ("clothes_value", (0.2, 0.9)),
        ("background_hue", (0.1, 0.6)),
        ("turn", (-1.0, 1.0)),
        ("tilt", (-8.0, 8.0)),
        ("scale", (0.9, 1.1)),
        ("shift_x", (-5.0, 5.0)),
        ("shift_y", (-4.0, 4.0)),
    ],
)
def test_each_factor_is_drawn(factor: str, values: tuple[object, object]) -> None:
    """Two characters that differ in one factor alone differ in their pixels."""
    base = choose(0, 1)
    one, two = (draw(dataclasses.replace(base, **{factor: value}), 64) for value in values)  # type: ignore[arg-type]
    assert not np.array_equal(one, two)


def test_several_processes_draw_what_one_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing on two processes gives the pixels and labels of drawing on one, and reports its progress to the end."""
    monkeypatch.setattr(characters, "FEWEST_SHARED", 60)
    monkeypatch.setattr(characters, "CHUNK", 16)
    serial, parallel = (np.zeros((60, 16, 16, 3), np.uint8) for _ in range(2))
    reported: list[int] = []
    labels = draw_all(serial, 3, 1, lambda done, _: reported.append(done))
    assert draw_all(parallel, 3, 2, lambda done, _: None) == labels
    assert np.array_equal(serial, parallel)
    assert serial[-1].any()
    assert reported == list(range(1, 61))


def test_attribution_names_author_and_licence() -> None:
    """The line for model cards has what CC BY 4.0 asks for."""
    line = attribution()
    assert "Johan Melin" in line
    assert "CC BY 4.0" in line
