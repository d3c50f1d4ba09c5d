"""What the commands that measure models share: how they save figures, and how they end."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desktop.engine.errors import EXPECTED
from trainer.errors import TrainerError
from trainer.machine.files import write_text


def exit_status(work: Callable[[], None]) -> int:
    """Does the work: 0, or 2 after one sentence about what is wrong."""
    try:
        work()
    except (*EXPECTED, TrainerError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"error: The disk refused: {error.strerror or error} ({error.filename}).", file=sys.stderr)
        return 2
    return 0


def save_figures(path: Path | None, rows: Sequence[Any]) -> None:
    """Writes dataclasses as a JSON list; nothing where there is no path.

    Raises:
        OSError: The disk refused.
    """
    if path is not None:
        write_text(path, json.dumps([asdict(row) for row in rows], indent=2) + "\n")
