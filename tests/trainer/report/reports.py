"""The command that makes a report, and what is on its page."""

from __future__ import annotations

import html
import re
import sys
from pathlib import Path

import pytest

from trainer.report.__main__ import main


def report(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    """Runs the command; gives its exit status."""
    monkeypatch.setattr(sys, "argv", ["report", *map(str, arguments)])
    return main()


def titles(page: Path) -> list[str]:
    """The headings of a page."""
    return [html.unescape(title) for title in re.findall(r"<h2>(.*?)</h2>", page.read_text(encoding="utf-8"))]
