"""Reads the command line of `python -m desktop.inspect`, and runs what it asks for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from desktop.engine.errors import EXPECTED, DesktopError
from desktop.inspect.commands import folder, latents, map

EXIT_BAD_USE = 2
EXIT_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; gives its exit status: 0, 1 where some files failed, or 2 after one sentence on stderr."""
    try:
        arguments = _parser().parse_args(argv)
        status: int = arguments.run(arguments)
    except EXPECTED as error:
        print(f"convae-inspect: {error}", file=sys.stderr)
        return EXIT_BAD_USE
    except KeyboardInterrupt:
        print("Stopped; what was done so far is kept.", file=sys.stderr)
        return EXIT_INTERRUPTED
    return status


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Bad use is told like any other error."""
        raise DesktopError("{message} (see --help)", message=message)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m desktop.inspect",
        description="Find the odd ones, the doubles and the directions in a folder of pictures.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    with_model = argparse.ArgumentParser(add_help=False)
    with_model.add_argument("--model", metavar="NAME|PATH", help="the model to use; the first one found if not given")
    with_model.add_argument("--provider", choices=("auto", "cuda", "cpu"), default="auto", help="where to compute")
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
