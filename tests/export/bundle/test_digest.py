"""By what a picture is known again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from export.bundle.digest import picture_digest

PIXELS = bytes(range(24))


def test_the_shape_is_part_of_it() -> None:
    """The same bytes as a wide and as a high picture are two pictures."""
    assert picture_digest(2, 4, PIXELS) != picture_digest(4, 2, PIXELS)
    assert picture_digest(2, 4, PIXELS) == picture_digest(2, 4, bytes(PIXELS))


@given(place=st.integers(0, 23), change=st.integers(1, 255))
def test_every_pixel_is_part_of_it(place: int, change: int) -> None:
    """32 hexadecimal digits, others where one byte is another."""
    other = bytearray(PIXELS)
    other[place] = (other[place] + change) % 256
    found = [picture_digest(2, 4, each) for each in (PIXELS, bytes(other))]
    assert found[0] != found[1]
    assert all(len(each) == 32 and int(each, 16) >= 0 for each in found)
