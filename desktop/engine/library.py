"""Which models there are: those that ship, those in the user's folder, and any bundle named or dropped."""

from __future__ import annotations

import dataclasses
import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import platformdirs

from desktop.engine.errors import ModelError
from export.bundle import INFO_FILE, Bundle, BundleError, is_bundle, read_bundle
from export.bundle.sentence import Sentence

# How other tools lay out an autoencoder: diffusers and optimum, and whoever writes the two files alone.
FOREIGN_PAIRS = (
    ("vae_encoder/model.onnx", "vae_decoder/model.onnx"),
    ("encoder.onnx", "decoder.onnx"),
    ("encoder/model.onnx", "decoder/model.onnx"),
)

Origin = Literal["shipped", "yours", "opened"]


@dataclasses.dataclass(frozen=True, eq=False)
class ModelEntry:
    """One line of the model list: a bundle whose `bundle.json` is sound, or the `problem` that it has."""

    folder: Path
    """Where the bundle is: a folder, or a packed file."""
    origin: Origin
    bundle: Bundle | None
    problem: str | None

    @property
    def name(self) -> str:
        """The name that the model gives itself, or that of its folder or file."""
        return self.bundle.info.name if self.bundle else self.folder.name

    @property
    def identity(self) -> object:
        """What tells whether another entry is this very model: where it is, and what its files hold."""
        return self.folder, frozenset(self.bundle.info.sha256.items()) if self.bundle else None

    def require(self) -> Bundle:
        """The bundle.

        Raises:
            ModelError: The bundle is broken.
        """
        if self.bundle is None:
            raise ModelError(self.problem or Sentence("{folder} is broken.", folder=self.folder))
        return self.bundle


def shipped_folder() -> Path:
    """Where the models that ship are: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "models"
    return installed if installed.is_dir() else package.parent / "models"


def user_folder() -> Path:
    """Where the user's own models are; it need not exist."""
    return platformdirs.user_data_path("convae", appauthor=False) / "models"


def is_model(path: Path) -> bool:
    """Whether a path that the user named stands for a model: a bundle's folder, a packed one, or a `bundle.json`."""
    return is_bundle(path) or (path.name == INFO_FILE and path.is_file())


def open_entry(folder: Path, origin: Origin = "opened") -> ModelEntry:
    """The entry for one folder or packed file; a broken bundle gives an entry with its problem, never an error.

    A `bundle.json` stands for its folder: dialogs for files can choose nothing else of it.
    """
    folder = (folder.parent if folder.name == INFO_FILE else folder).resolve()
    try:
        return ModelEntry(folder, origin, read_bundle(folder), None)
    except BundleError as error:
        return ModelEntry(folder, origin, None, _foreign_problem(folder) or str(error))


def find_models() -> list[ModelEntry]:
    """Every model that ships, then every one in the user's folder, each by its place's name; the broken ones too."""
    places: tuple[tuple[Path, Origin], ...] = ((shipped_folder(), "shipped"), (user_folder(), "yours"))
    entries = []
    for place, origin in places:
        paths = sorted(place.iterdir()) if place.is_dir() else []
        entries += [open_entry(path, origin) for path in paths if _is_listed(path)]
    return entries


def join(entries: Iterable[ModelEntry], more: Iterable[ModelEntry]) -> list[ModelEntry]:
    """The entries, then those in `more`, which replace entries for the same folder."""
    return list({entry.folder: entry for entry in [*entries, *more]}.values())


def choose(entries: Iterable[ModelEntry], wanted: str) -> ModelEntry:
    """The entry that the user named: by its name, by its folder's or file's name, or by a path.

    Raises:
        ModelError: There is no such model.
    """
    entries = list(entries)
    for entry in entries:
        if wanted in (entry.name, entry.folder.name):
            return entry
    if is_model(Path(wanted)):
        return open_entry(Path(wanted))
    known = ", ".join(entry.name for entry in entries) or "none at all"
    raise ModelError(
        "there is no model {wanted}: it is no folder or file of one, and the models found are: {known}.",
        wanted=wanted,
        known=known,
    )


def _foreign_problem(folder: Path) -> str | None:
    """What to do with a folder that holds graphs of another tool and no bundle; None where it holds none."""
    for pair in FOREIGN_PAIRS:
        encoder, decoder = (folder / name for name in pair)
        if not (folder / INFO_FILE).exists() and encoder.is_file() and decoder.is_file():
            command = shlex.join(["python", "-m", "export.adopt", str(encoder), str(decoder)])
            return Sentence(
                "{folder} holds an encoder and a decoder that another tool made; {command} --pictures FOLDER makes a "
                "model of them, with a folder of pictures like those it knows.",
                folder=folder,
                command=command,
            )
    return None


def _is_listed(path: Path) -> bool:
    """Whether something in a folder of models is one of them; what starts with a dot is being written."""
    return (path.is_dir() or is_bundle(path)) and not path.name.startswith(".")
