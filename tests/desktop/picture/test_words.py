"""What the window says."""

from __future__ import annotations

import numpy as np

from desktop.engine.library import ModelEntry
from desktop.engine.pictures import Picture
from desktop.engine.rendering import Renderer
from desktop.engine.scene import RandomCode, Request
from desktop.engine.sliders.steering import Origin, Steering
from desktop.picture import words
from tests.pictures import gradient


def test_a_sample_is_called_one(entry: ModelEntry) -> None:
    """A picture that the model made itself is not passed off as a photograph."""
    scene = Renderer("cpu").render(Request(entry, RandomCode(5)))
    assert words.title(scene) == "A sample: a random latent, decoded (seed 5)"


def test_the_subtitle_has_the_whole_pictures_size(entry: ModelEntry) -> None:
    """The picture's own size is in the head, the model's in the caption."""
    scene = Renderer("cpu").render(Request(entry, Picture("photo", gradient(40, 48))))
    assert words.subtitle(scene) == "48 × 40 · reconstructed by tiny"
    assert words.original_facts(scene) == "32 × 32"


def test_a_steered_picture_is_called_one(entry: ModelEntry) -> None:
    """Once a slider has moved, the picture is no reconstruction."""
    renderer, picture = Renderer("cpu"), Picture("photo", gradient(32, 32))
    assert words.output_title(renderer.render(Request(entry, picture))) == "Reconstruction"
    steered = Steering(np.ones(8, np.float32), Origin("kept", is_derived=True))
    assert words.output_title(renderer.render(Request(entry, picture, steered))) == "Steered"
