"""`python -m desktop.i18n.compile`: makes the catalogues that the program loads (`.qm`) from their sources (`.ts`)."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import PySide6

from desktop.i18n.catalogue import compiled_file, source_file
from desktop.languages import LANGUAGES

COMPILER = "lrelease.exe" if sys.platform == "win32" else "lrelease"


def compile_catalogue(source: Path, target: Path) -> None:
    """Compiles one Qt Linguist file with Qt's own `lrelease`, which comes with PySide6.

    The file is written beside and renamed: Qt maps a catalogue that a window has loaded, and one that changed under it
    would end the window.

    Raises:
        subprocess.CalledProcessError: The source is not well-formed; the message is in its `stderr`.
    """
    tool = Path(next(iter(PySide6.__path__))) / COMPILER
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".compiled-") as folder:
        compiled = Path(folder) / target.name
        subprocess.run([tool, "-silent", source, "-qm", compiled], check=True, capture_output=True, text=True)
        compiled.replace(target)


def main() -> None:
    """Compiles every language."""
    for language in LANGUAGES:
        compile_catalogue(source_file(language), compiled_file(language))
        print(compiled_file(language))


if __name__ == "__main__":
    main()
