"""The picture and what the model makes of it: the centre of the Picture page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme, wording
from desktop.engine import saving
from desktop.engine.errors import PictureError
from desktop.engine.rendering import Scene
from desktop.i18n import tr
from desktop.services import Services
from desktop.widgets.comparison import Comparison
from desktop.widgets.labels import ActionButton, label

SAVED_FILES = "PNG (*.png);;JPEG (*.jpg);;WebP (*.webp);;TIFF (*.tiff)"


class ComparePane(QWidget):
    """Title, the actions on a picture, and the comparison; it follows the session."""

    def __init__(self, services: Services) -> None:
        """Empty views that say what to do."""
        super().__init__()
        self._services, self._session = services, services.session
        self.title, self.subtitle = label("", "title"), label("", "muted")
        self.comparison = Comparison()
        self.save = services.actions.add(
            "picture.save",
            "file",
            "Save picture…",
            self._ask_where_to_save,
            keys=QKeySequence.StandardKey.Save,
            tip="Save the decoded picture at its own size and place",
            page="picture",
        )
        self.save_button = ActionButton(self.save)
        self.open_button = ActionButton(services.actions["file.open"], primary=True)
        self.paste_button = ActionButton(services.actions["edit.paste"])
        self._lay_out()
        self._session.rendered.connect(self._show_scene)
        self._session.model_changed.connect(self._show_waiting)
        services.models_changed.connect(self._show_waiting)
        self._show_waiting()

    def save_output(self, path: Path) -> None:
        """Writes the decoded picture at the original's own size and place, in the format that the suffix names."""
        if self._session.scene is None:
            return
        try:
            saving.save(path, *self._session.scene.result())
        except PictureError as error:
            self._services.warned.emit(str(error))
        else:
            self._services.told.emit(tr("Saved {path}.", path=path))

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._show_waiting()
            if self._session.scene is not None:
                self._show_scene(self._session.scene)
        super().changeEvent(event)

    def _lay_out(self) -> None:
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self.title)
        titles.addWidget(self.subtitle)
        head = QHBoxLayout()
        head.setSpacing(theme.GAP_SMALL)
        head.addLayout(titles, 1)
        for each in (self.paste_button, self.save_button, self.open_button):
            head.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(head)
        column.addWidget(self.comparison, 1)

    @Slot()
    def _show_waiting(self) -> None:
        """What the page says while nothing is shown."""
        self.save.setEnabled(self._session.scene is not None)
        if self._session.scene is None:
            has_model = self._session.model is not None
            self.title.setText(tr("No picture yet"))
            self.subtitle.setText("" if has_model else tr("There is no model to show pictures with"))
            self.comparison.set_hints(has_model=has_model)

    @Slot(object)
    def _show_scene(self, scene: Scene) -> None:
        self.title.setText(wording.title(scene))
        self.subtitle.setText(wording.subtitle(scene))
        self.comparison.set_hints(has_model=True)
        self.comparison.show_scene(scene)
        self.save.setEnabled(True)

    @Slot()
    def _ask_where_to_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, tr("Save the decoded picture"), "decoded.png", SAVED_FILES)
        if name:
            self.save_output(Path(name))
