"""How well bundles reconstruct pictures: `python -m tests.benchmarks.quality --model NAME ... --data FOLDER`.

Every figure is the mean over pictures, through onnxruntime and the files that ship. Beside it stand the floor, PCA with
as many numbers (see `tests.benchmarks.floor`), and, for maps, what a linear code reaches whose windows overlap (see
`trainer.start.lapped`), both fitted on other pictures, `--fit`. Without --data the held-out built-in characters are
measured, and linear codes are fitted on those trained on.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import tyro
from rich.console import Console
from rich.table import Table

from desktop.engine import library
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import DesktopError
from desktop.engine.quality.refinement import refine
from desktop.engine.tiles import Tiler
from export.bundle import Bundle, SizeRule
from tests.benchmarks.command import exit_status, save_figures
from tests.benchmarks.floor import PatchFloor, PictureFloor, fit_patches, fit_pictures
from tests.benchmarks.picture_sets import PictureSet
from tests.benchmarks.reconstruction import Means, decode_times
from trainer.objective.perceptual import Lpips, load_lpips
from trainer.start.lapped import LappedCode, fit_lapped

PATCH_SIDE = 8  # pixels, of the blocks that --floor keeps
LAPPED_PICTURES = 256  # that lapped codes are fitted on: their fit reads distances, of which there are plenty in few


@dataclass(frozen=True)
class QualityConfig:
    """Measure bundles on pictures, beside PCA with as many numbers."""

    model: tuple[str, ...] = ()
    """Names of models, or paths of bundles; `characters` where neither this nor --floor is given."""
    data: Path | None = None
    """Folder of pictures to measure on; without it, the held-out built-in characters."""
    fit: Path | None = None
    """Folder of other pictures to fit linear codes on; without it and with --data, they are left out."""
    floor: tuple[int, ...] = ()
    """Rows of linear codes with so many numbers for each block of 8x8 pixels, whatever the models have; needs --fit."""
    rounds: int = 20
    """Rounds in which a linear code of overlapping windows is fitted for each count of numbers in a block of 8x8
    pixels, a second each for 16 numbers; 0 leaves it out."""
    lpips: Path | None = None
    """A file of weights to measure LPIPS with: VGG16's or AlexNet's `features.*`, and LPIPS's `lpips.*`."""
    refine: bool = False
    """Another row for each model, with refined codes (see `desktop.engine.quality.refinement`)."""
    seconds: float = 1.0
    """How long the decoder is timed at each size, on two threads; 0 leaves the times out."""
    json: Path | None = None
    """Where the figures go as well."""

    def check(self) -> None:
        """Raises `DesktopError` for the first option that cannot be used."""
        if self.floor and self.data is not None and self.fit is None:
            raise DesktopError("--floor needs --fit, a folder of other pictures that PCA is fitted on.")
        if any(numbers < 1 for numbers in self.floor):
            raise DesktopError("--floor takes numbers from 1 on.")
        if self.rounds < 0:
            raise DesktopError("--rounds must be 0 or more.")
        if not 0 <= self.seconds < float("inf"):
            raise DesktopError("--seconds must be 0 or more.")


@dataclass(frozen=True)
class QualityRow:
    """One line of the table.

    Attributes:
        what: The model's name, `PCA`, or `lapped linear code`.
        numbers: How many numbers a latent has, for people.
        pictures: How many were measured.
        psnr_db: Mean over pictures.
        ssim: Mean over pictures.
        lpips: Mean over pictures; None without weights to measure it with.
        decode_ms: Median time of one decode by the size of the picture; empty for a linear code.
        fitted_on: The pictures that a linear code was fitted on; None for a model.
    """

    what: str
    numbers: str
    pictures: int
    psnr_db: float
    ssim: float
    lpips: float | None
    decode_ms: dict[str, float] = field(default_factory=dict)
    fitted_on: str | None = None


@dataclass(frozen=True)
class Kind:
    """What makes two models share their PCA: the pictures they take, and how many numbers they keep of them.

    Attributes:
        size: What pictures they take.
        per_block: Whether `numbers` are of a block of `size.multiple` pixels a side, or of a whole picture.
        numbers: How many.
    """

    size: SizeRule
    per_block: bool
    numbers: int

    @property
    def words(self) -> str:
        """For people."""
        side = self.size.multiple
        return f"{self.numbers} per {side}x{side} block" if self.per_block else f"{self.numbers} a picture"


def main() -> int:
    """The command; its exit status is 0, or 2 after one sentence about what is wrong."""
    config = tyro.cli(QualityConfig, prog="python -m tests.benchmarks.quality", config=(tyro.conf.FlagCreatePairsOff,))

    def work() -> None:
        rows = list(measure(config))
        show(rows, config)
        save_figures(config.json, rows)

    return exit_status(work)


