"""Training pictures to start from in the desktop: small, and with their latents."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from export.sampling import spread
from export.statistics.encoding import Codes
from trainer.data import Pictures

LARGEST_GALLERY = 256  # pictures
SMALLEST_GALLERY = 16
LARGEST_SIDE = 64  # pixels
CANDIDATES = 4  # looked at for each that is wanted
PLAIN = 12.0  # levels: what deviates less from its mean colour, such as a tile of sky, is not worth seeing

BUNDLE_BYTES = 15_900_000  # what a bundle should come to, without its card; a gallery makes do with what is left, ...
SMALLEST_BYTES = 1_000_000  # ... but not with less than this.

_LARGEST_FLOAT16 = float(np.finfo(np.float16).max)


def make_gallery(codes: Codes, pictures: Pictures, other_bytes: int) -> bytes:
    """The content of `gallery.npz`: `thumbnails` uint8 [G, h, w, 3] and `latents` float16 [G, D], compressed.

    Args:
        codes: Of pictures trained on.
        pictures: Where they came from.
        other_bytes: What the rest of the bundle takes. Where little is left, the gallery has fewer pictures.
    """
    room = max(BUNDLE_BYTES - other_bytes, SMALLEST_BYTES)
    worth = _worth_seeing(codes, pictures)
    count = min(LARGEST_GALLERY, len(worth))
    while True:
        content = _pack(codes, pictures, worth[spread(len(worth), count)])
        if len(content) <= room or count <= SMALLEST_GALLERY:
            return content
        count = max(SMALLEST_GALLERY, min(count - 1, int(count * room / len(content))))


def _worth_seeing(codes: Codes, pictures: Pictures) -> NDArray[np.int64]:
    """Positions among the codes, evenly spread, of pictures that are not plain; of all where nearly all are."""
    candidates = spread(len(codes.rows), min(len(codes.rows), CANDIDATES * LARGEST_GALLERY))
    deviation = np.array([pictures.pixels[codes.rows[[each]]][0].std(axis=(0, 1)).mean() for each in candidates])
    chosen = candidates[deviation >= PLAIN]
    return chosen if len(chosen) >= SMALLEST_GALLERY else candidates


def _pack(codes: Codes, pictures: Pictures, positions: NDArray[np.int64]) -> bytes:
    thumbnails = np.stack([_thumbnail(pictures.pixels[codes.rows[[position]]][0]) for position in positions])
    latents = codes.latents[positions].clip(-_LARGEST_FLOAT16, _LARGEST_FLOAT16).astype(np.float16)
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, thumbnails=thumbnails, latents=latents)
    return file.getvalue()


def _thumbnail(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """uint8 [H, W, 3] -> uint8 [h, w, 3] of the same aspect, no side above 64."""
    height, width = picture.shape[:2]
    scale = min(1.0, LARGEST_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.LANCZOS))
