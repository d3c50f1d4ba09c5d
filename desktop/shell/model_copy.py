"""A second copy of a model among the user's own."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from desktop.engine import library
from desktop.engine.errors import ModelError
from desktop.engine.library import ModelEntry
from export.bundle import BundleError, write_bundle


def duplicate(entry: ModelEntry) -> Path:
    """Copies a model to the user's folder under a name that is not taken, and gives the copy's place.

    Raises:
        ModelError: The model is broken, or the disk refuses.
    """
    bundle, target = entry.require(), free_place(entry.folder)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        files = {name: bundle.read(name) for name in bundle.info.sha256}
        # The copy calls itself as its folder is called, so that the list tells the two apart.
        write_bundle(target, dataclasses.replace(bundle.info, name=target.stem), files)
    except (OSError, BundleError) as error:
        reason = (error.strerror or error) if isinstance(error, OSError) else error
        raise ModelError(
            "{name} was not duplicated to {target} ({strerror}).", name=entry.name, target=target, strerror=reason
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
