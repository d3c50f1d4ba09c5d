"""How near pictures that were reconstructed come to their originals, and how long a decode takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray

from export.bundle import Bundle
from tests.benchmarks.measure import race
from trainer.evaluation import psnr_db
from trainer.objective.losses import ssim
from trainer.objective.perceptual import Lpips

Pixels = NDArray[np.uint8]

THREADS = 2
MAP_SIZES = ((256, 256), (512, 768))  # height and width in pixels at which models of any size are timed


@dataclass
class Means:
    """Means over the pictures added so far; `lpips` stays 0 where nothing measures it."""

    pictures: int = 0
    psnr_db: float = 0.0
    ssim: float = 0.0
    lpips: float = 0.0

    def add(self, original: Pixels, reconstruction: NDArray[np.generic], perceptual: Lpips | None) -> None:
        """Adds one picture: uint8 [H, W, 3], and its reconstruction in [0, 255]."""
        target, output = _planes(original), _planes(reconstruction)
        self.pictures += 1
        self.psnr_db += (float(psnr_db(output, target)) - self.psnr_db) / self.pictures
        self.ssim += (float(ssim(output, target)) - self.ssim) / self.pictures
        if perceptual is not None:
            with torch.inference_mode():
                self.lpips += (float(perceptual(output, target)) - self.lpips) / self.pictures


def decode_times(bundle: Bundle, seconds: float) -> dict[str, float]:
    """The median time of one decode in onnxruntime on two threads of the CPU, in ms, by the picture's size.

    Args:
        bundle: Its decoder is timed at its own size or, where it takes any, at 256x256 and 768x512.
        seconds: How long each size is tried.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    session = onnxruntime.InferenceSession(bundle.read("decoder.onnx"), options, providers=["CPUExecutionProvider"])
    info = bundle.info
    shapes = {f"{info.size.width}x{info.size.height}": info.latent.shape}
    if info.size.kind == "multiple":
        step = info.size.multiple
        shapes = {
            f"{width}x{height}": (info.latent.shape[0], height // step, width // step) for height, width in MAP_SIZES
        }
    random = np.random.default_rng(0)
    calls: dict[str, Callable[[], object]] = {}
    for size, shape in shapes.items():
        latent = random.standard_normal((1, *shape), np.float32)
        calls[size] = lambda latent=latent: session.run(None, {"latent": latent})
    return {size: 1000 * each for name, call in calls.items() for size, each in race({name: call}, seconds).items()}


def _planes(pixels: NDArray[np.generic]) -> torch.Tensor:
    """[H, W, 3] in [0, 255] -> float32 (1, 3, H, W) in [0, 1]."""
    return torch.from_numpy(pixels.astype(np.float32).transpose(2, 0, 1)[None] / 255)
