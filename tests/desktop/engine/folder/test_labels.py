"""`labels.csv` as the desktop reads it, beside the trainer's reading of the same table."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.engine.folder import labels
from trainer.data.labels import as_factors
from trainer.data.labels import read_labels as read_as_trainer

NAMES = ("a.png", "more/b.png", "more/c.jpg", "c.png", "d.png")


def read(folder: Path, text: str) -> labels.Labels:
    """What a table in the folder says of `NAMES`."""
    (folder / labels.LABELS_FILE).write_text(text, "utf-8")
    return labels.read_labels(folder, [folder / name for name in NAMES])


def test_pictures_are_named_as_the_trainer_names_them(tmp_path: Path) -> None:
    """By their way, by their name alone, with or without ending, where it means one; the trainer gives the same."""
    text = "\ufefffile,colour,size\n./a.png,red,1\nb,blue,\nmore\\c.jpg,green,3\nc,none,4\nd.png, red ,5\n"
    found = read(tmp_path, text)
    assert found.factors == {"colour": ("red", "blue", "green", "", "red"), "size": ("1", "", "3", "", "5")}
    assert len(found.problems) == 1
    assert "names files that are missing or not told apart (1, such as c)." in found.problems[0]
    known: dict[str, dict[str, str]] = {name: {} for name in NAMES}
    read_as_trainer(tmp_path / labels.LABELS_FILE, known)
    factors = as_factors(list(known.values()))
    assert factors is not None
    assert {name: tuple(values) for name, values in factors.items()} == found.factors


def test_a_table_in_a_sub_folder_is_of_that_one(tmp_path: Path) -> None:
    """Its names begin there; the two tables are joined. A hidden folder's is passed over."""
    for place, text in (("more", "file,kind\nb.png,x\n"), (".hidden", "nothing")):
        (tmp_path / place).mkdir()
        (tmp_path / place / labels.LABELS_FILE).write_text(text)
    found = read(tmp_path, "file,size\na,1\n")
    assert found.factors == {"size": ("1", "", "", "", ""), "kind": ("", "x", "", "", "")}
    assert found.problems == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("file\na.png\n", "needs a header"),
        ("file,kind,kind\na.png,1,2\n", "needs a header"),
        ("file,kind\na.png,1,2\n", "row 2 has 3 cells, and the header has 2 names"),
        ("", "cannot be read as a table"),
    ],
)
def test_what_is_no_table_is_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    """It is a problem, and nothing is known; the rest of the inspection goes on."""
    found = read(tmp_path, text)
    assert found.factors == {}
    assert said in found.problems[0]


def test_a_table_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is said."""
    monkeypatch.setattr(labels, "LARGEST_BYTES", 8)
    assert "larger than 8 bytes" in read(tmp_path, "file,kind\na.png,1\n").problems[0]
