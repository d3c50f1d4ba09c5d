"""`python -m export.to_onnx RUN`, also installed as `convae-export`: a trained run becomes a bundle."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import tyro
from platformdirs import user_data_path
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from export.bundle import Bundle, BundleError
from export.bundle.store import PACKED_SUFFIX, is_packed
from export.errors import ExportError
from export.report.report import print_report
from trainer.errors import TrainerError

EXIT_BAD_INPUT = 2
EXIT_INTERRUPTED = 130
LARGEST_NOTES_BYTES = 256 << 10


@dataclass(frozen=True)
class ExportConfig:
    """Turn a trained run into a bundle: two ONNX graphs, proved equal to the network, and what sliders need."""

    run: tyro.conf.Positional[Path]
    """Run folder, such as `runs/latest`."""
    out: Path | None = None
    """Folder of the bundle; by default in the user's model folder, where convae-desktop finds it. A name that ends in
    .convae packs it."""
    pack: bool = False
    """Write one file, NAME.convae, in place of a folder: easier to send, and opened in the same way."""
    name: str | None = None
    """Name of the model; by default as --out's folder, or as the run's, with the precision where that is not
    fp32."""
    precision: Literal["fp32", "fp16", "int8"] = "fp32"
    """Precision of the graphs, of which a bundle has one: fp16 is small and for GPUs, int8 is smaller and for CPUs."""
    max_loss: float = 0.3
    """How many dB of held-out PSNR the graphs may lose against the network in fp32; past it nothing is written."""
    pictures: Path | None = None
    """Where the run's pictures are now, if they were moved, or others of their kind: the export measures on them."""
    notes: Path | None = None
    """A file of Markdown for the card: hardware, hours, sources and licences, figures on other pictures. It stands in
    the card before the limits, and a later export needs it again."""


def main() -> int:
    """The command; returns its exit status: 0, or 2 after one sentence about what is wrong."""
    config = tyro.cli(ExportConfig, prog="python -m export.to_onnx")
    try:
        bundle = export_run(config)
    except (ExportError, TrainerError, BundleError) as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"The disk refused: {error.strerror or error} ({error.filename or 'no file named'}).")
    except KeyboardInterrupt:
        print("Stopped; nothing was written.", file=sys.stderr)
        return EXIT_INTERRUPTED
    print_report(bundle)
    return 0


def export_run(config: ExportConfig) -> Bundle:
    """Exports as the options say, with progress bars on stderr.

    Raises:
        ExportError: The name cannot be used, the graphs differ from the network, or the training pictures are gone.
        TrainerError: There is no such run, or its pictures cannot be used.
        BundleError: The place holds something that is no bundle.
        OSError: The disk refused.
    """
    # These bring torch, which takes seconds to import; --help should not.
    from export.build import build_bundle
    from trainer.run.checkpoint import load_run

    run = load_run(config.run)
    if not config.max_loss >= 0:
        raise ExportError("--max-loss must be 0 dB or more.")
    notes = _read_notes(config.notes) if config.notes else ""
    name = config.name or _default_name(config, run.folder)
    if name in ("", ".", "..") or any(character in name for character in "/\\:"):
        raise ExportError(f"--name {name!r} cannot be the name of a folder.")
    place = config.out or user_models_folder() / name
    if config.pack and not is_packed(place):
        place = place.with_name(place.name + PACKED_SUFFIX)
    with progress_bars() as progress:
        return build_bundle(run, place, name, progress, config.precision, config.max_loss, notes, config.pictures)


def _read_notes(path: Path) -> str:
    """Raises `ExportError` where it is no text, or more than a card should hold."""
    try:
        if path.stat().st_size > LARGEST_NOTES_BYTES:
            raise ExportError(f"--notes: {path} has more than {LARGEST_NOTES_BYTES >> 10} KiB; a card is to be read.")
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is no UTF-8 text"
        raise ExportError(f"--notes: {path} cannot be read ({reason}).") from error


def _default_name(config: ExportConfig, run: Path) -> str:
    """As --out says, or as the run is called; bundles of several precisions do not replace each other."""
    if config.out is not None:
        return config.out.resolve().name.removesuffix(PACKED_SUFFIX)
    return run.resolve().name + ("" if config.precision == "fp32" else f"-{config.precision}")


def user_models_folder() -> Path:
    """Where the desktop looks for the user's own models."""
    return user_data_path("convae", appauthor=False) / "models"


@contextmanager
def progress_bars() -> Iterator[Callable[[str, int, int], None]]:
    """One bar on stderr for each thing that is being done, gone when all is."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what)
            bars.update(tasks[what], completed=done, total=total)

        yield show


def _fail(message: str) -> int:
    print(f"error: {message}", file=sys.stderr)
    return EXIT_BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())
