"""The proof that a bundle carries: a few pictures with the network's own answers, so that anyone can compare again."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from export.bundle import PROOF_FILE, Bundle, BundleError, SizeRule
from export.bundle.arrays import read_arrays

NAMES = ("pictures", "latents", "images", "peak")


@dataclass(frozen=True)
class Sample:
    """One batch of one size."""

    pictures: NDArray[np.uint8]
    """[B, H, W, 3]: a real one first, then noise."""
    latents: NDArray[np.float32]
    """What the network in fp32 makes of them."""
    images: NDArray[np.uint8]
    """[B, H, W, 3]: what it makes of those latents, clamped and rounded."""
    peak: float
    """The largest absolute value that a pixel had before, where a picture's go from 0 to 1."""


def proof_sizes(rule: SizeRule) -> tuple[tuple[int, int], ...]:
    """Heights and widths of the samples: few and small, since they go with every bundle."""
    trained = (rule.height, rule.width)
    if rule.kind == "fixed":
        return (trained,)
    return tuple(dict.fromkeys((trained, (2 * rule.multiple, 3 * rule.multiple), (rule.multiple, rule.multiple))))


def write_proof(samples: list[Sample]) -> bytes:
    """The content of `proof.npz`."""
    arrays: dict[str, Any] = {
        f"{name}_{index}": getattr(each, name) for index, each in enumerate(samples) for name in NAMES
    }
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    return file.getvalue()


def read_proof(bundle: Bundle) -> list[Sample]:
    """The samples of a bundle, with shapes that its contract allows; none where it keeps no proof.

    Raises:
        BundleError: The file was altered, cannot be read, or is not what `write_proof` writes.
    """
    if PROOF_FILE not in bundle.info.sha256:
        return []
    return list(_samples(bundle, read_arrays(bundle, PROOF_FILE)))


def _samples(bundle: Bundle, arrays: dict[str, NDArray[Any]]) -> Iterator[Sample]:
    where, info = bundle.path / PROOF_FILE, bundle.info
    for index in range(len(arrays) // len(NAMES)):
        try:
            pictures, latents, images, peak = (arrays[f"{name}_{index}"] for name in NAMES)
        except KeyError as error:
            raise BundleError(f"{where}: the array {error.args[0]} is missing.") from error
        right = pictures.dtype == images.dtype == np.uint8 and pictures.shape == images.shape and pictures.ndim == 4
        if not right or len(pictures) < 1 or pictures.shape[3] != 3 or not info.size.accepts(*pictures.shape[1:3]):
            raise BundleError(f"{where}: sample {index} holds no pictures of a size that the model takes.")
        if peak.shape != () or not np.isfinite(peak):
            raise BundleError(f"{where}: sample {index} has no finite peak.")
        axes = 1 + len(info.latent.shape)
        if latents.dtype != np.float32 or latents.ndim != axes or len(latents) != len(pictures):
            raise BundleError(f"{where}: sample {index} holds no latents of its pictures.")
        yield Sample(pictures, latents, images, float(peak))
