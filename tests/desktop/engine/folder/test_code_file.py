"""Codes of many pictures in one file."""

from __future__ import annotations

import errno
import os

import pytest

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import InspectionError
from desktop.engine.folder.index import Index
from desktop.engine.folder.update import update


def test_codes_are_not_written_through_a_memory_map(index: Index, model: Autoencoder) -> None:
    """All the room is there on the disk before anything is written, and what is read is what was written."""
    update(index, model)
    facts = (index.place / "codes.f32").stat()
    assert facts.st_blocks * 512 >= facts.st_size


def test_a_full_disk_is_one_sentence(index: Index, model: Autoencoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both of the codes' file and of SQLite; with room again it goes on."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "posix_fallocate", full)
        with pytest.raises(InspectionError, match="No space left on device"):
            update(index, model)
    index.database.execute("PRAGMA max_page_count = 8")
    with pytest.raises(InspectionError, match="the disk is full"):
        update(index, model)
    index.database.execute("PRAGMA max_page_count = 100000")
    assert update(index, model).unchanged + len(index.rows()) >= 12
