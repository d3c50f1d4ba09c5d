"""What is there when a bundle was written, or could not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from export.bundle import INFO_FILE, BundleError, read_bundle, write_bundle
from tests import bundles


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a sound bundle."""
    return bundles.vector_bundle(tmp_path / "tiny").folder


def files_of(folder: Path) -> dict[str, bytes]:
    """The content of every file but `bundle.json`."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != INFO_FILE}


def test_a_required_file_must_be_given(folder: Path, tmp_path: Path) -> None:
    """A bundle without one of its files is not written at all."""
    files = files_of(folder)
    del files["latents.npz"]
    with pytest.raises(BundleError, match=r"latents\.npz"):
        write_bundle(tmp_path / "new", read_bundle(folder).info, files)
    assert not (tmp_path / "new").exists()


def test_other_things_are_not_overwritten(folder: Path, tmp_path: Path) -> None:
    """A folder with something else in it stays as it is; an empty one is taken."""
    place = tmp_path / "documents"
    place.mkdir()
    info, files = read_bundle(folder).info, files_of(folder)
    write_bundle(place, info, files)
    (place / INFO_FILE).unlink()
    before = sorted(place.iterdir())
    with pytest.raises(BundleError, match="holds something that is not a bundle"):
        write_bundle(place, info, files)
    assert sorted(place.iterdir()) == before


def test_a_new_bundle_replaces_the_old(folder: Path) -> None:
    """Files of the old one are gone, and nothing is left beside it."""
    info, files = read_bundle(folder).info, files_of(folder)
    write_bundle(folder, info, files | {"extra": b"1"})
    write_bundle(folder, info, files | {"README.md": b"new"})
    assert files_of(folder) == files | {"README.md": b"new"}
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_a_packed_bundle_replaces_only_one(folder: Path, tmp_path: Path) -> None:
    """Another packed bundle in the place is replaced; another file, or a folder, of that name stays."""
    info, files = read_bundle(folder).info, files_of(folder)
    place = tmp_path / "new" / "tiny.convae"
    write_bundle(place, info, files)
    assert write_bundle(place, info, files | {"README.md": b"new"}).read("README.md") == b"new"
    assert [path.name for path in place.parent.iterdir()] == [place.name]
    note, other = tmp_path / "note.convae", tmp_path / "other.convae"
    note.write_text("important")
    other.mkdir()
    for taken in (note, other):
        with pytest.raises(BundleError, match="holds something that is not a bundle"):
            write_bundle(taken, info, files)
    assert note.read_text() == "important"


@pytest.mark.parametrize("failing", [1, 2])
def test_a_failed_write_keeps_the_old_bundle(folder: Path, monkeypatch: pytest.MonkeyPatch, failing: int) -> None:
    """Whichever of the two renames the disk refuses, the old bundle is whole and nothing is left beside it."""
    info, files = read_bundle(folder).info, files_of(folder)
    rename, calls = Path.replace, []

    def refuse(source: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == failing:
            raise OSError("disk full")
        return rename(source, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="disk full"):
        write_bundle(folder, info, files | {"README.md": b"new"})
    read_bundle(folder).verify()
    assert files_of(folder) == files
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
