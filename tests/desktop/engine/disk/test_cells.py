"""Tables hold any name, and no cell is a formula."""

from __future__ import annotations

import csv
import io
import os
from pathlib import PurePath

from hypothesis import example, given
from hypothesis import strategies as st

from desktop.engine.disk.cells import FORMULA, csv_bytes, path_cell, text_cell

BYTES = st.binary(max_size=12).filter(lambda name: 0 not in name)


@given(table=st.lists(st.lists(BYTES, min_size=1, max_size=3), min_size=1, max_size=4))
@example(table=[[b"\r"], [b"\x0b"], [b"\x0c"], [b"\xc2\x85"], ["\u2028".encode()], [b"a\r\nb", b'"', b","]])
def test_a_table_is_read_as_it_was_written(table: list[list[bytes]]) -> None:
    """Whatever line ends, quotes and bytes that are no UTF-8 its cells hold."""
    rows = [[os.fsdecode(cell) for cell in row] for row in table]
    text = csv_bytes(rows).decode("utf-8", "surrogateescape")
    assert text.endswith("\n")
    assert not text.endswith("\r\n")
    assert list(csv.reader(io.StringIO(text, newline=""))) == rows


@given(name=st.text(min_size=1).filter(lambda name: "/" not in name))
def test_no_cell_is_a_formula(name: str) -> None:
    """And a path's cell is still that path."""
    assert not path_cell(PurePath(name)).startswith(FORMULA)
    assert PurePath(path_cell(PurePath(name))) == PurePath(name)
    assert not text_cell(name).startswith(FORMULA)
