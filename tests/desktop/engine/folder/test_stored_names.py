"""Names of files as SQLite can keep them."""

from __future__ import annotations

import os

import pytest

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.folder.index import Index
from desktop.engine.folder.update import update
from desktop.engine.picture_writer import save_png
from tests.desktop.engine.conftest import varied


@pytest.mark.parametrize(
    "name",
    [b"caf\xe9.png", b"\xff\xfe.png", b"a\nb.png", b"a\r\x0b\x0c\xc2\x85\xe2\x80\xa8b.png", "\u202egnp.png".encode()],
)
def test_names_of_any_bytes_are_indexed(index: Index, model: Autoencoder, name: bytes) -> None:
    """A name that is no UTF-8 is kept as it is, in a folder that has such a name too."""
    path = index.folder / os.fsdecode(b"d\xe9") / os.fsdecode(name)
    path.parent.mkdir()
    save_png(path, varied(60))
    save_png(path.parent / "broken.png", varied(61))
    (path.parent / "broken.png").write_bytes(b"broken")
    done = update(index, model)
    assert done.added == 13
    row = dict(zip(index.paths(index.rows()), index.rows().tolist())).get(path)
    assert row is not None
    assert index.path(row) == path
    assert index.rows(path.parent).tolist() == [row]
    assert update(index, model).unchanged == 14
    assert len(index.files(index.rows()).paths) == 13
