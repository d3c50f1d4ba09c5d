"""The folder that is inspected, and where its good pictures are."""

from __future__ import annotations

import functools
from pathlib import Path

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QPushButton, QWidget

from desktop import theme
from desktop.i18n import mark, tr
from desktop.widgets import plain
from desktop.widgets.folder_field import FolderField
from desktop.widgets.labels import ActionButton, label

LARGEST_NAME, HALF_NAME = 24, 11  # characters of the good folder that are shown, and of its two ends if it is longer
MOST_FOLDERS = 20  # in the menu


class GoodFolder(QPushButton):
    """Which folder has the good pictures: a sub-folder, the folder itself, or one elsewhere.

    Signals:
        picked(path): The user wants another one.
    """

    picked = Signal(object)

    def __init__(self) -> None:
        """None yet."""
        super().__init__()
        self._folder: Path | None = None
        self._path: Path | None = None
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)
        self._name()

    @property
    def path(self) -> Path | None:
        """The folder of good pictures; None before there is one."""
        return self._path

    def set_path(self, path: Path | None, folder: Path | None = None) -> None:
        """Shows another one, of the inspected `folder`, where that is another too."""
        self._path, self._folder = path, folder or self._folder
        self._name()

    def suggest(self, folder: Path, name: str) -> None:
        """Shows the folder of that name in the inspected one; without it the one called good, or else all of it."""
        usual = folder / "good" if (folder / "good").is_dir() else folder
        self.set_path(folder / name if name and (folder / name).is_dir() else usual, folder)

    def pick(self, path: Path) -> None:
        """Takes a folder as the user does."""
        self.set_path(path)
        self.picked.emit(path)

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
        super().changeEvent(event)

    def _name(self) -> None:
        self.setEnabled(self._folder is not None)
        self.setAccessibleName(tr("Folder of good pictures"))
        shown = tr("none") if self._path is None else self._title(self._path)
        name = shown if len(shown) <= LARGEST_NAME else f"{shown[:HALF_NAME]}…{shown[-HALF_NAME:]}"
        self.setText(tr("Good: {name}", name=name))
        tip = tr("The folder of good pictures, on which the detector of anomalies is fitted")
        self.setToolTip(plain.tip(tip if self._path is None else f"{tip}\n{self._path}"))

    def _title(self, path: Path) -> str:
        if path == self._folder:
            return tr("all pictures")
        inside = self._folder is not None and path.is_relative_to(self._folder)
        return path.relative_to(self._folder).as_posix() if inside and self._folder is not None else path.name

    @Slot()
    def _fill(self) -> None:
        """The folders to choose from, as they are now."""
        menu = self.menu()
        menu.clear()
        if self._folder is None:
            return
        try:
            inside = sorted(each for each in self._folder.iterdir() if each.is_dir() and not each.name.startswith("."))
        except OSError:
            inside = []
        for path in (self._folder, *inside[:MOST_FOLDERS]):
            action = QAction(self._title(path).replace("&", "&&"), menu, checkable=True)
            action.setChecked(path == self._path)
            action.triggered.connect(functools.partial(self._pick, path))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(tr("Another folder…")).triggered.connect(self._ask)

    def _pick(self, path: Path, _checked: bool = False) -> None:
        self.pick(path)

    @Slot()
    def _ask(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Choose a folder of good pictures"), str(self._path or ""))
        if name:
            self.pick(Path(name))


class FolderBar(QWidget):
    """One line: the folder, where its good pictures are, and Index.

    Signals:
        chosen(): The user wants this folder inspected.
    """

    chosen = Signal()

    def __init__(self, index: QAction) -> None:
        """`index` encodes what is new in the folder."""
        super().__init__()
        self.folder = FolderField(mark("Folder to inspect"), mark("A folder of pictures; sub-folders are searched too"))
        self.good = GoodFolder()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP_SMALL)
        row.addWidget(label("Inspect", "title"))
        row.addWidget(self.folder, 1)
        row.addWidget(self.good)
        row.addWidget(ActionButton(index))
        self._before = self.folder.path
        self.folder.line.returnPressed.connect(self.chosen)
        self.folder.choose.pressed.connect(self._note)
        self.folder.choose.clicked.connect(self._follow)  # after the field's own dialog

    @Slot()
    def ask(self) -> None:
        """Asks for a folder, which is then inspected."""
        self.folder.choose.click()

    @Slot()
    def _note(self) -> None:
        self._before = self.folder.path

    @Slot()
    def _follow(self) -> None:
        """A folder that was chosen in the dialog is inspected at once."""
        if self.folder.path != self._before:
            self.chosen.emit()
