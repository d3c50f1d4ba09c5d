"""Concepts without labels: a few pictures with more of something, and a few with less, give a direction."""

from __future__ import annotations

import dataclasses
import logging
from pathlib import Path

import numpy as np

from desktop.engine.disk.arrays import read_arrays, write_arrays
from desktop.engine.errors import InspectionError
from desktop.engine.folder.index import data_folder, model_key
from desktop.engine.gaussian import Floats
from desktop.engine.sliders.directions import Linear
from desktop.engine.sliders.discriminant import Evidence, discriminant, weigh
from desktop.engine.sliders.latents import LatentSpace
from desktop.engine.sliders.resizing import resized
from export.bundle import BundleInfo, Concept

FEWEST = 3  # pictures on each side
LARGEST_NAME = 60
LOW, HIGH = 0.5, 99.5  # percentiles at which a slider begins and ends, as those of the bundle's own concepts
VERSION = 1


@dataclasses.dataclass(frozen=True, eq=False)
class Direction:
    """A named direction of one model's latent.

    Attributes:
        name: For people.
        vector: float32 `[D]`, unit length; its positive end has more.
        spread: Standard deviation of codes along it.
        low: 0.5 percentile of the codes' offset from the mean along it.
        high: 99.5 percentile.
        evidence: What speaks for it.
        more, less: How many pictures it was made from.
    """

    name: str
    vector: Floats
    spread: float
    low: float
    high: float
    evidence: Evidence
    more: int
    less: int


def make_direction(name: str, more: Floats, less: Floats, space: LatentSpace, codes: Floats | None = None) -> Direction:
    """The regularised linear discriminant of two sides, `more` and `less`, at least three latents each.

    Latents are `[n, D]` of the trained shape, or maps `[n, C, h, w]` of any height and width, which are carried to it.

    Its direction is the inverse of the within-side covariance times the difference of the two means (R. A. Fisher, The
    use of multiple measurements in taxonomic problems, 1936), with the covariance shrunk as Ledoit and Wolf say: with
    few pictures it is nearly the plain difference, and with many it leaves out what varies on either side anyway.

    Args:
        name: What the slider is called.
        more: Codes of pictures with more of it.
        less: Codes of pictures with less.
        space: Of the model, for the mean, and for the slider's ends where there are no codes.
        codes: Of ordinary pictures, likewise, to find the ends from.

    Raises:
        InspectionError: The name is empty or too long, there are too few pictures, or the two sides do not differ.
    """
    name = checked_name(name)
    for side, which in ((more, "more"), (less, "less")):
        if len(side) < FEWEST:
            raise InspectionError(
                "there are too few pictures under '{which}': {count}, where at least {fewest} are needed.",
                count=len(side),
                which=which,
                fewest=FEWEST,
            )
    more, less = (_of_trained_shape(side, space) for side in (more, less))
    codes = None if codes is None else _of_trained_shape(codes, space)
    vector = discriminant(more, less)
    if vector is None:
        raise InspectionError("the pictures under 'more' and 'less' have the same latents: there is no direction.")
    if codes is not None and len(codes) >= 2:
        offsets = codes @ vector - float(space.mean @ vector)
        spread, (low, high) = float(offsets.std()), np.percentile(offsets, (LOW, HIGH)).tolist()
    else:
        along = space.axes.vectors @ vector
        spread = float(np.sqrt(np.square(along * space.axes.spread).sum()))
        low, high = -2.6 * spread, 2.6 * spread
    sides = np.concatenate([more, less]) @ vector - float(space.mean @ vector)
    low, high = min(low, float(sides.min())), max(high, float(sides.max()))
    tiny = float(np.finfo(np.float32).tiny)
    evidence = weigh(more, less)
    return Direction(name, vector, max(spread, tiny), low, high, evidence, len(more), len(less))


def _of_trained_shape(codes: Floats, space: LatentSpace) -> Floats:
    """Latents `[n, D]`.

    Raises:
        InspectionError: They are of another model.
    """
    if codes.ndim == 4 and len(space.shape) == 3 and codes.shape[1] == space.shape[0]:
        codes = resized(codes, space.shape)
    codes = codes.reshape(len(codes), -1)
    if codes.shape[1:] != space.mean.shape:
        raise InspectionError("These latents are not of this model: they have another shape.")
    return codes


