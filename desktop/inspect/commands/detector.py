"""The detector that a command scores pictures by: one in a file, one that was saved, or a new one."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.command_line import ProgressLine, find_model, warn
from desktop.engine.anomaly import anomalies, detector_store
from desktop.engine.anomaly.detector import COMBINED, Detector
from desktop.engine.anomaly.detector_file import load_detector
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import DesktopError
from desktop.engine.folder.index import Index
from desktop.inspect.commands.common import open_index

DEFAULT_RATE = 0.05


def add_detector(parser: argparse.ArgumentParser) -> None:
    """Adds the options that say by which detector pictures are scored."""
    parser.add_argument(
        "--good",
        type=Path,
        metavar="FOLDER",
        help="good pictures to fit on; if not given, a detector saved for FOLDER or the model, or else FOLDER/good",
    )
    parser.add_argument(
        "--detector", type=Path, metavar="FILE", help="a detector that --save-detector wrote, in place of --good"
    )
    parser.add_argument(
        "--false-alarms", type=float, metavar="RATE", help="share of good pictures taken for anomalies (0.05)"
    )
    parser.add_argument("--by", metavar="SCORE", help=f"the score that decides ({COMBINED})")
    parser.add_argument("--scores", metavar="NAME,...", help="scores to compute; all if not given")
    parser.add_argument("--combine", metavar="NAME,...", help="scores to combine; those of the model if not given")
    parser.add_argument(
        "--masks", type=Path, metavar="FOLDER", help="masks of the pictures in FOLDER/bad; FOLDER/mask, if it exists"
    )


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


def _names(text: str | None) -> list[str] | None:
    return None if text is None else [name.strip() for name in text.split(",") if name.strip()]
