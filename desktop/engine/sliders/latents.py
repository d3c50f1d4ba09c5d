"""A model's latent space as its training pictures fill it: the mean, and directions to move along."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from desktop.engine.autoencoder import Latents
from desktop.engine.errors import ModelError
from desktop.engine.sliders.directions import Channels, Directions, Floats, Linear, channels
from export.bundle import Bundle, Concept
from export.bundle.arrays import Arrays, read_arrays

GroupName = Literal["concepts", "independent", "axes", "local", "numbers"]
GROUPS: tuple[GroupName, ...] = ("concepts", "independent", "axes", "numbers")  # of a model; "local" is of a state

SMALLEST_SPREAD = 1e-6  # of the largest: along an axis narrower than this, the latents do not vary at all
QUANTILES = 101
VECTORS = {"": "axes", "concept_": "concepts", "independent_": "independent"}  # by what begins their limits' names


@dataclasses.dataclass(frozen=True, eq=False)
class LatentSpace:
    """What is known of the training latents, flattened to D numbers.

    Attributes:
        shape: The latent of one picture of the trained size, `[C, h, w]` or `[D]`.
        mean: float32 `[D]`.
        std: float32 `[D]`.
        axes: Principal axes, the one of most variance first.
        effect: float32 `[K]`, mean absolute pixel change (0-255) from low to high along each axis.
        independent: Axes that vary as independently as can be, the one of most variance first; none in older bundles.
        independent_effect: float32 `[J]`, the same along each of them.
        concepts: A direction for each of `labels`.
        labels: What the bundle says of its concepts.
        numbers: The latent's own numbers, or its channels.
        distance_quantiles: float32 `[101]`, percentiles 0 to 100 over training pictures of the root mean square of
            their coordinates along the axes; None where the bundle does not have them.
        own_concepts: How many of the last of `labels` are the user's own.
    """

    shape: tuple[int, ...]
    mean: Floats
    std: Floats
    axes: Linear
    effect: Floats
    independent: Linear
    independent_effect: Floats
    concepts: Linear
    labels: tuple[Concept, ...]
    numbers: Channels
    distance_quantiles: Floats | None
    own_concepts: int = 0

    @property
    def mean_code(self) -> Latents:
        """The mean, in the shape of a code."""
        return self.mean.reshape(self.shape)

    def group(self, name: GroupName) -> Directions:
        """The sliders of one group.

        Raises:
            KeyError: The group is of a state, and not of the model: local axes.
        """
        groups: dict[GroupName, Directions] = {
            "concepts": self.concepts,
            "independent": self.independent,
            "axes": self.axes,
            "numbers": self.numbers,
        }
        return groups[name]


def read_latent_space(bundle: Bundle) -> LatentSpace:
    """Reads and checks `latents.npz`. Axes along which the training latents do not vary are left out.

    Raises:
        BundleError: The file was altered or cannot be read.
        ModelError: It is not what the contract says.
    """
    arrays, info = _checked(bundle), bundle.info
    shape, mean = info.latent.shape, arrays["mean"]
    axes, effect = _axes(arrays, "axes", "", shape)
    independent, independent_effect = _nothing(mean, shape), np.zeros(0, np.float32)
    if "independent" in arrays:
        independent, independent_effect = _axes(arrays, "independent", "independent_", shape)
    concepts = _nothing(mean, shape)
    if info.concepts:
        spread = np.maximum(arrays["concept_spread"], np.finfo(np.float32).tiny)
        limits = arrays["concept_low"], arrays["concept_high"]
        concepts = _linear(arrays["concepts"], spread, *limits, mean, shape)
    return LatentSpace(
        shape=shape,
        mean=mean,
        std=arrays["std"],
        axes=axes,
        effect=effect,
        independent=independent,
        independent_effect=independent_effect,
        concepts=concepts,
        labels=info.concepts,
        numbers=channels(mean, arrays["std"], shape),
        distance_quantiles=arrays.get("distance_quantiles"),
    )


def _axes(arrays: Arrays, vectors: str, prefix: str, shape: tuple[int, ...]) -> tuple[Linear, Floats]:
    """The axes of one name along which latents vary, and what each changes."""
    spread = arrays[prefix + "spread"]
    varying = spread > SMALLEST_SPREAD * spread.max(initial=0.0)
    low, high = (arrays[prefix + name][varying] for name in ("low", "high"))
    axes = _linear(arrays[vectors][varying], spread[varying], low, high, arrays["mean"], shape)
    return axes, arrays[prefix + "effect"][varying]


def _nothing(mean: Floats, shape: tuple[int, ...]) -> Linear:
    none = np.zeros(0, np.float32)
    return _linear(np.zeros((0, mean.size), np.float32), none, none, none, mean, shape)


def _linear(
    vectors: Floats, spread: Floats, low: NDArray[Any], high: NDArray[Any], mean: Floats, shape: tuple[int, ...]
) -> Linear:
    """A group from the file's arrays, whose limits are positions and not yet in units of spread."""
    low, high = (limit.astype(np.float64) / spread for limit in (low, high))
    return Linear(mean, vectors, spread, low, high, shape)


def _checked(bundle: Bundle) -> Arrays:
    """The arrays of the contract as float32, their shapes and values checked."""
    where = bundle.path / "latents.npz"
    arrays = read_arrays(bundle, where.name)
    prefixes = [""] + (["concept_"] if bundle.info.concepts else [])
    if any(name.startswith("independent") for name in arrays):
        prefixes.append("independent_")
    counts = {prefix: len(arrays.get(f"{prefix}spread", ())) for prefix in prefixes}
    counts |= {"concept_": len(bundle.info.concepts)} if bundle.info.concepts else {}
    shapes = _shapes(counts, bundle.info.latent.size)
    if "distance_quantiles" in arrays:
        shapes["distance_quantiles"] = (QUANTILES,)
    for name, shape in shapes.items():
        if name not in arrays:
            raise ModelError("{where}: the array {name} is missing.", where=where, name=name)
        if arrays[name].shape != shape or arrays[name].dtype.kind != "f" or not np.isfinite(arrays[name]).all():
            raise ModelError(
                "{where}: the array {name} must hold finite floats of shape {list}.",
                where=where,
                name=name,
                list=list(shape),
            )
    for prefix in prefixes:
        spread, low, high = (arrays[prefix + name] for name in ("spread", "low", "high"))
        if (spread < 0).any() or (low > high).any():
            raise ModelError(
                "{where}: {prefix}spread must not be negative, nor {prefix}low above {prefix}high.",
                where=where,
                prefix=prefix,
            )
    if "distance_quantiles" in arrays and (np.diff(arrays["distance_quantiles"]) < 0).any():
        raise ModelError("{where}: distance_quantiles must rise.", where=where)
    return {name: arrays[name].astype(np.float32) for name in shapes}


def _shapes(counts: Mapping[str, int], size: int) -> dict[str, tuple[int, ...]]:
    """The shape that each array must have; how many directions there are, by what their arrays' names begin with."""
    shapes: dict[str, tuple[int, ...]] = {"mean": (size,), "std": (size,)}
    for prefix, count in counts.items():
        shapes[VECTORS[prefix]] = (count, size)
        limits = ("spread", "low", "high") if prefix == "concept_" else ("spread", "low", "high", "effect")
        shapes |= dict.fromkeys((prefix + name for name in limits), (count,))
    return shapes
