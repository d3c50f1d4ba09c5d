"""What a folder of pictures is like, before anything is trained on it. No Qt."""

from __future__ import annotations

import dataclasses
import statistics
from collections import Counter
from pathlib import Path

from PIL import Image

from desktop.engine import pictures
from desktop.engine.errors import PictureError, StoppedError
from desktop.engine.picture_files import list_pictures
from desktop.engine.pictures import Pixels
from desktop.engine.watch import Progress, Stopped

LOOKED_AT = 400  # pictures whose size is read, spread over the folder
SHOWN = 24  # pictures in the grid
SIDE = 64  # pixels of each
FEW, VERY_FEW = 200, 20  # pictures


@dataclasses.dataclass(frozen=True)
class Facts:
    """What was found.

    Attributes:
        folder: Where.
        count: Picture files.
        width, height: The median size of those that were looked at, in pixels; 0 where none could be read.
        alike: The share of them that have the commonest size.
        formats: How many files there are of each ending, the commonest first.
        broken: Files that could not be read, and why, among those looked at.
        passed_over: A sentence on other files; "" where there are none.
        has_labels: Whether there is a `labels.csv`.
        grid: Some of them as the network sees them, the middle square, uint8 `[SIDE, SIDE, 3]` each.
    """

    folder: Path
    count: int
    width: int
    height: int
    alike: float
    formats: tuple[tuple[str, int], ...]
    broken: tuple[tuple[Path, str], ...]
    passed_over: str
    has_labels: bool
    grid: tuple[Pixels, ...]


def look(folder: Path, progress: Progress, stopped: Stopped) -> Facts:
    """Looks at a folder.

    Raises:
        PictureError: It holds no picture, or is no folder.
        StoppedError: It was cancelled.
    """
    if not folder.is_dir():
        raise PictureError("{path} is not a folder.", path=folder)
    listing = list_pictures(folder)
    paths = [each.path for each in listing.pictures]
    if not paths:
        raise PictureError("There is no picture in {path}.", path=folder)
    chosen = paths[:: max(1, len(paths) // LOOKED_AT)][:LOOKED_AT]
    sizes, broken, grid = list[tuple[int, int]](), list[tuple[Path, str]](), list[Pixels]()
    every = max(1, len(chosen) // SHOWN)
    for place, path in enumerate(chosen):
        if stopped():
            raise StoppedError("Stopped before its end, as you asked.")
        try:
            sizes.append(_size(folder / path))
            if place % every == 0 and len(grid) < SHOWN:
                grid.append(_square(pictures.thumbnail(folder / path, SIDE * 2)))
        except PictureError as error:
            broken.append((path, str(error)))
        progress(place + 1, len(chosen))
    commonest = Counter(sizes).most_common(1)
    return Facts(
        folder,
        len(paths),
        round(statistics.median(width for width, _ in sizes)) if sizes else 0,
        round(statistics.median(height for _, height in sizes)) if sizes else 0,
        commonest[0][1] / len(sizes) if sizes else 0.0,
        tuple(Counter(path.suffix.lower() for path in paths).most_common()),
        tuple(broken),
        listing.passed_over_words,
        (folder / "labels.csv").is_file(),
        tuple(grid),
    )


def _size(path: Path) -> tuple[int, int]:
    """Width and height, from the file's header alone."""
    pictures.check(path)
    with Image.open(path) as image:
        return image.size


def _square(pixels: Pixels) -> Pixels:
    """The middle square, at the size of the grid."""
    height, width, _ = pixels.shape
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    image = Image.fromarray(pixels[top : top + side, left : left + side])
    return pictures.to_rgb(image.resize((SIDE, SIDE), Image.Resampling.BOX))
