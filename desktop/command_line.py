"""What every command line shares: the parser, the model and where it computes, progress, and how things are said.

A file's name may hold anything: what goes to a terminal has no control characters left in it, and no half ones.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable
from typing import IO, Any, NoReturn

from desktop.engine import library
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import EXPECTED, DesktopError, ModelError
from desktop.engine.library import ModelEntry
from desktop.engine.machine.providers import ASKED

EXIT_SOME_FAILED, EXIT_BAD_USE, EXIT_INTERRUPTED, EXIT_NO_READER = 1, 2, 130, 141
REDRAW_S = 0.2
TURNING = frozenset(
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029"
)  # what shows names backwards


class Parser(argparse.ArgumentParser):
    """A parser whose refusals are told like any other error."""

    def error(self, message: str) -> NoReturn:
        """Bad use is one sentence.

        Raises:
            DesktopError: Always.
        """
        raise DesktopError("{message} (see --help)", message=message)


def add_model(parser: argparse.ArgumentParser) -> None:
    """Adds `--model`."""
    parser.add_argument("--model", metavar="NAME|PATH", help="the model to use; the first one found if not given")


def add_provider(parser: argparse.ArgumentParser) -> None:
    """Adds `--provider`."""
    parser.add_argument(
        "--provider",
        choices=ASKED,
        default="auto",
        help="the execution provider to compute on; naming one that does not work is an error (auto)",
    )


def find_model(wanted: str | None) -> ModelEntry:
    """The model of that name or path, or the first sound one.

    Raises:
        ModelError: There is none.
    """
    models = library.find_models()
    if wanted is not None:
        return library.choose(models, wanted)
    return require_model(next((entry for entry in models if entry.problem is None), None))


def require_model(entry: ModelEntry | None) -> ModelEntry:
    """The model that was found.

    Raises:
        ModelError: There is none.
    """
    if entry is None:
        raise ModelError(
            "no model was found; name a model folder with --model, or put one in {user_folder}.",
            user_folder=library.user_folder(),
        )
    return entry


def open_model(arguments: argparse.Namespace) -> Autoencoder:
    """The model that the arguments name, running where they say; says where that is.

    Raises:
        ModelError, BundleError: It is missing or broken, or does not run there.
    """
    model = Autoencoder(find_model(arguments.model).require(), arguments.provider, falls_back=False)
    tell_provider(model.provider)
    return model


def count(number: int, one: str, many: str) -> str:
    """A number with its noun: `1 picture`, `2 pictures`."""
    return f"{number:,} {one if number == 1 else many}"


def tell_provider(name: str) -> None:
    """Says where the model computes."""
    warn(f"Computing on {name}.")


def run(name: str, command: Callable[[], int]) -> int:
    """Runs a command; gives its exit status: 2 after one sentence on stderr where something expected went wrong."""
    try:
        status = command()
    except EXPECTED as error:
        warn(f"{name}: {error}")
        return EXIT_BAD_USE
    except KeyboardInterrupt:
        warn("Stopped; what was done so far is kept.")
        return EXIT_INTERRUPTED
    except _OutputError as error:
        return _without_output(name, error.reason)
    except OSError as error:
        warn(f"{name}: {error.filename or 'a file'} cannot be used ({error.strerror or error}).")
        return EXIT_BAD_USE
    try:
        sys.stdout.flush()
    except OSError as error:
        return _without_output(name, error)
    return status


def say(text: str) -> None:
    """Prints a line of the result."""
    try:
        print(plain(text, sys.stdout))
    except OSError as error:
        raise _OutputError(error) from error


def warn(text: str) -> None:
    """Prints a line on stderr."""
    with contextlib.suppress(OSError):
        print(plain(text, sys.stderr), file=sys.stderr)


def say_json(value: Any) -> None:
    """Prints a result for programs: ASCII, so that any name comes through as it is."""
    for line in json.dumps(value, indent=2, default=str).split("\n"):
        say(line)


def plain(text: str, stream: IO[str] | None = None) -> str:
    """A text that is one line and does nothing to a terminal but to be shown: what would is written as `\\x1b`."""
    shown = "".join(map(_shown, text))
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return shown.encode(encoding, "backslashreplace").decode(encoding)


class ProgressLine:
    """How far something is, on one line of stderr that is drawn again and again; silent where that is no terminal."""

    def __init__(self, title: str) -> None:
        """`title` says what is being done."""
        self._title, self._started, self._drawn = title, time.monotonic(), 0.0
        self._shown = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Told how many are done, and of how many."""
        now = time.monotonic()
        if now - self._drawn > REDRAW_S or done == total:
            rate = done / max(now - self._started, 1e-6)
            self.show(done, total, rate if done else None)

    def show(self, done: int, total: int, per_second: float | None, more: Iterable[str] = ()) -> None:
        """Draws the line, with how fast it goes where that is known, and what else there is to say."""
        self._drawn = time.monotonic()
        if self._shown:
            line = describe(self._title, done, total, per_second, more)
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Takes the line away."""
        if self._shown and self._drawn:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def describe(title: str, done: int, total: int, per_second: float | None, more: Iterable[str] = ()) -> str:
    """One line on how far something is: how many, how fast, and for how long yet."""
    parts = [f"{title} {done:,} of {total:,}", *more]
    if per_second:
        minutes, seconds = divmod(round((total - done) / per_second), 60)
        parts.append(f"{per_second:.1f} a second, {minutes}:{seconds:02d} left")
    return " · ".join(parts)


class _OutputError(Exception):
    """Standard output takes no more."""

    def __init__(self, reason: OSError) -> None:
        super().__init__(str(reason))
        self.reason = reason


def _without_output(name: str, error: OSError) -> int:
    """Ends a command that can no longer say its result; whoever reads only the beginning has no need of a sentence."""
    with contextlib.suppress(
        OSError, ValueError
    ):  # else Python fails once more, when it empties its buffers at its end
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    if isinstance(error, BrokenPipeError):
        return EXIT_NO_READER
    warn(f"{name}: the output cannot be written ({error.strerror or error}).")
    return EXIT_BAD_USE


def _shown(character: str) -> str:
    if character not in TURNING and unicodedata.category(character) not in ("Cc", "Cs"):
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
