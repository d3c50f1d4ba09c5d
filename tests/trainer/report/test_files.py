"""Files that a run leaves beside its page."""

from __future__ import annotations

from pathlib import Path

from trainer.report.files import SKIPPED_FILE, save_skipped


def test_the_list_of_skipped_files_holds_any_name(tmp_path: Path) -> None:
    """What a terminal or a spreadsheet would obey is shown as text."""
    save_skipped(tmp_path, [("=1+1.png", "broken"), ("a\x1b[2J.png", "ends, early"), ("b.png", "@home")])
    assert (tmp_path / SKIPPED_FILE).read_text().splitlines() == [
        "file,reason",
        "'=1+1.png,broken",
        'a\\x1b[2J.png,"ends, early"',
        "b.png,'@home",
    ]
