"""Charts show what they are given, whatever it is, and nothing where there is nothing."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.report.charts import HEIGHT, LARGEST_POINTS, WIDTH, Line, line_chart, smoothed

VALUES = st.lists(st.floats(-1e12, 1e12) | st.just(math.nan) | st.just(math.inf), max_size=20)


def _ways(chart: str) -> list[list[tuple[float, float]]]:
    """The points of each line, from the markup, which must be well-formed."""
    svg = ElementTree.fromstring(chart[: chart.index("</svg>") + 6])
    ways = [path.attrib["d"] for path in svg.iter("path")]
    return [[(float(x), float(y)) for x, y in re.findall(r"[ML]([-\d.]+) ([-\d.]+)", way)] for way in ways]


def test_a_line_goes_from_corner_to_corner() -> None:
    """Rising values go from the lower left to the upper right, and the legend has the last one."""
    chart = line_chart([Line("rate", [0, 1, 2], [0, 5, 10])], "step", " dB")
    assert chart is not None
    ((first, middle, last),) = _ways(chart)
    assert first[0] < middle[0] < last[0]
    assert first[1] > middle[1] > last[1]
    assert first[1] - middle[1] == pytest.approx(middle[1] - last[1], abs=0.2)
    assert "<b>10 dB</b>" in chart


def test_a_logarithmic_scale_has_equal_steps_for_equal_factors() -> None:
    """Values that fall tenfold each time lie on a straight line; what is not positive is left out."""
    chart = line_chart([Line("loss", [0, 1, 2, 3], [1, 0.1, 0.01, 0])], "step", log=True)
    assert chart is not None
    ((first, middle, last),) = _ways(chart)
    assert middle[1] - first[1] == pytest.approx(last[1] - middle[1], abs=0.2)


@given(values=VALUES, log=st.booleans())
def test_anything_is_drawn_within_the_frame(values: list[float], log: bool) -> None:
    """Whatever the values, every point lies within the drawing, and without usable ones there is none."""
    chart = line_chart([Line("a < b", range(len(values)), values)], "step", log=log)
    usable = [value for value in values if math.isfinite(value) and (value > 0 or not log)]
    assert (chart is None) == (not usable)
    if chart is not None:
        (way,) = _ways(chart)
        assert len(way) == len(usable)
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in way)


def test_long_lines_are_thinned_and_end_where_they_end() -> None:
    """A million points become a few hundred, the first and the last among them."""
    chart = line_chart([Line("loss", range(100_000), list(range(100_000)))], "step")
    assert chart is not None
    assert len(_ways(chart)[0]) == LARGEST_POINTS
    assert "<b>1e+05</b>" in chart


@given(values=VALUES, window=st.integers(1, 30))
def test_smoothing_is_the_trailing_mean(values: list[float], window: int) -> None:
    """Each value is the mean of the last finite ones within the window, and not a number where there are none."""
    for index, mean in enumerate(smoothed(values, window)):
        seen = [value for value in values[max(0, index + 1 - window) : index + 1] if math.isfinite(value)]
        assert math.isnan(mean) if not seen else np.isclose(mean, np.mean(seen), rtol=1e-3, atol=1e-2 * 1e3)
