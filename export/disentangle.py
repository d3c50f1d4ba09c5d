"""`python -m export.disentangle BUNDLE`: how far numbers, axes and concepts of a latent stand for one factor each."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tyro
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from export.bundle import Bundle, BundleError, read_bundle
from export.errors import ExportError
from export.statistics.disentanglement import Factor, Floats, Interval, score_over_seeds
from trainer.data.dataset import Progress
from trainer.errors import TrainerError
from trainer.machine.files import write_text

EXIT_BAD_INPUT = 2
HEADINGS = {
    "dci_disentanglement": "DCI D",
    "dci_completeness": "DCI C",
    "dci_informativeness": "DCI I",
    "mig": "MIG",
    "sap": "SAP",
    "info_m": "InfoM",
    "info_c": "InfoC",
    "info_e": "InfoE",
}
DIRECTIONS = {"principal": "axes", "independent": "independent", "concepts": "concepts"}  # in `latents.npz`
FEWEST_PICTURES = 20  # of a value; rarer ones count as not known
FEWEST_KNOWN = 100  # of a factor
MOST_VALUES = 50  # of a factor that is no number; more are names of pictures

Found = dict[str, dict[str, Interval]]
"""For each kind of code its scores."""


@dataclass(frozen=True)
class DisentangleConfig:
    """Measure how far raw numbers, principal and independent axes and concepts stand for one labelled factor each.

    Prints DCI, MIG, SAP and InfoM, InfoC, InfoE, each as a mean over seeds with its bootstrap interval at 95 %.
    """

    bundle: tyro.conf.Positional[Path]
    """A bundle's folder, or its .convae file; of a model with a vector latent."""
    labels: Path | None = None
    """Folder of pictures with a labels.csv; without it, the built-in characters."""
    pictures: int = 2_000
    """The most held-out pictures to encode."""
    seeds: int = 5
    """How often to measure, each time on other pictures drawn from those and with other trees."""
    csv: Path | None = None
    """A CSV file to write the figures to."""
    latex: Path | None = None
    """A file to write them to as a LaTeX table (booktabs)."""


def main() -> int:
    """The command; returns its exit status: 0, or 2 after one sentence about what is wrong."""
    config = tyro.cli(DisentangleConfig, prog="python -m export.disentangle")
    try:
        found = disentangle(config)
        for path, text in ((config.csv, as_csv(found)), (config.latex, as_latex(found))):
            if path is not None:
                _write(path, text)
    except (ExportError, TrainerError, BundleError) as error:
        print(f"error: {error}", file=sys.stderr)
        return EXIT_BAD_INPUT
    _print(found, config)
    return 0


def disentangle(config: DisentangleConfig) -> Found:
    """The scores of each kind of code that the bundle has.

    Raises:
        BundleError: The bundle is broken.
        ExportError: Its latent is a map, there is too little to measure by, or its graph does not run.
        TrainerError: The pictures or their labels cannot be used.
    """
    # These bring torch and scikit-learn, which take seconds to import; --help should not.
    from export.to_onnx import progress_bars

    if config.seeds < 1 or config.pictures < 1:
        raise ExportError("--seeds and --pictures must be at least 1.")
    bundle = read_bundle(config.bundle)
    if bundle.info.latent.kind != "vector":
        raise ExportError(f"{bundle.info.name} has a map for a latent; these scores are for vectors. Export another.")
    with progress_bars() as progress:
        latents, factors = _measured(bundle, config, progress)
        codes = _kinds(bundle, latents)
        found: Found = {}
        for name, code in codes.items():
            progress("Scoring codes", len(found), len(codes))
            found[name] = score_over_seeds(code, factors, config.seeds)
    return found


def read_factors(labels: Mapping[str, Sequence[str]]) -> list[Factor]:
    """The factors that can be scored by: numbers, and names of which each value has at least 20 pictures.

    Hue, saturation and value of one thing are read as the colour that they are. A value that fewer have counts as not
    known; a factor that is known of fewer than 100 pictures, or has one value alone, is left out.
    """
    from trainer.data.colours import with_colours
    from trainer.data.properties import as_numbers

    found = []
    for name, texts in with_colours(labels).items():
        numbers = as_numbers(texts)
        factor = Factor(name, _counted(texts) if numbers is None else numbers, numbers is not None)
        known = factor.values[~np.isnan(factor.values)]
        different = len(np.unique(known))
        if len(known) >= FEWEST_KNOWN and different > 1 and (factor.is_number or different <= MOST_VALUES):
            found.append(factor)
    return found


