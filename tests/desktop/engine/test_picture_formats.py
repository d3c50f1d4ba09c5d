"""One list of what can be read and of what can be saved, by which everything goes."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.engine import picture_formats, picture_writer, pictures
from desktop.engine.picture_formats import Format
from tests.pictures import gradient

DESKTOP = Path(picture_formats.__file__).parents[1]


@pytest.mark.parametrize("suffix", picture_formats.readable())
def test_what_is_listed_is_read(tmp_path: Path, suffix: str) -> None:
    """A file of each suffix is read as the picture that it is."""
    path = tmp_path / f"a{suffix}"
    picture_formats.load_plugins()
    Image.fromarray(gradient(40, 48)).save(path)
    assert np.abs(pictures.read(path).pixels.astype(int) - gradient(40, 48)).mean() < 8


@pytest.mark.parametrize("suffix", picture_formats.savable())
def test_what_can_be_saved_can_be_read(tmp_path: Path, suffix: str) -> None:
    """Each is written, and read again."""
    picture_writer.save(tmp_path / f"a{suffix}", gradient(8, 8))
    assert pictures.read(tmp_path / f"a{suffix}").pixels.shape == (8, 8, 3)
    assert suffix in picture_formats.readable()


def test_a_plugin_brings_its_format_where_it_is_installed() -> None:
    """A format of a plug-in is readable with it alone."""
    absent, present = Format("A", (".a",), plugin="no_such_plugin"), Format("B", (".b",), plugin="PIL")
    assert not absent.is_readable
    assert present.is_readable


def test_the_dialogs_offer_what_is_listed() -> None:
    """Patterns of every readable suffix."""
    assert picture_formats.open_patterns().split() == [f"*{suffix}" for suffix in picture_formats.readable()]


def test_no_other_list_stands_in_the_desktop() -> None:
    """No other module names several picture endings."""
    several = re.compile(r"\.jpe?g\b.*\.(?:png|webp|bmp|tiff?)\b|\.(?:png|webp|bmp|tiff?)\b.*\.jpe?g\b")
    found = [path.name for path in DESKTOP.rglob("*.py") if several.search(path.read_text(encoding="utf-8"))]
    assert found == ["picture_formats.py"]
