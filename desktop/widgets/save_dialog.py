"""Where something is saved, and as what: the ending that was typed decides, and one that is missing is added."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.i18n import tr


@dataclasses.dataclass(frozen=True)
class FileKind:
    """One kind of file to save as.

    Attributes:
        text: What it is called, marked for translation, without the endings.
        suffixes: The endings that ask for it, in lower case with their dots, the usual one first; empty for a folder.
        is_offered: Whether the list has it; where not, an ending that was typed asks for it all the same.
    """

    text: str
    suffixes: tuple[str, ...]
    is_offered: bool = True

    @property
    def filter(self) -> str:
        """As the dialog lists it."""
        return f"{tr(self.text)} ({' '.join(f'*{suffix}' for suffix in self.suffixes) or '*'})"


def ask(
    parent: QWidget | None, title: str, start: str, kinds: Sequence[FileKind], warn: Callable[[str], object]
) -> tuple[Path, FileKind] | None:
    """Asks for a place; None where the user thought better of it, or where `warn` was told why not.

    The dialog itself asks before a file is written over. It has not seen the name to which an ending was added, so that
    a file of that name is left alone.
    """
    filters = {kind.filter: kind for kind in kinds if kind.is_offered}
    name, chosen = QFileDialog.getSaveFileName(parent, title, start, ";;".join(filters))
    if not name:
        return None
    path, kind = with_suffix(Path(name), start, kinds, filters.get(chosen, kinds[0]))
    if path != Path(name) and path.exists():
        warn(tr("{path} exists already; choose another name.", path=path))
        return None
    return path, kind


def with_suffix(path: Path, start: str, kinds: Sequence[FileKind], chosen: FileKind) -> tuple[Path, FileKind]:
    """The path to write to, and the kind that it asks for.

    An ending of one of the kinds decides, whichever is chosen in the list; the name that the dialog began with was not
    typed, and follows the list. To any other name the ending of the chosen kind is added.
    """
    suffix = path.suffix.lower()
    typed = next((kind for kind in kinds if suffix in kind.suffixes), None)
    if typed is not None and (path.name != Path(start).name or typed is chosen):
        return path, typed
    usual = chosen.suffixes[0] if chosen.suffixes else ""
    return (path.with_name(path.name + usual) if typed is None else path.with_suffix(usual)), chosen
