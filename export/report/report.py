"""The exporter's report in the terminal."""

from __future__ import annotations

import csv
import io
import shlex
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from export.bundle import Bundle, BundleInfo, CodeScores, Interval

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
"""The names of the scores of a code, as its readers know them."""


def print_report(bundle: Bundle) -> None:
    """Prints what was proved and measured, where the bundle is, and what to do next."""
    info = bundle.info
    console = Console()
    console.print(_parity_table(info))
    sizes = ", ".join(f"{height}x{width}" for height, width in info.parity.sizes)
    print(f"Compared at {sizes} pixels, in batches of {', '.join(map(str, info.parity.batch_sizes))}.")
    console.print(_cost_table(info))
    _print_quality(info)
    print_concepts(info)
    if info.disentanglement:
        print_scores(info.disentanglement)
    if info.placement.outside_gpu:
        how = "ran" if info.placement.source == "measured" else "would run"
        print(f"On a GPU these {how} on the CPU: {', '.join(info.placement.outside_gpu)}.")
    print(f"Written to {bundle.path}\nNext       convae-desktop --model {shlex.quote(str(bundle.path))}")


def _parity_table(info: BundleInfo) -> Table:
    parity = info.parity
    table = Table("onnxruntime against torch", "largest", "mean", "PSNR")
    table.add_row("latent (deviations)", f"{parity.latent_largest:.2g}", f"{parity.latent_mean:.2g}", "")
    table.add_row("decoded (levels of 255)", f"{parity.image_largest:.2g}", f"{parity.image_mean:.2g}", "")
    table.add_row(
        "encoded and decoded (levels of 255)",
        f"{parity.round_trip_largest:.2g}",
        f"{parity.round_trip_mean:.2g}",
        f"{parity.psnr_db:.1f} dB",
    )
    return table


def _cost_table(info: BundleInfo) -> Table:
    table = Table("graph", "nodes", "parameters", "FLOPs a picture", "file")
    for name, cost in (("encoder.onnx", info.encoder_cost), ("decoder.onnx", info.decoder_cost)):
        flops, size = f"{cost.flops / 1e9:.3f} G", f"{cost.file_bytes / 1e6:.2f} MB"
        table.add_row(name, f"{cost.nodes:,}", f"{cost.parameters:,}", flops, size)
    return table


def _print_quality(info: BundleInfo) -> None:
    quality, check = info.quality, info.precision_check
    print(f"Held out, {quality.pictures:,} pictures: PSNR {quality.psnr_db:.2f} dB, SSIM {quality.ssim:.4f}.")
    if info.precision == "fp32":
        print(f"Both graphs: {check.milliseconds:.1f} ms a picture on this CPU.")
        return
    print(
        f"In {info.precision} that is {check.psnr_loss_db:.3f} dB of PSNR less than in fp32, and "
        f"{check.psnr_to_reference_db:.1f} dB from the network's own pictures.\n"
        f"Both graphs: {check.milliseconds:.1f} ms a picture on this CPU, fp32 {check.fp32_milliseconds:.1f} ms: "
        f"{speed_words(info)}."
    )


def speed_words(info: BundleInfo) -> str:
    """How much faster the bundle is than fp32, or slower."""
    ratio = info.precision_check.fp32_milliseconds / max(info.precision_check.milliseconds, 1e-9)
    return f"{ratio:.1f} times as fast" if ratio >= 1 else f"{1 / ratio:.1f} times as slow"


def intervals(scores: CodeScores) -> list[Interval]:
    """In the order of the headings."""
    return [getattr(scores, name) for name in HEADINGS]


def as_csv(found: Sequence[CodeScores]) -> str:
    """A line for each kind of code and score: code, score, mean, low, high."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("code", "score", "mean", "low", "high"))
    for each in found:
        for score, at in zip(HEADINGS, intervals(each)):
            rows.writerow((each.code, score, *(f"{x:.4f}" for x in (at.mean, at.low, at.high))))
    return text.getvalue()


def print_scores(found: Sequence[CodeScores]) -> None:
    """Prints the scores of each kind of code, with intervals."""
    title = f"means over {found[0].seeds} seeds, with intervals at 95 %"
    table = Table("code", *HEADINGS.values(), title=title)
    for each in found:
        table.add_row(each.code, *(f"{at.mean:.2f}\n{at.low:.2f}-{at.high:.2f}" for at in intervals(each)))
    Console(width=120).print(table)


def print_concepts(info: BundleInfo) -> None:
    """Prints how many concepts there are, and those that probes read best."""
    if info.concepts:
        best = sorted(info.concepts, key=lambda concept: -concept.score)[:3]
        names = ", ".join(concept.name for concept in best)
        print(f"Concepts: {len(info.concepts)}, the surest {names}.")
