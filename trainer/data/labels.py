"""`labels.csv` beside pictures: what is known of each, for sliders that are named after it."""

from __future__ import annotations

import csv
import io
from pathlib import Path, PurePosixPath

from trainer.errors import DataError
from trainer.machine.files import read_text

LABELS_FILE = "labels.csv"
LARGEST_LABELS_BYTES = 256 << 20
UNKNOWN = ""
"""The value of a factor that is not known of a picture."""


def read_labels(path: Path, pictures: dict[str, dict[str, str]]) -> list[str]:
    """Adds what a table says to what is known of each picture.

    The first column is the picture's file, by its way from the table's folder or, where only one has it, by its name
    alone, with or without its ending. Every other column is a factor; an empty cell is not known.

    Args:
        path: A CSV file with a header.
        pictures: By the way from the table's folder, what is known of each picture; added to here.

    Returns:
        What in the table was not usable, for people.

    Raises:
        DataError: It is no such table.
    """
    rows = _read(path)
    names = _names(pictures)
    unknown = []
    for row in rows:
        found = names.get(next(iter(row.values())).replace("\\", "/").removeprefix("./"))
        if found is None:
            unknown.append(next(iter(row.values())))
        else:
            pictures[found] |= {factor: value.strip() for factor, value in list(row.items())[1:] if value.strip()}
    if not unknown:
        return []
    return [f"names {len(unknown):,} files that are not there or not told apart, such as {unknown[0]}"]


def as_factors(labels: list[dict[str, str]]) -> dict[str, list[str]] | None:
    """For each factor its value in every picture, `UNKNOWN` where it is not known; None where there are no labels."""
    names = dict.fromkeys(name for known in labels for name in known)
    return {name: [known.get(name, UNKNOWN) for known in labels] for name in names} or None


def _read(path: Path) -> list[dict[str, str]]:
    try:
        text = read_text(path, LARGEST_LABELS_BYTES)
        header, *rows = [cells for cells in csv.reader(io.StringIO(text, newline="")) if cells]
    except (OSError, ValueError, csv.Error) as error:
        raise DataError(
            "{path} cannot be read as a table with a header ({reason}); mend it or rename it.", path=path, reason=error
        ) from error
    names = [name.strip() for name in header]
    if len(names) < 2 or len(set(names)) != len(names) or "" in names:
        raise DataError(
            "{path} needs a header: the picture's file first, then a different name for each factor.", path=path
        )
    for number, cells in enumerate(rows, start=2):
        if len(cells) != len(names):
            raise DataError(
                "{path}: row {row} has {cells} cells under {names} names; mend it.",
                path=path,
                row=number,
                cells=len(cells),
                names=len(names),
            )
    return [dict(zip(names, cells)) for cells in rows]


def _names(pictures: dict[str, dict[str, str]]) -> dict[str, str]:
    """Every way to name a picture that means no other."""
    ways: dict[str, set[str]] = {}
    for whole in pictures:
        path = PurePosixPath(whole)
        for way in (path.name, path.stem, str(path.with_suffix(""))):
            ways.setdefault(way, set()).add(whole)
    told_apart = {way: next(iter(meant)) for way, meant in ways.items() if len(meant) == 1}
    return told_apart | {whole: whole for whole in pictures}
