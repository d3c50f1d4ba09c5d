"""`map`, `path` and `morph`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from desktop.command_line import ProgressLine, find_model, open_model, say, say_json, tell_provider, warn
from desktop.engine import picture_formats
from desktop.engine.anomaly import anomalies, detector_store
from desktop.engine.autoencoder import Latents
from desktop.engine.disk.cells import csv_bytes, path_cell, text_cell
from desktop.engine.disk.file_writer import write_file
from desktop.engine.embedding import colours as colouring
from desktop.engine.embedding import methods as embedding
from desktop.engine.embedding import paths as walks
from desktop.engine.embedding import plane, thumbnail_map
from desktop.engine.embedding.colours import Colouring
from desktop.engine.embedding.methods import Embedding
from desktop.engine.embedding.plane import Plane
from desktop.engine.errors import DesktopError
from desktop.engine.film import films
from desktop.engine.film.morph import Easing, MorphPlan, Repeat, Way
from desktop.engine.folder import labels
from desktop.engine.folder.index import Index, Rows
from desktop.engine.loaded_model import LoadedModel, decoded_frame, load_model
from desktop.engine.picture_writer import save
from desktop.engine.pictures import Pixels
from desktop.engine.rendering import encode
from desktop.inspect.commands.common import open_index

TABLE = ".csv"
LARGEST_CANVAS = 8192  # pixels, of a side
POINT = re.compile(r"([^,\s]+),([^,\s]+)")


def add(commands: Any, with_model: argparse.ArgumentParser, with_folder: argparse.ArgumentParser) -> None:
    """Adds these commands to the parser."""
    with_map = argparse.ArgumentParser(add_help=False, parents=[with_folder])
    methods = ("pca", *embedding.METHODS)
    with_map.add_argument(
        "--method", choices=methods, default="pca", help="how to lay it out (pca, which takes no time)"
    )
    _add_map(commands.add_parser("map", parents=[with_map], help="lay the pictures out on a map"))
    path = commands.add_parser(
        "path", parents=[with_map], help="save a film along a path on the map, forwards and back"
    )
    path.add_argument("--points", required=True, metavar="'X,Y X,Y ...'", help="corners of the path, as in map.csv")
    path.add_argument("--frames", type=int, default=24, metavar="N", help="frames from one corner to the next (24)")
    _add_film(path, walks.FRAMES_PER_SECOND)
    path.set_defaults(run=_path)
    morph = commands.add_parser("morph", parents=[with_model], help="save a film from picture to picture")
    morph.add_argument("pictures", type=Path, nargs="+", metavar="PICTURE")
    plan = MorphPlan()
    morph.add_argument(
        "--way", choices=get_args(Way), default=plan.way, help=f"interpolation between two latents ({plan.way})"
    )
    morph.add_argument(
        "--easing",
        choices=get_args(Easing),
        default=plan.easing,
        help=f"speed from one picture to the next ({plan.easing})",
    )
    repeats = [name.replace(" ", "-") for name in get_args(Repeat)]
    morph.add_argument(
        "--repeat", choices=repeats, default=plan.repeat, help=f"what follows the last picture ({plan.repeat})"
    )
    morph.add_argument(
        "--frames", type=int, default=plan.frames, metavar="N", help="frames from one picture to the next (24)"
    )
    _add_film(morph, 24)
    morph.set_defaults(run=_morph)


def _add_map(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out",
        type=Path,
        action="append",
        required=True,
        metavar="FILE",
        help="a table (.csv) of points, or a picture (.png, ...) of thumbnails; may be given again for both",
    )
    parser.add_argument(
        "--colour", default="folder", metavar="WHAT", help="folder, a factor of labels.csv, or a score (folder)"
    )
    parser.add_argument(
        "--size", default="1600x1200", metavar="WIDTHxHEIGHT", help="size of the picture in pixels (1600x1200)"
    )
    parser.set_defaults(run=_map)


def _add_film(parser: argparse.ArgumentParser, per_second: int) -> None:
    parser.add_argument(
        "--out", type=Path, required=True, metavar="OUT", help="a .gif, animated .png or .mp4, or a folder of frames"
    )
    parser.add_argument(
        "--per-second", type=int, default=per_second, metavar="N", help=f"frames per second ({per_second})"
    )


def _map(arguments: argparse.Namespace) -> int:
    for out in arguments.out:
        if out.suffix.lower() not in (TABLE, *picture_formats.savable()):
            raise DesktopError(
                "{out}: a map is a table (.csv) or a picture ({formats}).",
                out=out,
                formats=", ".join(picture_formats.savable()),
            )
    size = _size(arguments.size)
    model = open_model(arguments)
    index, _ = open_index(arguments, model)
    rows, found = _lay_out(index, arguments.method)
    colours = _colours(arguments, index, rows)
    for out in arguments.out:
        if out.suffix.lower() == TABLE:
            _write_points(out, index, rows, found, arguments.colour)
        else:
            save(out, thumbnail_map.draw(found.points, colours.colours, _thumbnails(index, rows), *size))
    _tell_map(arguments, rows, found, colours)
    return 0


def _lay_out(index: Index, method: str) -> tuple[Rows, Plane]:
    """The pictures of an index on the map that the window shows."""
    rows = index.rows()
    if not len(rows):
        raise DesktopError("{folder} has no picture that can be read.", folder=index.folder)
    codes = index.codes(rows).reshape(len(rows), -1)
    if method not in embedding.METHODS:
        return rows, plane.lay_out(codes)
    bar = ProgressLine("Moving neighbours together")
    found = embedding.embed(codes, method, bar)
    bar.end()
    return rows, found


def _colours(arguments: argparse.Namespace, index: Index, rows: Rows) -> Colouring:
    """By folder, by a factor of the labels, or by a score of the detector that was saved.

    Raises:
        DesktopError: It is none of these, or no detector was saved.
    """
    wanted, paths = arguments.colour, index.paths(rows)
    if wanted == "folder":
        return colouring.by_folder(index.folder, paths)
    known = _labels(index, paths)
    if wanted in known:
        return colouring.by_label(known[wanted])
    detector = detector_store.find(index, find_model(arguments.model).require())
    if detector is None or wanted not in detector.tails:
        scores = ", ".join(detector.tails) if detector is not None else "none: find the anomalies with --save first"
        factors = ", ".join(known) or "none: there is no labels.csv"
        raise DesktopError(
            "--colour {wanted}: there is no such factor ({factors}) or score ({scores}).",
            wanted=wanted,
            factors=factors,
            scores=scores,
        )
    return colouring.by_score(anomalies.inspect(index, detector).scores_of(rows, wanted))


def _labels(index: Index, paths: Sequence[Path]) -> dict[str, tuple[str, ...]]:
    found = labels.read_labels(index.folder, paths)
    for problem in found.problems:
        warn(problem)
    return found.factors


def _thumbnails(index: Index, rows: Rows) -> Callable[[int], bytes | None]:
    return lambda position: index.thumbnail(int(rows[position]))


def _write_points(out: Path, index: Index, rows: Rows, found: Plane, colour: str) -> None:
    """A line for each picture: its path, x and y, and its label where colours are of one."""
    paths = index.paths(rows)
    values = labels.read_labels(index.folder, paths).factors.get(colour)
    table = [["path", "x", "y", *([text_cell(colour)] if values else [])]]
    for place, (path, (x, y)) in enumerate(zip(paths, found.points.tolist())):
        name = path_cell(path.relative_to(index.folder))
        table.append([name, f"{x:.6g}", f"{y:.6g}", *([text_cell(values[place])] if values else [])])
    write_file(out, csv_bytes(table))


def _tell_map(arguments: argparse.Namespace, rows: Rows, found: Plane, colours: Colouring) -> None:
    method = found.method if isinstance(found, Embedding) else "pca"
    share = None if isinstance(found, Embedding) else found.share
    legend = {name: "#{:02x}{:02x}{:02x}".format(*colour) for name, colour in colours.kinds}
    if arguments.json:
        facts = {"method": method, "pictures": len(rows), "share": share, "out": arguments.out}
        say_json({**facts, "colours": legend, "ends": colours.ends, "unknown": colours.unknown})
        return
    said = f", {share:.0%} of what varies" if share is not None else ""
    say(f"{len(rows):,} pictures by {method}{said}.")
    for name, colour in legend.items():
        say(f"{colour}  {name}")
    if colours.ends is not None:
        say("blue {:g} to red {:g}".format(*colours.ends))
    if colours.others or colours.unknown:
        say(f"grey: {colours.others:,} other kinds, {colours.unknown:,} pictures of which it is not known")


def _path(arguments: argparse.Namespace) -> int:
    kind = films.kind_of(arguments.out)
    corners = _points(arguments.points)
    _check_film(arguments)
    model = open_model(arguments)
    index, _ = open_index(arguments, model)
    _, found = _lay_out(index, arguments.method)
    codes = walks.ping_pong_codes(found, walks.along(corners, arguments.frames))
    bar = ProgressLine("Decoding")
    pictures = walks.decoded(model, index.shape, codes, bar)
    films.write(arguments.out, kind, pictures, len(codes), arguments.per_second)
    bar.end()
    return _tell_film(arguments, len(codes))


def _morph(arguments: argparse.Namespace) -> int:
    kind = films.kind_of(arguments.out)
    _check_film(arguments)
    if len(arguments.pictures) < 2:
        raise DesktopError("name two pictures or more.")
    model = load_model(find_model(arguments.model), arguments.provider, falls_back=False)
    tell_provider(model.autoencoder.provider)
    codes = [encode(model, path).code for path in arguments.pictures]
    for path, code in zip(arguments.pictures, codes):
        if code.shape != codes[0].shape:
            raise DesktopError("{path} is of another size than the other pictures of this morph.", path=path)
    plan = MorphPlan(arguments.way, arguments.easing, arguments.repeat.replace("-", " "), arguments.frames)
    count = len(plan.steps(len(codes)))
    bar = ProgressLine("Decoding")
    films.write(arguments.out, kind, _morph_frames(model, codes, plan, count, bar), count, arguments.per_second)
    bar.end()
    return _tell_film(arguments, count)


def _morph_frames(
    model: LoadedModel, codes: Sequence[Latents], plan: MorphPlan, count: int, bar: ProgressLine
) -> Iterator[Pixels]:
    for frame in range(count):
        yield decoded_frame(model, codes, plan, frame)
        bar(frame + 1, count)


def _tell_film(arguments: argparse.Namespace, count: int) -> int:
    say(f"{arguments.out}: {count:,} frames, {count / arguments.per_second:.1f} s.")
    return 0


def _check_film(arguments: argparse.Namespace) -> None:
    if arguments.frames < 1 or arguments.per_second < 1:
        raise DesktopError("--frames and --per-second must be at least 1.")


def _points(text: str) -> NDArray[np.float64]:
    """`[V, 2]` of `X,Y X,Y ...`."""
    corners = []
    for part in text.split():
        found = POINT.fullmatch(part)
        try:
            numbers = [float(each) for each in found.groups()] if found else [float("nan")]
        except ValueError:
            numbers = [float("nan")]
        if not np.isfinite(numbers).all():
            raise DesktopError("--points: {part!r} is no point; write it as X,Y, such as 0.5,-1.", part=part)
        corners.append(numbers)
    if len(corners) < 2:
        raise DesktopError("--points: a path needs two points or more.")
    return np.array(corners)


def _size(text: str) -> tuple[int, int]:
    """Width and height of `WIDTHxHEIGHT`."""
    width, _, height = text.partition("x")
    smallest = 2 * thumbnail_map.THUMBNAIL
    if not (width.isdecimal() and height.isdecimal()) or not all(
        smallest <= int(side) <= LARGEST_CANVAS for side in (width, height)
    ):
        raise DesktopError(
            "--size {text}: write WIDTHxHEIGHT, each from {smallest} to {largest_canvas} pixels.",
            text=text,
            smallest=smallest,
            largest_canvas=LARGEST_CANVAS,
        )
    return int(width), int(height)
