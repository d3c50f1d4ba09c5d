"""What differs between runs is told by the names that are typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from desktop.training.curves.differences import differences


def run(folder: Path, name: str, config: Any) -> Path:
    """A run with that configuration."""
    (folder / name).mkdir()
    (folder / name / "config.json").write_text(config if isinstance(config, str) else json.dumps(config))
    return folder / name


def test_only_what_differs_is_told(tmp_path: Path) -> None:
    """Nested options by their own names; an option that a run lacks is empty there; each run's folder is left out."""
    one = run(tmp_path, "one", {"pictures": {"size": 64}, "training": {"batch_size": 8, "lr": 0.1}, "out": "one"})
    two = run(tmp_path, "two", {"pictures": {"size": 128}, "training": {"batch_size": 8}, "out": "two"})
    assert differences([one, two]) == [("lr", ("0.1", "")), ("size", ("64", "128"))]
    assert differences([one, one]) == []


def test_a_broken_configuration_has_no_values(tmp_path: Path) -> None:
    """Nor has one that is missing, or nested without end."""
    one = run(tmp_path, "one", {"size": 64})
    for place, broken in enumerate(("", "[1, 2]", "[" * 100_000)):
        assert differences([one, run(tmp_path, f"broken-{place}", broken)]) == [("size", ("64", ""))]
    assert differences([one, tmp_path / "none"]) == [("size", ("64", ""))]
