"""All that a GPU is wanted for, in one table: `uv run --group bench python -m tests.benchmarks.on_gpu [--rehearse]`.

Fifteen minutes at most and no network. Encoding and decoding (`gpu`), training steps against the measured peak of bf16,
and whether the desktop says truly where it computes, and goes over to the CPU when the GPU's memory is full or the
device is lost. `--rehearse` walks all of it on the CPU in tiny sizes, where no figure means anything.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import ModelError
from desktop.engine.machine import providers
from tests.benchmarks import gpu, networks
from tests.benchmarks.contenders import Case
from tests.benchmarks.gpu import REHEARSAL, Place
from tests.benchmarks.measure import Remark, Row, Settings, race, sentence
from tests.benchmarks.outcome import Outcome
from tests.benchmarks.runs import take_steps
from tests.benchmarks.table import save, show
from tests.benchmarks.training import gflop_per_picture

LONGEST_S = 15 * 60
LEAST_OF_PEAK = 0.4  # of bf16, for vgg16
SPARE_BYTES = 64 << 20  # of the GPU's memory left over, for a batch that wants more

Part = Callable[[Place, Settings], Iterator[Row | Remark]]


class Brief(Settings):
    """Hardly a call of each contender, for a rehearsal."""

    @property
    def seconds(self) -> float:
        """How long one race lasts, for each contender."""
        return 0.02


def main(argv: list[str] | None = None) -> int:
    """Measures and prints; 0, 1 where a part failed, or 2 where there is no GPU."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rehearse", action="store_true", help="on the CPU, in tiny sizes")
    parser.add_argument("--json", type=Path, default=Path("benchmarks-gpu.json"), help="where the figures go")
    arguments = parser.parse_args(argv)
    problem = providers.cuda_problem() or (None if torch.cuda.is_available() else "torch finds none")
    if problem and not arguments.rehearse:
        print(f"error: there is no GPU to measure: {problem}. --rehearse walks all of it on the CPU.", file=sys.stderr)
        return 2
    place = REHEARSAL if arguments.rehearse else Place()
    settings = Brief(quick=True) if arguments.rehearse else Settings(quick=True)
    outcomes = list(measured(place, settings, time.monotonic() + LONGEST_S))
    save(outcomes, True, arguments.json)
    show(outcomes)
    return int(any(outcome.failure for outcome in outcomes))


def measured(place: Place, settings: Settings, ends: float) -> Iterator[Outcome]:
    """Each part in turn; those that the time no longer suffices for say so. The device is lost last."""
    for name, part in PARTS.items():
        outcome, began = Outcome(name), time.monotonic()
        print(f"== {name}", file=sys.stderr)
        try:
            for each in part(place, settings):
                if isinstance(each, Row):
                    outcome.rows.append(each)
                else:
                    outcome.remarks.append(each.text)
                if time.monotonic() > ends:
                    outcome.failure = "the fifteen minutes were over"
                    break
        except Exception as error:  # the others are still worth measuring
            outcome.failure = sentence(error)
        outcome.seconds = time.monotonic() - began
        yield outcome


def truth(place: Place, _settings: Settings) -> Iterator[Row | Remark]:
    """Where the desktop says that nodes ran, and whether the answers are the CPU's."""
    for entry in networks.shipped():
        bundle = entry.require()
        model, reference = Autoencoder(bundle, place.name), Autoencoder(bundle, "cpu")
        latents = np.random.default_rng(0).standard_normal((1, *bundle.info.latent.shape), np.float32)
        levels = np.abs(model.decode(latents).astype(int) - reference.decode(latents))
        nodes = ", ".join(f"{count} on {name}" for name, count in model.running.placement.nodes.items())
        why = model.running.reason or "as asked"
        yield Remark(
            f"{entry.name} runs on {model.provider} ({place.name} was asked for; {why}): {nodes}; "
            f"its pictures are {levels.max()} levels from the CPU's at most, {levels.mean():.4f} on average."
        )


