"""What the tests of the Inspect page share: a window on it, a folder, and how its grid is read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.engine.library import ModelEntry
from desktop.engine.picture_writer import save_png
from desktop.inspect.page import InspectPage
from desktop.state.settings import Settings
from desktop.widgets.thumbnail_grid import MARK_ROLE
from desktop.window import Window
from tests.desktop.engine.conftest import varied
from tests.desktop.windows import open_window


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept goes nowhere near the user's own."""
    monkeypatch.setattr("desktop.engine.folder.index.platformdirs.user_data_path", lambda *_, **__: tmp_path / "home")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twenty good pictures, one of them twice, and four with a black corner."""
    place = tmp_path / "parts"
    for name in ("good", "bad"):
        (place / name).mkdir(parents=True)
    for number in range(20):
        save_png(place / "good" / f"{number:02}.png", varied(number))
    (place / "good" / "copy.png").write_bytes((place / "good" / "07.png").read_bytes())
    for number in range(4):
        picture = varied(100 + number)
        picture[:8, :8] = 0
        save_png(place / "bad" / f"{number:02}.png", picture)
    return place


@pytest.fixture
def window(qtbot: QtBot, entry: ModelEntry, tmp_path: Path) -> Iterator[Window]:
    """A window on its Inspect page, with a model."""
    window = open_window(qtbot, entry, settings=Settings(tmp_path / "config" / "settings.json"))
    window.show_page("inspect")
    yield window
    window.close()


@pytest.fixture
def page(qtbot: QtBot, window: Window, folder: Path) -> InspectPage:
    """The page with its folder indexed."""
    page = page_of(window)
    page.bar.folder.set_path(folder)
    with qtbot.waitSignal(page.inspection.indexed):
        page.index_action.trigger()
    return page


def page_of(window: Window) -> InspectPage:
    """The Inspect page."""
    page = window.page("inspect")
    assert isinstance(page, InspectPage)
    return page


def find_anomalies(qtbot: QtBot, page: InspectPage) -> None:
    """Finds the anomalies, with the good folder that the page suggests."""
    with qtbot.waitSignal(page.inspection.scored):
        page.finds.anomalies.trigger()


def grouped(page: InspectPage) -> list[list[str]]:
    """The groups of duplicates that are shown."""
    return [[page.inspection.name_of(row) for row in group] for group in page.panels.groups.groups.groups]


def names(page: InspectPage) -> list[str]:
    """What the grid shows, in its order."""
    model = page.panels.grid.pictures
    return [str(model.data(model.index(each), Qt.ItemDataRole.ToolTipRole)) for each in range(model.rowCount())]


def marked(page: InspectPage) -> int:
    """How many pictures have an outline."""
    model = page.panels.grid.pictures
    return sum(bool(model.data(model.index(each), MARK_ROLE)) for each in range(model.rowCount()))


def mouse(widget: QWidget, kind: QEvent.Type, position: QPointF) -> None:
    """One event of the left button."""
    button = Qt.MouseButton.LeftButton
    changes = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else button
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
    place = widget.mapToGlobal(position)
    QApplication.sendEvent(widget, QMouseEvent(kind, position, place, changes, held, Qt.KeyboardModifier.NoModifier))
