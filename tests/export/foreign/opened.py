"""What the desktop makes of an adopted bundle."""

from __future__ import annotations

import numpy as np

from desktop.engine import library
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.sliders.latents import read_latent_space
from export.bundle import Bundle


def check_in_desktop(bundle: Bundle, least_psnr_db: float) -> Autoencoder:
    """The desktop's engine opens it, has sliders for it, and reconstructs a picture."""
    bundle.verify()
    autoencoder = Autoencoder(library.open_entry(bundle.path).require(), "cpu")
    assert read_latent_space(bundle).mean.size == bundle.info.latent.size
    y, x = np.mgrid[0:32, 0:32] / 32
    picture = (np.stack([x, y, 1 - x], -1) * 255).astype(np.uint8)[None]
    error = np.square(autoencoder.decode(autoencoder.encode(picture)).astype(float) - picture).mean()
    assert 10 * np.log10(255**2 / error) > least_psnr_db
    return autoencoder