def training(place: Place, settings: Settings) -> Iterator[Row | Remark]:
    """Steps in bf16, as they are and compiled, against the peak of a product of bf16 matrices."""
    peak = _bf16_peak_gflops(place, settings)
    is_gpu = place.name == "cuda"
    for case in (Case("vgg16", 224, 64, 20), Case("compact", 128, 256, 20)) if is_gpu else (Case("compact", 32, 2, 2),):
        rates, ceiling = {}, peak / gflop_per_picture(case)
        for name, compiled in (("ours", False), ("ours, compiled", True))[: 1 + is_gpu]:
            config = case.config.changed(device=place.name, compile=compiled, precision="bf16")
            seconds = take_steps(config, case.steps + 3).seconds[3:]  # the first ones compile
            rates[name] = case.batch * len(seconds) / sum(seconds)
        best = max(rates.values())
        what = f"training step, {case.arch}, {case.size} px, batch {case.batch}, {place.title}"
        least = LEAST_OF_PEAK if case.arch == "vgg16" else None
        yield Row(what, best, "the measured bf16 peak", ceiling, "pictures/s", least, ceiling)
        if is_gpu:
            yield Row(what, rates["ours, compiled"], "not compiled", rates["ours"], "pictures/s", None, ceiling)


def full_memory(place: Place, _settings: Settings) -> Iterator[Row | Remark]:
    """A decode that the GPU has no memory for is done by the CPU, with the same picture."""
    entry = networks.shipped()[0]
    bundle = entry.require()
    model = Autoencoder(bundle, place.name)
    latents = np.random.default_rng(0).standard_normal((64, *bundle.info.latent.shape), np.float32)
    expected = Autoencoder(bundle, "cpu").decode(latents)
    taken = []
    if place.name == "cuda":
        free, _ = torch.cuda.mem_get_info()
        taken.append(torch.empty(max(0, free - SPARE_BYTES), dtype=torch.uint8, device="cuda"))
    yield _survived("The GPU's memory full", model, latents, expected)
    del taken
    if place.name == "cuda":
        torch.cuda.empty_cache()


def lost_device(place: Place, _settings: Settings) -> Iterator[Row | Remark]:
    """A kernel that fails ends the context that all of the process shares; what comes after is done by the CPU."""
    bundle = networks.shipped()[0].require()
    model = Autoencoder(bundle, place.name)
    latents = np.random.default_rng(0).standard_normal((1, *bundle.info.latent.shape), np.float32)
    expected = Autoencoder(bundle, "cpu").decode(latents)
    if place.name == "cuda":
        with contextlib.suppress(RuntimeError):  # as it should: an assertion on the device
            torch.zeros(1, device="cuda")[torch.tensor([9], device="cuda")].cpu()
    yield _survived("The device lost", model, latents, expected)


def _survived(what: str, model: Autoencoder, latents: np.ndarray, expected: np.ndarray) -> Remark:
    asked = model.provider
    try:
        levels = int(np.abs(model.decode(latents).astype(int) - expected).max())
    except ModelError as error:
        return Remark(f"{what}: FAILED, {error}")
    after = f"the work went on on {model.provider} ({model.running.reason or 'nothing failed'})"
    return Remark(f"{what}, asked for {asked}: {after}; the pictures are {levels} levels from the CPU's at most.")


def _bf16_peak_gflops(place: Place, settings: Settings) -> float:
    matrix = torch.rand(place.product_side, place.product_side, device=place.name).to(torch.bfloat16)

    def product() -> None:
        torch.mm(matrix, matrix)
        place.synchronize()

    return 2 * place.product_side**3 / race({"product": product}, settings.seconds / 2)["product"] / 1e9


PARTS: dict[str, Part] = {
    "truth": truth,
    "encode and decode": gpu.measured,
    "training": training,
    "full memory": full_memory,
    "lost device": lost_device,
}

if __name__ == "__main__":
    sys.exit(main())
