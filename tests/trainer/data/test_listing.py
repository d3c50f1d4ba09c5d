"""Every picture below a folder is found once, and what cannot be used is named."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.trainer.names import STRANGE, make_named
from trainer.data.holdout import split
from trainer.data.listing import list_folder
from trainer.data.remembered import content_hash, remembered
from trainer.errors import DataError
from trainer.report.files import save_skipped

pytestmark = pytest.mark.skipif(os.name == "nt", reason="names, links and pipes as POSIX has them")


def _picture(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 8), "red").save(path)
    return path


def _names(root: Path) -> list[str]:
    return [item.name for item in list_folder(root).items]


def test_links_are_followed(tmp_path: Path) -> None:
    """Linked folders and files count, also in linked folders themselves; those that are there come first."""
    root = tmp_path / "root"
    _picture(root / "z" / "own.png")
    _picture(tmp_path / "elsewhere" / "linked.png")
    (tmp_path / "elsewhere" / "deeper").symlink_to(_picture(tmp_path / "third" / "deep.png").parent)
    (root / "a").symlink_to(tmp_path / "elsewhere")
    (root / "file.png").symlink_to(tmp_path / "elsewhere" / "linked.png")
    assert _names(root) == ["file.png", "z/own.png", "a/linked.png", "a/deeper/deep.png"]


def test_links_that_lead_back_end(tmp_path: Path) -> None:
    """A link to the folder itself, to the one above and to a neighbour give no picture twice."""
    root = tmp_path / "root"
    _picture(root / "b" / "one.png")
    for name, to in (("a", root / "b"), ("b/self", root), ("b/up", tmp_path), ("b/here", root / "b")):
        (root / name).symlink_to(to)
    assert _names(root) == ["b/one.png"]


def test_what_is_passed_over_by_its_ending_is_counted(tmp_path: Path) -> None:
    """Files that are no pictures by their names are counted, each ending once; hidden ones and tables are not."""
    for name in ("a.psd", "b.PSD", "LICENSE", ".hidden.txt", "labels.csv"):
        (tmp_path / name).write_text("file,kind\n")
    _picture(tmp_path / "whole.png")
    assert list_folder(tmp_path).passed_over == [
        ("*.psd", "2 files passed over by the ending"),
        ("no ending", "1 file passed over by the ending"),
    ]


@pytest.mark.parametrize("name", ["x.png", "labels.csv"])
def test_what_is_no_file_is_named(tmp_path: Path, name: str) -> None:
    """A pipe called like a picture or a table of labels is passed over with its reason, and never waited for."""
    _picture(tmp_path / "whole.png")
    os.mkfifo(tmp_path / name)
    listing = list_folder(tmp_path)
    assert [item.name for item in listing.items] == ["whole.png"]
    assert listing.skipped == [(name, "is no regular file")]


def test_sockets_and_broken_links_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A socket and a link to nothing are passed over with their reasons."""
    monkeypatch.chdir(tmp_path)  # names of sockets are short
    _picture(Path("whole.png"))
    server = socket.socket(socket.AF_UNIX)
    server.bind("socket.png")
    Path("gone.png").symlink_to("nothing.png")
    reasons = dict(list_folder(tmp_path).skipped)
    server.close()
    assert set(reasons) == {"socket.png", "gone.png"}
    assert "cannot be opened (No such file" in reasons["gone.png"]


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A locked folder inside is named and left out; where it is the whole, it is an error in one sentence."""
    _picture(tmp_path / "whole.png")
    _picture(tmp_path / "locked" / "inside.png")
    scan, locked = os.scandir, tmp_path / "locked"

    def refusing(path: str) -> object:
        if Path(path) == locked:
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    listing = list_folder(tmp_path)
    assert [item.name for item in listing.items] == ["whole.png"]
    assert listing.skipped == [("locked", "cannot be read (Permission denied)")]
    with pytest.raises(DataError, match=r"locked cannot be read \(Permission denied\)"):
        list_folder(locked)


def test_a_folder_behind_a_locked_one_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it cannot even be seen whether there is a folder, that is a sentence, too."""

    def locked(_path: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", locked)
    with pytest.raises(DataError, match="cannot be read"):
        list_folder(tmp_path)


@settings(max_examples=30, deadline=None)
@given(name=st.binary(min_size=1, max_size=40).filter(lambda name: not set(name) & set(b"/\0")))
def test_any_name_can_be_listed_split_and_written_down(tmp_path_factory: pytest.TempPathFactory, name: bytes) -> None:
    """Whatever bytes a file is called, it is listed, held out or kept, remembered, and named in a table of UTF-8."""
    folder = tmp_path_factory.mktemp("names")
    path = make_named(folder, name + b".png")
    hidden = os.fsdecode(name).startswith(".") and path.suffix == ""
    items = list_folder(folder).items
    assert [os.fsencode(item.path.name) for item in items] == ([] if hidden else [name + b".png"])
    split([item.key for item in items] + ["other"], 0.5)
    assert remembered([path], "sha256", content_hash, lambda done, of: None) == [content_hash(path)]
    save_skipped(folder, [(items[0].name, "broken")])
    assert "broken" in (folder / "skipped.csv").read_text(encoding="utf-8")


def test_names_in_a_table_are_no_formulas(tmp_path: Path) -> None:
    """Names that a spreadsheet would compute begin with an apostrophe, and escapes are shown."""
    save_skipped(tmp_path, [(os.fsdecode(name), "broken") for name in STRANGE])
    for line in (tmp_path / "skipped.csv").read_text(encoding="utf-8").splitlines()[1:]:
        assert line.strip('"')[0] not in "=+-@"
        assert "\x1b" not in line
