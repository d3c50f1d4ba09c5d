"""`python -m trainer.report RUN...`: the page of one run, or one page that compares several."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import tyro

from trainer.errors import ConfigError
from trainer.terminal import exit_status, printable


@dataclass(frozen=True)
class ReportConfig:
    """Make or refresh the page of one run, or one page that compares several."""

    runs: tyro.conf.Positional[tuple[Path, ...]]
    """Run folders, such as `runs/latest`."""
    out: Path | None = None
    """File of the comparison; `comparison.html` beside the first run by default. One run's page is in its folder."""


def make(config: ReportConfig) -> Path:
    """Makes the page that the options ask for.

    Returns:
        The page's file.

    Raises:
        TrainerError: No run is named, or one of them is no run.
        OSError: The disk refused.
    """
    # These bring torch, which takes seconds to import; --help should not.
    from trainer.options.config import read_config
    from trainer.report.build import make_report
    from trainer.report.compare_page import COMPARISON_FILE, write_comparison
    from trainer.report.record import Record
    from trainer.run.checkpoint import resolve_latest
    from trainer.run.display import Display

    if not config.runs:
        raise ConfigError("Name at least one run folder, such as runs/latest.")
    if len(config.runs) == 1:
        if config.out is not None:
            raise ConfigError("--out is for a comparison; the page of one run is in its folder.")
        with Display() as display:
            return make_report(config.runs[0], display.prepare)
    folders = [resolve_latest(run) for run in config.runs]
    path = config.out or folders[0].parent / COMPARISON_FILE
    write_comparison(path, [Record.read(folder, read_config(folder)) for folder in folders])
    return path


def main() -> int:
    """The command; returns its exit status: 0, or 2 after one sentence about what is wrong."""
    config = tyro.cli(ReportConfig, prog="python -m trainer.report")

    def command() -> int:
        print(printable(f"Page      {make(config)}"))
        return 0

    return exit_status(command, lambda: "stopped; nothing was written")


if __name__ == "__main__":
    sys.exit(main())
