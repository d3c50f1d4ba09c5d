"""What random latents can be drawn from, fitted to the latents of training pictures once the training is over.

In the run folder: `samplers.npz` with the arrays, `samplers.json` with a list of names and distances, and
`samples/NAME.png`, a grid of what each decodes to. Latents are flattened to D numbers. Whitened coordinates are a
latent's offset from the mean along each of at most 64 principal axes, divided by the spread along it:

    all        `mean [D]`, `axes [K, D]` (unit length), `spread [K]`
    gaussian   whitened coordinates are standard normal
    mixture    whitened coordinates are from a Gaussian mixture: `mixture_weights [M]`, `mixture_means [M, K]`,
               `mixture_factors [M, K, K]`, the lower Cholesky factors of the covariances
    prior      the latent itself is standard normal; of a variational network alone
    uniform    the latent itself is uniform in [0, 1): the seed's random feature map

A sampler's distance is the mean distance, in whitened coordinates and divided by the square root of K, from a drawn
latent to the nearest one of a training picture.
"""

from __future__ import annotations

import io
import json
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from trainer.architectures import Autoencoder
from trainer.checkpoint import load_run, write_text
from trainer.config import TrainConfig
from trainer.data import Pictures
from trainer.device import Device
from trainer.errors import CheckpointError
from trainer.evaluation import to_input, to_pixels
from trainer.principal import principal_axes

SAMPLERS_FILE, SAMPLERS_LIST, SAMPLES_FOLDER = "samplers.npz", "samplers.json", "samples"
LARGEST_SAMPLE, SMALLEST_SAMPLE = 2048, 64  # training pictures
LARGEST_NUMBERS = 1 << 24  # in the latents of all of them: 128 MiB as float64
DRAWN = 256  # latents that a distance is the mean of
GRID_ROWS, GRID_COLUMNS = 4, 8
MIXTURE_SIZES = (1, 2, 4, 8)
MIXTURE_FLOOR = 1e-2  # added to the variances of whitened coordinates, whose own are about 1
MIXTURE_ROUNDS = 50
BATCH_PIXELS = 1 << 19

Floats = NDArray[np.float64]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Whitening:
    """Latents by their whitened coordinates: `mean` [D], `axes` [K, D], `spread` [K]."""

    mean: Floats
    axes: Floats
    spread: Floats

    def coordinates(self, latents: Floats) -> Floats:
        """[N, D] -> [N, K]."""
        whitened: Floats = (latents - self.mean) @ self.axes.T / self.spread
        return whitened

    def latents(self, coordinates: Floats) -> Floats:
        """[N, K] -> [N, D]: the latent of these coordinates that is nearest to the mean."""
        return coordinates * self.spread @ self.axes + self.mean


@dataclass(frozen=True)
class Mixture:
    """`weights` [M], `means` [M, K] and `factors` [M, K, K] of a Gaussian mixture of whitened coordinates."""

    weights: Floats
    means: Floats
    factors: Floats

    def draw(self, count: int, random: np.random.Generator) -> Floats:
        """[count, K]."""
        chosen = random.choice(len(self.weights), count, p=self.weights)
        noise = random.standard_normal((count, self.means.shape[1]))
        drawn: Floats = self.means[chosen] + np.einsum("nij,nj->ni", self.factors[chosen], noise)
        return drawn


def draw_samples(folder: Path, config: TrainConfig, pictures: Pictures, device: Device, say: Say) -> None:
    """Fits every sampler to a finished run's exported weights and writes what the module's text says.

    Ctrl-C leaves it out, and says so; the run is whole without it.

    Raises:
        CheckpointError: The run has no weights, or the disk refused.
    """
    try:
        fit_samplers(folder, config, pictures, device, say)
    except KeyboardInterrupt:
        say("Samples   left out")
    except OSError as error:
        raise CheckpointError(f"The samples could not be written to {folder} ({error.strerror or error}).") from error


def fit_samplers(folder: Path, config: TrainConfig, pictures: Pictures, device: Device, say: Say) -> None:
    """The same, but Ctrl-C ends it.

    Raises:
        CheckpointError: The run has no weights.
        OSError: The disk refused.
    """
    model = load_run(folder).model.to(device.name)
    latents = encode_some(model, pictures, device)
    if not np.isfinite(latents).all() or len(latents) < 2 or np.ptp(latents, axis=0).max() == 0:
        say("Samples   left out: the latents of the training pictures do not differ from one another")
        return

    # Fit.
    whitening = whiten(latents)
    known = whitening.coordinates(latents)
    mixture = fit_mixture(known, config.seed)

    # Draw, measure and decode.
    width = latents.shape[1]
    draws: dict[str, Callable[[np.random.Generator], Floats]] = {
        "gaussian": lambda random: whitening.latents(random.standard_normal((DRAWN, known.shape[1]))),
        "mixture": lambda random: whitening.latents(mixture.draw(DRAWN, random)),
        "uniform": lambda random: random.random((DRAWN, width)),
    }
    if config.variational:
        draws["prior"] = lambda random: random.standard_normal((DRAWN, width))
    (folder / SAMPLES_FOLDER).mkdir(exist_ok=True)
    found = []
    for name, draw in draws.items():
        drawn = draw(np.random.default_rng(config.seed))
        found.append({"name": name, "distance": distance(whitening.coordinates(drawn), known)})
        _save_grid(folder / SAMPLES_FOLDER / f"{name}.png", model, drawn[: GRID_ROWS * GRID_COLUMNS], config, device)
    _save_arrays(folder / SAMPLERS_FILE, whitening, mixture, model.latent_kind == "map")
    write_text(folder / SAMPLERS_LIST, json.dumps(found, indent=2) + "\n")
    say("Samples   " + ", ".join(f"{each['name']} {each['distance']:.2f}" for each in found) + " from real pictures")


