"""The pictures beside a picture, and the orders in which pictures are shown."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.folder.order import natural, ordered, siblings


def test_siblings_are_the_pictures_of_the_folder_by_name(tmp_path: Path) -> None:
    """Numbers count by their value; hidden files, folders and other files are left out, but never the picture asked."""
    for name in ("10.png", "2.PNG", "notes.txt", ".hidden.png", "odd.xyz"):
        (tmp_path / name).touch()
    (tmp_path / "folder.png").mkdir()
    assert [path.name for path in siblings(tmp_path / "10.png")] == ["2.PNG", "10.png"]
    assert [path.name for path in siblings(tmp_path / "odd.xyz")] == ["2.PNG", "10.png", "odd.xyz"]
    assert siblings(tmp_path / "gone" / "a.png") == []


def test_by_name_a_folder_comes_before_those_below_it() -> None:
    """Whatever their names are."""
    paths = [Path("a/b/1.png"), Path("a/z.png"), Path("a/10.png"), Path("a/9.png")]
    assert ordered(paths, "name") == [Path("a/9.png"), Path("a/10.png"), Path("a/z.png"), Path("a/b/1.png")]


def test_by_date_the_newest_is_first_and_what_is_gone_last(tmp_path: Path) -> None:
    """Pictures of one time keep the order of their names."""
    paths = [tmp_path / name for name in ("old.png", "gone.png", "new.png", "also-new.png")]
    for path, time in ((paths[0], 10), (paths[2], 20), (paths[3], 20)):
        path.touch()
        os.utime(path, (time, time))
    assert [path.stem for path in ordered(paths, "date")] == ["also-new", "new", "old", "gone"]


def test_by_psnr_the_worst_is_first_and_the_unknown_last() -> None:
    """Those of which nothing is known stand by name."""
    known = {Path("a.png"): 30.0, Path("c.png"): 20.0}
    paths = [Path(f"{name}.png") for name in "dcba"]
    assert [path.stem for path in ordered(paths, "psnr", known)] == ["c", "a", "b", "d"]


@given(st.lists(st.text(max_size=8), max_size=8))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    """Digits of every script among them; names that differ in case alone have an order of their own."""
    backwards = names[::-1]
    assert sorted(backwards, key=natural) == sorted(names, key=natural)
