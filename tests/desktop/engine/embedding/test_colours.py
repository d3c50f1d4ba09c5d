"""What the colours on the map mean."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from desktop.engine.colour_ramps import MAP
from desktop.engine.embedding import colours
from desktop.engine.embedding.colours import GREY, PALETTE

COLD, HOT = np.array(MAP.anchors, np.float32)


def test_kinds_have_colours_by_how_many_they_are() -> None:
    """The nine largest have one each, in that order; the others, and what is not known, are grey and counted."""
    values = ["a"] * 3 + ["b"] * 5 + [""] * 2 + [f"{number}" for number in range(10)]
    found = colours.by_kind(values)
    assert [name for name, _ in found.kinds] == ["b", "a", *map(str, range(7))]
    assert (found.others, found.unknown) == (3, 2)
    assert tuple(found.colours[0].tolist()) == PALETTE[1]
    assert tuple(found.colours[3].tolist()) == PALETTE[0]
    assert all(tuple(found.colours[place].tolist()) == GREY for place in (8, 9, -1))


def test_folders_are_named_from_the_one_inspected() -> None:
    """`.` is that one itself."""
    found = colours.by_folder(Path("/x"), [Path("/x/a.png"), Path("/x/more/b.png"), Path("/x/more/c.png")])
    assert [name for name, _ in found.kinds] == ["more", "."]


def test_many_numbers_are_a_scale_and_few_are_kinds() -> None:
    """From cold to hot, evenly; what is not known is grey. Nine numbers, or anything else among them, are kinds."""
    found = colours.by_label([*map(str, range(0, 22, 2)), ""])
    assert found.ends == (0, 20)
    assert found.unknown == 1
    assert np.array_equal(found.colours[0], COLD)
    assert np.array_equal(found.colours[10], HOT)
    assert np.allclose(found.colours[5], (COLD + HOT) / 2, atol=1)
    assert tuple(found.colours[11].tolist()) == GREY
    for values in ([*map(str, range(9))], [*map(str, range(20)), "x"], [*map(str, range(20)), "inf"]):
        assert colours.by_label(values).ends is None


def test_scores_are_coloured_by_rank() -> None:
    """One that is far out does not make all others alike, and one that was not scored is grey."""
    found = colours.by_score(np.array([1.0, 3.0, 2.0, 1e9, np.nan]))
    assert found.ends == (1.0, 1e9)
    assert np.array_equal(found.colours[3], HOT)
    assert np.allclose(found.colours[1], COLD + (HOT - COLD) * 2 / 3, atol=1)
    assert tuple(found.colours[4].tolist()) == GREY
