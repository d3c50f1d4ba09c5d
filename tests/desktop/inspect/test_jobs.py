"""Three jobs that people come to the Inspect page for, by events of mouse and keyboard, each within its actions."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.engine.sliders.steering import Knob
from desktop.inspect.page import InspectPage
from desktop.window import Window
from tests.desktop.inspect.conftest import grouped, marked, mouse, names, page_of
from tests.desktop.windows import drop, files


class User:
    """Does one thing after another, and counts: a click, a drag, a key or a drop each."""

    def __init__(self, qtbot: QtBot, window: Window) -> None:
        self._qtbot, self.window, self.actions = qtbot, window, 0

    def drop(self, path: Path) -> None:
        """Drops a file or a folder on the window."""
        self.actions += 1
        drop(self.window, files(path))

    def click(self, widget: QWidget, place: QRect | None = None) -> None:
        """Clicks a widget that can be seen, in its middle or in the middle of a part of it."""
        self.actions += 1
        assert widget.isVisible()
        assert widget.isEnabled()
        middle = (widget.rect() if place is None else place).center()
        self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=middle)

    def click_item(self, view: QAbstractItemView, row: int, column: int = 0) -> None:
        """Clicks one picture."""
        self._qtbot.waitUntil(view.isVisible)
        index = view.model().index(row, column)
        view.scrollTo(index)
        self.click(view.viewport(), view.visualRect(index))

    def turn(self, name: str) -> None:
        """Clicks a tab of the Inspect page."""
        tabs = page_of(self.window).panels.tabs
        place = next(each for each in range(tabs.count()) if tabs.tabData(each) == name)
        self.click(tabs, tabs.tabRect(place))

    def key(self, widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Presses a key, perhaps with another held."""
        self.actions += 1
        widget.window().activateWindow()
        self._qtbot.waitUntil(lambda: widget.window().isActiveWindow() and widget.isVisible())
        self._qtbot.keyClick(widget, key, held)


@pytest.fixture
def user(qtbot: QtBot, window: Window) -> User:
    """In front of a window that was just opened."""
    return User(qtbot, window)


def opened(qtbot: QtBot, user: User, folder: Path) -> InspectPage:
    """The page, once a folder that is dropped on it is indexed."""
    page = page_of(user.window)
    with qtbot.waitSignal(page.inspection.indexed):
        user.drop(folder)
    return page


def test_the_bad_parts_are_found_believed_moved_and_undone(qtbot: QtBot, user: User, folder: Path) -> None:
    """Which are bad, where, and why do I believe it; away with them, and back: in 8 actions at most."""
    page = opened(qtbot, user, folder)
    user.turn("anomalies")
    with qtbot.waitSignal(page.inspection.scored):
        user.click(page.views.blank.button)
    assert {name.split("/")[0] for name in names(page)[:4]} == {"bad"}
    assert "made-up defects it would find" in page.panels.anomalies.trust.text()
    assert "aligned" in page.panels.anomalies.trust.text()
    with qtbot.waitSignal(page.inspection.looks.picture_seen):
        user.click_item(page.panels.grid, 0)
    assert page.chosen.picture.title == "Where it is anomalous"
    assert "Chance that a good picture is as anomalous" in page.chosen.facts.text()
    count = marked(page)
    button = next(each for each in page.findChildren(QPushButton) if each.text() == "Move anomalies")
    with qtbot.waitSignal(page.inspection.outputs.moved):
        user.click(button)
    away = folder.with_name("parts-anomalies")
    assert len(list(away.rglob("*.png"))) == count
    with qtbot.waitSignal(page.inspection.outputs.move_undone):
        user.key(page.panels.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(list(folder.rglob("*.png"))) == 25
    print(f"job 8: {user.actions} actions")
    assert user.actions <= 8


def test_the_best_duplicates_are_kept_and_one_pair_is_none(qtbot: QtBot, user: User, folder: Path) -> None:
    """All duplicates of a folder, the best of each kept, one pair told apart: in 6 actions at most."""
    (folder / "good" / "again.png").write_bytes((folder / "good" / "11.png").read_bytes())
    page = opened(qtbot, user, folder)
    page.panels.duplicates.slider.setValue(0)  # the tiny model takes more for alike
    with qtbot.waitSignal(page.inspection.qualities_found):
        user.turn("duplicates")
    assert len(grouped(page)) == 2
    line = next(line for line, group in enumerate(grouped(page)) if "good/copy.png" in group)
    user.click_item(page.panels.groups, line, 1)
    user.click(page.selected.buttons["inspect.apart"])
    assert grouped(page) == [["good/11.png", "good/again.png"]]
    button = next(each for each in page.findChildren(QPushButton) if each.text() == "Keep the best of each")
    with qtbot.waitSignal(page.inspection.outputs.moved):
        user.click(button)
    assert [path.name for path in folder.with_name("parts-duplicates").rglob("*.png")] == ["again.png"]
    assert (folder / "good" / "copy.png").exists()
    print(f"job 9: {user.actions} actions")
    assert user.actions <= 6


def test_a_cluster_becomes_a_slider_that_is_used_on_a_new_photo(
    qtbot: QtBot, user: User, folder: Path, photo: Path
) -> None:
    """The folder as a map, a cluster circled, a slider made of it and moved on another one: in 8 actions at most."""
    page = opened(qtbot, user, folder)
    with qtbot.waitSignal(page.inspection.laid_out):
        user.turn("map")
    plane = page.panels.plane
    qtbot.waitUntil(plane.isVisible)
    bad = [place for place, name in enumerate(page.inspection.names) if name.startswith("bad/")]
    circle(plane, [plane.place_of(each) for each in bad])
    user.actions += 1
    assert page.inspection.rows is not None
    assert set(page.inspection.rows[bad]) <= set(page.selection.rows)
    assert len(page.selection.rows) < 25
    user.click(page.selected.buttons["inspect.slider"])
    assert page.concepts.name.hasFocus()
    window = user.window
    with qtbot.waitSignals([page.inspection.outputs.concept_made, window.session.model_changed]):
        user.key(page.concepts.name, Qt.Key.Key_Return)
    with qtbot.waitSignal(window.session.rendered):
        user.drop(photo)
    qtbot.waitUntil(lambda: window.session.picture == photo and window.picture_page.isVisible())
    slider = window.picture_page.explore.sliders.row(Knob("concepts", 0))
    assert slider.name == "Selected pictures"
    before = window.services.steering.code
    with qtbot.waitSignal(window.session.rendered):
        user.key(slider.track, Qt.Key.Key_Right)
    assert before is not None
    assert (window.services.steering.code != before).any()
    print(f"job 10: {user.actions} actions")
    assert user.actions <= 8


def circle(plane: QWidget, places: list[QPointF]) -> None:
    """Shift and a drag around some places of the map."""
    left, right = min(each.x() for each in places) - 8, max(each.x() for each in places) + 8
    top, bottom = min(each.y() for each in places) - 8, max(each.y() for each in places) + 8
    corners = [QPointF(left, top), QPointF(right, top), QPointF(right, bottom), QPointF(left, bottom)]
    place, button = plane.mapToGlobal(corners[0]), Qt.MouseButton.LeftButton
    shift = Qt.KeyboardModifier.ShiftModifier
    press = QMouseEvent(QEvent.Type.MouseButtonPress, corners[0], place, button, button, shift)
    QApplication.sendEvent(plane, press)
    for corner in corners[1:]:
        mouse(plane, QEvent.Type.MouseMove, corner)
    mouse(plane, QEvent.Type.MouseButtonRelease, corners[-1])
