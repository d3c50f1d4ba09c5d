"""Where pictures are to be moved."""

from __future__ import annotations

from pathlib import Path

from desktop.inspect.targets import can_be_made, proposed


def test_the_proposal_is_beside_the_folder(tmp_path: Path) -> None:
    """So that what is moved there is not found again."""
    assert proposed(tmp_path / "parts", "anomalies") == tmp_path / "parts-anomalies"


def test_a_folder_can_be_made_where_its_parent_can_be_written(tmp_path: Path) -> None:
    """Whether it is there already or not; in a folder that is not there nothing can be made."""
    assert can_be_made(tmp_path)
    assert can_be_made(tmp_path / "new")
    assert not can_be_made(tmp_path / "gone" / "new")
