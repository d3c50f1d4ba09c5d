"""A real window, shown and filled, and what tests do to it and read from it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.engine.library import ModelEntry
from desktop.engine.machine.providers import Asked
from desktop.engine.pictures import Pixels
from desktop.engine.scene import PictureSource, Scene
from desktop.engine.sliders.steering import Knob
from desktop.qt_images import to_pixels
from desktop.state.settings import Settings
from desktop.widgets.axis_slider import AxisSlider
from desktop.widgets.picture_view import PictureView
from desktop.window import Window


def open_window(
    qtbot: QtBot,
    entry: ModelEntry,
    picture: PictureSource | None = None,
    asked: Asked = "cpu",
    settings: Settings | None = None,
) -> Window:
    """A window, on the CPU at first, that shows a model's mean, or a picture; whoever asks for it closes it."""
    window = Window([entry], asked, settings)
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(window.session.rendered):
        window.open(entry, picture)
    return window


def scene_of(window: Window) -> Scene:
    """The scene shown."""
    assert window.session.scene is not None
    return window.session.scene


def settled(qtbot: QtBot, window: Window) -> Pixels:
    """The picture, once the newest state is what is shown."""

    def shown() -> bool:
        scene, code = window.session.scene, window.services.steering.code
        return scene is not None and code is not None and np.array_equal(scene.code, code)

    qtbot.waitUntil(shown)
    assert window.session.scene is not None
    return window.session.scene.output


def slider_of(window: Window, index: int = 0) -> AxisSlider:
    """The slider of one axis."""
    return window.picture_page.explore.sliders.row(Knob("axes", index))


def pixels_of(view: PictureView) -> Pixels:
    """The picture in a view."""
    assert view.image is not None
    return to_pixels(view.image)


def files(*paths: Path) -> QMimeData:
    """What a file manager puts into a drag or onto the clipboard."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(window: Window, data: QMimeData) -> None:
    """Drags something onto the window and lets go."""
    buttons, keys, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(50, 50), copy, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), copy, data, buttons, keys))
