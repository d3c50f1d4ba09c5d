"""What a batch will do, worked out before it does anything: which pictures, and which files come of each."""

from __future__ import annotations

import dataclasses
import string
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from desktop.engine import picture_formats
from desktop.engine.batch.encoding import USUAL_ENCODING, Encoding
from desktop.engine.batch.share import Share
from desktop.engine.errors import DesktopError, PictureError
from desktop.engine.framing import FitMode
from desktop.engine.library import ModelEntry
from desktop.engine.machine.providers import Asked
from desktop.engine.picture_files import Listing, list_pictures

Output = Literal["reconstruction", "latent", "difference", "score"]
OUTPUTS: tuple[Output, ...] = ("reconstruction", "latent", "difference", "score")
ENDINGS: Mapping[Output, str] = {"latent": ".npz", "difference": ".png"}  # a reconstruction's is its encoding's
DEFAULT_PATTERN = "{name}-{kind}"
PATTERN_FIELDS = ("name", "kind", "number", "model")
SCORES_FILE = "scores.csv"


class ExistingFilesError(DesktopError):
    """Files would be replaced, and nobody said that they may be; `files` are some of them, `count` how many."""

    def __init__(self, files: Sequence[Path], target: Path) -> None:
        """The sentence names the first of them."""
        self.files, self.count = tuple(files), len(files)
        super().__init__(
            "{target} already holds {count:,} of the files to write (the first is {name}); ask to overwrite them, or "
            "choose another folder.",
            count=self.count,
            target=target,
            name=files[0].name,
        )


@dataclasses.dataclass(frozen=True, eq=False)
class BatchJob:
    """What was asked for.

    Attributes:
        source: The folder of pictures; its sub-folders are searched too, linked ones as well, hidden ones are not.
        target: Where the files go, in the same sub-folders; made if it is not there.
        entry: The model.
        outputs: What to make of each picture; `score` is a line in `scores.csv`.
        pattern: The files' names without their endings; `{name}` is the picture's, `{kind}` the output's, `{number}`
            counts the pictures from 1, `{model}` is the model's name.
        overwrite: Whether files that are there may be replaced.
        fit: What becomes of a picture whose aspect is not the model's.
        asked: The execution provider to prefer.
        refine: Whether codes are refined (see `quality.refinement`).
        falls_back: Whether the CPU does the work where a provider that was asked for by name does not.
        share: Which share of the pictures is done; None for all of them.
        frame: Which picture is taken of a file that holds several, from 0.
        encoding: What reconstructions are written as.
    """

    source: Path
    target: Path
    entry: ModelEntry
    outputs: tuple[Output, ...] = ("reconstruction",)
    pattern: str = DEFAULT_PATTERN
    overwrite: bool = False
    fit: FitMode = "crop"
    asked: Asked = "auto"
    refine: bool = False
    falls_back: bool = True
    share: Share | None = None
    frame: int = 0
    encoding: Encoding = USUAL_ENCODING


@dataclasses.dataclass(frozen=True)
class Item:
    """One picture: where it is below the source, and the file below the target for each output but the score."""

    picture: Path
    files: Mapping[Output, Path]


@dataclasses.dataclass(frozen=True, eq=False)
class Plan:
    """What a batch will do.

    Attributes:
        items: Every picture of the source, or of the share, in order of their paths, with the files that come of it.
        listing: What else the source holds, and what of it could not be listed.
    """

    items: list[Item]
    listing: Listing


def plan(job: BatchJob) -> Plan:
    """Finds the pictures and names what will come of them.

    Raises:
        DesktopError: A folder will not do, there is no picture, or the name pattern is wrong.
    """
    check_folders(job)
    check_names(job)
    listing = list_pictures(job.source, left_out=job.target)
    if not listing.pictures:
        raise _nothing_found(job.source, listing)
    items = name_files(job, [each.path for each in listing.pictures])
    if job.share is not None:
        items = [item for item in items if job.share.holds(item.picture)]
    return Plan(items, listing)


