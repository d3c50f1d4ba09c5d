"""The layers of a model and its switches, through graphs that export writes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import ModelError
from desktop.engine.xray import units
from desktop.engine.xray.units import Place, Units
from export.layers import write_layers
from tests import bundles
from tests.pictures import gradient

FIRST, SECOND = Place("encoder", 1), Place("decoder", 1)


def test_layers_are_seen_and_units_switched(tmp_path: Path) -> None:
    """With all units on, latent and picture are the model's; one that is off is 0, and what follows differs."""
    bundle = bundles.rectified_bundle(tmp_path / "model")
    write_layers(bundle, tmp_path / "layers")
    model, found = Autoencoder(bundle, "cpu"), Units(tmp_path / "layers")
    assert found.places == [FIRST, SECOND]
    image = gradient(32, 32)
    seen = found.look(image, {})
    latent = model.encode(image[None])
    np.testing.assert_allclose(seen.latent, latent[0], atol=1e-5)
    assert np.abs(seen.picture.astype(int) - model.decode(latent)[0]).max() <= 1
    assert {place: layer.shape for place, layer in seen.layers.items()} == {FIRST: (4, 4, 4), SECOND: (4, 4, 4)}
    busiest = int(seen.layers[FIRST].sum(axis=(1, 2)).argmax())
    off = found.look(image, {FIRST: frozenset({busiest}), SECOND: frozenset()})
    assert not off.layers[FIRST][busiest].any()
    assert not np.allclose(off.latent, seen.latent)
    assert units.levels(seen.layers[FIRST])[busiest].max() == 255


def test_a_folder_without_the_graphs_is_one_sentence(tmp_path: Path) -> None:
    """What is missing, and what cannot be opened."""
    with pytest.raises(ModelError, match=r"encoder-layers\.onnx cannot be read"):
        Units(tmp_path)
    (tmp_path / "encoder-layers.onnx").write_bytes(b"no graph")
    with pytest.raises(ModelError):
        Units(tmp_path)
