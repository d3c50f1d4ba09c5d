"""A model's latent space as its training pictures fill it: the mean, and axes to move along."""

from __future__ import annotations

import dataclasses
import io
import zipfile

import numpy as np
from numpy.typing import NDArray

from desktop.engine.autoencoder import Latents
from desktop.engine.errors import ModelError
from export.bundle import Bundle

Coordinates = NDArray[np.float64]

LARGEST_BYTES = 512 << 20
SMALLEST_SPREAD = 1e-6  # of the largest: along an axis narrower than this, the latents do not vary at all


@dataclasses.dataclass(frozen=True, eq=False)
class LatentSpace:
    """Principal axes of the training latents, flattened to D numbers; the most important axis comes first.

    Attributes:
        mean: float32 `[D]`, the mean latent.
        axes: float32 `[K, D]`, unit length.
        spread: float32 `[K]`, the standard deviation along each axis; coordinates are counted in it.
        low: float64 `[K]`, where a slider should begin, as a coordinate.
        high: float64 `[K]`, where it should end.
        effect: float32 `[K]`, mean absolute pixel change (0-255) from low to high.
    """

    mean: NDArray[np.float32]
    axes: NDArray[np.float32]
    spread: NDArray[np.float32]
    low: Coordinates
    high: Coordinates
    effect: NDArray[np.float32]

    def coordinates(self, code: Latents) -> Coordinates:
        """Where a code of D numbers, in any shape, lies along the axes: `[K]` in units of spread, the mean at 0."""
        return (self.axes @ (code.reshape(-1) - self.mean)).astype(np.float64) / self.spread

    def steer(self, code: Latents, coordinates: Coordinates) -> Latents:
        """The code moved to `coordinates [K]`, in its own shape; what lies outside the axes stays as it is.

        At the code's own coordinates this is the code itself, to the last bit.
        """
        steps = (coordinates - self.coordinates(code)) * self.spread
        return code + (steps.astype(np.float32) @ self.axes).reshape(code.shape)

    def random(self, seed: int) -> Coordinates:
        """Coordinates `[K]` drawn from a Gaussian of the measured spread and kept within the limits."""
        drawn = np.random.default_rng(seed).standard_normal(len(self.spread))
        return np.clip(drawn, self.low, self.high)


def read_latent_space(bundle: Bundle) -> LatentSpace:
    """Reads and checks `latents.npz`. Axes along which the training latents do not vary are left out.

    Raises:
        BundleError: The file was altered or cannot be read.
        ModelError: It is not what the contract says.
    """
    arrays = _read_arrays(bundle)
    spread = arrays["spread"]
    varying = spread > SMALLEST_SPREAD * spread.max(initial=0.0)
    spread = spread[varying]
    return LatentSpace(
        mean=arrays["mean"],
        axes=arrays["axes"][varying],
        spread=spread,
        low=arrays["low"][varying].astype(np.float64) / spread,
        high=arrays["high"][varying].astype(np.float64) / spread,
        effect=arrays["effect"][varying],
    )


def _read_arrays(bundle: Bundle) -> dict[str, NDArray[np.float32]]:
    """The arrays of the contract as float32, their shapes and values checked."""
    where = bundle.folder / "latents.npz"
    content = io.BytesIO(bundle.read(where.name))
    try:
        if sum(entry.file_size for entry in zipfile.ZipFile(content).infolist()) > LARGEST_BYTES:
            raise ModelError(f"{where} unpacks to more than {LARGEST_BYTES >> 20} MiB.")
        with np.load(content, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except ModelError:
        raise
    except Exception as error:  # zipfile, zlib and numpy each raise their own kinds on broken data
        raise ModelError(f"{where} is not a readable npz file ({error}).") from error
    count, size = len(arrays.get("spread", ())), bundle.info.latent.size
    per_axis, per_number = (count,), (size,)
    shapes = {"mean": per_number, "std": per_number, "axes": (count, size)}
    shapes |= dict.fromkeys(("spread", "low", "high", "effect"), per_axis)
    for name, shape in shapes.items():
        if name not in arrays:
            raise ModelError(f"{where}: the array {name} is missing.")
        if arrays[name].shape != shape or arrays[name].dtype.kind != "f" or not np.isfinite(arrays[name]).all():
            raise ModelError(f"{where}: the array {name} must hold finite floats of shape {list(shape)}.")
    if (arrays["spread"] < 0).any() or (arrays["low"] > arrays["high"]).any():
        raise ModelError(f"{where}: spread must not be negative, nor low above high.")
    return {name: arrays[name].astype(np.float32) for name in shapes}
