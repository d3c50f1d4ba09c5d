"""CSV files that hold any name, and whose cells no spreadsheet takes for a formula to carry out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import PurePath

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a formula begins with, or may after it was pasted


def path_cell(path: PurePath) -> str:
    """A path relative to a folder, with `/` between its parts; `./` before it where it could be a formula."""
    name = path.as_posix()
    return f"./{name}" if name.startswith(FORMULA) else name


def text_cell(text: str) -> str:
    """Any text, with an apostrophe before it where it could be a formula, as spreadsheets write it themselves."""
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_bytes(rows: Iterable[Iterable[object]]) -> bytes:
    r"""A table as a file holds it: UTF-8, rows that end in `\n`, and names' odd bytes as they are.

    A cell that holds a line end of any kind stands in quotes. Before Python 3.13, `csv` quotes only those that are in
    its own line terminator, so each row is written with `\r\n`, of which the `\r` is taken off again.
    """
    lines = []
    for row in rows:
        line = io.StringIO(newline="")
        csv.writer(line, lineterminator="\r\n").writerow(row)
        lines.append(line.getvalue().removesuffix("\r\n") + "\n")
    return "".join(lines).encode("utf-8", "surrogateescape")
