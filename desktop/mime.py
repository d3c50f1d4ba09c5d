"""What was dropped or pasted, and what is dragged out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
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


def elsewhere(data: QMimeData) -> list[str]:
    """Addresses that are not of this computer's files, and that nothing can stand in for: no file and no picture."""
    if any(url.isLocalFile() for url in data.urls()) or not data.hasImage():
        return [url.toDisplayString() for url in data.urls() if not url.isLocalFile()]
    return []


def of_picture(path: Path, image: QImage) -> QMimeData:
    """A picture for other programs: as the file that it was written to, and as it is."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    data.setImageData(image)
    return data