def concepts_place(info: BundleInfo, root: Path | None = None) -> Path:
    """Where the user's own concepts of a model are kept: in the user's data folder, whatever folder the model is in."""
    return (root or data_folder()) / "concepts" / f"{model_key(info)}.npz"


def read_directions(info: BundleInfo, root: Path | None = None) -> list[Direction]:
    """The user's concepts of a model, the oldest first; none where there is no file.

    Raises:
        InspectionError: The file is broken, or of another version.
    """
    path = concepts_place(info, root)
    if not path.exists():
        return []
    facts, arrays = read_arrays(path)
    try:
        if facts["version"] != VERSION:
            raise ValueError(f"version {facts['version']}")
        vectors = arrays["vectors"]
        if vectors.shape != (len(facts["concepts"]), info.latent.size) or vectors.dtype != np.float32:
            raise ValueError(f"vectors of {vectors.dtype} {vectors.shape}")
        if not np.isfinite(vectors).all():
            raise ValueError("vectors that are not finite")
        return [
            Direction(**{**each, "evidence": Evidence(**each["evidence"])}, vector=vector)
            for each, vector in zip(facts["concepts"], vectors)
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise InspectionError(
            "{path} is broken ({error}); move it away to go on without your concepts.", path=path, error=error
        ) from error


def keep_direction(info: BundleInfo, direction: Direction, root: Path | None = None) -> None:
    """Adds a concept to the user's own, in place of one of the same name.

    Raises:
        InspectionError: The file of concepts is broken, or the disk refused.
    """
    kept = [each for each in read_directions(info, root) if each.name != direction.name]
    _write(info, [*kept, direction], root)


def drop_direction(info: BundleInfo, name: str, root: Path | None = None) -> None:
    """Takes a concept out of the user's own.

    Raises:
        InspectionError: There is none of that name, the file is broken, or the disk refused.
    """
    directions = read_directions(info, root)
    kept = [each for each in directions if each.name != name]
    if len(kept) == len(directions):
        raise InspectionError("there is no concept of yours called {name!r} for {name2}.", name=name, name2=info.name)
    _write(info, kept, root)


def with_own_concepts(space: LatentSpace, info: BundleInfo, root: Path | None = None) -> LatentSpace:
    """The latent space with the user's concepts after the bundle's own, as sliders of the same kind.

    A broken file of theirs costs the user those concepts, but never the model; the log says why.
    """
    try:
        own = read_directions(info, root)
    except InspectionError as error:
        logging.getLogger(__name__).warning("%s", error)
        return space
    if not own:
        return space
    before = space.concepts
    spread = np.array([each.spread for each in own])
    concepts = Linear(
        mean=before.mean,
        vectors=np.concatenate([before.vectors, np.stack([each.vector for each in own])]),
        spread=np.concatenate([before.spread, spread.astype(np.float32)]),
        low=np.concatenate([before.low, np.array([each.low for each in own]) / spread]),
        high=np.concatenate([before.high, np.array([each.high for each in own]) / spread]),
        shape=before.shape,
    )
    labels = tuple(Concept(each.name, each.name, None, "accuracy", each.evidence.accuracy, 0.0, None) for each in own)
    return dataclasses.replace(space, concepts=concepts, labels=(*space.labels, *labels), own_concepts=len(own))


def checked_name(name: str) -> str:
    """The name without spaces around it.

    Raises:
        InspectionError: It is empty, or longer than 60 characters.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= LARGEST_NAME:
        raise InspectionError("a concept needs a name of 1 to {largest_name} characters.", largest_name=LARGEST_NAME)
    return name


def _write(info: BundleInfo, directions: list[Direction], root: Path | None) -> None:
    described = []
    for each in directions:
        fields = {field.name: getattr(each, field.name) for field in dataclasses.fields(each) if field.name != "vector"}
        described.append({**fields, "evidence": dataclasses.asdict(each.evidence)})
    vectors = np.array([each.vector for each in directions], np.float32).reshape(-1, info.latent.size)
    write_arrays(
        concepts_place(info, root),
        {"version": VERSION, "model_name": info.name, "concepts": described},
        {"vectors": vectors},
    )
