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

GRAPH_SUFFIX = ".onnx"
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


def is_foreign(path: Path) -> bool:
    """Whether a path stands for graphs that are no model yet: an ONNX file, or a folder that holds a pair of them."""
    is_graph = path.suffix.lower() == GRAPH_SUFFIX and path.is_file()
    return not is_model(path) and (is_graph or (path.is_dir() and foreign_pair(path) is not None))


def foreign_pair(path: Path) -> tuple[Path, Path] | None:
    """The encoder and the decoder that a folder holds, or that an ONNX file is one of; None where there is no pair.

    A pair is told by its names: those that other tools give, or two names that differ in `encoder` and `decoder` alone.
    """
    for place in [path] if path.is_dir() else list(path.parents[:2]):
        for names in FOREIGN_PAIRS:
            pair = place / names[0], place / names[1]
            if all(each.is_file() for each in pair) and (path == place or path in pair):
                return pair
    for this, other in (("encoder", "decoder"), ("decoder", "encoder")):
        twin = path.with_name(path.name.replace(this, other))
        if path.suffix.lower() == GRAPH_SUFFIX and twin != path and path.is_file() and twin.is_file():
            return (path, twin) if this == "encoder" else (twin, path)
    return None


def foreign_problem(path: Path) -> Sentence:
    """What a model is, and what to do with graphs that are none yet."""
    pair = foreign_pair(path)
    if pair is None:
        return Sentence(
            "{path} is a graph, and no model: a model is a .convae file, or a folder with bundle.json and two graphs. "
            "python -m export.adopt ENCODER DECODER --pictures FOLDER makes a model of an encoder and a decoder.",
            path=path,
        )
    command = shlex.join(["python", "-m", "export.adopt", *map(str, pair)])
    return Sentence(
        "{folder} holds an encoder and a decoder that another tool made; {command} --pictures FOLDER makes a "
        "model of them, with a folder of pictures like those it knows.",
        folder=path if path.is_dir() else path.parent,
        command=command,
    )


def open_entry(folder: Path, origin: Origin = "opened") -> ModelEntry:
    """The entry for one folder or packed file; a broken bundle gives an entry with its problem, never an error.

    A `bundle.json` stands for its folder: dialogs for files can choose nothing else of it.
    """
    folder = (folder.parent if folder.name == INFO_FILE else folder).resolve()
    try:
        return ModelEntry(folder, origin, read_bundle(folder), None)
    except BundleError as error:
        return ModelEntry(folder, origin, None, foreign_problem(folder) if is_foreign(folder) else str(error))


def find_models() -> list[ModelEntry]:
    """Every model that ships, then every one in the user's folder, each by its place's name; the broken ones too."""
    places: tuple[tuple[Path, Origin], ...] = ((shipped_folder(), "shipped"), (user_folder(), "yours"))
    entries = []
    for place, origin in places:
        try:
            paths = sorted(place.iterdir()) if place.is_dir() else []
        except OSError as error:
            problem = Sentence("{place} cannot be read ({strerror}).", place=place, strerror=error.strerror or error)
            entries.append(ModelEntry(place, origin, None, problem))
            continue
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
        "there is no model {wanted}: it is not the folder or file of a model, and the models found are: {known}.",
        wanted=wanted,
        known=known,
    )


def _is_listed(path: Path) -> bool:
    """Whether something in a folder of models is one of them; what starts with a dot is being written."""
    return (path.is_dir() or is_bundle(path)) and not path.name.startswith(".")
