"""Line charts as SVG within a page, in the page's own colours."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from trainer.report.page import render

WIDTH, HEIGHT = 640, 250
LEFT, RIGHT, TOP, BOTTOM = 54, 10, 10, 30
LARGEST_POINTS = 400  # of a line: more than a screen shows
LEAST = 1e-300  # on a logarithmic scale: half of it is a number, not 0
COLOURS = "abcdefgh"  # the names of the style's colours for lines


@dataclass(frozen=True)
class Line:
    """One line of a chart: as many `x` as `y`, of which those that are not finite are left out."""

    name: str
    x: Sequence[float]
    y: Sequence[float]
    faint: bool = False
    """Behind the others, and not in the legend."""
    colour: str = "a"
    """One of `COLOURS`."""


def line_chart(lines: Sequence[Line], x_label: str, unit: str = "", log: bool = False) -> Markup | None:
    """A chart with a legend that gives each line's last value; None where there is nothing to draw.

    Args:
        lines: What to draw, the first one at the back.
        x_label: What runs from left to right.
        unit: Of the values, for the legend.
        log: Whether the values are on a logarithmic scale; those that are not positive are then left out.
    """
    points = [(line, _points(line, log)) for line in lines]
    points = [(line, found) for line, found in points if len(found)]
    if not points:
        return None
    everything = np.concatenate([found for _, found in points])
    x, y = _Scale(*_range(everything[:, 0], False), LEFT, WIDTH - RIGHT), _vertical(everything[:, 1], log)
    across, up = _ticks(x, y, log)
    ways = [{"line": line, "way": _way(x, y, found), "last": f"{found[-1, 1]:.4g}"} for line, found in points]
    return render(
        "chart.html",
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        bottom=HEIGHT - BOTTOM,
        names=", ".join(line.name for line, _ in points),
        across=across,
        up=up,
        ways=ways,
        x_label=x_label,
        unit=unit,
    )


def smoothed(values: Sequence[float], window: int) -> list[float]:
    """Trailing mean over at most `window` values, those that are not finite left out."""
    numbers = np.asarray(values, dtype=np.float64)
    finite = np.isfinite(numbers)
    sums = np.concatenate([[0.0], np.cumsum(np.where(finite, numbers, 0.0))])
    counts = np.concatenate([[0], np.cumsum(finite)])
    ends = np.arange(1, len(numbers) + 1)
    starts = np.maximum(0, ends - window)
    seen = counts[ends] - counts[starts]
    means = (sums[ends] - sums[starts]) / np.maximum(seen, 1)
    return [float(mean) if count else math.nan for mean, count in zip(means, seen)]


@dataclass(frozen=True)
class _Scale:
    """From values to places in the drawing."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def at(self, value: float) -> float:
        low, high = (math.log10(self.low), math.log10(self.high)) if self.log else (self.low, self.high)
        share = ((math.log10(value) if self.log else value) - low) / (high - low)
        return self.start + share * (self.end - self.start)


def _points(line: Line, log: bool) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """[N, 2], thinned out evenly; the last point stays."""
    found = np.array([line.x, line.y], dtype=np.float64).T.reshape(-1, 2)
    found = found[np.isfinite(found).all(axis=1)]
    if log:
        found = found[found[:, 1] > 0]
        found[:, 1] = np.maximum(found[:, 1], LEAST)
    if len(found) > LARGEST_POINTS:
        found = found[np.linspace(0, len(found) - 1, LARGEST_POINTS).round().astype(int)]
    return found


def _range(values: np.ndarray[tuple[int], np.dtype[np.float64]], log: bool) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    if low < high:
        return low, high
    return (low / 2, high * 2) if log else (low - 0.5, high + 0.5)


def _vertical(values: np.ndarray[tuple[int], np.dtype[np.float64]], log: bool) -> _Scale:
    low, high = _range(values, log)
    if not log:
        margin = 0.04 * (high - low)
        low, high = low - margin, high + margin
    return _Scale(low, high, HEIGHT - BOTTOM, TOP, log)


def _way(x: _Scale, y: _Scale, found: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> str:
    """The points [N, 2] of a line as SVG draws them."""
    way = "M" + "L".join(f"{x.at(a):.1f} {y.at(b):.1f}" for a, b in found)
    return way + "h0.01" if len(found) == 1 else way  # a single point, which a round cap makes visible


def _ticks(x: _Scale, y: _Scale, log: bool) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Where there are numbers along both axes, across and up."""
    from matplotlib.ticker import LogLocator, MaxNLocator  # heavy, and needed only here

    across = MaxNLocator(6, steps=[1, 2, 5, 10]).tick_values(x.low, x.high)
    locator = LogLocator(subs=(1.0, 2.0, 5.0)) if log else MaxNLocator(5, steps=[1, 2, 2.5, 5, 10])
    up = [value for value in locator.tick_values(y.low, y.high) if y.low <= value <= y.high]
    if log and len(up) > 7:
        up = [value for value in up if math.isclose(math.log10(value) % 1, 0, abs_tol=1e-9)]
    return (
        [{"place": f"{x.at(each):.1f}", "text": f"{each:,.6g}"} for each in across if x.low <= each <= x.high],
        [{"place": f"{y.at(each):.1f}", "text_place": f"{y.at(each) + 4:.1f}", "text": f"{each:.4g}"} for each in up],
    )
