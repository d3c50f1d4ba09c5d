"""Pictures of a folder before they are encoded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from desktop.engine.folder.encoding import THUMBNAIL_SIDE
from desktop.engine.picture_writer import save_png
from desktop.inspect.early import WAITING, Early, _newest
from tests.pictures import gradient


@pytest.fixture
def early(qapp: QCoreApplication) -> Iterator[Early]:
    """Of no folder."""
    early = Early(qapp)
    yield early
    early.stop()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Three pictures, of which the second is broken."""
    for name in ("a", "c"):
        save_png(tmp_path / f"{name}.png", gradient(300, 200))
    (tmp_path / "b.png").write_bytes(b"no picture")
    return tmp_path


def wait_for(qtbot: QtBot, early: Early, position: int) -> bytes:
    """The thumbnail, once there is one."""
    qtbot.waitUntil(lambda: early.thumbnail(position) is not None)
    found = early.thumbnail(position)
    assert found is not None
    return found


def test_names_come_first_and_thumbnails_when_they_are_asked_for(qtbot: QtBot, early: Early, pictures: Path) -> None:
    """A broken picture has an empty one, so that it is not asked for again, and keeps none of the others waiting."""
    with qtbot.waitSignal(early.listed):
        early.open(pictures)
    assert early.names == ["a.png", "b.png", "c.png"]
    assert (early.name(1), early.name(9)) == ("b.png", "")
    assert early.thumbnail(9) is None
    with qtbot.waitSignal(early.arrived):
        assert early.thumbnail(0) is None
    assert wait_for(qtbot, early, 1) == b""
    for position in (0, 2):
        with Image.open(io.BytesIO(wait_for(qtbot, early, position))) as image:
            assert max(image.size) == THUMBNAIL_SIDE


def test_another_folder_forgets_the_first(qtbot: QtBot, early: Early, pictures: Path, tmp_path: Path) -> None:
    """What is still read of the old one shows up under no name of the new one."""
    with qtbot.waitSignal(early.listed):
        early.open(pictures)
    early.thumbnail(0)
    (tmp_path / "other").mkdir()
    save_png(tmp_path / "other" / "z.png", gradient(8, 8))
    with qtbot.waitSignal(early.listed):
        early.open(tmp_path / "other")
    assert early.names == ["z.png"]
    with Image.open(io.BytesIO(wait_for(qtbot, early, 0))) as image:
        assert image.size == (8, 8)
    early.forget()
    assert (early.names, early.thumbnail(0)) == ([], None)


def test_no_more_wait_than_can_be_in_sight(qtbot: QtBot, early: Early, pictures: Path) -> None:
    """Those that were asked for longest ago are let go."""
    with qtbot.waitSignal(early.listed):
        early.open(pictures)
    early.names = [f"{number}.png" for number in range(3 * WAITING)]
    for number in range(len(early.names)):
        early.thumbnail(number)
    assert len(early._wanted) <= WAITING
    assert early._wanted[-1] == len(early.names) - 1


@given(st.lists(st.lists(st.integers(0, 1000), min_size=1, unique=True).map(sorted), min_size=1, max_size=4))
def test_the_uppermost_of_the_last_view_is_next(views: list[list[int]]) -> None:
    """A view asks from above to below: the first of the last rising stretch."""
    wanted = [number for view in views for number in view]
    place = _newest(wanted)
    assert wanted[place:] == sorted(wanted[place:])
    assert place == 0 or wanted[place - 1] >= wanted[place]