@torch.inference_mode()
def encode_some(model: Autoencoder, pictures: Pictures, device: Device) -> Floats:
    """Latents of evenly spread pictures, flattened: [N, D], N at most 2,048 and fewer where D is large."""
    width = int(np.prod(model.latent_shape(*pictures.pixels.shape[1:3])))
    count = min(len(pictures), LARGEST_SAMPLE, max(SMALLEST_SAMPLE, LARGEST_NUMBERS // width))
    positions = np.arange(count) * len(pictures) // count
    step = max(1, BATCH_PIXELS // int(np.prod(pictures.pixels.shape[1:3])))
    latents = np.empty((count, width))
    for start in range(0, count, step):
        image = to_input(pictures.batch(positions[start : start + step]), device)
        with device.autocast():
            latents[start : start + step] = model.encode(image).float().flatten(1).cpu().numpy()
    return latents


def whiten(latents: Floats) -> Whitening:
    """The principal axes of [N, D] latents, of which some must differ, and the standard deviation along each."""
    mean: Floats = latents.mean(axis=0)
    axes = principal_axes(latents - mean)
    return Whitening(mean, axes, ((latents - mean) @ axes.T).std(axis=0))


def fit_mixture(coordinates: Floats, seed: int) -> Mixture:
    """A Gaussian mixture of [N, K] points.

    It has as many components as give a fifth of the points, left out of the fit, the greatest likelihood.
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.mixture import GaussianMixture

    def fitted(points: Floats, components: int) -> Any:
        kind: Any = GaussianMixture
        return kind(components, reg_covar=MIXTURE_FLOOR, max_iter=MIXTURE_ROUNDS, random_state=seed).fit(points)

    order = np.random.default_rng(seed).permutation(len(coordinates))
    unseen, seen = np.split(coordinates[order], [len(order) // 5])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # enough rounds for a likeness; it is no estimate
        sizes = [size for size in MIXTURE_SIZES if size * coordinates.shape[1] <= len(seen)] or [1]
        scores = [fitted(seen, size).score(unseen) if len(unseen) and len(sizes) > 1 else 0.0 for size in sizes]
        best = fitted(coordinates, sizes[int(np.argmax(scores))])
    return Mixture(best.weights_ / best.weights_.sum(), best.means_, np.linalg.cholesky(best.covariances_))


def distance(drawn: Floats, known: Floats) -> float:
    """Mean distance of each point to the nearest known one, over the square root of their length."""
    squared = (drawn**2).sum(axis=1)[:, None] - 2 * drawn @ known.T + (known**2).sum(axis=1)
    return float(np.sqrt(squared.min(axis=1).clip(min=0)).mean() / np.sqrt(known.shape[1]))


@torch.inference_mode()
def _save_grid(path: Path, model: Autoencoder, latents: Floats, config: TrainConfig, device: Device) -> None:
    """Decodes latents [N, D] and lays them out in rows, clamped and never stretched."""
    shape = model.latent_shape(config.size, config.size)
    step = max(1, BATCH_PIXELS // config.size**2)
    pixels = []
    for start in range(0, len(latents), step):
        latent = torch.from_numpy(latents[start : start + step]).float().reshape(-1, *shape).to(device.name)
        with device.autocast():
            pixels.append(to_pixels(model.decode(latent).float()))
    grid = np.concatenate(pixels).reshape(GRID_ROWS, GRID_COLUMNS, config.size, config.size, 3)
    partial = path.with_name(path.name + ".partial")
    Image.fromarray(grid.swapaxes(1, 2).reshape(GRID_ROWS * config.size, -1, 3)).save(partial, format="PNG")
    partial.replace(path)


def _save_arrays(path: Path, whitening: Whitening, mixture: Mixture, wide: bool) -> None:
    """Everything as float32; the axes of a map as float16."""
    file = io.BytesIO()
    np.savez(
        file,
        mean=whitening.mean.astype(np.float32),
        axes=whitening.axes.astype(np.float16 if wide else np.float32),
        spread=whitening.spread.astype(np.float32),
        mixture_weights=mixture.weights.astype(np.float32),
        mixture_means=mixture.means.astype(np.float32),
        mixture_factors=mixture.factors.astype(np.float32),
    )
    partial = path.with_name(path.name + ".partial")
    partial.write_bytes(file.getvalue())
    partial.replace(path)
