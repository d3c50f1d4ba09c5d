"""Why a training ended, and what mends it. No Qt."""

from __future__ import annotations

import dataclasses
import shlex
import shutil
from pathlib import Path

from desktop.training import launch
from trainer.run import contract
from trainer.run.contract import Failure, Status

LEAST_FREE_BYTES = 1 << 20  # of the disk of a run that was interrupted: with less, its last words had no room


@dataclasses.dataclass(frozen=True)
class Problem:
    """What went wrong.

    Attributes:
        kind: What can be done about it; "" where nothing is known to help.
        text: The sentence of the trainer, as it is; "" where it left none.
        cure: Options with which the same training may not fail.
    """

    kind: Failure
    text: str
    cure: tuple[str, ...] = ()


def find_problem(run: Path, status: Status | None, ended: bool) -> Problem | None:
    """Why a run failed; None while all is well.

    Args:
        run: Its folder.
        status: What it says of itself.
        ended: Whether its process was started here and has ended.
    """
    if status is not None and status.state == "failed":
        return _told(status)
    if status is not None and (status.ended or status.alive):
        return None
    if status is not None and _is_full(run):
        return Problem("disk", "")
    if not ended:
        return None
    early = contract.read_status_file(launch.failure_file(run))
    return Problem("", launch.last_lines(launch.log_file(run))) if early is None else _told(early)


def _told(status: Status) -> Problem:
    return Problem(status.failure, status.message, tuple(shlex.split(status.cure)))


def _is_full(run: Path) -> bool:
    """A full disk has no room for the sentence either."""
    try:
        return shutil.disk_usage(run).free < LEAST_FREE_BYTES
    except OSError:
        return False
