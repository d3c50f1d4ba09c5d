"""A model in memory: everything of its bundle that the desktop computes with."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from desktop.engine.autoencoder import Autoencoder, Latents
from desktop.engine.film.morph import MorphPlan, film
from desktop.engine.library import ModelEntry
from desktop.engine.machine.providers import Asked
from desktop.engine.pictures import Pixels
from desktop.engine.sliders.gallery import Gallery, read_gallery
from desktop.engine.sliders.latents import LatentSpace, read_latent_space
from desktop.engine.sliders.own_concepts import with_own_concepts
from desktop.engine.sliders.samplers import Samplers, read_samplers
from desktop.engine.tiles import Tiler


@dataclasses.dataclass(frozen=True, eq=False)
class LoadedModel:
    """A model whose graphs, latent statistics, samplers and gallery (where it has one) are in memory."""

    entry: ModelEntry
    autoencoder: Autoencoder
    space: LatentSpace
    tiler: Tiler
    samplers: Samplers
    gallery: Gallery | None


def load_model(entry: ModelEntry, asked: Asked, falls_back: bool = True) -> LoadedModel:
    """Everything of a model, read from its bundle; `falls_back` is as for `Autoencoder`.

    Raises:
        BundleError: The bundle breaks the contract.
        ModelError: The model does not run.
    """
    bundle = entry.require()
    autoencoder = Autoencoder(bundle, asked, falls_back=falls_back)
    space = with_own_concepts(read_latent_space(bundle), bundle.info)
    samplers, gallery = read_samplers(bundle, space), read_gallery(bundle)
    return LoadedModel(entry, autoencoder, space, Tiler(autoencoder), samplers, gallery)


def decoded_frame(model: LoadedModel, codes: Sequence[Latents], plan: MorphPlan, frame: int) -> Pixels:
    """One frame of a film through codes, uint8 `[H, W, 3]`."""
    return model.tiler.decode(film(model.space, codes, plan, frame))
