"""Samplers of random latents, fitted to the latents of training pictures.

Latents are flattened to D numbers. Whitened coordinates are a latent's offset from the mean along each of at most 64
principal axes, divided by the spread along it:

    all        `mean [D]`, `axes [K, D]` (unit length), `spread [K]`
    gaussian   whitened coordinates are standard normal
    mixture    whitened coordinates are from a Gaussian mixture: `mixture_weights [M]`, `mixture_means [M, K]`,
               `mixture_factors [M, K, K]`, the lower Cholesky factors of the covariances
    prior      the latent itself is standard normal; of a variational network alone
    uniform    the latent itself is uniform in [0, 1): the seed's random feature map

A sampler's distance says how unlike those of training pictures its latents are. Of a vector it is the mean distance, in
whitened coordinates and divided by the square root of K, from a drawn latent to the nearest one of a training picture.
Of a map that would say nothing: 64 axes hold little of a map, and noise that lies beside all of them is near to every
picture. There it is the Fréchet distance of channel statistics: mean, deviation and correlation of neighbouring cells
of each channel, as independent Gaussians in units of the training pictures' deviation, divided by the square root of
their number.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray

from trainer.architectures.autoencoder import Autoencoder
from trainer.data import Pictures
from trainer.evaluation import to_input
from trainer.machine.device import Device
from trainer.run.principal import principal_axes

LARGEST_SAMPLE, SMALLEST_SAMPLE = 2048, 64  # training pictures
LARGEST_NUMBERS = 1 << 24  # in the latents of all of them: 128 MiB as float64
DRAWN = 256  # latents that a distance is the mean of
MIXTURE_SIZES = (1, 2, 4, 8)
MIXTURE_FLOOR = 1e-2  # added to the variances of whitened coordinates, whose own are about 1
MIXTURE_ROUNDS = 50
BATCH_PIXELS = 1 << 19
LEAST_DEVIATION = 0.01  # of a channel's statistic, in that of all channels

Floats = NDArray[np.float64]
SamplerName = Literal["gaussian", "mixture", "prior", "uniform"]


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


@dataclass(frozen=True)
class Samplers:
    """Every sampler of a network.

    Attributes:
        whitening: What they share.
        mixture: Of its whitened coordinates.
        drawn: By each sampler's name, latents that it gave: [256, D].
        distances: By each sampler's name, that of its latents.
    """

    whitening: Whitening
    mixture: Mixture
    drawn: dict[SamplerName, Floats]
    distances: dict[SamplerName, float]

    def arrays(self, kind: Literal["vector", "map"]) -> dict[str, NDArray[np.floating[Any]]]:
        """The arrays of the module's text: as float32, but the axes of a map, which are long, as float16."""
        arrays = {
            "mean": self.whitening.mean,
            "axes": self.whitening.axes,
            "spread": self.whitening.spread,
            "mixture_weights": self.mixture.weights,
            "mixture_means": self.mixture.means,
            "mixture_factors": self.mixture.factors,
        }
        half = ("axes",) if kind == "map" else ()
        return {name: each.astype(np.float16 if name in half else np.float32) for name, each in arrays.items()}


def fit_samplers(model: Autoencoder, pictures: Pictures, device: Device, seed: int) -> Samplers | None:
    """Fits every sampler to the latents of some pictures, and draws from it to see how far from them it leads.

    Args:
        model: In evaluation mode, on the device.
        pictures: Those trained on.
        device: Where to encode.
        seed: Of the fit and the draws.

    Returns:
        None where nothing can be fitted: the latents are not finite, or do not differ from one another.
    """
    latents = encode_some(model, pictures, device)
    if not np.isfinite(latents).all() or len(latents) < 2 or np.ptp(latents, axis=0).max() == 0:
        return None
    whitening = whiten(latents)
    known = whitening.coordinates(latents)
    mixture = fit_mixture(known, seed)
    width = latents.shape[1]
    draws: dict[SamplerName, Callable[[np.random.Generator], Floats]] = {
        "gaussian": lambda random: whitening.latents(random.standard_normal((DRAWN, known.shape[1]))),
        "mixture": lambda random: whitening.latents(mixture.draw(DRAWN, random)),
        "uniform": lambda random: random.random((DRAWN, width)),
    }
    if model.log_variance is not None:
        draws["prior"] = lambda random: random.standard_normal((DRAWN, width))
    drawn = {name: draw(np.random.default_rng(seed)) for name, draw in draws.items()}
    shape = model.latent_shape(*pictures.pixels.shape[1:3])
    if len(shape) == 3:
        real = channel_statistics(latents.reshape(-1, *shape))
        distances = {
            name: frechet_distance(channel_statistics(each.reshape(-1, *shape)), real) for name, each in drawn.items()
        }
    else:
        distances = {name: distance(whitening.coordinates(each), known) for name, each in drawn.items()}
    return Samplers(whitening, mixture, drawn, distances)


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


def channel_statistics(maps: Floats) -> Floats:
    """Of latent maps [N, C, h, w], each channel's mean, deviation and correlation of neighbouring cells: [N, 3C]."""
    mean = maps.mean(axis=(2, 3), keepdims=True)
    apart = maps - mean
    variance = (apart**2).mean(axis=(2, 3)) + np.finfo(np.float64).tiny
    beside = [apart[..., 1:] * apart[..., :-1], apart[..., 1:, :] * apart[..., :-1, :]]
    alike = [products.mean(axis=(2, 3)) / variance for products in beside if products.size]
    correlation = np.mean(alike, axis=0) if alike else np.zeros_like(variance)
    return np.concatenate([mean[..., 0, 0], np.sqrt(variance), correlation], axis=1)


def frechet_distance(drawn: Floats, known: Floats) -> float:
    """Fréchet distance of two sets of channel statistics [N, 3C], taken for independent Gaussians, over sqrt(3C).

    Each is in units of the known ones' deviation (Dowson and Landau, 1982, for the formula). One that hardly varies, as
    of a channel that is silent, counts as if it varied by a hundredth of its kind's deviation.
    """
    deviations = known.std(axis=0).reshape(3, -1)
    least = LEAST_DEVIATION * np.sqrt(np.square(deviations).mean(axis=1, keepdims=True))
    unit = np.maximum(deviations, least).reshape(-1) + np.finfo(np.float64).eps * (1 + np.abs(known).max(axis=0))
    means = (drawn.mean(axis=0) - known.mean(axis=0)) / unit
    spreads = (drawn.std(axis=0) - known.std(axis=0)) / unit
    return float(np.sqrt((means**2 + spreads**2).mean()))
