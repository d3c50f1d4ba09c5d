"""The ending of a name that is saved under."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PySide6.QtWidgets import QFileDialog

import desktop
from desktop.widgets.save_dialog import FileKind, ask, with_suffix

GIF, MP4, FRAMES = FileKind("GIF", (".gif",)), FileKind("MP4", (".mp4",)), FileKind("Frames", ())
KINDS = (GIF, MP4, FRAMES)


@pytest.mark.parametrize(
    ("name", "chosen", "wanted"),
    [
        ("n.mp4", GIF, ("n.mp4", MP4)),
        ("n.MP4", GIF, ("n.MP4", MP4)),
        ("n", MP4, ("n.mp4", MP4)),
        ("v1.2", GIF, ("v1.2.gif", GIF)),
        ("n", FRAMES, ("n", FRAMES)),
        ("n.gif", FRAMES, ("n.gif", GIF)),
        ("morph.gif", GIF, ("morph.gif", GIF)),
        ("morph.gif", MP4, ("morph.mp4", MP4)),
        ("morph.gif", FRAMES, ("morph", FRAMES)),
    ],
)
def test_the_typed_ending_decides(name: str, chosen: FileKind, wanted: tuple[str, FileKind]) -> None:
    """Whatever the list says; a missing one is added, and the proposed name follows the list."""
    path, kind = with_suffix(Path("/folder", name), "morph.gif", KINDS, chosen)
    assert (path, kind) == (Path("/folder", wanted[0]), wanted[1])


TYPED = some.text(min_size=1).filter(
    lambda name: "/" not in name and "\0" not in name and name.strip(".") and name != "morph.gif"
)


@given(name=TYPED)
def test_every_name_ends_as_its_kind_says(name: str) -> None:
    """Any name but the proposed one also begins with what was typed, so that nothing of it is lost."""
    for chosen in (GIF, MP4):
        path, kind = with_suffix(Path("/folder", name), "morph.gif", KINDS, chosen)
        assert path.suffix.lower() in kind.suffixes
        assert path.name.startswith(name)
        assert path.parent == Path("/folder")


def test_nothing_else_asks_where_to_save() -> None:
    """Every place to write a file to is asked for here, so that endings go by one rule."""
    root = Path(desktop.__file__).parent
    asking = [path.relative_to(root).as_posix() for path in root.rglob("*.py") if "getSaveFileName" in path.read_text()]
    assert asking == ["widgets/save_dialog.py"]


@pytest.mark.usefixtures("qapp")
def test_a_file_that_the_dialog_has_not_seen_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the name with its ending is taken, that is said, and nothing is saved."""
    (tmp_path / "n.gif").write_bytes(b"mine")
    said: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "n"), GIF.filter))
    assert ask(None, "Save", "morph.gif", KINDS, said.append) is None
    assert "n.gif exists already" in said[0]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "n.gif"), GIF.filter))
    assert ask(None, "Save", "morph.gif", KINDS, said.append) == (tmp_path / "n.gif", GIF)
