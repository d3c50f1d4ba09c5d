"""A folder of pictures through a model, without a window: `python -m desktop.batch SRC DST --model NAME`.

Exit status: 0 all done, 1 some pictures failed or it was stopped, 2 bad use.
"""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

from desktop.engine import library
from desktop.engine.batch.plan import DEFAULT_PATTERN, OUTPUTS, BatchJob, Output
from desktop.engine.batch.progress import Control, Progress
from desktop.engine.batch.run import Summary, run
from desktop.engine.errors import EXPECTED, DesktopError
from desktop.engine.framing import FIT_MODES
from desktop.engine.providers import ASKED

NAME = "desktop.batch"
SHOWN_FAILURES = 50


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a batch; gives its exit status."""
    try:
        arguments = _parser().parse_args(argv)
        job = _job(arguments)
        control, line = Control(), _Line(sys.stderr.isatty())
        _cancel_on_interrupt(control)
        summary = run(job, control, line.show)
        line.clear()
    except EXPECTED as error:
        print(f"{NAME}: {error}", file=sys.stderr)
        return 2
    _report(summary, job)
    return 1 if summary.failures or summary.stopped else 0


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Bad use is told like any other error."""
        raise DesktopError("{message} (see --help)", message=message)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=f"python -m {NAME}",
        description="Take every picture of a folder through a model. A run that ended early goes on where it stopped.",
    )
    parser.add_argument("source", type=Path, metavar="SRC", help="the folder of pictures; its sub-folders are kept")
    parser.add_argument("target", type=Path, metavar="DST", help="the folder to write to")
    parser.add_argument("--model", metavar="NAME|PATH", help="the model to use; the first one found if not given")
    parser.add_argument(
        "--out", type=_outputs, default=("reconstruction",), metavar="KINDS", help=f"of {','.join(OUTPUTS)}"
    )
    parser.add_argument(
        "--pattern",
        default=DEFAULT_PATTERN,
        help="the files' names without their endings, of {name}, {kind}, {number} and {model} (default: %(default)s)",
    )
    parser.add_argument("--overwrite", action="store_true", help="replace files that exist")
    parser.add_argument("--fit", choices=FIT_MODES, default="crop", help="for models of a fixed size")
    parser.add_argument(
        "--refine",
        action="store_true",
        help="look again at what becomes of each code: about 0.1 dB for 4 times the time",
    )
    parser.add_argument("--provider", choices=ASKED, default="auto", help="where to compute")
    return parser


def _outputs(text: str) -> tuple[Output, ...]:
    names = [name.strip() for name in text.split(",")]
    unknown = [name for name in names if name not in OUTPUTS]
    if unknown:
        raise argparse.ArgumentTypeError(f"there is no output {unknown[0] or '(nothing)'}: {', '.join(OUTPUTS)}")
    return tuple(kind for kind in OUTPUTS if kind in names)


def _job(arguments: argparse.Namespace) -> BatchJob:
    models = library.find_models()
    if arguments.model is not None:
        entry = library.choose(models, arguments.model)
    else:
        sound = [entry for entry in models if entry.problem is None]
        if not sound:
            raise DesktopError("no model was found; name a model folder with --model.")
        entry = sound[0]
    return BatchJob(
        arguments.source,
        arguments.target,
        entry,
        arguments.out,
        arguments.pattern,
        arguments.overwrite,
        arguments.fit,
        arguments.provider,
        arguments.refine,
    )


def _cancel_on_interrupt(control: Control) -> None:
    """Ctrl-C ends it after the pictures at hand; a second one ends it at once."""
    if threading.current_thread() is not threading.main_thread():
        return

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        control.cancel()

    signal.signal(signal.SIGINT, interrupted)


class _Line:
    """The progress on one line of a terminal that is written anew; nothing where there is no terminal."""

    def __init__(self, shown: bool) -> None:
        self._shown = shown

    def show(self, progress: Progress) -> None:
        if self._shown:
            print(f"\r\x1b[K{describe(progress)}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def describe(progress: Progress) -> str:
    """One line on where a batch stands."""
    parts = [f"{progress.done + progress.failed} of {progress.total}"]
    if progress.failed:
        parts.append(f"{progress.failed} failed")
    if progress.per_second is not None and progress.seconds_left is not None:
        minutes, seconds = divmod(round(progress.seconds_left), 60)
        parts.append(f"{progress.per_second:.1f} pictures a second, {minutes}:{seconds:02d} left")
    return " · ".join(parts)


def _report(summary: Summary, job: BatchJob) -> None:
    kept = f", {summary.kept} done before" if summary.kept else ""
    print(f"{summary.written} of {summary.total} pictures written to {job.target}{kept}.")
    if summary.gained_db is not None:
        print(f"Refining brought {summary.gained_db:.2f} dB on average.")
    if summary.failures:
        print(f"{len(summary.failures)} failed:", file=sys.stderr)
        for failure in summary.failures[:SHOWN_FAILURES]:
            print(f"  {failure.picture}: {failure.reason}", file=sys.stderr)
        if len(summary.failures) > SHOWN_FAILURES:
            print(f"  and {len(summary.failures) - SHOWN_FAILURES} more", file=sys.stderr)
    if summary.stopped:
        print("Stopped; the same command goes on where it stopped.", file=sys.stderr)
