"""What random pictures look like: `python -m tests.benchmarks.samples --model NAME --lpips FILE [--grid FILE]`.

Pictures are drawn from every sampler of a bundle, through onnxruntime and the files that ship. How like they are to
pictures held out is the Fréchet distance of features of a network that had no part in the training; beside it stand
real pictures trained on, and their reconstructions, the best that the decoder can do. How near each comes to a
picture trained on, beside reconstructed pictures held out, tells memory from invention.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tyro
from numpy.typing import NDArray
from PIL import Image
from rich.console import Console
from rich.table import Table

from desktop.engine import library
from desktop.engine.autoencoder import Autoencoder, Latents
from desktop.engine.errors import DesktopError
from desktop.engine.sliders.latents import read_latent_space
from desktop.engine.sliders.samplers import SamplerName, Samplers, read_samplers
from export.sampling import spread
from tests.benchmarks.command import exit_status, save_figures
from tests.benchmarks.likeness import Rows, describe, frechet, nearest
from trainer.data import Pictures, open_data
from trainer.objective.perceptual import load_lpips
from trainer.options.config import TrainConfig

Pixels = NDArray[np.uint8]
BATCH = 32
GRID_SIDE = 8
FEWEST = 64  # pictures of which anything is said
QUANTILE = 0.01


@dataclass(frozen=True)
class SamplesConfig:
    """Draw random pictures, and measure how like real ones they are and how near those trained on."""

    lpips: Path
    """A file of AlexNet's or VGG16's weights, `features.*` and `lpips.*`."""
    model: str = "characters"
    """Name of a model of one size, or the path of a bundle."""
    data: Path | None = None
    """Folder that it was trained on, of which the same pictures are held out; without it, the built-in characters."""
    count: int = 2_000
    """How many pictures of each kind are compared."""
    seed: int = 0
    """Of what is drawn."""
    grid: Path | None = None
    """Where 64 pictures of the sampler that is nearest to real ones are saved, as PNG."""
    json: Path | None = None
    """Where the figures go as well."""


@dataclass(frozen=True)
class SamplesRow:
    """One kind of pictures.

    Attributes:
        what: Their name.
        pictures: How many.
        frechet: Fréchet distance of features to pictures held out; None for those themselves.
        feature_nearest: Median root mean square difference of features to the nearest picture trained on, or None.
        feature_share: Share that is nearer than all but a hundredth of reconstructed pictures held out.
        pixel_nearest: The same of pixels, 0 to 255, reduced to 32x32.
        pixel_share: The same.
    """

    what: str
    pictures: int
    frechet: float | None
    feature_nearest: float | None = None
    feature_share: float | None = None
    pixel_nearest: float | None = None
    pixel_share: float | None = None


def main() -> int:
    """The command; its exit status is 0, or 2 after one sentence about what is wrong."""
    config = tyro.cli(SamplesConfig, prog="python -m tests.benchmarks.samples")

    def work() -> None:
        rows = measure(config)
        _show(rows, config)
        save_figures(config.json, rows)

    return exit_status(work)


def measure(config: SamplesConfig) -> list[SamplesRow]:
    """A row for real pictures held out and trained on, for both reconstructed, and for each sampler.

    Raises:
        DesktopError: Or BundleError, TrainerError: an option, the model, its pictures or the weights cannot be used.
    """
    if config.count < FEWEST:
        raise DesktopError(f"--count must be at least {FEWEST}.")
    features_of = load_lpips(config.lpips, "--lpips")
    bundle = library.choose(library.find_models(), config.model).require()
    if bundle.info.size.kind != "fixed":
        raise DesktopError(f"{bundle.info.name} has no latent of one size; only such models are drawn from here.")
    network = Autoencoder(bundle, "cpu")
    data = open_data(TrainConfig.of(data=config.data, size=bundle.info.size.height), lambda *_: None)
    if min(len(data.holdout), len(data.train)) < FEWEST:
        raise DesktopError(f"There are {len(data.holdout):,} pictures held out; at least {FEWEST} are needed.")

    known = describe(_batches(data.train, np.arange(len(data.train))), features_of)
    held_out_rows = spread(len(data.holdout), config.count)
    held_out = describe(_batches(data.holdout, held_out_rows), features_of)
    compare = _Comparison(known, held_out[0])

    def reconstruction(pictures: Pictures, rows: NDArray[np.int64]) -> tuple[Rows, Rows]:
        return describe((network.decode(network.encode(batch)) for batch in _batches(pictures, rows)), features_of)

    some = spread(len(data.train), config.count)
    rows = [
        SamplesRow("trained on", len(some), frechet(known[0][some], held_out[0])),
        SamplesRow("trained on, reconstructed", len(some), frechet(reconstruction(data.train, some)[0], held_out[0])),
        compare.set_limits("held out, reconstructed", reconstruction(data.holdout, held_out_rows)),
        compare.row("held out", held_out),
    ]
    samplers = read_samplers(bundle, read_latent_space(bundle))
    drawn = [
        compare.row(name, describe(_decoded(network, draw_codes(samplers, name, config)), features_of))
        for name in samplers.names
    ]
    if config.grid is not None:
        best = samplers.names[int(np.argmin([row.frechet for row in drawn]))]
        save_grid(config.grid, network, samplers, best, config)
    return rows + drawn


class _Comparison:
    """Compares kinds of pictures with those held out and those trained on."""

    def __init__(self, known: tuple[Rows, Rows], held_out: Rows) -> None:
        self._known, self._held_out = known, held_out
        self._limits = (0.0, 0.0)

    def set_limits(self, what: str, described: tuple[Rows, Rows]) -> SamplesRow:
        """The row of the pictures that others are compared with in how near they come."""
        distances = [nearest(each, known) for each, known in zip(described, self._known)]
        self._limits = (float(np.quantile(distances[0], QUANTILE)), float(np.quantile(distances[1], QUANTILE)))
        return self.row(what, described)

    def row(self, what: str, described: tuple[Rows, Rows]) -> SamplesRow:
        """The figures of one kind."""
        figures: list[float] = []
        for each, known, limit in zip(described, self._known, self._limits):
            distances = nearest(each, known)
            figures += [float(np.median(distances)), float((distances < limit).mean())]
        distance = None if described[0] is self._held_out else frechet(described[0], self._held_out)
        return SamplesRow(what, len(described[0]), distance, *figures)


def draw_codes(samplers: Samplers, name: SamplerName, config: SamplesConfig) -> Iterator[Latents]:
    """`count` codes in batches."""
    for start in range(0, config.count, BATCH):
        seeds = range(start, min(start + BATCH, config.count))
        yield np.stack([samplers.draw(name, config.seed * config.count + each) for each in seeds])


def save_grid(path: Path, network: Autoencoder, samplers: Samplers, name: SamplerName, config: SamplesConfig) -> None:
    """The first 64 pictures that are drawn, in eight rows."""
    wanted = GRID_SIDE**2
    pictures = np.concatenate(list(_decoded(network, draw_codes(samplers, name, config))))[:wanted]
    side = pictures.shape[1]
    grid = pictures.reshape(GRID_SIDE, GRID_SIDE, side, side, 3).swapaxes(1, 2).reshape(GRID_SIDE * side, -1, 3)
    partial = path.with_name(path.name + ".partial")
    Image.fromarray(grid).save(partial, format="PNG")
    partial.replace(path)


def _decoded(network: Autoencoder, codes: Iterator[Latents]) -> Iterator[Pixels]:
    return (network.decode(batch) for batch in codes)


def _batches(pictures: Pictures, rows: NDArray[np.int64]) -> Iterator[Pixels]:
    return (pictures.batch(rows[start : start + BATCH]) for start in range(0, len(rows), BATCH))


def _show(rows: list[SamplesRow], config: SamplesConfig) -> None:
    headings = ("pictures", "Fréchet", "features: nearest", "too near", "pixels: nearest", "too near")
    table = Table("", *headings, title=f"{config.model}: to pictures held out, and to the nearest trained on")
    numbers: list[tuple[str, Callable[[SamplesRow], float | None]]] = [
        ("{:.3f}", lambda row: row.frechet),
        ("{:.3f}", lambda row: row.feature_nearest),
        ("{:.2%}", lambda row: row.feature_share),
        ("{:.1f}", lambda row: row.pixel_nearest),
        ("{:.2%}", lambda row: row.pixel_share),
    ]
    for row in rows:
        cells = ["" if (value := take(row)) is None else form.format(value) for form, take in numbers]
        table.add_row(row.what, f"{row.pictures:,}", *cells)
    Console(width=140).print(table)


if __name__ == "__main__":
    sys.exit(main())
