"""What of a batch is done outlives the machine that did it."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

pytest.importorskip("pyarrow", reason="needs the extra: cluster")

from desktop.engine.batch.journal import Record, Score
from desktop.engine.cluster.manifest import FOLDER, Manifest
from desktop.engine.cluster.place import Place, parse_place
from desktop.engine.errors import PictureError

scores = some.builds(
    Score,
    some.integers(1, 9000),
    some.integers(1, 9000),
    some.floats(0, 65025),
    some.floats(0, 100) | some.just(math.inf),
    some.none() | some.floats(-1, 1),
)
names = some.binary(min_size=1, max_size=20).filter(lambda name: b"\0" not in name)
records = some.builds(
    Record,
    names.map(lambda name: name.decode("utf-8", "surrogateescape")),
    some.integers(0, 1 << 40),
    some.integers(0, 1 << 62),
    some.none() | scores,
    some.none() | some.floats(-1, 1),
    some.booleans(),
    some.integers(1, 99),
)


@given(given=some.lists(records, max_size=8, unique_by=lambda record: record.picture))
def test_records_come_back_as_they_were(given: list[Record]) -> None:
    """Whatever their names and figures are, from files that were added one after another."""
    place = parse_place("memory://manifest")
    place.remove(place.names())
    first = Manifest(place, "abc")
    first.begin(overwrite=False)
    first.add(given[:3])
    first.add(given[3:])
    second = Manifest(place, "abc")
    assert (second.began, second.finished, second.records()) == (True, False, {each.picture: each for each in given})


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An empty folder."""
    return parse_place(str(tmp_path))


def test_a_finished_job_is_begun_anew_where_files_may_be_replaced(place: Place) -> None:
    """Its records are forgotten then; a job with another key has none of them."""
    manifest = Manifest(place, "abc")
    manifest.begin(overwrite=False)
    manifest.add([Record("a.png", 1, 2, None)])
    manifest.finish()
    assert Manifest(place, "abc").finished
    assert Manifest(place, "def").records() == {}
    again = Manifest(place, "abc")
    again.begin(overwrite=True)
    assert (Manifest(place, "abc").finished, Manifest(place, "abc").records()) == (False, {})


def test_a_broken_file_is_named(place: Place) -> None:
    """With its path and what is wrong."""
    place.send(b"nothing", f"{FOLDER}/abc-00000001.parquet")
    with pytest.raises(PictureError, match=r"abc-00000001\.parquet cannot be read"):
        Manifest(place, "abc").records()
