"""The fields of `bundle.json`."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from export.bundle import LatentInfo, SizeRule

SIDES = st.integers(-8, 200)


@given(height=SIDES, width=SIDES)
def test_a_fixed_size_takes_no_other(height: int, width: int) -> None:
    """Whatever its multiple says."""
    assert SizeRule("fixed", 8, 64, 96).accepts(height, width) == ((height, width) == (64, 96))


@given(height=SIDES, width=SIDES, multiple=st.integers(1, 64))
def test_a_free_size_takes_what_its_multiple_divides(height: int, width: int, multiple: int) -> None:
    """And no picture without pixels."""
    rule = SizeRule("multiple", multiple, 64, 64)
    fits = min(height, width) > 0 and height % multiple == 0 and width % multiple == 0
    assert rule.accepts(height, width) == fits


def test_the_size_of_a_latent_is_the_count_of_its_numbers() -> None:
    """Of a vector and of a map."""
    assert LatentInfo("vector", (64,)).size == 64
    assert LatentInfo("map", (16, 8, 4)).size == 512