def as_csv(found: Found) -> str:
    """A line for each kind of code and score: code, score, mean, low, high."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("code", "score", "mean", "low", "high"))
    for name, scores in found.items():
        rows.writerows((name, score, *(f"{x:.4f}" for x in (at.mean, at.low, at.high))) for score, at in scores.items())
    return text.getvalue()


def as_latex(found: Found) -> str:
    """A booktabs table: a line for each kind of code, a column for each score, with half the interval's width."""
    lines = [
        r"\begin{tabular}{l" + "r" * len(HEADINGS) + "}",
        r"\toprule",
        " & ".join(["code", *HEADINGS.values()]) + r" \\",
        r"\midrule",
    ]
    for name, scores in found.items():
        cells = [f"${at.mean:.2f} \\pm {(at.high - at.low) / 2:.2f}$" for at in (scores[score] for score in HEADINGS)]
        lines.append(" & ".join([name, *cells]) + r" \\")
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}", ""])


def _measured(bundle: Bundle, config: DisentangleConfig, progress: Progress) -> tuple[Floats, list[Factor]]:
    """Latents [N, D] of held-out pictures, and what is known of those pictures."""
    from export.runtime import load_graph
    from export.statistics.encoding import encode_sample
    from trainer.data import open_data
    from trainer.options.config import TrainConfig
    from trainer.options.values import size_option

    # Pictures are decoded when they are asked for: the cache would prepare all of them.
    size = size_option((bundle.info.size.height, bundle.info.size.width))
    data = open_data(TrainConfig.of(data=config.labels, size=size, no_cache=True), progress)
    if not data.factors:
        raise ExportError(f"{data.source} have no labels; add a labels.csv with a column for each factor.")
    encoder = load_graph("encoder.onnx", bundle.read("encoder.onnx"))
    codes = encode_sample(encoder, data.holdout, "Encoding pictures", progress, config.pictures)
    factors = read_factors({name: [known[row] for row in codes.rows] for name, known in data.factors.items()})
    if not factors:
        raise ExportError(
            f"Of {len(codes.rows):,} pictures of {data.source} too little is known: a factor must be known of"
            f" {FEWEST_KNOWN}, with {FEWEST_PICTURES} for each of its values. Label more pictures."
        )
    return codes.latents.astype(np.float64), factors


def _kinds(bundle: Bundle, latents: Floats) -> dict[str, Floats]:
    """Coordinates [N, K] along everything that has sliders; the raw numbers first."""
    from export.bundle.arrays import read_arrays

    arrays = read_arrays(bundle, "latents.npz")
    centred = latents - arrays["mean"].astype(np.float64)
    found = {"raw numbers": latents}
    for name, key in DIRECTIONS.items():
        if key in arrays and len(arrays[key]):
            found[name] = centred @ arrays[key].astype(np.float64).T
    return found


def _counted(texts: Sequence[str]) -> NDArray[np.float64]:
    """Values counted from 0 in the order of their names; NaN where not known, or rare."""
    different, places, counts = np.unique(np.array(texts, dtype=str), return_inverse=True, return_counts=True)
    usable = (counts >= FEWEST_PICTURES) & (different != "")
    numbers = np.where(usable, np.cumsum(usable) - 1.0, np.nan)
    values: NDArray[np.float64] = numbers[places]
    return values


def _write(path: Path, text: str) -> None:
    try:
        write_text(path, text)
    except OSError as error:
        raise ExportError(f"{path} could not be written ({error.strerror or error}); name another file.") from error


def _print(found: Found, config: DisentangleConfig) -> None:
    table = Table("code", *HEADINGS.values(), title=f"means over {config.seeds} seeds, with intervals at 95 %")
    for name, scores in found.items():
        cells = [f"{at.mean:.2f}\n{at.low:.2f}-{at.high:.2f}" for at in (scores[score] for score in HEADINGS)]
        table.add_row(name, *cells)
    Console(width=120).print(table)


if __name__ == "__main__":
    sys.exit(main())
