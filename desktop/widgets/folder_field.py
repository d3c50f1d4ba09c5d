"""A line for the path of a folder, with a button that asks for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from desktop import theme
from desktop.i18n import bind, tr
from desktop.widgets.labels import button


class FolderField(QWidget):
    """A folder that is typed or chosen.

    Signals:
        changed(): There is another path.
    """

    changed = Signal()

    def __init__(self, name: str, hint: str) -> None:
        """`name` and `hint` are in English."""
        super().__init__()
        self.line = QLineEdit()
        bind(self.line, self.line.setAccessibleName, name)
        bind(self.line, self.line.setPlaceholderText, hint)
        self.choose = button("Choose…", name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP_SMALL)
        row.addWidget(self.line, 1)
        row.addWidget(self.choose)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self.changed)
        self.choose.clicked.connect(self._ask)

    @property
    def path(self) -> Path | None:
        """The folder; None where nothing is typed."""
        text = self.line.text().strip()
        return Path(text).expanduser() if text else None

    def set_path(self, path: Path) -> None:
        """Shows a path."""
        self.line.setText(str(path))

    @Slot()
    def _ask(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Choose a folder"), self.line.text())
        if name:
            self.line.setText(name)
