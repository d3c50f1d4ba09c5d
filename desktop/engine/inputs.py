"""What was named, dropped or chosen, sorted into models and pictures; folders are searched for pictures."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from desktop.engine import library
from desktop.engine.errors import PictureError
from desktop.engine.folder import order as picture_order
from desktop.engine.picture_files import list_pictures

MOST_PICTURES = 200_000  # of one folder; what is beyond is left out
MOST_ENTRIES = 1_000_000  # that are looked at for them


@dataclasses.dataclass(frozen=True)
class Gathered:
    """Paths of models, of pictures and of graphs that are no model yet, each in the order in which they were named."""

    models: tuple[Path, ...]
    pictures: tuple[Path, ...]
    graphs: tuple[Path, ...] = ()


def needs_search(paths: Sequence[Path]) -> bool:
    """Whether a folder is among them that must be searched, which may take a moment."""
    return any(path.is_dir() and not library.is_model(path) and not library.is_foreign(path) for path in paths)


def gather(paths: Sequence[Path]) -> Gathered:
    """Sorts paths. A folder that is no model stands for the pictures in it and below it, by name.

    Raises:
        PictureError: There is neither a model nor a picture in a folder.
    """
    models, pictures, graphs = list[Path](), list[Path](), list[Path]()
    for path in paths:
        if library.is_model(path):
            models.append(path)
        elif library.is_foreign(path):
            graphs.append(path)
        elif path.is_dir():
            found = _pictures_in(path)
            if not found:
                raise PictureError("There is neither a model nor a picture in {path}.", path=path)
            pictures += found
        else:
            pictures.append(path)
    return Gathered(tuple(models), tuple(dict.fromkeys(pictures)), tuple(graphs))


def _pictures_in(folder: Path) -> list[Path]:
    """Files with a picture's ending, those of a folder before those below it, by name."""
    found = list_pictures(folder, most_pictures=MOST_PICTURES, most_entries=MOST_ENTRIES)
    paths = [each.path for each in found.pictures]
    return [folder / path for path in picture_order.ordered(paths, "name")]
