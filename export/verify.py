"""`python -m export.verify BUNDLE`: the proof repeated, with nothing but the bundle."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tyro

from export.bundle import Bundle, BundleError, read_bundle
from export.errors import ExportError
from trainer.errors import TrainerError

if TYPE_CHECKING:
    from export.runtime import Graph

EXIT_BAD_INPUT = 2


@dataclass(frozen=True)
class VerifyConfig:
    """Repeat a bundle's proof: hashes, the network's recorded outputs, batches, sizes and sliders."""

    bundle: tyro.conf.Positional[Path]
    """A bundle's folder, or its .convae file."""
    pictures: Path | None = None
    """A folder of pictures on which to measure the quality, too."""


@dataclass(frozen=True)
class Check:
    """One thing that was tried."""

    what: str
    found: str
    allowed: str
    """Empty where the figure is only told."""
    passed: bool = True


def main() -> int:
    """The command; returns its exit status: 0, or 2 after a sentence about what is wrong or does not hold."""
    config = tyro.cli(VerifyConfig, prog="python -m export.verify")
    try:
        checks = verify_bundle(config)
    except (ExportError, TrainerError, BundleError) as error:
        print(f"error: {error}", file=sys.stderr)
        return EXIT_BAD_INPUT
    _print(checks)
    failed = [check.what for check in checks if not check.passed]
    if failed:
        print(f"error: {config.bundle} does not keep what it says: {'; '.join(failed)}.", file=sys.stderr)
        return EXIT_BAD_INPUT
    print(f"{config.bundle} keeps what it says.")
    return 0


def verify_bundle(config: VerifyConfig) -> list[Check]:
    """Everything that can be tried, in order.

    Raises:
        BundleError: The bundle is broken.
        ExportError: A graph does not load or run.
        TrainerError: The pictures cannot be used.
    """
    # This brings onnxruntime, which takes a while to import; --help should not.
    from export.runtime import load_graph

    bundle = read_bundle(config.bundle)
    bundle.verify()
    checks = [Check("hashes", f"{len(bundle.info.sha256)} files", "all right")]
    encoder, decoder = (load_graph(name, bundle.read(name)) for name in ("encoder.onnx", "decoder.onnx"))
    for name, graph, said in (
        ("encoder.onnx", encoder, bundle.info.encoder),
        ("decoder.onnx", decoder, bundle.info.decoder),
    ):
        found = "the same" if graph.info() == said else "another"
        checks.append(Check(f"{name}: inputs and outputs", found, "as bundle.json says", graph.info() == said))
    checks += _proof_checks(bundle, encoder, decoder)
    checks += _size_checks(bundle, encoder, decoder)
    checks += _slider_checks(bundle, decoder)
    if config.pictures is not None:
        checks += _quality_checks(bundle, encoder, decoder, config.pictures)
    return checks


def _proof_checks(bundle: Bundle, encoder: Graph, decoder: Graph) -> Iterator[Check]:
    """onnxruntime here against the network's own answers, within the limits of the export."""
    import numpy as np

    from export.proof.proof import read_proof
    from export.proof.tolerance import LIMITS, Differences, Tolerance, deviation, image_tolerance

    limits, samples = LIMITS[bundle.info.precision], read_proof(bundle)
    if not samples:
        yield Check("the network's own answers", "none are kept", "")
        return
    latents, images, trips, singles = (Differences() for _ in range(4))
    for sample in samples:
        latent = _same_shape(encoder(sample.pictures), sample.latents, "encoder.onnx")
        latents.include(Differences.between(latent, sample.latents, deviation(sample.latents)))
        image = _same_shape(decoder(sample.latents), sample.images, "decoder.onnx")
        images.include(Differences.between(image, sample.images))
        trips.include(Differences.between(decoder(latent)[:1], sample.images[:1]))
        alone = np.concatenate([encoder(picture[None]) for picture in sample.pictures])
        singles.include(Differences.between(alone, latent, deviation(sample.latents)))

    def within(what: str, found: Differences, tolerance: Tolerance | None) -> Check:
        words = f"largest {found.largest:.2g}, mean {found.mean:.2g}"
        if tolerance is None:
            return Check(what, words, "")
        passed = found.largest <= tolerance.largest and found.mean <= tolerance.mean
        return Check(what, f"{words} {tolerance.unit}", f"{tolerance.largest:g} and {tolerance.mean:g}", passed)

    sizes = ", ".join(f"{each.pictures.shape[2]} x {each.pictures.shape[1]}" for each in samples)
    yield within(f"latents against the network's, at {sizes}", latents, limits.latent)
    peak = max(sample.peak for sample in samples)
    yield within("decoded pictures against the network's", images, image_tolerance(limits.image, peak))
    least = f"at least {limits.psnr_db:g} dB"
    yield Check("round trips", f"{trips.psnr_db:.1f} dB", least, trips.psnr_db >= limits.psnr_db)
    yield within("pictures in a batch and one by one", singles, limits.latent)


