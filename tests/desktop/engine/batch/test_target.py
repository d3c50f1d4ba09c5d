"""The folder that a batch writes to."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.engine.batch.target import Target, TargetGoneError


def test_the_same_folder_is_accepted_whatever_is_in_it(tmp_path: Path) -> None:
    """Files that come and go, and another name for the whole, are no other folder."""
    target = Target(tmp_path)
    (tmp_path / "a").touch()
    target.require()
    (tmp_path / "a").unlink()
    target.require()


@pytest.mark.parametrize("replaced", [False, True])
def test_a_folder_that_was_taken_away_is_told(tmp_path: Path, replaced: bool) -> None:
    """Also where a new one stands in its place, which holds nothing of what was written."""
    folder = tmp_path / "out"
    folder.mkdir()
    target = Target(folder)
    folder.rename(tmp_path / "elsewhere")
    if replaced:
        folder.mkdir()
    with pytest.raises(TargetGoneError, match=f"^{folder} was removed or replaced"):
        target.require()
