"""Trainings that were asked for, as files: beside each run its plan, by which it can be trained again.

A run that was started in a terminal has none; its plan is read from the options that it saved.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

from desktop.engine.disk.file_writer import write_file
from desktop.engine.disk.files import read_bounded
from desktop.engine.errors import TrainingError
from desktop.training.launch import GOALS, LONGEST_MINUTES, Plan
from trainer.run.contract import CONFIG_FILE

LARGEST_BYTES = 1 << 16
LARGEST_CONFIG_BYTES = 1 << 20
MOST_OPTIONS = 400
OWN = frozenset({"format", "data", "out", "resume"})  # of `config.json`: no options, or said elsewhere in a plan
CHOSEN_UNLESS_REFUSED = frozenset({"flip", "tiles", "grey", "linear"})  # what `--no-flip` and the like are for


def plan_file(run: Path) -> Path:
    """Where the plan of a run is: beside it, as its log is."""
    return run.with_name(f"{run.name}.plan.json")


def save_plan(plan: Plan) -> None:
    """Writes the plan of a run beside it.

    Raises:
        TrainingError: The disk refused.
    """
    write_file(plan_file(plan.out), json.dumps(to_json(plan), indent=1).encode(), TrainingError)


def read_plan(run: Path) -> Plan | None:
    """The plan of a run; None where it was started elsewhere, or the file cannot be used."""
    try:
        plan = from_json(json.loads(read_bounded(plan_file(run), LARGEST_BYTES)))
    except (OSError, ValueError, RecursionError):
        return None
    return None if plan is None else dataclasses.replace(plan, out=run)


def plan_of(run: Path) -> Plan | None:
    """The plan by which a run can be trained again, wherever it was started; None where nothing tells its options."""
    return read_plan(run) or read_config(run)


def read_config(run: Path) -> Plan | None:
    """The plan that the options which a run saved come to: each of them is said, so that nothing is chosen anew."""
    try:
        config = json.loads(read_bounded(run / CONFIG_FILE, LARGEST_CONFIG_BYTES))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(config, dict) or "data" not in config or len(config) > MOST_OPTIONS:
        return None
    data = config["data"]
    if not (data is None or _is_text(data)) or not all(map(_is_text, config)):
        return None
    more = [word for name, value in config.items() if name not in OWN for word in _option(name, value)]
    return Plan(None if data is None else Path(data), run, minutes=0, more=tuple(more))


def _option(name: str, value: Any) -> list[str]:
    """One option as it is typed; one without a value is left out."""
    flag = name.replace("_", "-")
    if isinstance(value, bool):
        return [f"--{flag}"] if value else [f"--no-{flag}"] * (name in CHOSEN_UNLESS_REFUSED)
    return [f"--{flag}", str(value)] if isinstance(value, int | float | str) else []


def to_json(plan: Plan) -> dict[str, Any]:
    """A plan in plain JSON values."""
    data = None if plan.data is None else str(plan.data.absolute())
    values = {"goal": plan.goal, "minutes": plan.minutes, "more": list(plan.more), "model": plan.model}
    return {"data": data, "out": str(plan.out.absolute()), **values}


def from_json(value: Any) -> Plan | None:
    """The plan that `to_json` gave; None for anything else."""
    if not isinstance(value, dict):
        return None
    data, out, goal, minutes, more = (value.get(name) for name in ("data", "out", "goal", "minutes", "more"))
    if not (data is None or _is_path(data)) or not _is_path(out) or goal not in GOALS:
        return None
    if isinstance(minutes, bool) or not isinstance(minutes, int) or not 0 <= minutes <= LONGEST_MINUTES:
        return None
    if not isinstance(more, list) or len(more) > MOST_OPTIONS or not all(map(_is_text, more)):
        return None
    model = value.get("model") is True  # earlier plans say nothing of it
    return Plan(None if data is None else Path(data), Path(str(out)), goal, minutes, tuple(more), model)


def _is_path(value: object) -> bool:
    return _is_text(value) and Path(str(value)).is_absolute()


def _is_text(value: object) -> bool:
    return isinstance(value, str) and "\0" not in value