def _size_checks(bundle: Bundle, encoder: Graph, decoder: Graph) -> Iterator[Check]:
    """Every size and batch size of the recorded proof: shapes and types that come out."""
    import numpy as np

    from export.sampling import batch_size

    parity, info = bundle.info.parity, bundle.info
    rng, wrong, tried = np.random.default_rng(0), [], 0
    for height, width in parity.sizes:
        if not info.size.accepts(height, width):
            wrong.append(f"{width} x {height} is no size of this model")
            continue
        for batch in sorted({min(each, batch_size(height, width)) for each in parity.batch_sizes if each > 0}):
            pictures = rng.integers(0, 256, (batch, height, width, 3), dtype=np.uint8)
            reconstruction = decoder(encoder(pictures))
            tried += 1
            if reconstruction.shape != pictures.shape or reconstruction.dtype != np.uint8:
                wrong.append(f"{width} x {height} gives {reconstruction.dtype} {list(reconstruction.shape)}")
    yield Check("round trips at other sizes", "; ".join(wrong) or f"{tried} right", "all right", not wrong)


def _slider_checks(bundle: Bundle, decoder: Graph) -> Iterator[Check]:
    """The effect of each slider, measured again: statistics of another model would not fit."""
    import numpy as np

    from export.bundle.arrays import read_arrays
    from export.statistics.latents import measure_effect

    arrays, shape = read_arrays(bundle, "latents.npz"), bundle.info.latent.shape
    groups = [("axes", "", "sliders")]
    if "independent" in arrays:
        groups.append(("independent", "independent_", "independent sliders"))
    for axes, prefix, what in groups:
        limits = [f"{prefix}{name}" for name in ("low", "high", "effect")]
        missing = [name for name in ("mean", axes, *limits) if name not in arrays]
        if missing or arrays["mean"].size != bundle.info.latent.size or arrays[axes].shape[1:] != arrays["mean"].shape:
            raise BundleError(f"{bundle.path / 'latents.npz'} does not fit the model's latent.")
        mean, (low, high, effect) = arrays["mean"].astype(np.float32).reshape(shape), (arrays[name] for name in limits)
        found = measure_effect(decoder, mean, arrays[axes], low, high, lambda *_: None)
        apart = np.abs(found - effect)
        passed = bool((apart <= np.maximum(0.05, 0.02 * effect)).all())
        largest = f"differs by up to {apart.max(initial=0.0):.2g} levels"
        yield Check(f"what {len(found)} {what} do", largest, "2 % or 0.05 levels", passed)


def _quality_checks(bundle: Bundle, encoder: Graph, decoder: Graph, folder: Path) -> Iterator[Check]:
    """PSNR on other pictures, for comparison with what was recorded."""
    from export.proof.quality import measure_quality
    from trainer.data import open_data
    from trainer.options.config import TrainConfig
    from trainer.options.values import size_option

    size = size_option((bundle.info.size.height, bundle.info.size.width))
    data = open_data(TrainConfig.of(data=folder, size=size), lambda *_: None)
    quality, _ = measure_quality(encoder, decoder, data.train, data.source, lambda *_: None)
    recorded = f"recorded {bundle.info.quality.psnr_db:.2f} dB on {bundle.info.quality.pictures:,}"
    yield Check(f"PSNR on {quality.pictures:,} pictures of {folder}", f"{quality.psnr_db:.2f} dB", recorded)


def _same_shape(output: Any, expected: Any, name: str) -> Any:
    if output.shape != expected.shape or output.dtype != expected.dtype:
        raise ExportError(
            f"{name} gives {output.dtype} {list(output.shape)} where the network gave {expected.dtype} "
            f"{list(expected.shape)}."
        )
    return output


def _print(checks: list[Check]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table("check", "found", "allowed", "")
    for check in checks:
        table.add_row(
            *map(escape, (check.what, check.found, check.allowed)), "" if check.passed else "[red]fails[/red]"
        )
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
