"""`python -m export.inspect BUNDLE`: what is inside a bundle, and whether it is whole."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import tyro
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from export.bundle import INFO_FILE, LARGEST_INFO_BYTES, Bundle, BundleError, GraphCost, GraphInfo, read_bundle

EXIT_BAD_INPUT = 2
Row = tuple[str, str]


@dataclass(frozen=True)
class InspectConfig:
    """Show what is inside a bundle, and check the hash of every file."""

    bundle: tyro.conf.Positional[Path]
    """A bundle's folder, or its .convae file."""


def main() -> int:
    """The command; returns its exit status: 0, or 2 after one sentence about what is wrong."""
    config = tyro.cli(InspectConfig, prog="python -m export.inspect")
    try:
        bundle = read_bundle(config.bundle)
        bundle.verify()
        tables = [_facts(bundle), *_lists(bundle), _files(bundle)]
    except BundleError as error:
        print(f"error: {error}", file=sys.stderr)
        return EXIT_BAD_INPUT
    console = Console()
    for table in tables:
        console.print(table)
    print(f"{bundle.path} is whole: the hashes of {len(bundle.info.sha256)} files are right.")
    return 0


def _facts(bundle: Bundle) -> Table:
    """Everything in `bundle.json` of which there is one."""
    table = Table("what", "is", title=escape(bundle.info.name), title_justify="left")
    for what, value in [*_model_rows(bundle), *_measured_rows(bundle)]:
        table.add_row(what, escape(value))
    return table


def _model_rows(bundle: Bundle) -> Iterator[Row]:
    info = bundle.info
    size = f"{info.size.width} x {info.size.height}"
    yield "network", f"{info.architecture.name} {json.dumps(info.architecture.options)}"
    yield "pictures", size if info.size.kind == "fixed" else f"any multiple of {info.size.multiple}; trained at {size}"
    yield "latent", f"{info.latent.kind} {' x '.join(map(str, info.latent.shape))}: {info.latent.size:,} numbers"
    yield "encoder.onnx", f"{_interface(info.encoder)}; {_cost(info.encoder_cost)}"
    yield "decoder.onnx", f"{_interface(info.decoder)}; {_cost(info.decoder_cost)}"
    yield "precision", f"{info.precision}, ONNX opset {info.opset}"
    outside = ", ".join(info.placement.outside_gpu) or "no node"
    yield "on a GPU", f"{outside} would leave it ({info.placement.source})"
    yield "training", json.dumps(info.training)
    yield "made with", ", ".join(f"{name} {number}" for name, number in info.versions.items())


def _measured_rows(bundle: Bundle) -> Iterator[Row]:
    parity, quality, check = bundle.info.parity, bundle.info.quality, bundle.info.precision_check
    yield "latent parity", f"largest {parity.latent_largest:.2g}, mean {parity.latent_mean:.2g} standard deviations"
    yield "picture parity", f"largest {parity.image_largest:.2g}, mean {parity.image_mean:.2g} of 255 levels"
    yield "round trip", f"{parity.psnr_db:.1f} dB to the network's pictures"
    sizes = ", ".join(f"{width} x {height}" for height, width in parity.sizes)
    yield "compared at", f"{sizes}; in batches of {', '.join(map(str, parity.batch_sizes))}; {parity.provider}"
    yield "held out", f"{quality.pictures:,} pictures: PSNR {quality.psnr_db:.2f} dB, SSIM {quality.ssim:.4f}"
    yield "data", quality.data
    yield "precision costs", f"{check.psnr_loss_db:.3f} dB of PSNR on {check.pictures:,} held-out pictures"
    times = f"{check.milliseconds:.1f} ms for a round trip, fp32 {check.fp32_milliseconds:.1f} ms"
    yield "time", f"{times}; {check.processor}"


def _lists(bundle: Bundle) -> Iterator[Table]:
    """Those parts of a bundle of which there may be several."""
    info = bundle.info
    if info.concepts:
        table = Table("concept", "measured by", "score", "moves besides", "by")
        for concept in info.concepts:
            figures = f"{concept.score:.3f}", concept.leaks_to or "", f"{concept.leak:.2f}"
            table.add_row(*map(escape, (concept.name, concept.measure, *figures)))
        yield table
    if info.samplers:
        table = Table("sampler", "distance to real pictures")
        for sampler in info.samplers:
            table.add_row(sampler.name, f"{sampler.distance:.3f}")
        yield table
    if info.thresholds:
        table = Table("false alarms", "mean squared error above")
        for threshold in info.thresholds:
            table.add_row(f"{100 * threshold.false_alarm_rate:g} %", f"{threshold.mean_squared_error:.6f}")
        yield table


def _files(bundle: Bundle) -> Table:
    """Every file, and the arrays within those that hold arrays."""
    # These bring numpy, which --help can do without.
    from export.bundle.arrays import read_arrays

    table = Table("file", "bytes", "SHA-256", "arrays")
    table.add_row(INFO_FILE, f"{len(bundle.store.read(INFO_FILE, LARGEST_INFO_BYTES)):,}", "", "")
    for name, digest in bundle.info.sha256.items():
        arrays = read_arrays(bundle, name) if name.endswith(".npz") else {}
        words = [f"{key} {array.dtype} {list(array.shape)}" for key, array in arrays.items()]
        table.add_row(escape(name), f"{bundle.store.size(name):,}", digest[:12], escape("\n".join(words)))
    return table


def _interface(graph: GraphInfo) -> str:
    tensors = (graph.inputs[0], graph.outputs[0])
    return " -> ".join(f"{tensor.name} {tensor.type} [{', '.join(map(str, tensor.shape))}]" for tensor in tensors)


def _cost(cost: GraphCost) -> str:
    return f"{cost.nodes:,} nodes, {cost.parameters:,} parameters, {cost.flops / 1e9:.3f} GFLOPs a picture"


if __name__ == "__main__":
    sys.exit(main())
