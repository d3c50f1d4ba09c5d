"""`python -m export.disentangle BUNDLE`: how far numbers, axes and concepts of a latent stand for one factor each."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import tyro

from export.bundle import Bundle, BundleError, CodeScores, read_bundle
from export.errors import ExportError
from export.report.report import HEADINGS, as_csv, intervals, print_scores
from trainer.data.dataset import Progress
from trainer.errors import TrainerError
from trainer.machine.files import write_text

EXIT_BAD_INPUT = 2


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
    print_scores(found)
    return 0


def disentangle(config: DisentangleConfig) -> tuple[CodeScores, ...]:
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
        return _measured(bundle, config, progress)


def as_latex(found: Sequence[CodeScores]) -> str:
    """A booktabs table: a line for each kind of code, a column for each score, with half the interval's width."""
    lines = [
        r"\begin{tabular}{l" + "r" * len(HEADINGS) + "}",
        r"\toprule",
        " & ".join(["code", *HEADINGS.values()]) + r" \\",
        r"\midrule",
    ]
    for each in found:
        cells = [f"${at.mean:.2f} \\pm {(at.high - at.low) / 2:.2f}$" for at in intervals(each)]
        lines.append(" & ".join([each.code, *cells]) + r" \\")
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}", ""])


def _measured(bundle: Bundle, config: DisentangleConfig, progress: Progress) -> tuple[CodeScores, ...]:
    from export.bundle.arrays import read_arrays
    from export.runtime import load_graph
    from export.statistics.encoding import encode_sample
    from export.statistics.factors import FEWEST_KNOWN, FEWEST_PICTURES, score_codes
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
    found = score_codes(codes, data.factors, read_arrays(bundle, "latents.npz"), progress, config.seeds)
    if not found:
        raise ExportError(
            f"Of {len(codes.rows):,} pictures of {data.source} too little is known: a factor must be known of"
            f" {FEWEST_KNOWN}, with {FEWEST_PICTURES} for each of its values. Label more pictures."
        )
    return found


def _write(path: Path, text: str) -> None:
    try:
        write_text(path, text)
    except OSError as error:
        raise ExportError(f"{path} could not be written ({error.strerror or error}); name another file.") from error


if __name__ == "__main__":
    sys.exit(main())
