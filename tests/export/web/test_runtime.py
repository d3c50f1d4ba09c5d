"""onnxruntime-web is the pinned version, to the last bit, or nothing."""

from __future__ import annotations

import base64
import hashlib
import subprocess
from pathlib import Path

import pytest

from export.errors import ExportError
from export.web import runtime
from export.web.runtime import BUILDS, find_tarball, read_runtime


def test_the_pinned_hashes_are_those_of_npm_s_files(tarball: Path) -> None:
    """What browsers will check against is what the package holds."""
    files = read_runtime(tarball)
    for build in BUILDS.values():
        for file in build:
            assert base64.b64encode(hashlib.sha384(files[file.name]).digest()).decode() == file.sha384


def test_another_file_is_refused(tarball: Path, tmp_path: Path) -> None:
    """One changed bit is enough, and so is a file that is missing or huge."""
    content = bytearray(tarball.read_bytes())
    content[len(content) // 2] ^= 1
    altered = tmp_path / "altered.tgz"
    altered.write_bytes(content)
    with pytest.raises(ExportError, match="SHA-512"):
        read_runtime(altered)
    with pytest.raises(ExportError, match="cannot be read"):
        read_runtime(tmp_path / "missing.tgz")


def test_without_npm_the_sentence_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No npm, and nothing kept from before: the user is told of --tarball."""
    monkeypatch.setattr(runtime, "user_cache_path", lambda *_, **__: tmp_path)
    monkeypatch.setattr(runtime.shutil, "which", lambda _: None)
    with pytest.raises(ExportError, match="--tarball"):
        find_tarball()


def test_what_npm_gives_is_checked_and_kept(tarball: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong package is not kept; the right one is, and npm is not asked again; npm's own failure is passed on."""
    content, status = b"something else", 0

    def pack(command: list[str], cwd: Path, **_: object) -> subprocess.CompletedProcess[str]:
        assert command[1:] == ["pack", "--silent", runtime.PACKAGE]
        (cwd / runtime.TARBALL).write_bytes(content)
        return subprocess.CompletedProcess(command, status, "", "npm error offline\nmore")

    monkeypatch.setattr(runtime, "user_cache_path", lambda *_, **__: tmp_path / "cache")
    monkeypatch.setattr(runtime.shutil, "which", lambda _: "npm")
    monkeypatch.setattr(runtime.subprocess, "run", pack)
    with pytest.raises(ExportError, match="SHA-512"):
        find_tarball()
    status = 1
    with pytest.raises(ExportError, match="npm error offline"):
        find_tarball()
    assert list((tmp_path / "cache").iterdir()) == []
    content, status = tarball.read_bytes(), 0
    kept = find_tarball()
    status = 1
    assert find_tarball() == kept
