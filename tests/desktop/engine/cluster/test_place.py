"""Folders and object stores, listed, read and written alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from desktop.engine.cluster.place import Place, parse_place
from desktop.engine.errors import PictureError
from tests.pictures import gradient

pytest.importorskip("fsspec", reason="needs the extra: cluster")


@pytest.fixture(params=["folder", "store"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty one of either kind."""
    return parse_place(str(tmp_path / "in") if request.param == "folder" else f"memory://{tmp_path.name}/in")


def test_what_was_sent_is_there(place: Place, tmp_path: Path) -> None:
    """Pictures are listed in order of their paths; hidden files are not, others are counted; contents come back."""
    Image.fromarray(gradient(8, 8)).save(tmp_path / "a.png")
    content = (tmp_path / "a.png").read_bytes()
    for name in ("b.png", "sub/a.png", ".hidden/x.png", "notes.txt"):
        place.send(content, name)
    listing = place.list()
    assert [each.path.as_posix() for each in listing.pictures] == ["b.png", "sub/a.png"]
    assert {each.size_bytes for each in listing.pictures} == {len(content)}
    assert listing.passed_over == {".txt": 1}
    assert place.names() == {"b.png", "sub/a.png", ".hidden/x.png", "notes.txt"}
    place.fetch("sub/a.png", tmp_path / "here" / "a.png")
    assert (tmp_path / "here" / "a.png").read_bytes() == content
    place.send(b"new", "b.png")
    assert place.read("b.png") == b"new"
    place.remove(["b.png"])
    with pytest.raises(PictureError, match=r"b\.png cannot be read"):
        place.read("b.png")


def test_a_target_within_the_source_is_left_out(place: Place) -> None:
    """What a run has written is not taken for pictures by the next one."""
    place.send(b"x", "a.png")
    place.send(b"x", "out/b.png")
    assert [each.path.name for each in place.list(Place(f"{place}/out")).pictures] == ["a.png"]


def test_a_store_that_nothing_opens_is_named(tmp_path: Path) -> None:
    """An address of an unknown kind is one sentence."""
    with pytest.raises(PictureError, match="no-such://x/y cannot be opened"):
        parse_place("no-such://x/y").list()
    assert parse_place(f"file://{tmp_path}").local == tmp_path.resolve()
