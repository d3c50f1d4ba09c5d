"""The user's own npz files: whole or not at all, and nothing in them runs."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from desktop.engine.disk import arrays
from desktop.engine.errors import InspectionError


@dataclasses.dataclass(frozen=True)
class Inner:
    """Part of a record."""

    values: np.ndarray
    count: int


@dataclasses.dataclass(frozen=True)
class Record:
    """Something that is kept."""

    name: str
    share: float
    inner: Inner


def test_a_record_comes_back(tmp_path: Path) -> None:
    """With the records within it, and facts of any JSON beside it."""
    record = Record("x", 0.25, Inner(np.arange(3.0), 7))
    arrays.write_arrays(tmp_path / "a.npz", {"made": [1, 2]}, arrays.to_arrays(record, "record"))
    facts, stored = arrays.read_arrays(tmp_path / "a.npz")
    back = arrays.from_arrays(Record, stored, "record")
    assert facts == {"made": [1, 2]}
    assert (back.name, back.share, back.inner.count) == ("x", 0.25, 7)
    assert back.inner.values.tolist() == [0, 1, 2]


def test_numbers_that_are_not_finite_are_no_record() -> None:
    """Nor is one with a field missing."""
    parts = arrays.to_arrays(Inner(np.array([1.0, np.nan]), 1), "x")
    with pytest.raises(ValueError, match=r"x\.values is not finite"):
        arrays.from_arrays(Inner, parts, "x")
    with pytest.raises(KeyError):
        arrays.from_arrays(Inner, {}, "x")


def _pickled(path: Path) -> None:
    np.savez(path, facts=np.array([{"a": 1}], dtype=object))


def _without_facts(path: Path) -> None:
    np.savez(path, a=np.arange(3))


def _large(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        content = io.BytesIO()
        np.save(content, np.zeros(4_000, np.uint8))
        file.writestr("facts.npy", content.getvalue())


def _cut(path: Path) -> None:
    np.savez(path, facts=np.zeros(9, np.uint8))
    path.write_bytes(path.read_bytes()[:-30])


@pytest.mark.parametrize(
    ("spoil", "said"),
    [(_pickled, "is broken"), (_without_facts, "is broken"), (_large, "unpacks to more than"), (_cut, "is broken")],
)
def test_a_file_that_nobody_wrote_so_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, spoil: object, said: str
) -> None:
    """Pickles, other arrays, what unpacks to too much, and what breaks off: in one sentence that names the file."""
    monkeypatch.setattr(arrays, "LARGEST_BYTES", 2_000)
    assert callable(spoil)
    spoil(tmp_path / "a.npz")
    with pytest.raises(InspectionError, match=rf"a\.npz {said}"):
        arrays.read_arrays(tmp_path / "a.npz")
    with pytest.raises(InspectionError, match="cannot be read"):
        arrays.read_npz(tmp_path / "gone.npz")
