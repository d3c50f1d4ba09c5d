"""`python -m desktop.inspect evaluate`."""

from __future__ import annotations

import html.parser
from pathlib import Path

import pytest

from tests.desktop.inspect.commands.conftest import Run


class Tags(html.parser.HTMLParser):
    """Counts what is opened, and sees that it is closed."""

    VOID = ("meta", "img", "rect", "polyline", "polygon")

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 (as its base has it)
        self.seen.append(tag)
        if tag not in self.VOID:
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag in self.VOID or self.opened.pop() == tag


def test_the_page_says_how_well_it_does(
    run: Run, parts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Curves, confusion, alarms by folder, baselines and worst errors are in one sound page that needs no other file,
    and a name of a file cannot write into it."""
    (parts / "good" / "<b>x&y").mkdir()
    first = next(iter(sorted((parts / "good").glob("*.png"))))
    first.rename(parts / "good" / "<b>x&y" / first.name)
    page = tmp_path / "page.html"
    assert run("evaluate", parts, "--scores", "error,scales,mean_picture", "--side", "32", "--out", page) == 0
    assert str(page) in capsys.readouterr().out
    text = page.read_text()
    tags = Tags()
    tags.feed(text)
    assert tags.opened == []
    assert tags.seen.count("svg") >= 1
    assert tags.seen.count("polyline") >= 4
    for said in ("called anomalous", "AUROC of pictures", "mean_picture *", "False alarms by folder", "Worst errors"):
        assert said in text
    assert "good/&lt;b&gt;x&amp;y" in text
    assert "<b>x" not in text
    assert 'src="http' not in text


def test_a_folder_without_bad_pictures_is_refused(run: Run, parts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There is nothing to compare with, and nothing is written."""
    assert run("evaluate", parts / "good", "--good", parts / "good", "--scores", "error", "--side", "32") == 2
    assert "no sub-folders good and bad" in capsys.readouterr().err
    assert not list(parts.glob("*.html"))
