"""The layers of a scene."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from desktop.engine.library import ModelEntry
from desktop.engine.pictures import Picture
from desktop.engine.rendering import Renderer
from desktop.engine.scene import Request, Scene
from desktop.engine.sliders.steering import Knob, Origin, Steering
from desktop.picture.stage.scene_layers import SceneLayers
from tests.pictures import gradient

TABLE = [0] * 256
WIDE = Picture("wide", gradient(40, 80), np.repeat(np.arange(80, dtype=np.uint8)[None], 40, axis=0))


@pytest.fixture
def renderer() -> Renderer:
    """A renderer on the CPU."""
    return Renderer("cpu")


def steered(renderer: Renderer, entry: ModelEntry, picture: Picture) -> tuple[Scene, Scene]:
    """A picture as it is, and with one number of its latent moved."""
    own = renderer.render(Request(entry, picture))
    space = own.subject.model.space
    state = Steering(own.code, Origin("picture")).moved(space, Knob("numbers", 0), 2.0)
    return own, renderer.render(Request(entry, picture, state))


def test_the_original_stays_while_the_latent_is_steered(renderer: Renderer, entry: ModelEntry) -> None:
    """Its layer is made once; the reconstruction and the difference are those of each scene."""
    layers, scenes = SceneLayers(), steered(renderer, entry, WIDE)
    made = []
    for scene in scenes:
        assert layers.set_scene(scene, False, TABLE) == QRectF(0, 0, 32, 32)
        made.append((layers["original"][0], layers["output"][-1], layers["difference"][0]))
    assert made[0][0] is made[1][0]
    assert made[0][1] is not made[1][1]
    assert np.array_equal(made[1][1].raster.pixels, scenes[1].output)


def test_in_the_whole_picture_the_reconstruction_lies_where_the_model_saw(
    renderer: Renderer, entry: ModelEntry
) -> None:
    """Over the original, whose middle it covers; the reading under a point is that of the topmost layer."""
    layers, scene = SceneLayers(), renderer.render(Request(entry, WIDE))
    assert layers.set_scene(scene, True, TABLE) == QRectF(0, 0, 80, 40)
    ground, output = layers["output"]
    assert (ground.place, output.place) == (QRectF(0, 0, 80, 40), QRectF(20, 0, 40, 40))
    values = layers.levels_at(5, 5)
    assert values["original"] == tuple(WIDE.pixels[5, 5].tolist())
    assert values["output"] is None


def test_what_is_transparent_lies_under_a_veil(renderer: Renderer, entry: ModelEntry) -> None:
    """Of the part that is seen, or of the whole; a picture without alpha, or no picture, has none."""
    layers = SceneLayers()
    for picture, whole, count in ((WIDE, False, 2), (WIDE, True, 2), (Picture("opaque", gradient(40, 80)), False, 1)):
        scene = renderer.render(Request(entry, picture))
        layers.set_scene(scene, whole, TABLE)
        assert len(layers.veiled(layers["original"], scene, whole)) == count
    mean = renderer.render(Request(entry))
    layers.set_scene(mean, False, TABLE)
    assert layers["original"] == []
    assert len(layers.veiled(layers["output"], mean, False)) == 1
    assert list(layers["difference"]) == []
