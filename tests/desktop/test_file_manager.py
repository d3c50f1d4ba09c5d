"""The system's own file manager is asked for a folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from desktop import file_manager


def test_a_folder_or_that_of_a_file_is_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file itself is not: that would start the program that opens such files."""
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(QUrl.toLocalFile(url)))
    (tmp_path / "a.png").write_bytes(b"")
    file_manager.show(tmp_path)
    file_manager.show(tmp_path / "a.png")
    assert [Path(each) for each in opened] == [tmp_path, tmp_path]
