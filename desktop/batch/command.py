"""A folder of pictures through a model, without a window: `python -m desktop.batch SRC DST --model NAME`.

Exit status: 0 all done, 1 some pictures failed or it was stopped, 2 bad use.
"""

from __future__ import annotations

import argparse
import signal
import threading
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from desktop import command_line
from desktop.command_line import EXIT_SOME_FAILED, Parser, ProgressLine, count, say, warn
from desktop.engine.batch.encoding import ENCODINGS, USUAL_QUALITY, Encoding
from desktop.engine.batch.plan import DEFAULT_PATTERN, OUTPUTS, BatchJob, Output
from desktop.engine.batch.progress import Control, Progress
from desktop.engine.batch.run import Summary, run
from desktop.engine.batch.share import Share, parse_share
from desktop.engine.cluster.connection import Cluster
from desktop.engine.cluster.place import ADDRESS, parse_place
from desktop.engine.cluster.run import run_on_cluster
from desktop.engine.errors import DesktopError
from desktop.engine.framing import FIT_MODES

NAME = "desktop.batch"
SHOWN_FAILURES = 50


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a batch; gives its exit status."""
    return command_line.run(NAME, lambda: _batch(argv))


def _batch(argv: Sequence[str] | None) -> int:
    arguments = _parser().parse_args(argv)
    job = _job(arguments)
    control, line = Control(), ProgressLine("Pictures")
    _cancel_on_interrupt(control)
    if arguments.ray is None:
        summary = run(job, control, lambda progress: _show(line, progress))
    else:
        places = parse_place(arguments.source), parse_place(arguments.target)
        cluster = Cluster(arguments.ray)
        summary = run_on_cluster(job, *places, cluster, control, lambda progress: _show(line, progress), warn)
    line.end()
    _report(summary, job)
    return EXIT_SOME_FAILED if summary.failures or summary.stopped else 0


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog=f"python -m {NAME}",
        description="Take every picture of a folder through a model. A run that ended early resumes where it stopped.",
    )
    parser.add_argument("source", metavar="SRC", help="the folder of pictures; its sub-folders are kept")
    parser.add_argument("target", metavar="DST", help="the folder to write to")
    command_line.add_model(parser)
    parser.add_argument(
        "--out", type=_outputs, default=("reconstruction",), metavar="KINDS", help=f"any of {','.join(OUTPUTS)}"
    )
    parser.add_argument(
        "--pattern",
        default=DEFAULT_PATTERN,
        help="file names without endings, made of {name}, {kind}, {number} and {model} (default: %(default)s)",
    )
    parser.add_argument(
        "--frame", type=_number, default=1, metavar="N", help="which picture of a file that holds several (default: 1)"
    )
    parser.add_argument("--overwrite", action="store_true", help="replace files that exist")
    parser.add_argument(
        "--fit",
        choices=FIT_MODES,
        default="crop",
        help="how a model of fixed size sees a picture of another aspect (crop)",
    )
    parser.add_argument(
        "--refine",
        action="store_true",
        help="refine each latent: usually half a dB better or more, in about 20 times the time",
    )
    parser.add_argument(
        "--part",
        type=_share,
        metavar="I/N",
        help="do one of N equal shares of the pictures, each on its own machine; at the end, the same command without "
        "--part does what is missing, and writes scores.csv",
    )
    parser.add_argument(
        "--ray",
        metavar="auto|ADDRESS",
        help="run on a Ray cluster whose nodes see SRC and DST: shared folders, or addresses such as s3://...",
    )
    parser.add_argument(
        "--format",
        choices=tuple(ENCODINGS),
        default="png",
        help="of reconstructions; png-small takes fifty times as long as png for 3 or 4 %% less, webp thirteen times "
        "for 29 %% less, and keeps every pixel too (default: %(default)s)",
    )
    parser.add_argument(
        "--quality", type=int, default=USUAL_QUALITY, metavar="N", help="of webp-lossy and jpeg, 1 to 100 (%(default)s)"
    )
    command_line.add_provider(parser)
    return parser


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no number from 1")
    return int(text)


def _share(text: str) -> Share:
    try:
        return parse_share(text)
    except DesktopError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _outputs(text: str) -> tuple[Output, ...]:
    names = [name.strip() for name in text.split(",")]
    unknown = [name for name in names if name not in OUTPUTS]
    if unknown:
        raise argparse.ArgumentTypeError(f"there is no output {unknown[0] or '(nothing)'}: {', '.join(OUTPUTS)}")
    return tuple(kind for kind in OUTPUTS if kind in names)


def _job(arguments: argparse.Namespace) -> BatchJob:
    if arguments.ray is None and (place := next(filter(ADDRESS.match, (arguments.source, arguments.target)), None)):
        raise DesktopError("{place} is no folder of this machine; --ray takes addresses.", place=place)
    if arguments.ray is not None and arguments.part is not None:
        raise DesktopError("--part shares a batch out without Ray; leave out one of the two.")
    return BatchJob(
        Path(arguments.source),
        Path(arguments.target),
        command_line.find_model(arguments.model),
        arguments.out,
        arguments.pattern,
        arguments.overwrite,
        arguments.fit,
        arguments.provider,
        arguments.refine,
        falls_back=False,
        share=arguments.part,
        frame=arguments.frame - 1,
        encoding=Encoding(arguments.format, arguments.quality),
    )


def _cancel_on_interrupt(control: Control) -> None:
    """Ctrl-C ends it after the pictures at hand; a second one ends it at once."""
    if threading.current_thread() is not threading.main_thread():
        return

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        control.cancel()

    signal.signal(signal.SIGINT, interrupted)


def _show(line: ProgressLine, progress: Progress) -> None:
    failed = (f"{progress.failed} failed",) if progress.failed else ()
    line.show(progress.done + progress.failed, progress.total, progress.per_second, failed)


def _report(summary: Summary, job: BatchJob) -> None:
    kept = f", {summary.kept} done before" if summary.kept else ""
    of_share = f" of part {job.share}" if job.share else ""
    say(f"{summary.written} of {summary.total} pictures{of_share} written to {job.target}{kept}.")
    if summary.size_bytes:
        say(f"The reconstructions take {summary.size_bytes / 1e6:,.2f} MB.")
    if summary.gained_db is not None:
        say(f"Refining brought {summary.gained_db:.2f} dB on average.")
    if summary.provider:
        command_line.tell_provider(summary.provider)
    if summary.parts:
        said = count(summary.parts, "reconstruction shows", "reconstructions show")
        warn(f"{said} the part of the picture alone that {job.entry.name} sees; --fit fit gives it the whole.")
    if summary.several:
        said = count(summary.several, "file holds", "files hold")
        warn(f"{said} several pictures (frames or pages), of which number {job.frame + 1:,} was taken.")
    if summary.passed_over:
        warn(f"{summary.passed_over}.")
    if summary.failures:
        warn(f"{len(summary.failures)} failed:")
        for failure in summary.failures[:SHOWN_FAILURES]:
            warn(f"  {failure.picture}: {failure.reason}")
        if len(summary.failures) > SHOWN_FAILURES:
            warn(f"  and {len(summary.failures) - SHOWN_FAILURES} more")
    if summary.stopped:
        warn("Stopped; the same command resumes where it stopped.")
