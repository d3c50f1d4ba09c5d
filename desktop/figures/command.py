"""A figure for a paper, without a window: `python -m desktop.figures KIND ... --out FIGURE.pdf`.

Exit status: 0, or 2 after one sentence on bad use.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from desktop import command_line, display
from desktop.command_line import Parser, say
from desktop.engine import library
from desktop.engine.errors import DesktopError
from desktop.engine.loaded_model import LoadedModel, load_model
from desktop.engine.rendering import encode
from desktop.engine.sliders.latents import GROUPS, GroupName
from desktop.figures import content
from desktop.figures.content import Figure

NAME = "desktop.figures"


def main(argv: Sequence[str] | None = None) -> int:
    """Writes a figure; gives the exit status."""
    return command_line.run(NAME, lambda: _write(argv))


def _write(argv: Sequence[str] | None) -> int:
    arguments = _parser().parse_args(argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    display.require_drawing()
    from PySide6.QtGui import QGuiApplication

    from desktop.figures import drawing

    application = QGuiApplication.instance() or QGuiApplication([NAME])  # fonts need one
    figure = _figure(arguments)
    drawing.save(arguments.out, figure)
    del application
    say(figure.caption)
    say(f"Written to {arguments.out}, and its numbers to {arguments.out.with_suffix('.csv')}.")
    return 0


def _figure(arguments: argparse.Namespace) -> Figure:
    if arguments.kind == "curves":
        return content.curves(arguments.run)
    model = load_model(command_line.require_model(_entry(arguments.model)), arguments.provider, falls_back=False)
    if arguments.kind == "reconstructions":
        return content.reconstructions(model, arguments.pictures)
    if arguments.kind == "interpolation":
        first, second = (encode(model, path).code for path in (arguments.first, arguments.second))
        names = arguments.first.stem, arguments.second.stem
        return content.interpolation(model, (first, second), names, arguments.steps)
    start = model.space.mean_code if arguments.picture is None else encode(model, arguments.picture).code
    groups = [arguments.group] if arguments.group else _groups(model)
    return content.traversals(model, start, groups[0], arguments.sliders, arguments.steps)


def _entry(wanted: str | None) -> library.ModelEntry:
    return command_line.find_model(wanted)


def _groups(model: LoadedModel) -> list[GroupName]:
    """The groups that have sliders, the one that says most first."""
    ordered: tuple[GroupName, ...] = ("independent", *GROUPS)
    found = [name for name in ordered if len(model.space.group(name).low)]
    if not found:
        raise DesktopError("{name} has no sliders.", name=model.entry.name)
    return found


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog=f"python -m {NAME}", description="Draw a figure of a model or a training, with its caption.")
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND", parser_class=Parser)
    made = {
        "reconstructions": "pictures above their reconstructions, with the PSNR of each",
        "traversals": "rows of pictures, in each of which one slider moves",
        "interpolation": "from one picture to another, along a line and along a great circle",
        "curves": "loss and held-out PSNR of a training",
    }
    parsers = {kind: kinds.add_parser(kind, help=text, description=text) for kind, text in made.items()}
    parsers["reconstructions"].add_argument("pictures", nargs="+", type=Path, metavar="PICTURE")
    parsers["traversals"].add_argument(
        "picture", nargs="?", type=Path, help="the picture to start from; the mean latent if not given"
    )
    parsers["traversals"].add_argument(
        "--group", choices=GROUPS, help="which group of sliders; independent components if there are any"
    )
    parsers["traversals"].add_argument("--sliders", type=int, default=6, help="how many rows (%(default)s)")
    parsers["interpolation"].add_argument("first", type=Path)
    parsers["interpolation"].add_argument("second", type=Path)
    parsers["curves"].add_argument("run", type=Path, metavar="RUN", help="the folder of a run")
    for kind, each in parsers.items():
        each.add_argument("--out", type=Path, required=True, metavar="FILE", help="a .pdf, .svg or .png")
        if kind != "curves":
            command_line.add_model(each)
            command_line.add_provider(each)
        if kind in ("traversals", "interpolation"):
            each.add_argument("--steps", type=int, default=7, help="how many pictures in a row (%(default)s)")
    return parser
