"""Points of the picture dragged, in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.engine.pictures import Picture
from desktop.picture.point_drag import PointDrag
from desktop.widgets.drag_overlay import DragOverlay
from desktop.window import Window
from tests import bundles
from tests.bundles import Floats
from tests.desktop.windows import open_window, settled

LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
SIDE = 32


def moving_blob() -> Floats:
    """A basis of pictures in which a soft spot can be moved: the spot's slopes both ways, and the spot itself."""
    rows, columns = np.mgrid[:SIDE, :SIDE] - (SIDE - 1) / 2
    spot = np.exp(-(rows**2 + columns**2) / 18)
    patterns = [spot, spot * columns, spot * rows, spot * (columns**2 - 9), spot * (rows**2 - 9), spot * rows * columns]
    flat = np.stack([np.repeat(each[..., None], 3, axis=2).reshape(-1) for each in patterns])
    basis: Floats = np.linalg.qr(flat.T)[0].T.astype(np.float32)
    return basis


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    """A window on a model of pictures with a spot, which shows the spot in the middle."""
    bundle = bundles.vector_bundle(tmp_path / "spot", basis=moving_blob())
    window = open_window(qtbot, library.open_entry(bundle.folder), Picture("spot", spot_at(0, 0)))
    yield window
    window.close()


def spot_at(across: float, down: float) -> np.ndarray:
    """A picture with the spot so many pixels from the middle."""
    rows, columns = np.mgrid[:SIDE, :SIDE] - (SIDE - 1) / 2
    spot = 60 + 120 * np.exp(-((rows - down) ** 2 + (columns - across) ** 2) / 18)
    return np.repeat(spot[..., None], 3, axis=2).round().astype(np.uint8)


def centre(picture: np.ndarray) -> tuple[float, float]:
    """Column and row of the brightest part's middle, from the picture's middle."""
    weights = np.clip(picture[..., 0].astype(float) - picture[..., 0].max() * 0.7, 0, None)
    rows, columns = np.mgrid[:SIDE, :SIDE] - (SIDE - 1) / 2
    return float((columns * weights).sum() / weights.sum()), float((rows * weights).sum() / weights.sum())


def overlay_of(drag: PointDrag) -> DragOverlay:
    """The overlay that is seen."""
    return next(overlay for overlay in drag.overlays if overlay.isVisible())


def test_what_is_under_the_mouse_follows(qtbot: QtBot, window: Window) -> None:
    """Pressed on the spot and dragged, the spot moves with the mouse; one undo puts it back."""
    drag, steering = window.picture_page.explore.drag, window.services.steering
    before, steps = settled(qtbot, window), steering.undo_stack.count()
    qtbot.keyClick(window, Qt.Key.Key_G, CONTROL)
    overlay = overlay_of(drag)
    at, to = (overlay.place_of(QPointF(x, SIDE / 2)).toPoint() for x in (SIDE / 2, SIDE / 2 + 3))
    qtbot.mousePress(overlay, LEFT, pos=at)
    qtbot.mouseMove(overlay, to)
    qtbot.waitUntil(lambda: not drag.is_busy)
    qtbot.mouseRelease(overlay, LEFT, pos=to)
    across, down = centre(settled(qtbot, window))
    assert across - centre(before)[0] == pytest.approx(3.0, abs=1.0)
    assert down == pytest.approx(centre(before)[1], abs=0.5)
    assert steering.undo_stack.count() == steps + 1
    assert steering.undo_stack.undoText() == "Drag a point"
    steering.undo_stack.undo()
    assert np.array_equal(settled(qtbot, window), before)


def test_the_keyboard_drags_too(qtbot: QtBot, window: Window) -> None:
    """Space takes hold at the cursor, arrows drag, Space lets go."""
    drag = window.picture_page.explore.drag
    before = settled(qtbot, window)
    window.services.actions["drag.points"].trigger()
    overlay = overlay_of(drag)
    overlay.setFocus()
    qtbot.keyClick(overlay, Qt.Key.Key_Space)
    for _ in range(2):
        qtbot.keyClick(overlay, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: not drag.is_busy)
    qtbot.keyClick(overlay, Qt.Key.Key_Space)
    assert centre(settled(qtbot, window))[1] - centre(before)[1] == pytest.approx(2.0, abs=0.9)
    assert drag._held is None


def test_only_one_mode_has_the_mouse(window: Window) -> None:
    """Painting a region ends dragging, and the other way round; off, the overlay leaves the mouse alone."""
    actions, drag = window.services.actions, window.picture_page.explore.drag
    actions["drag.points"].trigger()
    assert overlay_of(drag)
    actions["region.paint"].setEnabled(True)
    actions["region.paint"].setChecked(True)
    assert not actions["drag.points"].isChecked()
    assert not any(overlay.isVisible() for overlay in drag.overlays)
    actions["drag.points"].trigger()
    assert not actions["region.paint"].isChecked()


def test_another_model_ends_a_drag(qtbot: QtBot, window: Window) -> None:
    """What was held of one model's picture is let go when another one is opened."""
    drag = window.picture_page.explore.drag
    window.services.actions["drag.points"].trigger()
    overlay = overlay_of(drag)
    qtbot.mousePress(overlay, LEFT, pos=overlay.rect().center())
    assert drag._held is not None
    window.services.steering.model_changed.emit(window.services.steering.model)
    assert drag._held is None
