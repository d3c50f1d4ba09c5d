"""`evaluate`: one page of HTML that says how well a detector does on a folder of good and bad pictures."""

from __future__ import annotations

import argparse
import base64
import io
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from desktop.command_line import ProgressLine, open_model, say, say_json
from desktop.engine.anomaly import anomalies, evaluation, heat, samples
from desktop.engine.anomaly.anomalies import Report
from desktop.engine.anomaly.detector import COMBINED, Detector
from desktop.engine.anomaly.evaluation import Curve
from desktop.engine.anomaly.ranking import auroc
from desktop.engine.anomaly.scores import registry
from desktop.engine.anomaly.truth import find_masks
from desktop.engine.anomaly.whole import Looker
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.disk.file_writer import write_file
from desktop.engine.errors import DesktopError
from desktop.engine.folder.index import Index
from desktop.engine.pictures import Pixels
from desktop.inspect.commands.common import open_index
from desktop.inspect.commands.detector import add_detector, read_detector

WORST = 6  # pictures of each kind of error
DRAWN = 6  # scores with curves; all are in the table
WIDTH, HEIGHT = 360, 260  # of a curve, in units of its drawing
PAGE = Path(__file__).with_name("evaluation.html")


def add(commands: Any, with_folder: argparse.ArgumentParser) -> None:
    """Adds the command to the parser."""
    parser = commands.add_parser(
        "evaluate", parents=[with_folder], help="write a page on how well a detector finds anomalies"
    )
    add_detector(parser)
    parser.add_argument("--out", type=Path, metavar="FILE", help="the page; FOLDER-evaluation.html if not given")
    parser.set_defaults(run=_evaluate)


def _evaluate(arguments: argparse.Namespace) -> int:
    model = open_model(arguments)
    index, _ = open_index(arguments, model)
    detector = read_detector(arguments, model, index)
    bar = ProgressLine("Scoring")
    report = anomalies.inspect(index, detector, bar, model=model)
    bar.end()
    if report.bad is None:
        raise DesktopError(
            "{folder} has no sub-folders good and bad, so there is nothing to compare with.", folder=index.folder
        )
    out = arguments.out or index.folder.with_name(f"{index.folder.name}-evaluation.html")
    write_file(out, render(report, index, model, arguments.masks or find_masks(index.folder)).encode())
    if arguments.json:
        areas = {name: auroc(values, report.bad) for name, values in report.verdicts.scores.items()}
        say_json({"page": out, "auroc": areas})
    else:
        say(f"The page is {out}.")
    return 0


def render(report: Report, index: Index, model: Autoencoder, masks: Path | None) -> str:
    """The page, which needs no other file."""
    import jinja2

    assert report.bad is not None
    paths, detector, bad = index.paths(report.rows), report.detector, report.bad
    curves = evaluation.curves(report.verdicts, bad)
    pixels: dict[str, Curve] = {}
    if masks is not None:
        pixels = evaluation.pro_curves(*anomalies.heats_and_masks(report, index, model, masks))
    alarms, missed = evaluation.worst(detector, report.verdicts, bad, WORST)
    template = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(
        PAGE.read_text("utf-8")
    )
    known = registry.every()
    return template.render(
        folder=index.folder.name,
        detector=detector,
        origin=detector.origin,
        between=detector.rate_between(),
        counts=evaluation.confusion(report.verdicts.anomalous, bad),
        curves=curves,
        pixels=pixels,
        drawn={"ROC": _lines(curves, 1.0), "PRO": _lines(pixels, 0.3)},
        baselines={name for name in curves if name != COMBINED and not known[name].combined},
        folders=evaluation.alarms_by_folder(paths, report.verdicts.anomalous, bad, index.folder),
        weights={name: weight / sum(detector.weights.values()) for name, weight in detector.weights.items()},
        errors={
            "Good pictures taken for anomalies": [_error(report, index, model, place) for place in alarms],
            "Bad pictures that passed": [_error(report, index, model, place) for place in missed],
        },
        width=WIDTH,
        height=HEIGHT,
    )


def _lines(curves: dict[str, Curve], largest: float) -> list[dict[str, str]]:
    """Curves as points of an SVG drawing; the combination's with its band."""
    chosen = [name for name in curves if name == COMBINED] + [name for name in curves if name != COMBINED]
    lines = []
    for number, name in enumerate(chosen[:DRAWN]):
        curve = curves[name]
        band = ""
        if name == COMBINED:
            there, back = _points(curve.rates, curve.high, largest), _points(curve.rates, curve.low, largest)
            band = " ".join([*there, *reversed(back)])
        points = " ".join(_points(curve.rates, curve.found, largest))
        lines.append({"name": name, "points": points, "band": band, "number": str(number)})
    return lines


def _points(rates: Any, found: Any, largest: float) -> list[str]:
    return [f"{rate / largest * WIDTH:.1f},{(1 - share) * HEIGHT:.1f}" for rate, share in zip(rates, found)]


def _error(report: Report, index: Index, model: Autoencoder, place: int) -> dict[str, str]:
    """One wrong verdict: the picture's name, its chance, and the picture with its heat map."""
    row, detector, score = int(report.rows[place]), report.detector, report.detector.origin.score
    picture = _drawn(detector, index, model, row)
    return {
        "name": index.path(row).relative_to(index.folder).as_posix(),
        "chance": f"{float(np.exp(report.verdicts.log_chances[score][place])):.3g}",
        "picture": base64.b64encode(_png(picture)).decode(),
    }


def _png(pixels: Pixels) -> bytes:
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "PNG")
    return content.getvalue()


def _drawn(detector: Detector, index: Index, model: Autoencoder, row: int) -> Pixels:
    seen = samples.gather(index, np.array([row]), model)
    picture: Pixels = seen.pixels[0]
    if not set(detector.combined) & set(detector.pixel_tails):
        return picture
    if not detector.local:
        return heat.overlay(picture, detector.heat(seen)[0])
    looker = Looker(model, index.size)
    pixels = looker.read(index.path(row))
    return heat.overlay(pixels, detector.heat_of(looker.look(pixels), seen))
