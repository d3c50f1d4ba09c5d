"""A model in memory."""

from __future__ import annotations

import numpy as np

from desktop.engine import library
from desktop.engine.film.morph import MorphPlan
from desktop.engine.loaded_model import decoded_frame, load_model
from export.bundle import Bundle
from tests import bundles


def test_everything_of_a_bundle_is_loaded(vector: Bundle) -> None:
    """Its statistics, samplers and gallery, where it has one; each fits its latents."""
    assert load_model(library.open_entry(vector.folder), "cpu").gallery is None
    rich = load_model(library.open_entry(bundles.enriched(vector).folder), "cpu")
    assert rich.gallery is not None
    assert rich.gallery.code(0).shape == rich.space.shape == (8,)
    assert rich.samplers.draw("gaussian", 0).shape == (8,)


def test_a_frame_of_a_film_is_what_its_latent_decodes_to(vector: Bundle) -> None:
    """The first frame is the first picture, and one in between is neither."""
    model = load_model(library.open_entry(vector.folder), "cpu")
    codes = [model.samplers.draw("gaussian", seed) for seed in (1, 2)]
    plan = MorphPlan(frames=4)
    first, second = (decoded_frame(model, codes, plan, frame) for frame in (0, 2))
    ends = [model.autoencoder.decode(code[None])[0] for code in codes]
    assert np.array_equal(first, ends[0])
    assert not any(np.array_equal(second, end) for end in ends)
