"""Who this program is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.i18n import bind, tr
from desktop.widgets.labels import label

ICON_SIDE = 72


class About(QDialog):
    """Icon, version, what it is, its licence, and the versions of what it stands on."""

    def __init__(self, icon: QIcon, parent: QWidget | None = None) -> None:
        """`icon` is the application's."""
        super().__init__(parent)
        bind(self, self.setWindowTitle, "About ConvAE")
        picture = QLabel()
        picture.setPixmap(icon.pixmap(ICON_SIDE, ICON_SIDE))
        picture.setAccessibleName("ConvAE")
        text = QVBoxLayout()
        text.setSpacing(theme.GAP_SMALL)
        title = label("", "title")
        title.setText(f"ConvAE {_version('convae')}")
        text.addWidget(title)
        text.addWidget(label("See and steer what a convolutional autoencoder learnt.", "heading"))
        for sentence in (
            tr("Free software under the MIT licence."),
            tr(
                "Qt for Python {qt}, onnxruntime {runtime}",
                qt=_version("PySide6_Essentials"),
                runtime=runtime_version(),
            ),
        ):
            line = label("", "muted")
            line.setText(sentence)
            text.addWidget(line)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(text, 1)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_LARGE, theme.GAP_LARGE, theme.GAP_LARGE, theme.GAP)
        column.setSpacing(theme.GAP)
        column.addLayout(row)
        column.addWidget(close)
        self.setMinimumWidth(560)


def runtime_version() -> str:
    """The version of whichever onnxruntime is installed; not imported for that."""
    for name in ("onnxruntime-gpu", "onnxruntime"):
        version = _version(name)
        if version:
            return version
    return ""


def _version(name: str) -> str:
    import importlib.metadata  # the window does not need it to open

    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
