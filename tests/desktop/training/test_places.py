"""Where runs are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.engine.errors import TrainingError
from desktop.training import launch, places
from trainer.run import contract
from trainer.run.contract import Status


def _run(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / contract.CONFIG_FILE).write_text("{}")
    contract.write_status(folder, Status("failed", 0))
    return folder


def test_runs_are_found_in_both_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """New ones go to the other folder, and so do prepared pictures."""
    monkeypatch.setattr(launch, "runs_folder", lambda: tmp_path / "runs")
    one, two = _run(tmp_path / "runs" / "one"), _run(tmp_path / "other" / "two")
    assert places.find_runs(None) == [one]
    assert places.find_runs(tmp_path / "other") == [two, one]
    assert places.run_folders(tmp_path / "other")[0] == tmp_path / "other"
    assert places.environment(None) == {}
    assert places.environment(tmp_path) == {"CONVAE_CACHE": str(tmp_path / "prepared-pictures")}


def test_a_run_is_copied_whole(tmp_path: Path) -> None:
    """Without half-written files and locks, under a free name; a link stays a link, and what cannot be read is told."""
    run = _run(tmp_path / "runs" / "mine")
    (run / ".x.partial").touch()
    (run / ".lock").touch()
    (run / "grids").mkdir()
    (run / "grids" / "1.png").touch()
    (run / "link").symlink_to("/etc/passwd")
    (tmp_path / "other" / "mine").mkdir(parents=True)
    target = places.copy_run(run, tmp_path / "other")
    assert target == tmp_path / "other" / "mine-2"
    found = sorted(path.relative_to(target).as_posix() for path in target.rglob("*"))
    assert found == ["config.json", "grids", "grids/1.png", "link", "status.json"]
    assert (target / "link").is_symlink()
    with pytest.raises(TrainingError):
        places.copy_run(tmp_path / "missing", tmp_path / "other")
    assert {path.name for path in (tmp_path / "other").iterdir()} == {"mine", "mine-2"}
