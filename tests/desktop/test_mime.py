"""What was dropped, pasted, or is dragged out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData, QUrl
from pytestqt.qtbot import QtBot

from desktop import mime
from desktop.engine.pictures import Picture
from desktop.qt_images import to_qimage
from tests.pictures import gradient


def test_files_come_before_the_picture(qtbot: QtBot) -> None:  # noqa: ARG001  (the application must exist)
    """A browser gives both: the file is what was meant, where it is one of this computer's."""
    data = mime.of_picture(Path("/a/b.png"), to_qimage(gradient(4, 6)))
    assert mime.is_welcome(data)
    assert mime.content(data) == [Path("/a/b.png")]
    assert mime.elsewhere(data) == []


def test_a_picture_alone_is_taken_as_it_is(qtbot: QtBot) -> None:  # noqa: ARG001
    """Its pixels are those that were pasted, even where an address that is no file comes with it."""
    data, pixels = QMimeData(), gradient(4, 6)
    data.setImageData(to_qimage(pixels))
    data.setUrls([QUrl("https://example.org/a.png")])
    found = mime.content(data)
    assert isinstance(found, Picture)
    assert np.array_equal(found.pixels, pixels)
    assert mime.elsewhere(data) == []


def test_addresses_of_other_computers_are_named() -> None:
    """There is nothing to show of them."""
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/a.png")])
    assert mime.content(data) is None
    assert mime.elsewhere(data) == ["https://example.org/a.png"]
    assert not mime.is_welcome(QMimeData())
