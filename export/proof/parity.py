"""The proof: onnxruntime against torch, on real pictures and on noise, at several sizes and batch sizes.

The reference is the network as the trainer feeds it; nothing of `export.graphs` takes part in it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from export.bundle import Parity, SizeRule
from export.errors import ExportError, GraphError, ParityError
from export.proof.proof import Sample, proof_sizes
from export.proof.tolerance import IMAGE_TOLERANCE, LIMITS, Differences, Limits, Tolerance, deviation, image_tolerance
from export.runtime import PROVIDER, Graph
from trainer.architectures.autoencoder import Autoencoder, Clamp
from trainer.data import Pictures
from trainer.data.dataset import Progress
from trainer.evaluation import to_input
from trainer.machine.device import Device

LARGE_SIZE = 512  # pixels a side: the large case of a network that takes any size

# How many times wider than real latents noise may become, until the decoder leaves [0, 1] and its clamp shows.
NOISE_WIDTHS = (1, 4, 16, 64, 256)


@dataclass(frozen=True)
class Case:
    """One comparison: a batch of this many pictures of this size in pixels."""

    height: int
    width: int
    batch: int

    def __str__(self) -> str:
        return f"{self.height}x{self.width} pixels in a batch of {self.batch}"


def verify(
    model: Autoencoder,
    encoder: Graph,
    decoder: Graph,
    pictures: Pictures,
    progress: Progress,
    limits: Limits = LIMITS["fp32"],
) -> Parity:
    """Compares both graphs with the network that they were made from.

    Args:
        model: On the CPU, in evaluation mode, in fp32.
        encoder: Made from `model`.
        decoder: Made from `model`.
        pictures: Real ones, of the trained size; at least one. A few are used.
        progress: Told how many comparisons are done.
        limits: What the graphs' precision allows.

    Returns:
        The differences over all cases: latents in standard deviations of the latents, images in 8-bit levels.

    Raises:
        ParityError: A graph cannot run a case, or gives another shape or type, or differs by more than the limits.
        ExportError: The network itself gives values that are not finite.
    """
    rng = np.random.default_rng(0)
    cases = plan_cases(model, pictures.pixels.shape[1], pictures.pixels.shape[2])
    latents, images, round_trips = Differences(), Differences(), Differences()
    for done, case in enumerate(cases, start=1):
        batch = _picture_batch(pictures, case, rng)
        expected = _torch_latent(model, batch)
        latent = _run(encoder, batch, expected, case)
        latents.include(_check(encoder, latent, expected, case, limits.latent, deviation(expected)))

        probe = _latent_batch(model, expected, rng) if limits.image else expected
        values = _torch_values(model, probe)
        image = _run(decoder, probe, _to_pixels(values), case)
        images.include(
            _check(decoder, image, _to_pixels(values), case, image_tolerance(limits.image, _peak(values)), 1.0)
        )

        if probe is not expected:
            values = _torch_values(model, expected)
        reconstruction = _run(decoder, latent, _to_pixels(values), case)
        round_trips.include(_check_round_trip(reconstruction, values, case, limits))
        progress("Comparing onnxruntime with torch", done, len(cases))
    return Parity(
        latent_largest=latents.largest,
        latent_mean=latents.mean,
        image_largest=images.largest,
        image_mean=images.mean,
        round_trip_largest=round_trips.largest,
        round_trip_mean=round_trips.mean,
        psnr_db=round_trips.psnr_db,
        sizes=tuple(dict.fromkeys((case.height, case.width) for case in cases)),
        batch_sizes=tuple(sorted({case.batch for case in cases})),
        provider=PROVIDER,
    )


def record(model: Autoencoder, pictures: Pictures, rule: SizeRule) -> list[Sample]:
    """The network's answers to a real picture and to noise at each of `proof_sizes`, for the bundle to keep.

    Args:
        model: On the CPU, in evaluation mode, in fp32.
        pictures: Real ones, at least one.
        rule: Which sizes the bundle will take.
    """
    rng, samples = np.random.default_rng(1), []
    for height, width in proof_sizes(rule):
        batch = _picture_batch(pictures, Case(height, width, 2), rng)
        latents = _torch_latent(model, batch)
        values = _torch_values(model, latents)
        samples.append(Sample(batch, latents, _to_pixels(values), _peak(values)))
    return samples


def plan_cases(model: Autoencoder, height: int, width: int) -> tuple[Case, ...]:
    """The comparisons to make: few large pictures and more small ones, so that the widest network takes seconds.

    Args:
        model: Its latent kind and multiple decide which sizes it takes.
        height: Of pictures in pixels, that it was trained at.
        width: Likewise.
    """
    if model.latent_kind == "vector":
        return tuple(Case(height, width, batch) for batch in (1, 3, 5))
    step = model.multiple
    large = max(math.ceil(LARGE_SIZE / step) * step, max(height, width) + step)
    few, more, larger = Case(height, width, 1), Case(height, width, 3), Case(height + step, width + step, 1)
    smallest, oblong = Case(step, step, 3), Case(2 * step, 3 * step, 5)
    return tuple(dict.fromkeys((few, more, smallest, oblong, larger, Case(large, large, 1))))


def _run(graph: Graph, batch: NDArray[Any], expected: NDArray[Any], case: Case) -> NDArray[Any]:
    """A graph's output, which must be of the shape and type expected."""
    try:
        output = graph(batch)
    except GraphError as error:
        raise ParityError(f"{graph.name} fails at {case}, where the trained network does not: {error}") from error
    if output.shape != expected.shape or output.dtype != expected.dtype:
        raise ParityError(
            f"{graph.name} gives {output.dtype} {list(output.shape)} at {case}; "
            f"the trained network gives {expected.dtype} {list(expected.shape)}."
        )
    return output


