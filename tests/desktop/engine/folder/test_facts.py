"""What a folder of pictures is like."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from desktop.engine.errors import PictureError, StoppedError
from desktop.engine.folder.facts import SIDE, look
from desktop.engine.watch import never, silent


def test_sizes_formats_and_broken_files_are_told(tmp_path: Path) -> None:
    """The count, the median size, the endings, what cannot be read, and small squares of what can."""
    for index in range(5):
        Image.new("RGB", (60, 40), (index * 40, 0, 0)).save(tmp_path / f"{index}.png")
    Image.new("RGB", (30, 90)).save(tmp_path / "tall.jpg")
    (tmp_path / "broken.png").write_bytes(b"nothing")
    (tmp_path / "labels.csv").write_text("file,kind\n")
    seen = []
    facts = look(tmp_path, lambda done, total: seen.append((done, total)), never)
    assert (facts.count, facts.width, facts.height) == (7, 60, 40)
    assert facts.formats == ((".png", 6), (".jpg", 1))
    assert [path.name for path, _ in facts.broken] == ["broken.png"]
    assert facts.alike == pytest.approx(5 / 6)
    assert facts.has_labels
    assert seen[-1] == (7, 7)
    assert {pixels.shape for pixels in facts.grid} == {(SIDE, SIDE, 3)}
    assert len(facts.grid) == 6


def test_a_folder_without_pictures_is_a_sentence(tmp_path: Path) -> None:
    """It is named, and so is what is no folder."""
    with pytest.raises(PictureError, match="There is no picture in"):
        look(tmp_path, silent, never)
    with pytest.raises(PictureError, match="is not a folder"):
        look(tmp_path / "none", silent, never)


def test_looking_can_be_cancelled(tmp_path: Path) -> None:
    """At the next picture."""
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    with pytest.raises(StoppedError):
        look(tmp_path, silent, lambda: True)
