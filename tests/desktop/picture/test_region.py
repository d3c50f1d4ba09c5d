"""A region of the picture, painted in the real window."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.engine.pictures import Picture
from desktop.engine.sliders.steering import Knob
from desktop.picture.region import Region
from desktop.widgets.region_overlay import RegionOverlay
from desktop.window import Window
from export.bundle import Bundle
from tests import bundles
from tests.desktop.windows import open_window
from tests.pictures import gradient

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, free: Bundle) -> Iterator[Window]:
    """A window that shows a picture of 4 x 4 cells through a model of maps."""
    entry = library.open_entry(bundles.enriched(free).folder)
    window = open_window(qtbot, entry, Picture("trained", gradient(32, 32)))
    yield window
    window.close()


@pytest.fixture
def region(window: Window) -> Region:
    """Its region, with a small hard brush, painted on."""
    region = window.picture_page.explore.region
    region.box._size.setValue(1)
    region.box._soft.setChecked(False)
    region.paint.setChecked(True)
    return region


def overlay_of(region: Region) -> RegionOverlay:
    """The overlay that is seen."""
    return next(overlay for overlay in region.overlays if overlay.isVisible())


def middle_of(overlay: RegionOverlay, row: int, column: int) -> QPoint:
    """Where the middle of a cell is on the screen."""
    whole = overlay._on_screen()
    x, y = whole.left() + (column + 0.5) * whole.width() / 4, whole.top() + (row + 0.5) * whole.height() / 4
    return QPoint(round(x), round(y))


def mask_of(window: Window) -> np.ndarray:
    """The state's mask."""
    state = window.services.steering.state
    assert state is not None
    assert state.mask is not None
    return state.mask


def settled(qtbot: QtBot, window: Window) -> np.ndarray:
    """The picture, once the newest state is what is shown."""
    qtbot.waitUntil(
        lambda: np.array_equal(window.session.scene.code, window.services.steering.code)  # type: ignore[union-attr, arg-type]
    )
    assert window.session.scene is not None
    return window.session.scene.output.astype(int)


def test_sliders_act_in_the_painted_cells_only(qtbot: QtBot, window: Window, region: Region) -> None:
    """A click marks a cell, a slider changes the picture there, and nowhere else."""
    before = settled(qtbot, window)
    overlay = overlay_of(region)
    qtbot.mouseClick(overlay, LEFT, pos=middle_of(overlay, 1, 2))
    assert np.argwhere(mask_of(window)).tolist() == [[1, 2]]
    qtbot.keyClick(window.picture_page.explore.sliders.row(Knob("axes", 0)).track, Qt.Key.Key_End)
    change = np.abs(settled(qtbot, window) - before).max(axis=2)
    assert change[8:16, 16:24].max() > 0
    change[8:16, 16:24] = 0
    assert not change.any()


def test_a_stroke_is_one_step_to_undo(qtbot: QtBot, window: Window, region: Region) -> None:
    """Dragged over three cells all are marked; Ctrl+Z takes back the stroke."""
    overlay = overlay_of(region)
    qtbot.mousePress(overlay, LEFT, pos=middle_of(overlay, 0, 0))
    for column in (1, 2):
        qtbot.mouseMove(overlay, middle_of(overlay, 0, column))
    qtbot.mouseRelease(overlay, LEFT, pos=middle_of(overlay, 0, 2))
    assert np.argwhere(mask_of(window)).tolist() == [[0, 0], [0, 1], [0, 2]]
    window.services.steering.undo_stack.undo()
    assert window.services.steering.state is not None
    assert window.services.steering.state.mask is None
    assert overlay.region_mask is None


def test_the_right_button_takes_away(qtbot: QtBot, window: Window, region: Region) -> None:
    """And the last cell taken away leaves no region."""
    overlay = overlay_of(region)
    for column in (0, 1):
        qtbot.mouseClick(overlay, LEFT, pos=middle_of(overlay, 0, column))
    qtbot.mouseClick(overlay, Qt.MouseButton.RightButton, pos=middle_of(overlay, 0, 0))
    assert np.argwhere(mask_of(window)).tolist() == [[0, 1]]
    qtbot.mouseClick(overlay, Qt.MouseButton.RightButton, pos=middle_of(overlay, 0, 1))
    assert window.services.steering.state is not None
    assert window.services.steering.state.mask is None


