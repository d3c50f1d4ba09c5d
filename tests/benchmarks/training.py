"""A training step: ours, against the seed's own loop, a plain PyTorch loop and pythae's trainer, on the same network.

Everyone trains the same network from scratch on batches of random pixels kept in memory, with the same optimizer (what
Muon costs beside it is a line of its own). Ours is the trainer's own step, with batches prepared ahead, the average of
the weights, the guard and all else that a run has; what a run writes down between steps is not in it. Contenders take
turns, some steps each, every turn in a process of its own.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator

import torch
from torch.utils.flop_counter import FlopCounterMode

from tests.benchmarks.contenders import Case, timed
from tests.benchmarks.measure import Remark, Row, Settings, race, sentence
from trainer.architectures.autoencoder import Autoencoder
from trainer.architectures.families import build_autoencoder
from trainer.machine.device import choose_device

LEAST_AGAINST_SEED = 2.5
LEAST_AGAINST_PYTHAE = 3.0
LEAST_AGAINST_PLAIN = 1.0  # in the same precision
LEAST_SHARE = {"compact": 0.5, "vgg16": 0.6}  # of the measured peak
PEAK_SIDES = (512, 1024, 2048)
BACKWARD = 2  # a backward pass has about twice the products of a forward pass

LEAST = {
    "plain PyTorch, same precision": LEAST_AGAINST_PLAIN,
    "pythae 0.1.2": LEAST_AGAINST_PYTHAE,
    "the seed's loop": LEAST_AGAINST_SEED,
}
OF_COMPACT = ("ours", "plain PyTorch, same precision", "pythae 0.1.2", "ours with Muon")
OF_VGG16 = ("ours", "plain PyTorch, same precision", "pythae 0.1.2", "the seed's loop")


def run(settings: Settings) -> Iterator[Row | Remark]:
    """The seed's network as the seed trained it, and ours as we train it."""
    rounds, vgg_steps, compact_steps = (1, 1, 12) if settings.quick else (3, 2, 12)
    peak = _peak_gflops(settings)
    yield from _one_case(Case("compact", 128, 32, compact_steps), OF_COMPACT, rounds, peak)
    yield from _one_case(Case("vgg16", 224, 8, vgg_steps), OF_VGG16, rounds, peak)


def _one_case(case: Case, contenders: tuple[str, ...], rounds: int, peak: float) -> Iterator[Row | Remark]:
    times: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name in contenders:
            try:
                times.setdefault(name, []).extend(timed(name, case)[1:])  # the first step warms up
            except ImportError as error:
                yield Remark(f"{name} was not measured: {sentence(error)}.")
    rates = {name: case.batch / statistics.median(seconds) for name, seconds in times.items() if seconds}
    ours = rates.pop("ours")
    ceiling = peak / gflop_per_picture(case)
    what = f"training step, {case.arch}, {case.size} px, batch {case.batch}"
    bf16 = "bf16" if choose_device(case.config).bf16 else "fp32"
    note = f"{bf16}; ceiling: the measured matrix product peak of {peak:.0f} GFLOP/s"
    for rival, theirs in rates.items():
        yield Row(what, ours, rival, theirs, "pictures/s", LEAST.get(rival), ceiling, note)
    share = LEAST_SHARE[case.arch]
    yield Row(what, ours, f"{share:.0%} of the measured peak", share * ceiling, "pictures/s", 1.0, ceiling, note)


def gflop_per_picture(case: Case) -> float:
    """What a step computes for each picture, in GFLOP: torch's own count of the forward pass, and twice it back."""
    model: Autoencoder = build_autoencoder(case.config.blueprint).eval()
    counter = FlopCounterMode(display=False)
    with torch.inference_mode(), counter:
        model(torch.zeros(1, 3, case.size, case.size))
    return counter.get_total_flops() * (1 + BACKWARD) / 1e9


def _peak_gflops(settings: Settings) -> float:
    """The fastest product of square matrices on this machine, bf16 or fp32: where there are tiles, smaller ones win."""
    rates = []
    for side in PEAK_SIDES:
        calls = {}
        for kind in (torch.bfloat16, torch.float32):
            matrix = torch.rand(side, side).to(kind)
            calls[str(kind)] = lambda matrix=matrix: matrix @ matrix
        seconds = min(race(calls, settings.seconds / 3).values())
        rates.append(2 * side**3 / seconds / 1e9)
    return max(rates)
