"""`anomalies`: finds them, tells them, and moves them if asked to."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from desktop.command_line import EXIT_SOME_FAILED, ProgressLine, find_model, open_model, say, say_json, warn
from desktop.engine.anomaly import anomalies, detector_store, heat, samples, tables
from desktop.engine.anomaly.anomalies import Report
from desktop.engine.anomaly.detector import COMBINED, Detector
from desktop.engine.anomaly.detector_file import save_detector
from desktop.engine.anomaly.truth import find_masks
from desktop.engine.anomaly.whole import Looker
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.disk.file_writer import make_folder
from desktop.engine.errors import PictureError
from desktop.engine.folder import moves
from desktop.engine.folder.index import Index
from desktop.engine.picture_writer import save_png
from desktop.inspect.commands.common import open_index, tell_moves
from desktop.inspect.commands.detector import add_detector, read_detector

SHOWN = 20


def add(commands: Any, with_folder: argparse.ArgumentParser) -> None:
    """Adds the command to the parser."""
    parser = commands.add_parser("anomalies", parents=[with_folder], help="find anomalies")
    add_detector(parser)
    parser.add_argument(
        "--defects", choices=("auto", "black", "white"), default="auto", help="the colour of defects in the masks"
    )
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write the scores of all pictures, anomalies first")
    parser.add_argument("--heat", type=Path, metavar="FOLDER", help="write heat maps of the anomalies")
    parser.add_argument("--move-to", type=Path, metavar="FOLDER", help="move anomalies there; `undo` moves them back")
    parser.add_argument(
        "--save",
        action="store_true",
        help="keep the detector (scores, thresholds, false-alarm rate) with the model, for later runs and the window",
    )
    parser.add_argument("--save-detector", type=Path, metavar="FILE", help="keep the detector in a file as well")
    parser.add_argument(
        "--save-model",
        type=Path,
        metavar="BUNDLE",
        help="write a copy of the model with the detector in it",
    )
    parser.set_defaults(run=_anomalies)


def _anomalies(arguments: argparse.Namespace) -> int:
    model = open_model(arguments)
    index, done = open_index(arguments, model)
    detector = read_detector(arguments, model, index)
    if arguments.save:
        detector_store.keep(detector, index)
    if arguments.save_detector is not None:
        save_detector(detector, arguments.save_detector)
    if arguments.save_model is not None:
        detector_store.write_bundle_with(detector, find_model(arguments.model).require(), arguments.save_model)
    bar = ProgressLine("Scoring")
    _tell_cost(detector, index, model)
    report = anomalies.inspect(index, detector, bar, model=model)
    bar.end()
    masks = arguments.masks or find_masks(index.folder)
    if report.bad is not None and masks is not None:
        results = anomalies.measure_masks(report, index, model, masks, arguments.defects)
        report = Report(detector, report.rows, report.verdicts, report.bad, results)
    paths = index.paths(report.rows)
    if arguments.csv is not None:
        tables.write_verdicts(arguments.csv, index.folder, paths, report.verdicts, detector.origin.score)
    if arguments.heat is not None:
        _write_heat(arguments.heat, index, model, report)
    _print_report(arguments, report, paths)
    failed = bool(done.broken)
    if arguments.move_to is not None:
        found = [path for path, anomalous in zip(paths, report.verdicts.anomalous) if anomalous]
        failed |= tell_moves(moves.move(found, index.folder, arguments.move_to), "moved")
    return EXIT_SOME_FAILED if failed else 0


def _tell_cost(detector: Detector, index: Index, model: Autoencoder) -> None:
    """Says before it starts how long looking at whole pictures takes: it is linear in their pixels."""
    paths = index.paths(index.rows())
    if not detector.local or not paths:
        return
    cost = samples.estimate(detector, Looker(model, index.size), paths)
    warn(
        f"{len(paths):,} whole pictures of {cost.megapixels:,.1f} megapixels together: about {cost.words}. "
        "--side PIXELS looks at the middle of each at one size, and is quicker.",
    )


def _write_heat(folder: Path, index: Index, model: Any, report: Report) -> None:
    for row in report.rows[report.verdicts.anomalous].tolist():
        seen = samples.gather(index, np.array([row]), model)
        assert seen.originals is not None
        if report.detector.local:
            looker = Looker(model, index.size)
            pixels = looker.read(index.path(row))
            picture = heat.overlay(pixels, report.detector.heat_of(looker.look(pixels), seen))
        else:
            picture = heat.overlay(seen.originals[0], report.detector.heat(seen)[0])
        target = (folder / index.path(row).relative_to(index.folder)).with_suffix(".png")
        make_folder(target.parent, PictureError)
        save_png(target, picture)


def _print_report(arguments: argparse.Namespace, report: Report, paths: list[Path]) -> None:
    verdicts, detector = report.verdicts, report.detector
    score = detector.origin.score
    order = np.argsort(-verdicts.scores[score], kind="stable")
    if arguments.json:
        say_json(tables.as_dict(report, paths, order))
        return
    rate = detector.origin.false_alarm_rate
    by = "" if score == COMBINED else f" by {score}"
    say(
        f"{int(verdicts.anomalous.sum()):,} of {len(paths):,} pictures are anomalies{by} "
        f"at a false-alarm rate of {rate:g}."
    )
    low, high = detector.rate_between()
    say(
        f"With {detector.origin.pictures} good pictures it may come to between {low:.1%} and {high:.1%} of pictures "
        "like them, 19 times in 20; and to more of batches unlike them."
    )
    if not detector.tails[score].reaches(rate):
        counted = 1 / (1 + len(detector.tails[score].values))
        say(f"With {detector.origin.pictures} good pictures, rates below {counted:.3f} are extrapolated.")
    for position in order[:SHOWN].tolist():
        mark = "anomaly" if verdicts.anomalous[position] else " " * 7
        chance = tables.chance_words(float(verdicts.log_chances[score][position]))
        say(f"{mark}  {chance:>20}  {paths[position].relative_to(arguments.folder.resolve())}")
    if len(order) > SHOWN:
        say(f"... and {len(order) - SHOWN:,} more; --csv writes them all.")
    for line in (*tables.selection_lines(detector), *tables.result_lines(report.results)):
        say(line)
