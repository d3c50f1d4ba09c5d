"""`labels.csv` beside the pictures: what is known of each, for colours on the map.

The format is the one that the trainer reads: a header; in the first column the picture's file, by its way from the
table's folder or, where only one has it, by its name alone, with or without its ending; then a column for each factor,
with an empty cell where it is not known.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from desktop.engine.disk.files import read_bounded
from desktop.engine.errors import InspectionError

LABELS_FILE = "labels.csv"
LARGEST_BYTES = 64 << 20
UNKNOWN = ""


@dataclasses.dataclass(frozen=True)
class Labels:
    """What the tables below a folder say.

    Attributes:
        factors: By name, each picture's value, `UNKNOWN` where it is not known; in the order of the pictures asked for.
        problems: Which tables could not be used or name what is not there, in one sentence each.
    """

    factors: dict[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    problems: tuple[str, ...] = ()


def read_labels(folder: Path, paths: Sequence[Path]) -> Labels:
    """What every `labels.csv` below a folder says of some pictures in it. Hidden folders are passed over.

    Args:
        folder: As the paths begin.
        paths: Of the pictures.
    """
    known: list[dict[str, str]] = [{} for _ in paths]
    problems = []
    for table in _tables(folder):
        within = {path.relative_to(table.parent).as_posix(): place for place, path in enumerate(paths)
                  if path.is_relative_to(table.parent)}  # fmt: skip
        try:
            _add(table, within, known)
        except InspectionError as error:
            problems.append(str(error))
    names = dict.fromkeys(name for each in known for name in each)
    factors = {name: tuple(each.get(name, UNKNOWN) for each in known) for name in names}
    return Labels(factors, tuple(problems))


def _tables(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if LABELS_FILE in files:
            yield Path(place, LABELS_FILE)


def _add(table: Path, within: dict[str, int], known: list[dict[str, str]]) -> None:
    """Adds what a table says to what is known of each picture.

    Raises:
        InspectionError: It is no table; or, after all else was added, it names what is not there.
    """
    header, rows = _read(table)
    ways = _ways(within)
    unknown = []
    for name, *values in rows:
        place = ways.get(name.replace("\\", "/").removeprefix("./"))
        if place is None:
            unknown.append(name)
        else:
            known[place] |= {factor: value.strip() for factor, value in zip(header[1:], values) if value.strip()}
    if unknown:
        raise InspectionError(
            "{table} names files that are missing or not told apart ({count:,}, such as {unknown}).",
            table=table,
            count=len(unknown),
            unknown=unknown[0],
        )


def _read(table: Path) -> tuple[list[str], list[list[str]]]:
    """The names of the columns, and the rows, each as long."""
    try:
        text = read_bounded(table, LARGEST_BYTES).decode("utf-8-sig")
        header, *rows = [cells for cells in csv.reader(io.StringIO(text, newline="")) if cells]
    except OSError as error:
        raise InspectionError(
            "{path} cannot be read ({strerror}).", path=table, strerror=error.strerror or error
        ) from error
    except (ValueError, csv.Error) as error:
        raise InspectionError(
            "{table} cannot be read as a table with a header ({error}).", table=table, error=error
        ) from error
    names = [name.strip() for name in header]
    if len(names) < 2 or len(set(names)) != len(names) or "" in names:
        raise InspectionError(
            "{table} needs a header: the picture's file first, then a name for each factor.", table=table
        )
    for number, cells in enumerate(rows, start=2):
        if len(cells) != len(names):
            raise InspectionError(
                "{table}: row {number} has {count} cells, and the header has {count2} names; correct the row.",
                table=table,
                number=number,
                count=len(cells),
                count2=len(names),
            )
    return names, rows


def _ways(within: dict[str, int]) -> dict[str, int]:
    """Every way to name a picture that means no other."""
    meant: dict[str, set[int]] = {}
    for whole, place in within.items():
        path = PurePosixPath(whole)
        for way in (path.name, path.stem, str(path.with_suffix(""))):
            meant.setdefault(way, set()).add(place)
    return {way: next(iter(places)) for way, places in meant.items() if len(places) == 1} | within
