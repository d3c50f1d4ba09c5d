"""Training pictures to start from, where a bundle has them."""

from __future__ import annotations

import dataclasses

import numpy as np

from desktop.engine.autoencoder import Latents
from desktop.engine.errors import ModelError
from desktop.engine.pictures import Pixels
from desktop.engine.sliders.directions import Floats
from export.bundle import GALLERY_FILE, Bundle
from export.bundle.arrays import read_arrays

LARGEST_SIDE = 64


@dataclasses.dataclass(frozen=True, eq=False)
class Gallery:
    """`G` training pictures.

    Attributes:
        thumbnails: uint8 `[G, h, w, 3]` RGB, of the pictures' aspect.
        latents: float16 `[G, D]`.
        shape: The shape of one code.
    """

    thumbnails: Pixels
    latents: Floats
    shape: tuple[int, ...]

    def __len__(self) -> int:
        """How many pictures there are."""
        return len(self.thumbnails)

    def code(self, index: int) -> Latents:
        """The code of one picture, float32."""
        code: Latents = self.latents[index].astype(np.float32).reshape(self.shape)
        return code


def read_gallery(bundle: Bundle) -> Gallery | None:
    """Reads and checks `gallery.npz`; None where the bundle has none.

    Raises:
        BundleError: The file was altered or cannot be read.
        ModelError: It is not what the contract says.
    """
    if GALLERY_FILE not in bundle.info.sha256:
        return None
    where, arrays = bundle.path / GALLERY_FILE, read_arrays(bundle, GALLERY_FILE)
    for name in ("thumbnails", "latents"):
        if name not in arrays:
            raise ModelError("{where}: the array {name} is missing.", where=where, name=name)
    thumbnails, latents = arrays["thumbnails"], arrays["latents"]
    small = thumbnails.ndim == 4 and min(thumbnails.shape[1:3]) > 0 and max(thumbnails.shape[1:3]) <= LARGEST_SIDE
    if not small or thumbnails.shape[3] != 3 or thumbnails.dtype != np.uint8:
        raise ModelError(
            "{where}: thumbnails must be uint8 [G, h, w, 3] with h and w at most {largest_side}.",
            where=where,
            largest_side=LARGEST_SIDE,
        )
    if latents.shape != (len(thumbnails), bundle.info.latent.size) or latents.dtype.kind != "f":
        raise ModelError(
            "{where}: latents must be floats of shape {value}.",
            where=where,
            value=[len(thumbnails), bundle.info.latent.size],
        )
    if not np.isfinite(latents).all():
        raise ModelError("{where}: latents must be finite.", where=where)
    return Gallery(thumbnails, latents, bundle.info.latent.shape)
