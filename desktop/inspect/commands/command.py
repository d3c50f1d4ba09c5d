"""Reads the command line of `python -m desktop.inspect`, and runs what it asks for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop import command_line
from desktop.command_line import Parser, warn
from desktop.inspect.commands import anomalies, evaluate, folder, latents, map

NAME = "desktop.inspect"
OLD_COMMANDS = {"odd": "anomalies"}
OLD_OPTIONS = {"--judge": "--detector", "--save-judge": "--save-detector"}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; gives its exit status: 0, 1 where some files failed, or 2 after one sentence on stderr."""
    return command_line.run(NAME, lambda: _inspect(argv))


def _inspect(argv: Sequence[str] | None) -> int:
    arguments = _parser().parse_args(_renamed(list(sys.argv[1:] if argv is None else argv)))
    status: int = arguments.run(arguments)
    return status


def _renamed(argv: list[str]) -> list[str]:
    """The arguments by their present names; old names work for one more release, with a note on stderr."""
    found = list[str]()
    for place, argument in enumerate(argv):
        name, equals, value = argument.partition("=")
        old = OLD_COMMANDS if place == 0 else OLD_OPTIONS
        if name in old:
            warn(f"note: `{name}` is called `{old[name]}` now; the old name works in this release alone.")
        found.append(old.get(name, name) + equals + value)
    return found


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog=f"python -m {NAME}",
        description="Find anomalies, similar pictures, duplicates and directions in a folder of pictures.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    with_model = argparse.ArgumentParser(add_help=False)
    command_line.add_model(with_model)
    command_line.add_provider(with_model)
    with_folder = argparse.ArgumentParser(add_help=False, parents=[with_model])
    with_folder.add_argument("folder", type=Path, metavar="FOLDER", help="searched with its sub-folders")
    with_folder.add_argument(
        "--side",
        type=int,
        metavar="PIXELS",
        help="for a model of free size: encode at this size; if not given, as trained",
    )
    with_folder.add_argument("--json", action="store_true", help="print the result as JSON")
    anomalies.add(commands, with_folder)
    folder.add(commands, with_folder)
    evaluate.add(commands, with_folder)
    latents.add(commands, with_model)
    map.add(commands, with_model, with_folder)
    return parser