def name_files(job: BatchJob, found: Sequence[Path]) -> list[Item]:
    """What comes of each picture; `found` are all pictures of the source, in order of their paths below it.

    Raises:
        DesktopError: The name pattern gives no file name, or the same one twice.
    """
    items = [Item(path, _files(job, path, path.stem, number)) for number, path in enumerate(found, start=1)]
    # Pictures that differ in their endings alone keep them in the names of what comes of them.
    counts = Counter(key for item in items for key in _keys(item))
    items = [
        Item(item.picture, _files(job, item.picture, item.picture.name, number)) if _is_shared(item, counts) else item
        for number, item in enumerate(items, start=1)
    ]
    if any(count > 1 for count in Counter(key for item in items for key in _keys(item)).values()):
        raise DesktopError(
            "the name pattern {pattern} gives two files the same name; use {{name}} and {{kind}}.", pattern=job.pattern
        )
    return items


def check_folders(job: BatchJob) -> None:
    """Raises:
    PictureError: A folder will not do.
    """
    if not job.source.is_dir():
        raise PictureError("{source} is not a folder.", source=job.source)
    if job.target.exists() and not job.target.is_dir():
        raise PictureError("{target} is a file, where a folder is needed.", target=job.target)
    if job.target.resolve() == job.source.resolve():
        raise PictureError("the folder to write to must be another one than the pictures'.")


def check_names(job: BatchJob) -> None:
    """Raises:
    DesktopError: Nothing is asked for, the encoding will not do, or the name pattern is wrong.
    """
    job.encoding.require()
    if not job.outputs:
        raise DesktopError("no output is asked for; choose from {outputs}.", outputs=", ".join(OUTPUTS))
    try:
        fields = {name for _, name, _, _ in string.Formatter().parse(job.pattern) if name is not None}
    except ValueError as error:
        raise DesktopError(
            "the name pattern {pattern} cannot be read ({error}).", pattern=job.pattern, error=error
        ) from error
    if not fields <= set(PATTERN_FIELDS):
        known = ", ".join(f"{{{name}}}" for name in PATTERN_FIELDS)
        raise DesktopError(
            "the name pattern {pattern} may hold {known} and no other field.", pattern=job.pattern, known=known
        )
    if not fields & {"name", "number"}:
        raise DesktopError("the name pattern {pattern} must hold {{name}} or {{number}}.", pattern=job.pattern)


def _nothing_found(source: Path, listing: Listing) -> PictureError:
    for path, reason in listing.problems:
        return PictureError(
            "{source} holds no pictures, and {path} in it cannot be used ({reason}).",
            source=source,
            path=path,
            reason=reason,
        )
    if listing.passed_over:
        return PictureError(
            "{source} holds no pictures; {passed_over_words}.",
            source=source,
            passed_over_words=listing.passed_over_words,
        )
    return PictureError(
        "{source} holds no pictures ({suffixes}).", source=source, suffixes=", ".join(picture_formats.readable())
    )


def _files(job: BatchJob, picture: Path, name: str, number: int) -> dict[Output, Path]:
    """Where each output of one picture goes, relative to the target.

    Raises:
        DesktopError: The pattern leads out of the picture's folder.
    """
    files: dict[Output, Path] = {}
    for kind in job.outputs:
        if kind == "score":
            continue
        try:
            filled = job.pattern.format(name=name, kind=kind, number=f"{number:06d}", model=job.entry.name)
        except (ValueError, AttributeError, IndexError, KeyError) as error:
            raise DesktopError(
                "the name pattern {pattern} cannot be used ({error}).", pattern=job.pattern, error=error
            ) from error
        if Path(filled).name != filled or filled.startswith("."):
            raise DesktopError(
                "the name pattern {pattern} gives {filled}, which is not a file name.",
                pattern=job.pattern,
                filled=filled,
            )
        files[kind] = picture.parent / (filled + ENDINGS.get(kind, job.encoding.ending))
    return files


def _keys(item: Item) -> list[str]:
    """What is the same for two files that a file system may not keep apart."""
    return [str(path).casefold() for path in item.files.values()]


def _is_shared(item: Item, counts: Counter[str]) -> bool:
    return any(counts[key] > 1 for key in _keys(item))
