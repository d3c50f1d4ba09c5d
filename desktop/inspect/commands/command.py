"""Reads the command line of `python -m desktop.inspect`, and runs what it asks for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from desktop import command_line
from desktop.command_line import Parser
from desktop.inspect.commands import folder, latents, map

NAME = "desktop.inspect"


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; gives its exit status: 0, 1 where some files failed, or 2 after one sentence on stderr."""
    return command_line.run(NAME, lambda: _inspect(argv))


def _inspect(argv: Sequence[str] | None) -> int:
    arguments = _parser().parse_args(argv)
    status: int = arguments.run(arguments)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog=f"python -m {NAME}",
        description="Find the odd ones, the doubles and the directions in a folder of pictures.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    with_model = argparse.ArgumentParser(add_help=False)
    command_line.add_model(with_model)
    command_line.add_provider(with_model)
    with_folder = argparse.ArgumentParser(add_help=False, parents=[with_model])
    with_folder.add_argument("folder", type=Path, metavar="FOLDER", help="searched with its sub-folders")
    with_folder.add_argument(
        "--side", type=int, metavar="PIXELS", help="for a model of free size: encode at this size; else as trained"
    )
    with_folder.add_argument("--json", action="store_true", help="print the result as JSON")
    folder.add(commands, with_folder)
    latents.add(commands, with_model)
    map.add(commands, with_model, with_folder)
    return parser
