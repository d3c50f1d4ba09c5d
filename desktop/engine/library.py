"""Which models there are: those that ship, those in the user's folder, and any folder named or dropped."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import platformdirs

from desktop.engine.errors import ModelError
from export.bundle import Bundle, BundleError, read_bundle

Origin = Literal["shipped", "yours", "opened"]


@dataclasses.dataclass(frozen=True, eq=False)
class ModelEntry:
    """One line of the model list: a bundle whose `bundle.json` is sound, or the `problem` that it has."""

    folder: Path
    origin: Origin
    bundle: Bundle | None
    problem: str | None

    @property
    def name(self) -> str:
        """The name that the model gives itself, or its folder's."""
        return self.bundle.info.name if self.bundle else self.folder.name

    def require(self) -> Bundle:
        """The bundle.

        Raises:
            ModelError: The bundle is broken.
        """
        if self.bundle is None:
            raise ModelError(self.problem or f"{self.folder} is broken.")
        return self.bundle


def shipped_folder() -> Path:
    """Where the models that ship are: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "models"
    return installed if installed.is_dir() else package.parent / "models"


def user_folder() -> Path:
    """Where the user's own models are; it need not exist."""
    return platformdirs.user_data_path("convae", appauthor=False) / "models"


def open_entry(folder: Path, origin: Origin = "opened") -> ModelEntry:
    """The entry for one folder; a broken bundle gives an entry with its problem, never an error."""
    folder = folder.resolve()
    try:
        return ModelEntry(folder, origin, read_bundle(folder), None)
    except BundleError as error:
        return ModelEntry(folder, origin, None, str(error))


def find_models() -> list[ModelEntry]:
    """Every model that ships, then every one in the user's folder, each by folder name; the broken ones too."""
    places: tuple[tuple[Path, Origin], ...] = ((shipped_folder(), "shipped"), (user_folder(), "yours"))
    entries = []
    for place, origin in places:
        folders = sorted(place.iterdir()) if place.is_dir() else []
        entries += [open_entry(path, origin) for path in folders if path.is_dir() and not path.name.startswith(".")]
    return entries


def join(entries: Iterable[ModelEntry], more: Iterable[ModelEntry]) -> list[ModelEntry]:
    """The entries, then those in `more`, which replace entries for the same folder."""
    return list({entry.folder: entry for entry in [*entries, *more]}.values())


def choose(entries: Iterable[ModelEntry], wanted: str) -> ModelEntry:
    """The entry that the user named: by its name, by its folder's name, or by a path.

    Raises:
        ModelError: There is no such model.
    """
    entries = list(entries)
    for entry in entries:
        if wanted in (entry.name, entry.folder.name):
            return entry
    if Path(wanted).is_dir():
        return open_entry(Path(wanted))
    known = ", ".join(entry.name for entry in entries) or "none at all"
    raise ModelError(f"there is no model {wanted}: it is no folder, and the models found are: {known}.")
