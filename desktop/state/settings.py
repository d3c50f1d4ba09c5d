"""What the program remembers from one start to the next, in one file that a user may delete."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar, get_args

import platformdirs
from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from desktop.engine.providers import Asked
from desktop.languages import LANGUAGES
from desktop.theme import Choice

MOST_RECENT = 10
LONGEST_PATH = 4096

T = TypeVar("T")


def settings_file() -> Path:
    """Where the settings are; the last session is beside it."""
    return platformdirs.user_config_path("convae", appauthor=False) / "settings.ini"


class Settings(QObject):
    """Typed access to the settings; whatever a file holds that is none of them is ignored.

    Signals:
        recent_changed(): There are other recent files.
    """

    recent_changed = Signal()

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        """Settings in a file; None remembers nothing beyond this run."""
        super().__init__(parent)
        self.path = path
        self._stored = None if path is None else QSettings(str(path), QSettings.Format.IniFormat)
        self._fleeting: dict[str, object] = {}

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
        self._set("theme", choice or "")

    @property
    def language(self) -> str | None:
        """The chosen language; None follows the system."""
        return _one_of(self._get("language"), tuple(LANGUAGES))

    @language.setter
    def language(self, language: str | None) -> None:
        self._set("language", language or "")

    @property
    def provider(self) -> str | None:
        """The execution provider that was asked for last."""
        value = self._get("provider")
        return value if isinstance(value, str) and value else None

    @provider.setter
    def provider(self, provider: Asked) -> None:
        self._set("provider", provider)

    @property
    def page(self) -> str:
        """The name of the page that was shown last, or ""."""
        return self.text("page")

    @page.setter
    def page(self, name: str) -> None:
        self._set("page", name)

    @property
    def hint_was_seen(self) -> bool:
        """Whether the first-run hint was put away."""
        return self._get("hint_was_seen") in (True, "true")

    @hint_was_seen.setter
    def hint_was_seen(self, seen: bool) -> None:
        self._set("hint_was_seen", seen)

    @property
    def recent(self) -> list[Path]:
        """The pictures opened last, the newest first."""
        stored = self._get("recent")
        lines = stored.split("\n") if isinstance(stored, str) else []
        return [Path(line) for line in lines if 0 < len(line) <= LONGEST_PATH][:MOST_RECENT]

    def add_recent(self, path: Path) -> None:
        """A picture was opened."""
        path = path.absolute()
        if "\n" in str(path):
            return
        others = [other for other in self.recent if other != path]
        self._set("recent", "\n".join(map(str, [path, *others][:MOST_RECENT])))
        self.recent_changed.emit()

    def forget_recent(self) -> None:
        """The list of recent pictures becomes empty."""
        self._set("recent", "")
        self.recent_changed.emit()

    def layout(self, name: str) -> QByteArray:
        """What a window, a splitter or the like said of its layout; empty where nothing is known."""
        value = self._get(f"layout/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_layout(self, name: str, state: QByteArray) -> None:
        """Remembers a layout."""
        self._set(f"layout/{name}", state)

    def text(self, name: str, default: str = "") -> str:
        """Any text that a page keeps under a name of its own, such as `batch/pattern`."""
        value = self._get(name)
        return value if isinstance(value, str) else default

    def set_text(self, name: str, text: str) -> None:
        """Remembers a text."""
        self._set(name, text)

    def clear(self) -> None:
        """Everything as on the first day."""
        self._fleeting.clear()
        if self._stored is not None:
            self._stored.clear()
            self._stored.sync()
        if self.session_file is not None:
            self.session_file.unlink(missing_ok=True)
        self.recent_changed.emit()

    def _get(self, name: str) -> object:
        return self._fleeting.get(name) if self._stored is None else self._stored.value(name)

    def _set(self, name: str, value: object) -> None:
        if self._stored is None:
            self._fleeting[name] = value
        else:
            self._stored.setValue(name, value)


def _one_of(value: object, allowed: tuple[T, ...]) -> T | None:
    return next((each for each in allowed if each == value), None)
