"""What the commands share: the model, an index brought up to date, and how results are printed."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from desktop.engine import library
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import ModelError
from desktop.engine.folder.index import Index
from desktop.engine.folder.update import Update, update
from desktop.engine.library import ModelEntry

EXIT_SOME_FAILED = 1
REDRAW_S = 0.2

Subparsers = "argparse._SubParsersAction[argparse.ArgumentParser]"


def find_model(wanted: str | None) -> ModelEntry:
    """The model of that name or path, or the first sound one.

    Raises:
        ModelError: There is none.
    """
    models = library.find_models()
    if wanted is not None:
        return library.choose(models, wanted)
    sound = next((entry for entry in models if entry.problem is None), None)
    if sound is None:
        raise ModelError(
            "no model was found; name a model folder with --model, or put one in {user_folder}.",
            user_folder=library.user_folder(),
        )
    return sound


def open_model(arguments: argparse.Namespace) -> Autoencoder:
    """The model that the arguments name, ready to run.

    Raises:
        ModelError, BundleError: It is missing, broken or does not run.
    """
    return Autoencoder(find_model(arguments.model).require(), arguments.provider)


def open_index(arguments: argparse.Namespace, model: Autoencoder, folder: Path | None = None) -> tuple[Index, Update]:
    """The index of a folder, up to date; progress goes to stderr.

    Raises:
        InspectionError: The folder or its index cannot be used.
    """
    index = Index(folder or arguments.folder, model.info, arguments.side)
    bar = ProgressLine("Encoding")
    done = update(index, model, bar)
    bar.end()
    for name, problem in done.broken:
        print(f"skipped: {problem or name}", file=sys.stderr)
    return index, done


class ProgressLine:
    """How far something is, on one line of stderr that is drawn again and again; silent where that is no terminal."""

    def __init__(self, title: str) -> None:
        """`title` says what is being done."""
        self._title, self._started, self._drawn = title, time.monotonic(), 0.0
        self._shown = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Told how many are done, and of how many."""
        now = time.monotonic()
        if self._shown and (now - self._drawn > REDRAW_S or done == total):
            self._drawn = now
            rate = done / max(now - self._started, 1e-6)
            left = (total - done) / max(rate, 1e-6)
            text = f"{self._title} {done:,} of {total:,} · {rate:.0f} a second · {left:.0f} s left"
            print(f"\r{text:<70}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leaves the line."""
        if self._shown and self._drawn:
            print(file=sys.stderr)


def print_json(value: Any) -> None:
    """Prints a result for programs."""
    print(json.dumps(value, indent=2, default=str))
