"""`python -m export.concepts BUNDLE`: finds the concepts of a bundle anew, with the graphs and all else as they are."""

from __future__ import annotations

import dataclasses
import sys
from dataclasses import dataclass
from pathlib import Path

import tyro

from export.bundle import Bundle, BundleError, BundleInfo, read_bundle, write_bundle
from export.errors import ExportError
from export.report.card import with_sections
from export.report.report import print_concepts, print_scores
from trainer.data.dataset import Progress
from trainer.errors import TrainerError
from trainer.options.config import TrainConfig, parse_config
from trainer.options.values import size_option

EXIT_BAD_INPUT, EXIT_INTERRUPTED = 2, 130


@dataclass(frozen=True)
class ConceptsConfig:
    """Find the concepts of a bundle anew, by labels: of a model that was exported by an older version, or that has
    other labels now. The graphs stay as they are; concepts, disentanglement and their sections of the card are new."""

    bundle: tyro.conf.Positional[Path]
    """A bundle's folder, or its .convae file."""
    labels: Path | None = None
    """Folder of the pictures that it was trained on, with a labels.csv; without it, the built-in characters."""
    out: Path | None = None
    """Where the bundle goes; by default in its own place."""


def main() -> int:
    """The command; returns its exit status: 0, or 2 after one sentence about what is wrong."""
    config = tyro.cli(ConceptsConfig, prog="python -m export.concepts")
    try:
        bundle = find_anew(config)
    except (ExportError, TrainerError, BundleError) as error:
        print(f"error: {error}", file=sys.stderr)
        return EXIT_BAD_INPUT
    except OSError as error:
        print(f"error: The disk refused: {error.strerror or error} ({error.filename}).", file=sys.stderr)
        return EXIT_BAD_INPUT
    except KeyboardInterrupt:
        print("Stopped; nothing was written.", file=sys.stderr)
        return EXIT_INTERRUPTED
    print_concepts(bundle.info)
    if bundle.info.disentanglement:
        print_scores(bundle.info.disentanglement)
    print(f"Written to {bundle.path}")
    return 0


def find_anew(config: ConceptsConfig) -> Bundle:
    """The bundle with concepts found anew, written whole or not at all.

    Raises:
        BundleError: The bundle is broken, or its new place holds something else.
        ExportError: The pictures have no labels that a probe can read, or a graph does not run.
        TrainerError: The pictures or their labels cannot be used.
        OSError: The disk refused.
    """
    # This brings torch, which takes seconds to import; --help should not.
    from export.to_onnx import progress_bars

    bundle = read_bundle(config.bundle)
    files = {name: bundle.read(name) for name in bundle.info.sha256}
    with progress_bars() as progress:
        info, files["latents.npz"] = _measured(bundle, config, progress)
    if not info.concepts:
        raise ExportError(f"No label of these pictures can be read from the latent of {info.name}; label other things.")
    files["README.md"] = with_sections(files["README.md"].decode(), info).encode()
    return write_bundle(config.out or bundle.path, info, files)


def _measured(bundle: Bundle, config: ConceptsConfig, progress: Progress) -> tuple[BundleInfo, bytes]:
    """What `bundle.json` will say, and the content of `latents.npz`."""
    from export.bundle.arrays import read_arrays
    from export.runtime import load_graph
    from export.statistics.concepts import LARGEST_HELD_OUT, find_concepts
    from export.statistics.encoding import encode_sample
    from export.statistics.factors import PICTURES, score_codes
    from export.statistics.latents import LatentStatistics, to_npz
    from trainer.data import open_data

    data = open_data(_options(bundle, config), progress)
    if not data.factors:
        raise ExportError(f"{data.source} have no labels; add a labels.csv with a column for each factor.")
    encoder = load_graph("encoder.onnx", bundle.read("encoder.onnx"))
    arrays = read_arrays(bundle, "latents.npz")
    statistics = LatentStatistics(**{each.name: arrays[each.name] for each in dataclasses.fields(LatentStatistics)})
    codes = encode_sample(encoder, data.train, "Encoding training pictures", progress)
    held_out = encode_sample(encoder, data.holdout, "Encoding held-out pictures", progress, LARGEST_HELD_OUT)
    graphs = tuple(load_graph(name, bundle.read(name), threads=1) for name in ("encoder.onnx", "decoder.onnx"))
    concepts = find_concepts(data.factors, codes, held_out, statistics, (graphs[0], graphs[1]), progress)
    arrays = {name: each for name, each in arrays.items() if not name.startswith("concept")} | concepts.arrays
    vector = bundle.info.latent.kind == "vector"
    scores = score_codes(held_out.some(PICTURES), data.factors, arrays, progress) if vector else ()
    info = dataclasses.replace(bundle.info, concepts=concepts.concepts, disentanglement=scores)
    return info, to_npz(arrays)


def _options(bundle: Bundle, config: ConceptsConfig) -> TrainConfig:
    """The options of its training, so that the same pictures are held out; an adopted model has none."""
    size = size_option((bundle.info.size.height, bundle.info.size.width))
    options, trained = TrainConfig.of(size=size), bundle.info.training
    if trained:
        options = parse_config(trained, bundle.path)
    if config.labels is None and (not trained or options.pictures.data is not None):
        raise ExportError(
            f"{bundle.info.name} was not trained on built-in characters; name its pictures with --labels."
        )
    # Pictures are decoded when they are asked for: the cache would prepare all of them.
    return options.changed(data=config.labels, no_cache=True)


if __name__ == "__main__":
    sys.exit(main())
