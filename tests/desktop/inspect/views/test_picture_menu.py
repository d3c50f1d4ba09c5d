"""The menu of the right button, in every view of the Inspect page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.inspect.page import InspectPage

RIGHT = Qt.MouseButton.RightButton


def texts(menu: QMenu) -> list[str]:
    """What it offers."""
    return [action.text() for action in menu.actions() if not action.isSeparator()]


@pytest.mark.parametrize(
    ("view", "own"),
    [
        ("overview", ["Add to more", "Add to less"]),
        ("anomalies", ["Not an anomaly", "Missed"]),
        ("duplicates", ["Not a duplicate"]),
        ("map", ["Make slider…", "Add to more", "Add to less"]),
    ],
)
def test_it_offers_what_the_view_can_do(qtbot: QtBot, page: InspectPage, view: str, own: list[str]) -> None:
    """With the picture that is chosen, and says where its file is; without a picture there is none."""
    page.menu.open(QPoint(10, 10))
    assert QApplication.activePopupWidget() is None
    page.views.show(view)
    qtbot.waitUntil(lambda: not page.inspection.busy)
    assert page.inspection.rows is not None
    page.selection.choose(int(page.inspection.rows[0]))
    menu = page.menu.menu()
    assert texts(menu) == ["Open picture", "Find similar", *own, "Move…", "Export…", "Show in folder", "Copy path"]
    menu.actions()[-1].trigger()
    assert QGuiApplication.clipboard().text() == str(page.files.current_path())


def test_a_click_of_the_right_button_on_the_map_asks_for_it(qtbot: QtBot, page: InspectPage) -> None:
    """The picture there is chosen, unless it is one of those selected; a drag with that button moves the plane."""
    page.views.show("map")
    plane, asked = page.panels.plane, list[QPoint]()
    qtbot.waitUntil(lambda: plane.isVisible() and page.inspection.plane is not None and not page.inspection.busy)
    page.panels.menu_asked.disconnect(page.menu.open)
    page.panels.menu_asked.connect(asked.append)
    place = plane.place_of(3).toPoint()
    qtbot.mousePress(plane, RIGHT, pos=place)
    qtbot.mouseMove(plane, place + QPoint(40, 0))
    qtbot.mouseRelease(plane, RIGHT, pos=place + QPoint(40, 0))
    assert not asked
    place = plane.place_of(3).toPoint()
    position = plane.position_at(plane.place_of(3))
    qtbot.mouseClick(plane, RIGHT, pos=place)
    assert asked == [plane.mapToGlobal(place)]
    assert plane.current == position
