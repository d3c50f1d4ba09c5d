"""Reads the command line of `python -m desktop.gate`, and scores pictures as they come."""

from __future__ import annotations

import argparse
import dataclasses
import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from desktop.command_line import EXIT_BAD_USE, Parser, add_provider, find_model, run, say, tell_provider, warn
from desktop.engine.anomaly import detector_store
from desktop.engine.anomaly.detector import Detector
from desktop.engine.anomaly.detector_file import load_detector
from desktop.engine.anomaly.gate import Gate, Summary, Verdict, summarise
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import DesktopError
from desktop.engine.picture_files import list_pictures
from desktop.gate.junit import write_junit
from export.bundle import Bundle

EXIT_ANOMALIES = 1
POLL_S = 0.25


def main(argv: Sequence[str] | None = None) -> int:
    """Scores pictures; gives the exit status: 0 where all passed, 1 where some are anomalous, 2 where some could not be
    read or the command could not run: nothing passes unseen."""
    return run("convae-gate", lambda: _gate(_parser().parse_args(argv)))


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m desktop.gate",
        description="Score pictures by a detector: exit status 0 if all pass, 1 if some are anomalous, 2 on any error.",
    )
    parser.add_argument("model", metavar="MODEL", help="the name or path of a model, such as one with a detector in it")
    parser.add_argument(
        "pictures",
        type=Path,
        nargs="+",
        metavar="FOLDER|FILE",
        help="pictures, and folders, which are searched with their sub-folders",
    )
    parser.add_argument(
        "--detector",
        type=Path,
        metavar="FILE",
        help="a saved detector; if not given, the one in the model, or the newest that was saved for it",
    )
    parser.add_argument(
        "--false-alarms", type=float, metavar="RATE", help="a false-alarm rate in place of the detector's own"
    )
    parser.add_argument("--junit", type=Path, metavar="FILE", help="write the verdicts as JUnit XML too")
    parser.add_argument(
        "--watch",
        action="store_true",
        help="go on with pictures that are added to the folders, until Ctrl+C or for --for",
    )
    parser.add_argument("--for", dest="seconds", type=float, metavar="SECONDS", help="how long to watch")
    add_provider(parser)
    return parser


def _gate(arguments: argparse.Namespace) -> int:
    bundle = find_model(arguments.model).require()
    detector = _detector(arguments, bundle).at(arguments.false_alarms)
    model = Autoencoder(bundle, arguments.provider, falls_back=False)
    tell_provider(model.provider)
    gate = Gate(model, detector)
    verdicts: list[Verdict] = []
    stream = _watched(gate, arguments) if arguments.watch else map(gate.score_file, _files(arguments.pictures))
    try:
        for verdict in stream:
            verdicts.append(verdict)
            say(json.dumps(_line(verdict)))
    except KeyboardInterrupt:
        if not arguments.watch:
            raise
    if not verdicts and not arguments.watch:
        raise DesktopError("there is no picture to score in what was named.")
    summary = summarise(gate, verdicts)
    if arguments.junit is not None:
        write_junit(arguments.junit, verdicts, gate.detector.threshold())
    say(json.dumps({"summary": dataclasses.asdict(summary)}))
    _tell(summary)
    if summary.unreadable:
        return EXIT_BAD_USE
    return EXIT_ANOMALIES if summary.anomalous else 0


def _detector(arguments: argparse.Namespace, bundle: Bundle) -> Detector:
    if arguments.detector is not None:
        return load_detector(arguments.detector)
    detector = detector_store.find_for_model(bundle)
    if detector is None:
        raise DesktopError(
            "{model} has no detector; fit one with `python -m desktop.inspect anomalies FOLDER --save-model BUNDLE`, "
            "or name one with --detector.",
            model=bundle.info.name,
        )
    return detector


def _files(places: Sequence[Path]) -> Iterator[Path]:
    """The pictures in folders, and files whatever they are."""
    for place in places:
        if place.is_dir():
            yield from (place / each.path for each in list_pictures(place).pictures)
        else:
            yield place


def _watched(gate: Gate, arguments: argparse.Namespace, now: Callable[[], float] = time.monotonic) -> Iterator[Verdict]:
    """Verdicts on what lies in the folders and on what comes, once it no longer grows between two looks."""
    started, done = now(), dict[Path, tuple[int, int]]()
    waiting: dict[Path, tuple[int, int]] = {}
    while arguments.seconds is None or now() - started < arguments.seconds:
        for path in _files(arguments.pictures):
            facts = _facts(path)
            if facts is None or done.get(path) == facts:
                continue
            if waiting.get(path) != facts:
                waiting[path] = facts
                continue
            done[path] = waiting.pop(path)
            verdict = gate.score_file(path)
            yield dataclasses.replace(verdict, delay_ms=max(0.0, time.time() * 1000 - facts[1] / 1e6))
        time.sleep(POLL_S)


def _facts(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None  # gone since it was listed
    return found.st_size, found.st_mtime_ns


def _line(verdict: Verdict) -> dict[str, object]:
    line = dataclasses.asdict(verdict)
    line["path"] = str(verdict.path)
    return line


def _tell(summary: Summary) -> None:
    """The summary for people, on stderr."""
    low, high = summary.false_alarm_rate_between
    warn(
        f"{summary.passed:,} passed, {summary.anomalous:,} anomalous, {summary.unreadable:,} not readable. Of pictures "
        f"like the good ones {low:.1%} to {high:.1%} are called anomalous, 19 times in 20."
    )
    if summary.latency_p50_ms is not None and summary.latency_p99_ms is not None:
        warn(f"Latency: p50 {summary.latency_p50_ms:.0f} ms, p99 {summary.latency_p99_ms:.0f} ms.")
    if summary.longest_delay_ms is not None:
        warn(f"Longest delay from a file's last change to its verdict: {summary.longest_delay_ms:.0f} ms.")
    if summary.drifted:
        warn(
            "The pictures that pass are no longer like the good ones that the detector was fitted to (a chance of "
            f"{summary.drift:.1g}): look at the camera and the light, or fit it again."
        )
