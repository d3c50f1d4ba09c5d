"""What the user said of pictures that a detector scored."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.anomaly.corrections import NO_CORRECTIONS, Corrections
from desktop.engine.folder.index import Files

Act = list[tuple[str, bool]]


def files(*names: str) -> Files:
    """Files of these names."""
    return Files(np.array(names, np.str_), np.ones(len(names), np.int64), np.ones(len(names), np.int64))


def after(*acts: Act) -> Corrections:
    """The corrections after these acts, in each of which pictures are called bad or good; each scores its number."""
    found, number = NO_CORRECTIONS, 0
    for act in acts:
        scores = np.arange(number, number + len(act), dtype=np.float64)
        number += len(act)
        found = found.added(np.array([bad for _, bad in act], np.bool_), {"error": scores}, files(*(n for n, _ in act)))
    return found


def test_of_several_verdicts_on_a_picture_the_last_holds() -> None:
    """Called bad, then good: it is good, and counts once."""
    found = after([("a", True), ("b", True)], [("a", False)])
    assert found.last.tolist() == [False, True, True]
    assert found.good["error"].tolist() == [2]
    assert found.missed["error"].tolist() == [1]
    assert found.has_both
    assert not after([("a", True)]).has_both


@given(st.lists(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), min_size=1, max_size=4), max_size=5))
def test_undoing_is_never_having_said_it(acts: list[Act]) -> None:
    """After any acts, one more that is undone leaves what there was; and the last verdict on each picture holds."""
    before = after(*acts)
    undone = after(*acts, [("a", True), ("z", False)]).undone()
    assert undone.steps == before.steps
    assert undone.bad.tolist() == before.bad.tolist()
    assert undone.last.tolist() == before.last.tolist()
    said = {name: bad for act in acts for name, bad in act}
    held = dict(zip(before.files.paths[before.last].tolist(), before.bad[before.last].tolist()))
    assert held == said


def test_what_is_given_to_others_names_no_file() -> None:
    """The verdicts that hold, as one act."""
    given_away = after([("a", True), ("b", False)], [("a", False)]).to_give()
    assert (len(given_away.files.paths), given_away.steps) == (0, (2,))
    assert given_away.bad.tolist() == [False, False]
    assert given_away.last.tolist() == [True, True]
    assert NO_CORRECTIONS.to_give() is NO_CORRECTIONS
