"""What an export measured of a latent is on the page of its run."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.report.scores import LARGEST_BYTES, SCORES_FILE, scores_section


def test_scores_are_a_table(tmp_path: Path) -> None:
    """A line for each code and a column for each score; what a code lacks is a dash, and names stay text."""
    (tmp_path / SCORES_FILE).write_text(
        "code,score,mean,low,high\nraw numbers,mig,0.1234,0.1,0.2\nraw numbers,sap,0.5,0.4,0.6\n<b>,sap,0.75,0.7,0.8\n"
    )
    text = scores_section(tmp_path)
    assert text is not None
    assert all(each in text for each in ("Disentanglement", "raw numbers", "0.123", "0.500", "0.750", "&lt;b&gt;", "–"))
    assert text.index("mig") < text.index("sap")


@pytest.mark.parametrize(
    "content",
    [
        None,
        "",
        "code,score\nraw numbers,mig\n",
        "code,score,mean\nraw numbers,mig,much\n",
        "code,score,mean\nraw numbers,mig,nan\n",
        "x" * (LARGEST_BYTES + 1),
    ],
)
def test_nothing_is_said_where_nothing_usable_was_measured(content: str | None, tmp_path: Path) -> None:
    """No file, an empty one, one that lacks means or has none that are numbers, and one too large to read."""
    if content is not None:
        (tmp_path / SCORES_FILE).write_text(content)
    assert scores_section(tmp_path) is None
