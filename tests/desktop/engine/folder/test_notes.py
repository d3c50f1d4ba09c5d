"""What the user said of a folder is kept with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.errors import InspectionError
from desktop.engine.folder.notes import Notes, notes_place, read_notes, write_notes


def test_notes_are_there_again(tmp_path: Path) -> None:
    """Written and read they are the same; of another folder there are none."""
    (tmp_path / "a").mkdir()
    said = Notes().with_remark("good folder", ["fine"]).with_remark("no duplicates", ["x", "y"], ["z"])
    write_notes(tmp_path / "a", said, tmp_path / "home")
    assert read_notes(tmp_path / "a", tmp_path / "home") == said
    assert read_notes(tmp_path, tmp_path / "home") == Notes()
    assert said.good == "fine"


def test_what_is_said_last_is_undone() -> None:
    """Of one kind alone: the other stays."""
    said = Notes().with_remark("no duplicates", ["a", "b"]).with_remark("good folder", ["fine"])
    assert said.without_last("no duplicates") == Notes().with_remark("good folder", ["fine"])
    assert Notes().without_last("no duplicates") == Notes()


@given(st.sets(st.text("abcdef", min_size=1, max_size=2), min_size=1, max_size=5), st.sets(st.text("xyz", min_size=1)))
def test_pairs_are_told_apart_once_each(names: set[str], others: set[str]) -> None:
    """No two of the names, and none of the names with one of the others; every pair in the order of its names."""
    apart = Notes().with_remark("no duplicates", sorted(names), sorted(others)).apart
    assert len(apart) == len(names) * (len(names) - 1) // 2 + len(names) * len(others)
    assert all(one < two for one, two in apart)


@pytest.mark.parametrize("content", ["", "[]", '{"version": 9}', '{"version": 1, "remarks": [{"kind": "rm"}]}'])
def test_a_broken_file_is_one_sentence(tmp_path: Path, content: str) -> None:
    """It is named, and not taken for empty."""
    place = notes_place(tmp_path, tmp_path)
    place.parent.mkdir(parents=True)
    place.write_text(content)
    with pytest.raises(InspectionError, match="is broken"):
        read_notes(tmp_path, tmp_path)
