"""A second copy of a model among the user's own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from desktop.engine import library
from desktop.engine.errors import ModelError
from desktop.engine.library import ModelEntry
from export.bundle import INFO_FILE


def duplicate(entry: ModelEntry) -> Path:
    """Copies a model to the user's folder under a name that is not taken, and gives the copy's place.

    Raises:
        ModelError: The model is broken, or the disk refuses.
    """
    entry.require()
    target = free_place(entry.folder)
    partial = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if entry.folder.is_dir():
            shutil.copytree(entry.folder, partial, symlinks=True, ignore=shutil.ignore_patterns("run"))
            _rename(partial / INFO_FILE, target.name)
        else:
            shutil.copyfile(entry.folder, partial)
        partial.rename(target)
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise ModelError(
            "{name} was not duplicated to {target} ({strerror}).",
            name=entry.name,
            target=target,
            strerror=error.strerror or error,
        ) from error
    return target


def free_place(folder: Path) -> Path:
    """Where a copy goes: the model's own name with `-copy`, and a number where that is taken."""
    place, number = library.user_folder(), 1
    target = place / f"{folder.stem}-copy{folder.suffix}"
    while target.exists():
        number += 1
        target = place / f"{folder.stem}-copy-{number}{folder.suffix}"
    return target


def _rename(info_file: Path, name: str) -> None:
    """The copy calls itself as its folder is called, so that the list tells the two apart."""
    content = json.loads(info_file.read_text(encoding="utf-8"))
    content["name"] = name
    info_file.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
