"""The map, driven as a user drives it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.engine import pictures
from desktop.engine.embedding import methods
from desktop.engine.embedding.colours import by_kind
from desktop.inspect.page import InspectPage
from desktop.inspect.views.colours import labels
from desktop.widgets.plane.view import PlaneView
from desktop.window import Window
from tests.desktop.inspect.conftest import mouse


def turn_to_map(qtbot: QtBot, page: InspectPage) -> PlaneView:
    """The map, laid out."""
    with qtbot.waitSignal(page.inspection.laid_out):
        page.panels.tabs.click("map")
    qtbot.waitUntil(page.panels.plane.isVisible)
    return page.panels.plane


def empty_place(plane: PlaneView) -> QPointF:
    """Somewhere without a picture."""
    places = (QPointF(x, y) for x in range(20, plane.width(), 10) for y in range(20, plane.height(), 10))
    return next(place for place in places if plane.position_at(place) < 0)


def test_an_empty_place_is_decoded_and_a_drag_is_live(qtbot: QtBot, page: InspectPage) -> None:
    """A press decodes the point under the mouse, a drag shows each picture beside the mouse, and is played after it."""
    plane = turn_to_map(qtbot, page)
    start = empty_place(plane)
    with qtbot.waitSignal(page.inspection.looks.point_decoded):
        mouse(plane, QEvent.Type.MouseButtonPress, start)
    assert page.chosen.reconstruction.title == "Decoded point"
    before, still = page.chosen.reconstruction.image, plane.grab().toImage()
    with qtbot.waitSignal(page.inspection.looks.point_decoded):
        mouse(plane, QEvent.Type.MouseMove, start + QPointF(60, 30))
    assert plane.grab().toImage() != still
    mouse(plane, QEvent.Type.MouseMove, start + QPointF(120, 60))
    with qtbot.waitSignal(plane.painted):
        mouse(plane, QEvent.Type.MouseButtonRelease, start + QPointF(120, 60))
    with qtbot.waitSignal(page.inspection.looks.point_decoded):
        pass  # the morph plays by itself
    assert page.chosen.reconstruction.image != before
    page.views.leave()


def test_a_click_is_that_picture_and_a_double_click_opens_it(
    qtbot: QtBot, page: InspectPage, window: Window, folder: Path
) -> None:
    """The picture under the mouse is the chosen one, hovering shows its name, twice shows it on the Picture page."""
    plane = turn_to_map(qtbot, page)
    place = plane.place_of(4)
    mouse(plane, QEvent.Type.MouseMove, place)
    position = plane.hovered
    assert plane.name(position) == page.inspection.names[position]
    with qtbot.waitSignal(page.inspection.looks.picture_seen):
        mouse(plane, QEvent.Type.MouseButtonPress, place)
    mouse(plane, QEvent.Type.MouseButtonRelease, place)
    assert page.inspection.rows is not None
    assert page.selection.current == page.inspection.rows[position]
    assert page.selected.said.text() == "1 selected:"
    with qtbot.waitSignal(window.session.rendered):
        mouse(plane, QEvent.Type.MouseButtonDblClick, place)
    assert window.session.picture == folder / page.inspection.names[position]
    assert window.page("picture").isVisible()


def test_a_lasso_selects_what_it_holds(qtbot: QtBot, page: InspectPage) -> None:
    """By its own tool, and by Shift with the other; A selects what is in sight, and it stays selected elsewhere."""
    plane = turn_to_map(qtbot, page)
    page.panels.map.tools.buttons["lasso"].click()
    whole = QRectF(plane.rect())
    mouse(plane, QEvent.Type.MouseButtonPress, whole.topLeft())
    for corner in (whole.topRight(), whole.bottomRight()):
        mouse(plane, QEvent.Type.MouseMove, corner)
    with qtbot.waitSignal(plane.lassoed):
        mouse(plane, QEvent.Type.MouseButtonRelease, whole.bottomLeft())
    assert page.selected.said.text() == "25 selected:"
    page.panels.map.tools.buttons["point"].click()
    corner = plane.place_of(0)
    qtbot.mousePress(
        plane, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, (corner - QPointF(9, 9)).toPoint()
    )
    for across, down in ((9, -9), (9, 9)):
        mouse(plane, QEvent.Type.MouseMove, corner + QPointF(across, down))
    mouse(plane, QEvent.Type.MouseButtonRelease, corner + QPointF(-9, 9))
    assert page.inspection.rows is not None
    assert page.inspection.rows[0] in page.selection.rows
    assert len(page.selection.rows) < 25
    qtbot.keyClick(plane, Qt.Key.Key_A)
    assert len(page.selection.rows) == 25
    page.panels.tabs.click("overview")
    assert len(page.panels.grid.selected_rows) == 25


def test_the_map_is_moved_by_keys_and_wheel(qtbot: QtBot, page: InspectPage) -> None:
    """It fills the widget at first; the wheel keeps what is under the mouse, arrows move, 0 shows all again."""
    plane = turn_to_map(qtbot, page)
    places = [plane.place_of(each) for each in range(25)]
    assert min(each.x() for each in places) < 40
    assert max(each.x() for each in places) > plane.width() - 40
    assert min(each.y() for each in places) < 40
    assert max(each.y() for each in places) > plane.height() - 40
    here = QPointF(100, 90)
    before = plane.frame.to_plane(here)
    down, keys = QPoint(0, 240), Qt.KeyboardModifier.NoModifier
    wheel = QWheelEvent(
        here,
        plane.mapToGlobal(here),
        QPoint(),
        down,
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plane, wheel)
    assert plane.frame.zoom == pytest.approx(1.44)
    assert (plane.frame.to_plane(here) - before).manhattanLength() < 1e-6
    centre = plane.frame.centre.x()
    qtbot.keyClick(plane, Qt.Key.Key_Right)
    assert plane.frame.centre.x() > centre
    qtbot.keyClick(plane, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.selection.current >= 0)
    qtbot.keyClick(plane, Qt.Key.Key_0)
    assert plane.frame.zoom == 1.0


def test_kinds_are_named_where_they_lie(qtbot: QtBot, page: InspectPage) -> None:
    """Two folders have two labels; a single kind has none."""
    plane = turn_to_map(qtbot, page)
    assert {label[0] for label in plane.labels} == {"good", "bad"}
    found = labels(plane.cloud.points, by_kind(["one"] * 25))
    assert found == []


def test_a_painted_path_is_saved(qtbot: QtBot, page: InspectPage, window: Window, tmp_path: Path) -> None:
    """As it is played, there and back: twice as many frames as points, the first one like the last."""
    with qtbot.waitSignal(page.inspection.laid_out):
        page.panels.tabs.click("map")
    assert not page.panels.map.film.isEnabled()
    page.panels.plane.painted.emit([QPointF(-0.2, 0), QPointF(0, 0), QPointF(0.2, 0.1)])
    page.views.leave()
    assert page.panels.map.film.isEnabled()
    with qtbot.waitSignal(page.inspection.outputs.written):
        page.panels.map_view.save_film(tmp_path / "film", "frames")
    frames = sorted((tmp_path / "film").iterdir())
    assert len(frames) == 6
    assert np.array_equal(pictures.read(frames[0]).pixels, pictures.read(frames[-1]).pixels)
    assert "film" in window.message.text


def test_another_layout_is_made_in_the_background(
    qtbot: QtBot, page: InspectPage, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it needs what is not installed, the plane stays and it is said; where not, the points move."""
    with qtbot.waitSignal(page.inspection.laid_out):
        page.panels.tabs.click("map")
    monkeypatch.setattr(methods, "is_installed", lambda _: False)
    for plan, extra in (("tsne", "map"), ("umap", "umap")):
        with qtbot.waitSignal(page.inspection.failed):
            page.panels.map.layout_chosen.emit(plan)
        assert f"--extra {extra}" in window.message.text
    assert page.panels.map.plan.currentData() == "pca"
    assert page.inspection.plane is not None


def test_labels_colour_the_map(qtbot: QtBot, page: InspectPage, folder: Path) -> None:
    """A factor of `labels.csv` is a choice beside the folder: kinds have a legend, numbers a scale."""
    rows = [f"{number:02}.png,{('light', 'dark')[number % 2]},{number}" for number in range(4, 20)]
    lines = ["file,shade,length", *rows]
    (folder / "labels.csv").write_text("\n".join(lines), "utf-8")
    with qtbot.waitSignal(page.inspection.indexed):
        page.index_action.trigger()
    with qtbot.waitSignal(page.inspection.laid_out):
        page.panels.tabs.click("map")
    assert "good" in page.panels.map.legend.text()
    assert [page.panels.map.colour.itemText(each) for each in range(3)] == ["Folder", "shade", "length"]
    page.panels.map.colour.setCurrentIndex(1)
    assert "dark" in page.panels.map.legend.text()
    assert "9&nbsp;not&nbsp;known" in page.panels.map.legend.text()
    page.panels.map.colour.setCurrentIndex(2)
    assert page.panels.map.legend.text().startswith("4&nbsp;")
    assert "&nbsp;19" in page.panels.map.legend.text()
