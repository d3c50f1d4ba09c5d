"""What each slider does: `python -m tests.benchmarks.axes --model NAME [--group independent] [--strip FILE]`.

For every principal or independent axis of a bundle, how much of what varies along it each labelled factor explains,
over pictures held out; and a sheet with a row of pictures for each axis, from three spreads below the mean to three
above it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import tyro
from numpy.typing import NDArray
from PIL import Image
from rich.console import Console
from rich.table import Table

from desktop.engine import library
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import DesktopError
from desktop.engine.sliders.directions import Linear
from desktop.engine.sliders.latents import read_latent_space
from export.sampling import batches, spread
from tests.benchmarks.command import exit_status, save_figures
from trainer.data import Data, open_data
from trainer.data.colours import with_colours
from trainer.data.labels import UNKNOWN
from trainer.options.config import TrainConfig

Floats = NDArray[np.float64]

POSITIONS = (-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0)  # spreads from the mean
LARGEST_SAMPLE = 2_000
NAMED_BY = 3  # factors for each axis
MOST_VALUES = 20  # more different labels are numbers


@dataclass(frozen=True)
class AxesConfig:
    """Tell what the sliders of a model do."""

    model: str = "characters"
    """Name of a model of one size, or the path of a bundle."""
    data: Path | None = None
    """Folder of labelled pictures that it was trained on; without it, the built-in characters."""
    group: Literal["independent", "axes"] = "axes"
    """Which sliders: independent axes, or principal ones."""
    axes: int = 12
    """How many axes, the ones of most variance first."""
    strip: Path | None = None
    """Where the sheet of pictures is saved, as PNG."""
    json: Path | None = None
    """Where the figures go as well."""


@dataclass(frozen=True)
class Axis:
    """One slider.

    Attributes:
        number: From 1 on.
        share: Of the variance of all axes, in [0, 1].
        explained: The factors that explain most of what varies along it, with the share that each does by itself.
    """

    number: int
    share: float
    explained: tuple[tuple[str, float], ...]


def main() -> int:
    """The command; its exit status is 0, or 2 after one sentence about what is wrong."""
    config = tyro.cli(AxesConfig, prog="python -m tests.benchmarks.axes")

    def work() -> None:
        axes = measure(config)
        _show(axes, config)
        save_figures(config.json, axes)

    return exit_status(work)


def measure(config: AxesConfig) -> list[Axis]:
    """Explains the first axes, and saves the sheet if one is asked for.

    Raises:
        DesktopError: Or BundleError, TrainerError: an option, the model or its pictures cannot be used.
    """
    bundle = library.choose(library.find_models(), config.model).require()
    if bundle.info.size.kind != "fixed":
        raise DesktopError(f"{bundle.info.name} has no latent of one size; only such models are explained here.")
    network, space = Autoencoder(bundle, "cpu"), read_latent_space(bundle)
    data = open_data(TrainConfig.of(data=config.data, size=bundle.info.size.height), lambda *_: None)
    if not data.factors:
        raise DesktopError(f"{data.source} have no labels to explain axes by; add a labels.csv.")
    group = space.independent if config.group == "independent" else space.axes
    count = min(config.axes, len(group.vectors))
    if config.axes < 1:
        raise DesktopError("--axes must be at least 1.")
    if count < 1:
        raise DesktopError(f"{bundle.info.name} has no sliders of the group {config.group}.")
    if config.strip is not None:
        _save_strip(config.strip, network, group, count)
    coordinates, labels = _coordinates(network, group, data)
    variances = np.square(group.spread.astype(np.float64))
    return [
        Axis(index + 1, float(variances[index] / variances.sum()), explain(coordinates[:, index], labels)[:NAMED_BY])
        for index in range(count)
    ]


def explain(values: Floats, factors: Mapping[str, Sequence[str]]) -> tuple[tuple[str, float], ...]:
    """The share of the variance of values [N] that each factor explains by itself, the largest first.

    The squared correlation with a number; with names, the share of the variance that lies between groups of one name
    (eta squared). Pictures of which a factor is not known do not count for it.
    """
    shares = {name: _share(values, labels) for name, labels in factors.items()}
    return tuple(sorted(shares.items(), key=lambda pair: -pair[1]))


def _share(values: Floats, labels: Sequence[str]) -> float:
    known = np.array([label != UNKNOWN for label in labels])
    values, names = values[known], np.array(labels)[known]
    if len(values) < 2 or values.var() == 0:
        return 0.0
    different, groups = np.unique(names, return_inverse=True)
    if len(different) > MOST_VALUES:
        try:
            numbers = names.astype(np.float64)
        except ValueError:
            return 0.0  # a name for each picture explains nothing
        return float(np.corrcoef(values, numbers)[0, 1] ** 2)
    sizes = np.bincount(groups)
    means = np.bincount(groups, values) / sizes
    return float((sizes * np.square(means - values.mean())).sum() / (len(values) * values.var()))


def _coordinates(network: Autoencoder, group: Linear, data: Data) -> tuple[Floats, dict[str, list[str]]]:
    """Where held-out pictures lie along each axis, [N, K], and their labels."""
    chosen = spread(len(data.holdout), LARGEST_SAMPLE)
    codes = np.concatenate([network.encode(batch).reshape(len(batch), -1) for batch in batches(data.holdout, chosen)])
    rows = data.holdout.rows[chosen]
    factors = with_colours(data.factors or {})
    labels = {name: [known[row] for row in rows] for name, known in factors.items()}
    return (codes - group.mean).astype(np.float64) @ group.vectors.T.astype(np.float64), labels


def _save_strip(path: Path, network: Autoencoder, group: Linear, count: int) -> None:
    rows = []
    for vector, deviation in zip(group.vectors[:count], group.spread):
        moved = group.mean + np.array(POSITIONS)[:, None] * deviation * vector
        pictures = network.decode(moved.astype(np.float32).reshape(-1, *group.shape))
        rows.append(np.concatenate(list(pictures), axis=1))
    partial = path.with_name(path.name + ".partial")
    Image.fromarray(np.concatenate(rows)).save(partial, format="PNG")
    partial.replace(path)


def _show(axes: list[Axis], config: AxesConfig) -> None:
    kind = "independent" if config.group == "independent" else "principal"
    title = f"{config.model}: what varies along each {kind} axis"
    table = Table("axis", "share of variance", "explained by", title=title)
    for axis in axes:
        words = ", ".join(f"{name.replace('_', ' ')} {share:.0%}" for name, share in axis.explained)
        table.add_row(str(axis.number), f"{axis.share:.1%}", words)
    Console(width=140).print(table)


if __name__ == "__main__":
    sys.exit(main())
