"""What the program remembers from one start to the next, in one file that a user may delete."""

from __future__ import annotations

import base64
import binascii
import contextlib
from pathlib import Path
from typing import TypeVar, get_args

import platformdirs
from PySide6.QtCore import QByteArray, QObject, QTimer, Signal, Slot

from desktop.engine.machine.providers import Asked
from desktop.i18n import tr
from desktop.languages import LANGUAGES
from desktop.state.settings_file import Change, SettingsFile, Value
from desktop.theme import Choice

MOST_RECENT = 10
LONGEST_PATH = 4096
REST_MS = 500  # without another change, before the file is written

T = TypeVar("T")


def settings_file() -> Path:
    """Where the settings are; the last session is beside it."""
    return platformdirs.user_config_path("convae", appauthor=False) / "settings.json"


class Settings(QObject):
    """Typed access to the settings; whatever a file holds that is none of them is ignored.

    Signals:
        recent_changed(): There are other recent files.
        failed(text): The file cannot be written, and why; said once.
    """

    recent_changed = Signal()
    failed = Signal(str)

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        """Settings in a file, which is read here and written by `flush`; None remembers nothing beyond this run."""
        super().__init__(parent)
        self.path = path
        self._file = None if path is None else SettingsFile(path)
        self._fleeting: dict[str, Value] = {}
        self._has_failed = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.flush)

    @property
    def session_file(self) -> Path | None:
        """Where the last session is kept."""
        return None if self.path is None else self.path.with_name("last-session.json")

    @property
    def theme(self) -> Choice | None:
        """The chosen theme; None follows the system."""
        return _one_of(self._get("theme"), get_args(Choice))

    @theme.setter
    def theme(self, choice: Choice | None) -> None:
        """Remembers the theme; None follows the system."""
        self._set("theme", choice or "")

    @property
    def language(self) -> str | None:
        """The chosen language; None follows the system."""
        return _one_of(self._get("language"), tuple(LANGUAGES))

    @language.setter
    def language(self, language: str | None) -> None:
        """Remembers the language; None follows the system."""
        self._set("language", language or "")

    @property
    def provider(self) -> str | None:
        """The execution provider that was asked for last."""
        value = self._get("provider")
        return value if isinstance(value, str) and value else None

    @provider.setter
    def provider(self, provider: Asked) -> None:
        """Remembers the execution provider that was asked for."""
        self._set("provider", provider)

    @property
    def page(self) -> str:
        """The name of the page that was shown last, or ""."""
        return self.text("page")

    @page.setter
    def page(self, name: str) -> None:
        """Remembers the page that is shown."""
        self._set("page", name)

    @property
    def hint_was_seen(self) -> bool:
        """Whether the first-run hint was put away."""
        return self._get("hint_was_seen") is True

    @hint_was_seen.setter
    def hint_was_seen(self, seen: bool) -> None:
        """Remembers whether the first-run hint was put away."""
        self._set("hint_was_seen", seen)

    @property
    def recent(self) -> list[Path]:
        """The pictures opened last, the newest first."""
        stored = self._get("recent")
        lines = stored if isinstance(stored, list) else []
        return [Path(line) for line in lines if 0 < len(line) <= LONGEST_PATH and "\0" not in line][:MOST_RECENT]

    def add_recent(self, path: Path) -> None:
        """A picture was opened, in this window or, as the file is shared, beside what another one opened."""
        added = str(path.absolute())

        def with_added(stored: Value | None) -> Value:
            others = [other for other in stored if other != added] if isinstance(stored, list) else []
            return [added, *others][:MOST_RECENT]

        self._change("recent", with_added)
        self.recent_changed.emit()

    def forget_recent(self) -> None:
        """The list of recent pictures becomes empty."""
        self._set("recent", [])
        self.recent_changed.emit()

    def layout(self, name: str) -> QByteArray:
        """What a window, a splitter or the like said of its layout; empty where nothing is known."""
        value = self._get(f"layout/{name}")
        with contextlib.suppress(binascii.Error, ValueError):
            return QByteArray(base64.b64decode(value, validate=True)) if isinstance(value, str) else QByteArray()
        return QByteArray()

    def set_layout(self, name: str, state: QByteArray) -> None:
        """Remembers a layout."""
        self._set(f"layout/{name}", base64.b64encode(state.data()).decode("ascii"))

    def text(self, name: str, default: str = "") -> str:
        """Any text that a page keeps under a name of its own, such as `batch/pattern`."""
        value = self._get(name)
        return value if isinstance(value, str) else default

    def set_text(self, name: str, text: str) -> None:
        """Remembers a text."""
        self._set(name, text)

    def clear(self) -> None:
        """Everything as on the first day, in the file too."""
        self._fleeting.clear()
        if self._file is not None:
            self._file.clear()
            self.flush()
        if self.session_file is not None:
            self.session_file.unlink(missing_ok=True)
        self.recent_changed.emit()

    @Slot()
    def flush(self) -> None:
        """Writes what was changed; called a moment after a change, and when the window closes."""
        self._rest.stop()
        try:
            if self._file is not None:
                self._file.write()
        except OSError as error:
            if not self._has_failed:
                self._has_failed = True
                why = error.strerror or str(error)
                self.failed.emit(
                    tr("The settings are not kept: {path} cannot be written ({why}).", path=self.path, why=why)
                )

    def _get(self, name: str) -> Value | None:
        return (self._fleeting if self._file is None else self._file.values).get(name)

    def _set(self, name: str, value: Value) -> None:
        self._change(name, lambda _: value)

    def _change(self, name: str, change: Change) -> None:
        if self._file is not None:
            self._file.change(name, change)
            self._rest.start()
        elif (value := change(self._fleeting.get(name))) is not None:
            self._fleeting[name] = value


def _one_of(value: object, allowed: tuple[T, ...]) -> T | None:
    return next((each for each in allowed if each == value), None)
