"""The picture in work, small, with its name."""

from __future__ import annotations

import functools
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from desktop.engine import pictures
from desktop.i18n import bind
from desktop.qt_images import to_qimage
from desktop.widgets.labels import label
from desktop.widgets.rows import row
from desktop.worker import Worker

SIDE = 40  # device-independent pixels


class WorkView(QWidget):
    """Hidden while there is none; pictures that come too quickly to be read are passed over."""

    def __init__(self) -> None:
        """Hidden."""
        super().__init__()
        self.name, self.picture = label("", "muted"), QLabel()
        self.picture.setFixedSize(QSize(SIDE, SIDE))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        bind(self.picture, self.picture.setAccessibleName, "Picture in work")
        self._worker, self._path, self._reading = Worker(self), Path(), False
        self.setLayout(row(self.picture, self.name, None))
        self.hide()

    def show_path(self, path: Path | None, name: str) -> None:
        """Another one; None: none."""
        self.setVisible(path is not None)
        if path is None or path == self._path:
            return
        self._path = path
        self.name.setText(name)
        if not self._reading:
            self._reading = True
            read = functools.partial(_small, path)
            self._worker.submit(read, self._show, self._pass_over)

    def stop(self) -> None:
        """Ends the thread."""
        self._worker.stop()

    def _show(self, image: QImage) -> None:
        self._reading = False
        self.picture.setPixmap(QPixmap.fromImage(image))

    def _pass_over(self, _: Exception) -> None:
        self._reading = False


def _small(path: Path) -> QImage:
    smooth, keep = Qt.TransformationMode.SmoothTransformation, Qt.AspectRatioMode.KeepAspectRatio
    return to_qimage(pictures.thumbnail(path, 2 * SIDE)).scaled(SIDE, SIDE, keep, smooth)
