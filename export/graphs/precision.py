"""The cost of a bundle's precision in quality, and its gain in time."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from export.bundle import PrecisionCheck
from export.runtime import Graph
from export.sampling import batches, spread
from trainer.architectures.autoencoder import Autoencoder
from trainer.data import Pictures
from trainer.data.dataset import Progress
from trainer.evaluation import psnr_db, to_input
from trainer.machine.device import Device

Reconstruct = Callable[[NDArray[np.uint8]], NDArray[np.uint8]]
"""Pictures through an autoencoder: uint8 [B, H, W, 3] -> uint8 [B, H, W, 3]."""

LARGEST_SAMPLE = 500
TIMED_RUNS = 15

_CPU = Device("cpu", bf16=False)


def check_precision(
    reference: Reconstruct, fp32: Reconstruct, graphs: Reconstruct, pictures: Pictures, progress: Progress
) -> PrecisionCheck:
    """Reconstructs the same held-out pictures, at most 500 evenly spread ones, with the network in fp32 and the graphs.

    Args:
        reference: The network itself, in fp32.
        fp32: The graphs in fp32, to be timed; `graphs` itself where that is what it is.
        graphs: Those of the bundle.
        pictures: Held out, at least one.
        progress: Told how many pictures are reconstructed.

    Raises:
        GraphError: A graph does not run.
    """
    positions = spread(len(pictures), LARGEST_SAMPLE)
    loss_db = apart_db = 0.0
    done = 0
    for batch in batches(pictures, positions):
        original, expected, reconstruction = (to_input(each, _CPU) for each in (batch, reference(batch), graphs(batch)))
        loss_db += float((psnr_db(expected, original) - psnr_db(reconstruction, original)).sum())
        apart_db += float(psnr_db(reconstruction, expected).sum())
        done += len(batch)
        progress("Comparing held-out pictures with the network's", done, len(positions))
    one = pictures.batch(slice(0, 1))
    milliseconds, fp32_milliseconds = _time_ms([graphs] if graphs is fp32 else [graphs, fp32], one)
    return PrecisionCheck(loss_db / done, apart_db / done, done, milliseconds, fp32_milliseconds, _processor())


def torch_reconstruct(model: Autoencoder) -> Reconstruct:
    """The network on the CPU, in evaluation mode, from pixels to pixels."""

    @torch.inference_mode()
    def reconstruct(batch: NDArray[np.uint8]) -> NDArray[np.uint8]:
        values = model(to_input(batch, _CPU)).clamp(0, 1) * 255
        pixels: NDArray[np.uint8] = values.round().to(torch.uint8).permute(0, 2, 3, 1).contiguous().numpy()
        return pixels

    return reconstruct


def graph_reconstruct(encoder: Graph, decoder: Graph) -> Reconstruct:
    """Both graphs, one after the other."""

    def reconstruct(batch: NDArray[Any]) -> NDArray[Any]:
        return decoder(encoder(batch))

    return reconstruct


def _time_ms(contenders: list[Reconstruct], batch: NDArray[np.uint8]) -> tuple[float, float]:
    """Median milliseconds of the first and the last, run in turn so that a busy moment strikes all alike."""
    times_ms: list[list[float]] = [[] for _ in contenders]
    for _ in range(TIMED_RUNS):
        for reconstruct, own in zip(contenders, times_ms):
            started = time.perf_counter()
            reconstruct(batch)
            own.append(1000 * (time.perf_counter() - started))
    return statistics.median(times_ms[0]), statistics.median(times_ms[-1])


def _processor() -> str:
    """The CPU's name and how many cores there are."""
    name = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        name = next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        pass  # not Linux, or one that says nothing
    return f"{name}, {os.cpu_count()} cores"
