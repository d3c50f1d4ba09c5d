"""What was dropped or pasted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from desktop.engine.pictures import Picture
from desktop.qt_images import to_pixels


def is_welcome(data: QMimeData) -> bool:
    """Whether it may hold a picture or files."""
    return data.hasUrls() or data.hasImage()


def content(data: QMimeData) -> list[Path] | Picture | None:
    """The files of this computer; else the picture itself; None when there is neither."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if paths:
        return paths
    image = data.imageData() if data.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        return Picture("Pasted picture", to_pixels(image))
    return None
