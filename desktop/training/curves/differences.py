"""What differs between runs: options of their `config.json` whose values are not the same. No Qt."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop.engine.disk.files import read_bounded
from trainer.run.contract import CONFIG_FILE

LARGEST_BYTES = 1 << 20
MOST_OPTIONS = 60
LEFT_OUT = frozenset({"out", "resume"})  # every run has its own


def differences(runs: Sequence[Path]) -> list[tuple[str, tuple[str, ...]]]:
    """The options that differ between runs, each with its value in every run; empty where a run lacks it.

    A run whose `config.json` cannot be read has no values. Options are in order of their names, at most 60.
    """
    tables = [_options(run) for run in runs]
    names = sorted({name for table in tables for name in table})
    rows = [(name, tuple(table.get(name, "") for table in tables)) for name in names]
    return [(name, values) for name, values in rows if len(set(values)) > 1][:MOST_OPTIONS]


def _options(run: Path) -> dict[str, str]:
    try:
        config = json.loads(read_bounded(run / CONFIG_FILE, LARGEST_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    return dict(_flat(config))


def _flat(config: Any) -> list[tuple[str, str]]:
    """Options as they are typed, without the groups that they stand in."""
    found = list[tuple[str, str]]()
    for name, value in config.items() if isinstance(config, dict) else ():
        if isinstance(value, dict):
            found += _flat(value)
        elif name not in LEFT_OUT:
            found.append((str(name).replace("_", "-"), value if isinstance(value, str) else json.dumps(value)))
    return found
