"""Training pictures to start from."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.engine.errors import ModelError
from desktop.engine.sliders.gallery import read_gallery
from export.bundle import Bundle
from tests import bundles

SMALL = np.zeros((6, 16, 16, 3), np.uint8)


def test_most_bundles_have_none(vector: Bundle) -> None:
    """Nothing is there to read, and that is no error."""
    assert read_gallery(vector) is None


def test_pictures_come_with_their_codes(free: Bundle) -> None:
    """A code has the model's shape and type."""
    gallery = read_gallery(bundles.enriched(free))
    assert gallery is not None
    assert len(gallery) == 6
    assert gallery.thumbnails.shape == (6, 16, 16, 3)
    assert (gallery.code(2).shape, gallery.code(2).dtype) == ((4, 4, 4), np.float32)


@pytest.mark.parametrize(
    ("arrays", "text"),
    [
        ({"thumbnails": SMALL}, "latents is missing"),
        ({"thumbnails": np.zeros((6, 65, 65, 3), np.uint8), "latents": np.zeros((6, 8))}, "at most 64"),
        ({"thumbnails": SMALL.astype(np.float32), "latents": np.zeros((6, 8))}, "must be uint8"),
        ({"thumbnails": SMALL, "latents": np.zeros((5, 8))}, "must be floats of shape"),
        ({"thumbnails": SMALL, "latents": np.full((6, 8), np.nan)}, "must be finite"),
    ],
)
def test_what_breaks_the_contract_is_named(vector: Bundle, arrays: dict[str, np.ndarray], text: str) -> None:
    """A missing array, a wrong type, size or shape, or numbers that are none."""
    rich = bundles.enriched(vector)
    with pytest.raises(ModelError, match=text):
        read_gallery(bundles.rewrite(rich, gallery_npz=bundles.npz(arrays)))
