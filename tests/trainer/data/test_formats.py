"""The picture formats that can be read here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.engine import picture_formats
from trainer.data import formats
from trainer.data.listing import list_folder
from trainer.errors import DataError


@pytest.fixture
def anew() -> Iterator[None]:
    """What is installed is looked up again, before and after."""
    formats.suffixes.cache_clear()
    yield
    formats.suffixes.cache_clear()


@pytest.mark.usefixtures("anew")
def test_what_is_installed_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the plug-ins and AVIF the formats of every Pillow are left; each adds its own endings."""
    monkeypatch.setattr(formats, "_installed", list)
    monkeypatch.setattr(formats.features, "check", lambda _: False)
    assert formats.suffixes() == formats.ALWAYS
    formats.suffixes.cache_clear()
    monkeypatch.setattr(formats, "_installed", lambda: ["pillow_heif"])
    monkeypatch.setattr(formats.features, "check", lambda name: name == "avif")
    assert formats.suffixes() - formats.ALWAYS == {".avif", ".heic", ".heif"}


def test_the_desktop_reads_the_same() -> None:
    """A folder that can be trained on can be looked at, and the other way round."""
    assert formats.suffixes() == set(picture_formats.readable())


@pytest.mark.usefixtures("anew")
def test_what_an_extra_would_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of a telephone's pictures without the plug-in for them names what to install."""
    monkeypatch.setattr(formats, "_installed", list)
    (tmp_path / "IMG_1.HEIC").write_bytes(b"")
    assert formats.readable_with_extra() == {".heic", ".heif", ".jxl"}
    with pytest.raises(
        DataError, match=r"but 1 file \.heic; the extra `formats` .* reads \.heic; choose another folder"
    ):
        list_folder(tmp_path)
