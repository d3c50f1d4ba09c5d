"""Catalogues compiled from their sources."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from desktop.i18n.catalogue import source_file
from desktop.i18n.compile import compile_catalogue


def test_a_catalogue_in_use_is_not_written_into(tmp_path: Path) -> None:
    """The compiled file is another one under the same name, so that what a window has mapped stays as it was."""
    target = tmp_path / "catalogue.qm"
    target.write_bytes(b"before")
    with target.open("rb") as in_use:
        compile_catalogue(source_file("zh_CN"), target)
        assert in_use.read() == b"before"
    assert target.read_bytes()[:4] == b"\x3c\xb8\x64\x18"  # how every .qm begins
    assert list(tmp_path.iterdir()) == [target]


def test_a_broken_source_leaves_the_catalogue(tmp_path: Path) -> None:
    """What was compiled before stands, and nothing is left beside it."""
    source, target = tmp_path / "broken.ts", tmp_path / "catalogue.qm"
    source.write_text("<TS>")
    target.write_bytes(b"before")
    with pytest.raises(subprocess.CalledProcessError):
        compile_catalogue(source, target)
    assert target.read_bytes() == b"before"
    assert len(list(tmp_path.iterdir())) == 2
