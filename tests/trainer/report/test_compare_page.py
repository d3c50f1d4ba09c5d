"""Several runs compared in one page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.trainer.report.reports import report, titles


def test_several_runs_are_compared(run: Path, plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One page has the figures of all, the options that differ, and the last pictures of each."""
    assert report(monkeypatch, run, plain) == 0
    page = run.parent / "comparison.html"
    text = page.read_text(encoding="utf-8")
    assert {"Figures", "What differs", "Training loss, smoothed", "Last pictures"} <= set(titles(page))
    assert "<th>--corrupt</th>" in text
    assert "<th>--size</th>" not in text
    assert text.count("<img ") == 2
