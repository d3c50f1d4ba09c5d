"""Random codes: what each of a model's samplers draws."""

from __future__ import annotations

import dataclasses
from typing import Literal

import numpy as np

from desktop.engine.autoencoder import Latents
from desktop.engine.errors import ModelError
from desktop.engine.sliders.directions import Coordinates, Floats
from desktop.engine.sliders.latents import LatentSpace
from export.bundle import SAMPLERS_FILE, Bundle, SamplerInfo
from export.bundle.arrays import Arrays, read_arrays

SamplerName = Literal["gaussian", "mixture", "prior", "uniform"]


@dataclasses.dataclass(frozen=True, eq=False)
class Mixture:
    """A Gaussian mixture of `M` parts in whitened coordinates `[K]`.

    Attributes:
        weights: float64 `[M]`, adding up to 1.
        means: float32 `[M, K]`.
        factors: float32 `[M, K, K]`, lower Cholesky factors of the covariances.
    """

    weights: Coordinates
    means: Floats
    factors: Floats


@dataclasses.dataclass(frozen=True, eq=False)
class Samplers:
    """The distributions that random codes of one model are drawn from.

    Attributes:
        shape: The shape of a code of the trained size.
        mean: float32 `[D]`, that truncation shrinks towards.
        axes: float32 `[K, D]`, unit length.
        spread: float32 `[K]`, the standard deviation along each axis.
        infos: What the bundle says of its samplers; empty where it has none.
        mixture: Set where there is a sampler of that name.
    """

    shape: tuple[int, ...]
    mean: Floats
    axes: Floats
    spread: Floats
    infos: tuple[SamplerInfo, ...] = ()
    mixture: Mixture | None = None

    @property
    def names(self) -> tuple[SamplerName, ...]:
        """What can be drawn from, the one nearest to real pictures first.

        `gaussian` and `uniform` need nothing that a bundle may lack, so they are always there.
        """
        ordered = [info.name for info in sorted(self.infos, key=lambda info: info.distance)]
        more: tuple[SamplerName, ...] = ("gaussian", "uniform")
        return tuple(dict.fromkeys([*ordered, *more]))

    def distance(self, name: SamplerName) -> float | None:
        """How far from real pictures its draws are, by the bundle; see `SamplerInfo.distance`."""
        return next((info.distance for info in self.infos if info.name == name), None)

    def draw(
        self, name: SamplerName, seed: int, truncation: float = 1.0, shape: tuple[int, ...] | None = None
    ) -> Latents:
        """One code, the same for the same arguments.

        `prior` and `uniform` draw maps of any height and width, as `shape` says; the others know the trained size only.

        `truncation` in [0, 1] draws the code towards the mean: `mean + truncation * (drawn - mean)`, the truncation
        trick of StyleGAN (Karras et al., 2019, section B); 1 leaves it as it was drawn.
        """
        random = np.random.default_rng(seed)
        mean = self.mean.reshape(self.shape)
        if name in ("prior", "uniform"):
            if shape is not None and shape != self.shape:
                mean = np.broadcast_to(mean.mean(axis=(1, 2), keepdims=True), shape)
            code = random.standard_normal(mean.shape) if name == "prior" else random.random(mean.shape)
        else:
            whitened = self._whitened(name, random)
            code = mean + ((whitened * self.spread).astype(np.float32) @ self.axes).reshape(self.shape)
        drawn: Latents = (mean + truncation * (code - mean)).astype(np.float32)
        return drawn

    def _whitened(self, name: SamplerName, random: np.random.Generator) -> Coordinates:
        normal = random.standard_normal(len(self.spread))
        if name == "gaussian" or self.mixture is None:
            return normal
        part = int(random.choice(len(self.mixture.weights), p=self.mixture.weights))
        drawn: Coordinates = self.mixture.means[part] + self.mixture.factors[part] @ normal
        return drawn


def read_samplers(bundle: Bundle, space: LatentSpace) -> Samplers:
    """Reads and checks `samplers.npz`; without one, the Gaussian of the axes and the uniform distribution remain.

    Raises:
        BundleError: The file was altered or cannot be read.
        ModelError: It is not what the contract says.
    """
    if not bundle.info.samplers:
        return Samplers(space.shape, space.mean, space.axes.vectors, space.axes.spread)
    arrays = read_arrays(bundle, SAMPLERS_FILE)
    axes, size = len(arrays.get("spread", ())), space.mean.size
    shapes: dict[str, tuple[int, ...]] = {"mean": (size,), "axes": (axes, size), "spread": (axes,)}
    mixed = any(info.name == "mixture" for info in bundle.info.samplers)
    if mixed:
        parts = len(arrays.get("mixture_weights", ()))
        shapes |= {"mixture_weights": (parts,), "mixture_means": (parts, axes), "mixture_factors": (parts, axes, axes)}
    _check(arrays, shapes, f"{bundle.path / SAMPLERS_FILE}")
    mean, vectors, spread = (arrays[name].astype(np.float32) for name in ("mean", "axes", "spread"))
    mixture = _mixture(arrays, f"{bundle.path / SAMPLERS_FILE}") if mixed else None
    return Samplers(space.shape, mean, vectors, spread, bundle.info.samplers, mixture)


def _mixture(arrays: Arrays, where: str) -> Mixture:
    weights = arrays["mixture_weights"].astype(np.float64)
    if not weights.size or (weights < 0).any() or abs(weights.sum() - 1.0) > 1e-3:
        raise ModelError("{where}: mixture_weights must be shares that add up to 1.", where=where)
    means, factors = (arrays[name].astype(np.float32) for name in ("mixture_means", "mixture_factors"))
    return Mixture(weights / weights.sum(), means, factors)


def _check(arrays: Arrays, shapes: dict[str, tuple[int, ...]], where: str) -> None:
    for name, shape in shapes.items():
        array = arrays.get(name)
        if array is None:
            raise ModelError("{where}: the array {name} is missing.", where=where, name=name)
        if array.shape != shape or array.dtype.kind != "f" or not np.isfinite(array).all():
            raise ModelError(
                "{where}: the array {name} must hold finite floats of shape {list}.",
                where=where,
                name=name,
                list=list(shape),
            )
