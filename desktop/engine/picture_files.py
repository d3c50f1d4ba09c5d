"""The pictures in a folder and below it: found by their endings, with everything that was passed over.

Links to folders are followed, each real folder once, so that loops end and no picture is there twice; hidden files and
folders are passed over. A folder that cannot be listed is told: nobody may take its pictures for gone.
"""

from __future__ import annotations

import dataclasses
import os
import stat
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path

from desktop.engine import picture_formats

MOST_ENDINGS = 5  # named of files that are passed over
MASK_FOLDERS = frozenset({"mask", "masks", "ground_truth"})  # beside a folder `bad`: masks, not pictures


@dataclasses.dataclass(frozen=True)
class PictureFile:
    """A picture file: its path below the folder, its bytes, and when it was changed."""

    path: Path
    size_bytes: int
    changed_ns: int


@dataclasses.dataclass
class Listing:
    """What a folder holds.

    Attributes:
        pictures: In order of their paths.
        passed_over: How many other files there are of each ending.
        problems: What could not be looked at, by its path below the folder, and why: folders that cannot be listed,
            links that lead nowhere, and pipes, sockets and devices with a picture's ending.
        is_whole: Whether every folder was listed and every link led somewhere, so that what is missing is gone.
        is_cut: Whether there was more than was asked for.
    """

    pictures: list[PictureFile] = dataclasses.field(default_factory=list)
    passed_over: Counter[str] = dataclasses.field(default_factory=Counter)
    problems: list[tuple[Path, str]] = dataclasses.field(default_factory=list)
    is_whole: bool = True
    is_cut: bool = False

    @property
    def passed_over_words(self) -> str:
        """ "3 files were passed over by their endings (.txt, .psd)"; empty where there are none."""
        count = self.passed_over.total()
        if not count:
            return ""
        endings = ", ".join(ending or "none" for ending, _ in self.passed_over.most_common(MOST_ENDINGS))
        endings += ", …" if len(self.passed_over) > MOST_ENDINGS else ""
        said = (
            "1 file was passed over by its ending"
            if count == 1
            else f"{count:,} files were passed over by their endings"
        )
        return f"{said} ({endings})"


def list_pictures(
    folder: Path,
    left_out: Path | None = None,
    without_masks: bool = False,
    most_pictures: int | None = None,
    most_entries: int | None = None,
) -> Listing:
    """Searches a folder.

    Args:
        folder: Where to begin.
        left_out: A folder that is not gone into.
        without_masks: Whether a folder of masks beside a folder `bad` is passed over.
        most_pictures: How many are enough.
        most_entries: How many files are looked at.
    """
    found, seen, linked = Listing(), set[tuple[int, int]](), deque([folder])
    outside = os.path.realpath(left_out) if left_out is not None else None
    looked_at = 0
    while linked:  # real folders first: a link to one of them adds nothing
        for place, folders, names in _walk(linked.popleft(), folder, found, seen, linked):
            if without_masks and "bad" in folders:
                folders[:] = [name for name in folders if name not in MASK_FOLDERS]
            if outside is not None:
                folders[:] = [name for name in folders if os.path.realpath(Path(place, name)) != outside]
            for name in names:
                looked_at += 1
                _add(found, Path(place, name), folder)
                if len(found.pictures) == most_pictures or looked_at == most_entries:
                    found.is_cut, found.is_whole = True, False
                    return found
    found.pictures.sort(key=lambda each: each.path.parts)
    return found


def _walk(
    start: Path, folder: Path, found: Listing, seen: set[tuple[int, int]], linked: deque[Path]
) -> Iterator[tuple[str, list[str], list[str]]]:
    """As `os.walk`, each real folder once; links to folders are put off."""

    def tell(error: OSError) -> None:
        _tell(found, Path(error.filename), folder, error)

    for place, folders, names in os.walk(start, onerror=tell):
        try:
            here = Path(place).stat()
        except OSError as error:
            _tell(found, Path(place), folder, error)
            folders.clear()
            continue
        if (here.st_dev, here.st_ino) in seen:
            folders.clear()
            continue
        seen.add((here.st_dev, here.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield place, folders, sorted(name for name in names if not name.startswith("."))
        links = [name for name in folders if Path(place, name).is_symlink()]
        linked.extend(Path(place, name) for name in links)


def _add(found: Listing, path: Path, folder: Path) -> None:
    """Counts one file."""
    is_picture = path.suffix.lower() in picture_formats.readable()
    try:
        facts = path.stat()
    except FileNotFoundError as error:
        if path.is_symlink():
            _tell(found, path, folder, error, "a link that leads nowhere")
        return  # gone since it was listed
    except OSError as error:
        _tell(found, path, folder, error)
        return
    if not is_picture:
        found.passed_over[path.suffix.lower()] += 1
    elif not stat.S_ISREG(facts.st_mode):
        found.problems.append((path.relative_to(folder), "it is no regular file"))
    else:
        found.pictures.append(PictureFile(path.relative_to(folder), facts.st_size, facts.st_mtime_ns))


def _tell(found: Listing, path: Path, folder: Path, error: OSError, reason: str = "") -> None:
    found.is_whole = False
    name = path.relative_to(folder) if path.is_relative_to(folder) else path
    found.problems.append((name, reason or error.strerror or str(error)))
