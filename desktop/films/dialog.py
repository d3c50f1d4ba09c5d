"""Where a film goes, and in which format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.engine import films
from desktop.engine.films import Kind
from desktop.i18n import mark, tr

FILTERS: dict[Kind, str] = {
    "gif": mark("Animated GIF (*.gif)"),
    "apng": mark("Animated PNG (*.png)"),
    "frames": mark("Folder of PNG frames (*)"),
    "mp4": mark("MP4 video (*.mp4)"),
}


def ask_for_film(parent: QWidget, warn: Callable[[str], object]) -> tuple[Path, Kind] | None:
    """Asks where to save a film; None where the user thought better of it, or where `warn` was told why not.

    The dialog itself asks before a file is written over; a folder of frames is never.
    """
    filters = {tr(FILTERS[kind]): kind for kind in films.kinds()}
    name, chosen = QFileDialog.getSaveFileName(parent, tr("Save the morph"), "morph.gif", ";;".join(filters))
    if not name:
        return None
    kind = filters.get(chosen, "gif")
    wanted = Path(name).with_suffix(films.SUFFIXES[kind])
    if wanted != Path(name) and wanted.exists():
        warn(tr("{path} exists already; choose another name.", path=wanted))
        return None
    return wanted, kind
