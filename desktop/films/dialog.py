"""Where a film goes, and in which format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.engine.film import films
from desktop.engine.film.films import SUFFIXES, Kind
from desktop.i18n import mark, tr
from desktop.widgets import save_dialog
from desktop.widgets.save_dialog import FileKind

TEXTS: dict[Kind, str] = {
    "gif": mark("Animated GIF"),
    "apng": mark("Animated PNG"),
    "frames": mark("Folder of PNG frames"),
    "mp4": mark("MP4 video"),
}


def ask_for_film(parent: QWidget, warn: Callable[[str], object]) -> tuple[Path, Kind] | None:
    """Asks where to save a film; None where the user thought better of it, or where `warn` was told why not.

    An ending that was typed decides the format, also one that cannot be written here: saving then says why.
    """
    here = films.kinds()
    kinds = {kind: FileKind(TEXTS[kind], tuple(filter(None, (SUFFIXES[kind],))), kind in here) for kind in TEXTS}
    asked = save_dialog.ask(parent, tr("Save the morph"), "morph.gif", list(kinds.values()), warn)
    if asked is None:
        return None
    path, chosen = asked
    return path, next(kind for kind, each in kinds.items() if each is chosen)
