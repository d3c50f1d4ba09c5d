"""The File menu: pictures, models and sessions are asked for here, and the recent pictures offered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop.engine.errors import EXPECTED
from desktop.engine.picture_formats import open_patterns
from desktop.engine.scene import Subject, file_of
from desktop.i18n import bind, mark, told, tr
from desktop.shell.session_keeper import SessionKeeper
from desktop.state.services import Services
from desktop.widgets import plain, save_dialog
from desktop.widgets.save_dialog import FileKind

PICTURE_FILES = mark("Pictures ({endings});;All files (*)")
MODEL_FILES = mark("Models (*.convae bundle.json *.onnx)")
SESSION_FILES = mark("Sessions (*.json)")
SESSION = FileKind(mark("Sessions"), (".json",))


class FileActions(QObject):
    """Adds the actions, and asks for what each of them needs."""

    def __init__(
        self, services: Services, keeper: SessionKeeper, take: Callable[[Sequence[Path]], None], window: QWidget
    ) -> None:
        """`take` is given the pictures and models that were chosen."""
        super().__init__(window)
        self._services, self._keeper, self._take, self._window = services, keeper, take, window
        self._recent = QMenu(window)
        bind(self._recent, self._recent.setTitle, "Open recent")
        add, keys = services.actions.add, QKeySequence.StandardKey
        add("file.open", "file", "Open…", self._ask_for_picture, keys=keys.Open, tip="Open pictures")
        add(
            "file.folder",
            "file",
            "Open folder…",
            self._ask_for_folder,
            keys="Ctrl+Alt+O",
            tip="Open a folder of pictures",
        )
        services.actions.add_menu("file", self._recent)
        add(
            "session.open",
            "file",
            "Open session…",
            self._ask_for_session,
            tip="Show again what a session file holds",
            separated=True,
        )
        add(
            "session.save",
            "file",
            "Save session…",
            self._ask_where_to_save_session,
            keys="Ctrl+Shift+S",
            tip="Keep model, picture and sliders in a file",
        )
        add(
            "model.add",
            "model",
            "Add model…",
            self._ask_for_model,
            keys="Ctrl+Shift+O",
            tip="Open a model: its .convae file, or the bundle.json in its folder",
        )
        services.session.subject_changed.connect(self._note)
        services.settings.recent_changed.connect(self._fill_recent)
        self._fill_recent()

    @Slot(object)
    def _note(self, subject: Subject) -> None:
        file = file_of(subject.source)
        if file is not None:
            self._services.settings.add_recent(file)

    @Slot()
    def _fill_recent(self) -> None:
        self._recent.clear()
        recent = self._services.settings.recent
        for path in recent:
            action = self._recent.addAction(path.name.replace("&", "&&"))
            action.setToolTip(plain.tip(str(path)))
            action.triggered.connect(lambda _=False, path=path: self._take([path]))
        self._recent.setEnabled(bool(recent))
        if recent:
            self._recent.addSeparator()
            forget = self._recent.addAction("")
            bind(forget, forget.setText, "Clear this list")
            forget.triggered.connect(self._services.settings.forget_recent)

    @Slot()
    def _ask_for_picture(self) -> None:
        wanted = tr(PICTURE_FILES, endings=open_patterns())
        names, _ = QFileDialog.getOpenFileNames(self._window, tr("Open pictures"), "", wanted)
        if names:
            self._take([Path(name) for name in names])

    @Slot()
    def _ask_for_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self._window, tr("Open a folder of pictures"))
        if name:
            self._take([Path(name)])

    @Slot()
    def _ask_for_model(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Open a model"), "", tr(MODEL_FILES))
        if name:
            self._take([Path(name)])

    @Slot()
    def _ask_for_session(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Open a session"), "", tr(SESSION_FILES))
        if name:
            self._try(lambda: self._keeper.open(Path(name)))

    @Slot()
    def _ask_where_to_save_session(self) -> None:
        warn = self._services.warned.emit
        asked = save_dialog.ask(self._window, tr("Save the session"), "session.json", [SESSION], warn)
        if asked is not None and self._try(lambda: self._keeper.save(asked[0])):
            self._services.written.emit(asked[0])

    def _try(self, action: Callable[[], None]) -> bool:
        try:
            action()
        except EXPECTED as error:
            self._services.warned.emit(told(error))
            return False
        return True