def _check(
    graph: Graph, output: NDArray[Any], expected: NDArray[Any], case: Case, tolerance: Tolerance | None, unit: float
) -> Differences:
    """The differences between a graph's output and torch's, in multiples of `unit`; raises past the tolerance."""
    if not np.isfinite(output).all():
        raise ParityError(f"{graph.name} gives values that are not finite at {case}; the trained network does not.")
    found = Differences.between(output, expected, unit)
    if tolerance and not (found.largest <= tolerance.largest and found.mean <= tolerance.mean):
        raise ParityError(
            f"{graph.name} differs from the trained network at {case} by up to {found.largest:.3g} {tolerance.unit}, "
            f"{found.mean:.3g} on average; {tolerance.largest:g} and {tolerance.mean:g} are allowed."
        )
    return found


def _check_round_trip(
    reconstruction: NDArray[np.uint8], values: NDArray[np.float32], case: Case, limits: Limits
) -> Differences:
    """The same for pictures that went through both graphs, pixels to pixels; raises where real ones differ in view."""
    expected = _to_pixels(values)
    real = Differences.between(reconstruction[::2], expected[::2])
    tolerance = image_tolerance(limits.image, _peak(values))
    coarse = tolerance is not None and tolerance.largest > IMAGE_TOLERANCE.largest
    if real.psnr_db < limits.psnr_db and not coarse:
        raise ParityError(
            f"Reconstructions by encoder.onnx and decoder.onnx at {case} have a PSNR of {real.psnr_db:.1f} dB "
            f"to those of the trained network; at least {limits.psnr_db:g} dB are needed."
        )
    return Differences.between(reconstruction, expected)


def _picture_batch(pictures: Pictures, case: Case, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Real pictures at even positions, noise at odd ones: uint8 [B, H, W, 3]."""
    batch = rng.integers(0, 256, (case.batch, case.height, case.width, 3), dtype=np.uint8)
    for position in range(0, case.batch, 2):
        (picture,) = pictures.batch(np.array([position % len(pictures)]))
        batch[position] = np.asarray(Image.fromarray(picture).resize((case.width, case.height)))
    return batch


def _latent_batch(model: Autoencoder, real: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """Real latents at even positions, noise at odd ones: so wide, if it can be, that pixels leave [0, 1] by a tenth."""
    batch = real.copy()
    if len(batch) == 1:
        return batch
    noise = rng.standard_normal(real[1::2].shape, np.float32)
    for width in NOISE_WIDTHS:
        batch[1::2] = real.mean() + width * real.std() * noise
        values = _torch_values(model, batch[1:2])
        if values.min() < -0.1 or values.max() > 1.1:
            break
    return batch


def _peak(values: NDArray[np.float32]) -> float:
    return float(np.abs(values).max())


@torch.inference_mode()
def _torch_latent(model: Autoencoder, batch: NDArray[np.uint8]) -> NDArray[np.float32]:
    return _finite(model.encode(to_input(batch, Device("cpu", bf16=False))))


@torch.inference_mode()
def _torch_values(model: Autoencoder, latent: NDArray[np.float32]) -> NDArray[np.float32]:
    """The network's values before clamping, be it by its own head or by the graph: float32 [B, 3, H, W]."""
    values = model.decoder(torch.from_numpy(latent))
    return _finite(values if isinstance(model.head, Clamp) else model.head(values))


def _to_pixels(values: NDArray[np.float32]) -> NDArray[np.uint8]:
    """[B, 3, H, W], about [0, 1] -> uint8 [B, H, W, 3]."""
    pixels: NDArray[np.uint8] = np.rint(values.clip(0, 1) * 255).astype(np.uint8).transpose(0, 2, 3, 1)
    return pixels


def _finite(output: Tensor) -> NDArray[np.float32]:
    if not output.isfinite().all():
        raise ExportError("The trained network gives values that are not finite: its training diverged. Train again.")
    return output.numpy()