def measure(config: QualityConfig) -> Iterator[QualityRow]:
    """A row for each model, then those of the linear codes that any of them is to be compared with.

    Raises:
        DesktopError: Or BundleError, TrainerError: an option, a model, a picture or the weights cannot be used.
    """
    config.check()
    perceptual = load_lpips(config.lpips, "--lpips") if config.lpips else None
    known = library.find_models()
    names = config.model or (() if config.floor else ("characters",))
    bundles = [library.choose(known, name).require() for name in names]
    pictures = PictureSet(config.data, "holdout")
    for bundle in bundles:
        yield _measure_model(bundle, pictures, perceptual, config.seconds)
        if config.refine:
            yield _measure_model(bundle, pictures, perceptual, 0, refined=True)
    kinds = dict.fromkeys([*map(_kind, bundles), *(_patches(numbers) for numbers in config.floor)])
    if config.fit is not None or config.data is None:
        yield from _measure_floors(list(kinds), pictures, PictureSet(config.fit, "train"), perceptual, config.rounds)


def show(rows: list[QualityRow], config: QualityConfig) -> None:
    """Prints the table."""
    where = PictureSet(config.data, "holdout").name
    table = Table("", "numbers", "PSNR, dB", "SSIM", *(["LPIPS"] if config.lpips else []), "decode, ms")
    table.title = f"{where}: {rows[0].pictures} pictures"
    for row in rows:
        lpips = [] if row.lpips is None else [f"{row.lpips:.4f}"]
        times = ", ".join(f"{ms:.1f} ({size})" for size, ms in row.decode_ms.items())
        what = row.what if row.fitted_on is None else f"{row.what} fitted on {row.fitted_on}"
        table.add_row(what, row.numbers, f"{row.psnr_db:.2f}", f"{row.ssim:.4f}", *lpips, times)
    Console(width=140).print(table)


def _measure_model(
    bundle: Bundle, pictures: PictureSet, perceptual: Lpips | None, seconds: float, refined: bool = False
) -> QualityRow:
    network, means = Autoencoder(bundle, "cpu"), Means()
    tiler = Tiler(network)
    for picture in pictures.as_taken_by(bundle.info.size):
        code = network.encode(picture[None])
        reconstruction = refine(tiler, picture, code[0]).output if refined else network.decode(code)[0]
        means.add(picture, reconstruction, perceptual)
    times = decode_times(bundle, seconds) if seconds else {}
    name = f"{bundle.info.name}, refined" if refined else bundle.info.name
    return _row(name, _kind(bundle), means, perceptual, times)


def _measure_floors(
    kinds: list[Kind], pictures: PictureSet, fitted_on: PictureSet, perceptual: Lpips | None, rounds: int
) -> Iterator[QualityRow]:
    patches: dict[int, PatchFloor] = {}  # by side: one fit serves every count of numbers
    for kind in kinds:
        codes: dict[str, PatchFloor | PictureFloor | LappedCode] = {}
        if kind.per_block:
            side = kind.size.multiple
            if side not in patches:
                patches[side] = fit_patches(fitted_on.as_taken_by(kind.size), side, 3 * side * side)
            codes["PCA"] = patches[side].keeping(kind.numbers)
            if rounds and side == PATCH_SIDE:
                step = -(-patches[side].pictures // LAPPED_PICTURES)
                some = itertools.islice(fitted_on.as_taken_by(kind.size), None, None, step)
                codes["lapped linear code"] = fit_lapped(some, kind.numbers, rounds)
        else:
            codes["PCA"] = fit_pictures(fitted_on.of_one_size(kind.size.height), kind.numbers)
        for what, code in codes.items():
            means = Means()
            for picture in pictures.as_taken_by(kind.size):
                means.add(picture, code.reconstruct(picture), perceptual)
            yield _row(what, kind, means, perceptual, {}, f"{code.pictures:,} {fitted_on.name}")


def _row(
    what: str, kind: Kind, means: Means, lpips: Lpips | None, times: dict[str, float], fitted_on: str | None = None
) -> QualityRow:
    distance = None if lpips is None else means.lpips
    return QualityRow(what, kind.words, means.pictures, means.psnr_db, means.ssim, distance, times, fitted_on)


def _kind(bundle: Bundle) -> Kind:
    info = bundle.info
    if info.latent.kind == "vector":
        return Kind(info.size, False, info.latent.size)
    return Kind(info.size, True, info.latent.shape[0])


def _patches(numbers: int) -> Kind:
    return Kind(SizeRule("multiple", PATCH_SIDE, 128, 128), True, numbers)


if __name__ == "__main__":
    sys.exit(main())
