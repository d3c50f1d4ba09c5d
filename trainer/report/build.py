"""From a run folder to its page: everything that can be had is shown, and what cannot is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from trainer.data import Data, open_data
from trainer.data.store import Progress
from trainer.errors import CheckpointError, TrainerError
from trainer.machine.device import Device, choose_device
from trainer.options.config import read_config
from trainer.report.measure import look_at
from trainer.report.record import Record
from trainer.report.run_page import write_run_page
from trainer.run.checkpoint import WEIGHTS_FILE, load_run, resolve_latest


def finish_report(folder: Path, data: Data, device: Device, say: Callable[[str], None]) -> None:
    """Makes the page at the end of a training, or after a request to stop.

    The run is whole without it: Ctrl-C leaves it out, and so does a fault, and says so.
    """
    try:
        _write(folder, data, device, "")
    except KeyboardInterrupt:
        say(f"Report    left out; make it with python -m trainer.report {folder}")
    except (TrainerError, OSError) as error:
        say(f"Report    not made: {error}")


def make_report(folder: Path, progress: Progress) -> Path:
    """Makes or refreshes the page of a run.

    Where the network has no weights yet, or its pictures are gone, the page is made without what needs them.

    Args:
        folder: The run folder.
        progress: Told how far the pictures are prepared.

    Returns:
        The page's file.

    Raises:
        TrainerError: There is no run with a record.
        OSError: The disk refused.
    """
    folder = resolve_latest(folder)
    config = read_config(folder)
    try:
        return _write(folder, open_data(config, progress), choose_device(config), "")
    except TrainerError as error:
        return _write(folder, None, None, f"Pictures are not shown: {error}")


def _write(folder: Path, data: Data | None, device: Device | None, note: str) -> Path:
    record = Record.read(folder, read_config(folder))
    if not (folder / WEIGHTS_FILE).is_file():
        return write_run_page(record, None, data, None, device, note or "There are no weights yet.")
    try:
        run = load_run(folder)
    except CheckpointError as error:
        return write_run_page(record, None, data, None, device, str(error))
    findings = None if data is None or device is None else look_at(run, data, device)
    return write_run_page(record, run, data, findings, device, note)