def test_the_keyboard_picks_cells(qtbot: QtBot, window: Window, region: Region) -> None:
    """Arrows move the brush from cell to cell, Space marks one and unmarks it again."""
    overlay = overlay_of(region)
    qtbot.keyClick(overlay, Qt.Key.Key_Up)
    qtbot.keyClick(overlay, Qt.Key.Key_Space)
    assert np.argwhere(mask_of(window)).tolist() == [[1, 2]]
    qtbot.keyClick(overlay, Qt.Key.Key_Right)
    qtbot.keyClick(overlay, Qt.Key.Key_Space)
    qtbot.keyClick(overlay, Qt.Key.Key_Space)
    assert np.argwhere(mask_of(window)).tolist() == [[1, 2]]


def test_invert_and_clear(qtbot: QtBot, window: Window, region: Region) -> None:
    """Everything else, and everywhere; both wait for a region."""
    assert not region.invert.isEnabled()
    overlay = overlay_of(region)
    qtbot.mouseClick(overlay, LEFT, pos=middle_of(overlay, 0, 0))
    region.invert.trigger()
    assert mask_of(window).sum() == 15
    region.clear.trigger()
    assert window.services.steering.state is not None
    assert window.services.steering.state.mask is None
    assert not region.clear.isEnabled()


def test_a_random_code_fills_the_region(qtbot: QtBot, window: Window, region: Region) -> None:
    """Random changes the marked cells and leaves the rest of the picture."""
    before = settled(qtbot, window)
    overlay = overlay_of(region)
    qtbot.mouseClick(overlay, LEFT, pos=middle_of(overlay, 3, 3))
    qtbot.mouseClick(window.picture_page.explore.start.random, LEFT)
    after = settled(qtbot, window)
    assert not np.array_equal(after, before)
    after[24:, 24:] = before[24:, 24:]
    assert np.array_equal(after, before)


def test_a_soft_brush_has_a_soft_edge(qtbot: QtBot, window: Window, region: Region) -> None:
    """Cells at its edge are covered in part."""
    region.box._soft.setChecked(True)
    region.box._size.setValue(3)
    overlay = overlay_of(region)
    qtbot.mouseClick(overlay, LEFT, pos=middle_of(overlay, 1, 1))
    assert ((mask_of(window) > 0) & (mask_of(window) < 1)).any()


def test_the_grid_lies_on_the_picture_however_it_is_shown(qtbot: QtBot, window: Window) -> None:
    """A picture that is no multiple has cells over its margins too; zoomed in, the cells follow."""
    region = window.picture_page.explore.region
    with qtbot.waitSignal(window.session.rendered):
        window.open(picture=Picture("odd", gradient(30, 44)))
    overlay = overlay_of(region)
    assert region.cells == (4, 6)
    corner = window.picture_page.compare.comparison.viewport.target(QSizeF(overlay.size())).topLeft()
    assert overlay.cell_at(QPointF(corner)) == QPointF(0, 0)
    scale = window.picture_page.compare.comparison.viewport.scale(QSizeF(overlay.size()))
    assert overlay.cell_at(corner + QPointF(44, 30) * scale).x() == pytest.approx(44 / 8)
    assert overlay.cell_at(corner + QPointF(44, 30) * scale).y() == pytest.approx(30 / 8)
    window.picture_page.compare.comparison.viewport.zoom_to(40.0, QPointF(50, 50), QSizeF(overlay.size()))
    at = overlay.cell_at(QPointF(50, 50))
    assert overlay.cell_at(QPointF(50 + 40 * 8, 50)).x() == pytest.approx(at.x() + 1)


def test_a_vector_has_no_region(qtbot: QtBot, window: Window, vector: Bundle) -> None:
    """Where the code has no places there is nothing to paint on."""
    region = window.picture_page.explore.region
    region.paint.setChecked(True)
    with qtbot.waitSignal(window.session.rendered):
        window.open(library.open_entry(vector.folder))
    assert not region.paint.isEnabled()
    assert not region.paint.isChecked()
    assert region.box.isHidden()
    assert not any(overlay.isVisible() for overlay in region.overlays)
