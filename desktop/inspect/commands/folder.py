"""`index`, `anomalies`, `similar`, `duplicates` and `undo`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from desktop.command_line import EXIT_SOME_FAILED, ProgressLine, find_model, open_model, say, say_json, warn
from desktop.engine.anomaly import anomalies, detector_store, heat, samples, tables
from desktop.engine.anomaly.anomalies import Report
from desktop.engine.anomaly.detector import COMBINED, Detector
from desktop.engine.anomaly.detector_file import load_detector, save_detector
from desktop.engine.anomaly.truth import find_masks
from desktop.engine.anomaly.whole import Looker
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.disk.file_writer import make_folder
from desktop.engine.errors import DesktopError, PictureError
from desktop.engine.folder import moves
from desktop.engine.folder.index import Index
from desktop.engine.folder.notes import read_notes
from desktop.engine.latent_file import codec
from desktop.engine.picture_writer import save_png
from desktop.engine.similarity import copies, similar
from desktop.engine.similarity.groups import without_pairs
from desktop.engine.similarity.neighbours import near_pairs
from desktop.inspect.commands.common import open_index

SHOWN = 20
DEFAULT_RATE = 0.05


def add(commands: Any, with_folder: argparse.ArgumentParser) -> None:
    """Adds these commands to the parser."""
    index = commands.add_parser("index", parents=[with_folder], help="encode a folder once")
    index.add_argument(
        "--ray", metavar="auto|ADDRESS", help="encode on a Ray cluster, whose nodes see FOLDER under the same path"
    )
    index.set_defaults(run=_index)
    _add_anomalies(commands.add_parser("anomalies", parents=[with_folder], help="find anomalies"))
    similar = commands.add_parser("similar", parents=[with_folder], help="find pictures similar to one")
    similar.add_argument(
        "picture",
        type=Path,
        metavar="PICTURE",
        help=f"or a latent (.npz), a latent file ({codec.SUFFIX}), or a session that the window saved (.json)",
    )
    similar.add_argument("--count", type=int, default=10, metavar="N", help="how many (10)")
    similar.set_defaults(run=_similar)
    duplicates = commands.add_parser("duplicates", parents=[with_folder], help="find groups of near-duplicates")
    duplicates.add_argument(
        "--limit",
        type=float,
        default=0.1,
        metavar="SHARE",
        help="how far apart two latents may be, as a share of the distance between two pictures picked at random (0.1)",
    )
    duplicates.add_argument(
        "--copies",
        action="store_true",
        help="copies of pictures in place of near latents: turned, mirrored, resized, compressed again or brightened",
    )
    duplicates.set_defaults(run=_duplicates)
    undo = commands.add_parser("undo", help="undo the last --move-to")
    undo.set_defaults(run=_undo)


def add_detector(parser: argparse.ArgumentParser) -> None:
    """Adds the options that say by which detector pictures are scored."""
    parser.add_argument(
        "--good",
        type=Path,
        metavar="FOLDER",
        help="good pictures; if not given, the detector that was saved for FOLDER or the model, or else FOLDER/good",
    )
    parser.add_argument(
        "--detector", type=Path, metavar="FILE", help="a detector that --save-detector wrote, in place of --good"
    )
    parser.add_argument(
        "--false-alarms", type=float, metavar="RATE", help="share of good pictures taken for anomalies (0.05)"
    )
    parser.add_argument("--by", metavar="SCORE", help=f"the score that tells anomalies ({COMBINED})")
    parser.add_argument("--scores", metavar="NAME,...", help="scores to use; every one if not given")
    parser.add_argument("--combine", metavar="NAME,...", help="scores to combine; those of the model if not given")
    parser.add_argument("--masks", type=Path, metavar="FOLDER", help="masks of FOLDER/bad; FOLDER/mask if it is there")


def _add_anomalies(parser: argparse.ArgumentParser) -> None:
    add_detector(parser)
    parser.add_argument(
        "--defects", choices=("auto", "black", "white"), default="auto", help="their colour in the masks"
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


def _index(arguments: argparse.Namespace) -> int:
    index, done = open_index(arguments, open_model(arguments))
    facts = {"added": done.added, "changed": done.changed, "removed": done.removed, "unchanged": done.unchanged}
    if arguments.json:
        say_json({**facts, "broken": dict(done.broken), "index": index.place})
    else:
        said = ", ".join(f"{count:,} {name}" for name, count in facts.items())
        say(f"{said}, {len(done.broken):,} not readable. The index is in {index.place}.")
    return EXIT_SOME_FAILED if done.broken else 0


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
        failed |= _tell_moves(moves.move(found, index.folder, arguments.move_to), "moved")
    return EXIT_SOME_FAILED if failed else 0


def read_detector(arguments: argparse.Namespace, model: Autoencoder, index: Index) -> Detector:
    """The detector that the arguments ask for: one in a file, one that was saved, or a new one."""
    detector = None
    if arguments.detector is not None:
        detector = load_detector(arguments.detector)
    elif arguments.good is None and arguments.scores is None and arguments.combine is None:
        detector = detector_store.find(index, find_model(arguments.model).require())
    if detector is None:
        detector = _fit_detector(arguments, model, index)
    else:
        origin = detector.origin
        warn(f"Scored with the saved detector, fitted on {origin.pictures:,} good pictures of {origin.good}.")
    return detector.at(arguments.false_alarms, arguments.by)


def _fit_detector(arguments: argparse.Namespace, model: Autoencoder, index: Index) -> Detector:
    good = arguments.good or index.folder / "good"
    if not good.is_dir():
        raise DesktopError(
            "name a folder of good pictures with --good: there is no {good}, and no detector was saved for this model.",
            good=good,
        )
    inside = good.resolve() == index.folder or index.folder in good.resolve().parents
    reference = index if inside else open_index(arguments, model, good)[0]
    wanted = anomalies.choose_scores(model.info, _names(arguments.scores))
    whole, bar = arguments.side is None, ProgressLine("Fitting")
    detector = anomalies.fit_to_folder(
        reference, good.resolve(), model, wanted, _names(arguments.combine), DEFAULT_RATE, whole, bar
    )
    bar.end()
    return detector


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


def _names(text: str | None) -> list[str] | None:
    return None if text is None else [name.strip() for name in text.split(",") if name.strip()]


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


def _similar(arguments: argparse.Namespace) -> int:
    model = open_model(arguments)
    index, _ = open_index(arguments, model)
    if arguments.count < 1:
        raise DesktopError("--count must be at least 1.")
    crowd = similar.gather_crowd(index)
    code = similar.read_code(arguments.picture, find_model(arguments.model).require(), model, index)
    rows, shares = crowd.nearest(code, arguments.count)
    found = [(float(share), index.path(int(row))) for share, row in zip(shares, rows)]
    if arguments.json:
        say_json([{"distance": share, "path": path} for share, path in found])
    else:
        say("distance, as a share of that of two pictures picked at random")
        for share, path in found:
            say(f"{share:8.3f}  {path.relative_to(index.folder)}")
    return 0


def _duplicates(arguments: argparse.Namespace) -> int:
    if not 0 <= arguments.limit < 1:
        raise DesktopError("--limit must be at least 0 and less than 1.")
    index, _ = open_index(arguments, open_model(arguments))
    if arguments.copies:
        return _copies(arguments, index)
    rows = index.rows()
    bar = ProgressLine("Comparing")
    pairs = near_pairs(index.codes(rows).reshape(len(rows), -1), arguments.limit, bar)
    bar.end()
    names = [path.relative_to(index.folder).as_posix() for path in index.paths(rows)]
    pairs = without_pairs(pairs, read_notes(index.folder).apart, names)
    if pairs.limit < arguments.limit:
        warn(
            f"There are too many duplicates to hold them all: the limit has fallen from {arguments.limit:g} to "
            f"{pairs.limit:.4f}, and those beyond it are not among these."
        )
    groups = pairs.groups(pairs.limit)
    paths = index.paths(rows)
    named = [[paths[position] for position in group] for group in groups]
    if arguments.json:
        say_json(named)
    else:
        say(f"{len(named):,} groups of near-duplicates among {len(rows):,} pictures.")
        for number, group in enumerate(named, start=1):
            say(f"{number}:")
            for path in group:
                say(f"  {path.relative_to(index.folder)}")
    return 0


def _copies(arguments: argparse.Namespace, index: Index) -> int:
    """Copies in groups, and bursts as pairs, which are no copies."""
    bar = ProgressLine("Comparing")
    found = copies.find_copies(index, read_notes(index.folder).apart, bar)
    bar.end()
    groups = [[index.path(row) for row in group] for group in copies.groups(found)]
    bursts = [[index.path(each.first), index.path(each.second)] for each in found if each.kind == "burst"]
    if arguments.json:
        say_json({"copies": groups, "bursts": bursts})
        return 0
    say(f"{len(groups):,} groups of copies among {len(index.rows()):,} pictures.")
    for number, group in enumerate(groups, start=1):
        say(f"{number}:")
        for path in group:
            say(f"  {path.relative_to(index.folder)}")
    if bursts:
        say("Alike, but taken at another moment:")
        for pair in bursts:
            say("  " + "  ".join(str(path.relative_to(index.folder)) for path in pair))
    return 0


def _undo(_arguments: argparse.Namespace) -> int:
    return EXIT_SOME_FAILED if _tell_moves(moves.undo(), "moved back") else 0


def _tell_moves(moved: moves.Moved, what: str) -> bool:
    """Says what was moved; whether anything could not be."""
    warn(f"{len(moved.done):,} pictures {what}.")
    for path, reason in moved.failed:
        warn(f"{path} stays where it is: {reason}.")
    return bool(moved.failed)
