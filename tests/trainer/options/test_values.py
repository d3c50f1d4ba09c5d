"""Options that are small languages of their own."""

from __future__ import annotations

import pytest

from trainer.errors import ConfigError
from trainer.options.values import Damage, parse_damages, parse_duration, parse_size, size_option, size_words


@pytest.mark.parametrize(("text", "seconds"), [("90s", 90.0), ("45m", 2700.0), ("1h30m", 5400.0), (" 2h ", 7200.0)])
def test_a_duration_comes_to_seconds(text: str, seconds: float) -> None:
    """Hours, minutes and seconds, in that order."""
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "0s", "soon", "30", "10m1h", "-5m"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    """The sentence says how to write one."""
    with pytest.raises(ConfigError, match="write it as 45m, 1h30m or 90s"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("size", "sides", "option", "words"),
    [
        (128, (128, 128), 128, "128x128"),
        ("96x128", (128, 96), "96x128", "96x128"),
        (" 64x64 ", (64, 64), 64, "64x64"),
    ],
)
def test_a_size_is_a_side_or_width_and_height(
    size: int | str, sides: tuple[int, int], option: int | str, words: str
) -> None:
    """The width stands first, as people write it; a square is one number again."""
    assert parse_size(size) == sides
    assert size_option(sides) == option
    assert size_words(sides) == words


@pytest.mark.parametrize("text", ["", "wide", "96x", "x128", "96:128", "-96x128", "96x128x3"])
def test_what_is_no_size_is_refused(text: str) -> None:
    """The sentence says how to write one."""
    with pytest.raises(ConfigError, match="write 128 for squares, or width x height as in 96x128"):
        parse_size(text)


def test_damages_are_read_in_their_order() -> None:
    """Joined by commas; nothing without the option."""
    assert parse_damages("noise:0.1, mask:0.3") == (Damage("noise", 0.1), Damage("mask", 0.3))
    assert parse_damages(None) == ()
    assert parse_duration(None) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rain:0.1", "is not known"),
        ("noise", "must end in a number"),
        ("mask:1", "at most 0.9"),
        ("noise:nan", "at most 2"),
    ],
)
def test_a_damage_that_cannot_be_done_is_refused(text: str, said: str) -> None:
    """An unknown kind, a missing number, and an amount out of range."""
    with pytest.raises(ConfigError, match=said):
        parse_damages(text)
