"""Texts in the cells of a CSV file, which a spreadsheet may take for a formula to carry out."""

from __future__ import annotations

from pathlib import PurePath

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a formula begins with, or may after it was pasted


def path_cell(path: PurePath) -> str:
    """A path relative to a folder, with `/` between its parts; `./` before it where it could be a formula."""
    name = path.as_posix()
    return f"./{name}" if name.startswith(FORMULA) else name


def text_cell(text: str) -> str:
    """Any text, with an apostrophe before it where it could be a formula, as spreadsheets write it themselves."""
    return f"'{text}" if text.startswith(FORMULA) else text
