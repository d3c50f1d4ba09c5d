"""A page is one file that needs no other, and shows text as text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np

from trainer.report.page import code, paragraph, picture, scrubber, section, table, tiles, write_page

VOID = {"meta", "img", "input", "line", "path"}


class Balance(HTMLParser):
    """Raises where a tag is closed that is not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_page_is_whole_and_alone(tmp_path: Path) -> None:
    """Everything is inside the file: no address of anything else, every tag closed, both colour schemes."""
    grid = np.zeros((4, 6, 3), np.uint8)
    parts = [
        picture(grid, "black"),
        tiles([("PSNR", "20 dB", "mean")]),
        table(("name", "value"), [["a", 1.5], ["b", None], ["c", 3]]),
        scrubber([("epoch 1", "data:,1"), ("epoch 2", "data:,2")], "rows"),
    ]
    write_page(tmp_path / "page.html", "Title", "Lead", [section("All", *parts, None, note="Note", wide=True)])
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert re.findall(r'(?:src|href)="(?!data:)', text) == []
    assert not re.search(r"https?://|@import|url\(", text)
    assert "prefers-color-scheme: dark" in text
    balance = Balance()
    balance.feed(text)
    assert balance.open == []


def test_text_is_shown_as_text(tmp_path: Path) -> None:
    """Names of files and folders cannot become markup, wherever they are shown."""
    bad = '<script>alert("x")</script>'
    shown = [
        paragraph(bad),
        code(bad),
        table((bad,), [[bad]]),
        tiles([(bad, bad, bad)]),
        picture(np.zeros((1, 1, 3), np.uint8), bad),
        scrubber([(bad, bad)], bad),
        section(bad, note=bad),
    ]
    write_page(tmp_path / "page.html", bad, bad, shown)
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert text.count("<script>") == 1  # the page's own
    assert 'alert("x")' not in text
