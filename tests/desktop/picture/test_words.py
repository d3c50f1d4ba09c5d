"""What the window says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop.engine import library
from desktop.engine.library import ModelEntry
from desktop.engine.pictures import Picture
from desktop.engine.rendering import RandomCode, Renderer, Request
from desktop.engine.steering import Origin, Steering
from desktop.picture import words
from export.bundle import Bundle
from tests.pictures import gradient


def test_a_sample_is_called_one(entry: ModelEntry) -> None:
    """A picture that the model made itself is not passed off as a photograph."""
    scene = Renderer("cpu").render(Request(entry, RandomCode(5)))
    assert words.title(scene) == "A sample: a random code, decoded (seed 5)"


def test_the_subtitle_has_the_whole_pictures_size(entry: ModelEntry) -> None:
    """The picture's own size is in the head, the model's in the caption."""
    scene = Renderer("cpu").render(Request(entry, Picture("photo", gradient(40, 48))))
    assert words.subtitle(scene) == "48 × 40 · rebuilt by tiny"
    assert words.original_facts(scene) == "32 × 32"


def test_a_steered_picture_is_called_one(entry: ModelEntry) -> None:
    """Once a slider has moved, the picture is no reconstruction."""
    renderer, picture = Renderer("cpu"), Picture("photo", gradient(32, 32))
    assert words.output_title(renderer.render(Request(entry, picture))) == "Reconstruction"
    steered = Steering(np.ones(8, np.float32), Origin("kept", is_derived=True))
    assert words.output_title(renderer.render(Request(entry, picture, steered))) == "Steered"


@pytest.mark.parametrize(("value", "text"), [(0.04, "0.0 ms"), (3.21, "3.2 ms"), (34.4, "34 ms"), (1234.0, "1234 ms")])
def test_times_are_as_fine_as_they_are_short(value: float, text: str) -> None:
    """Tenths below ten milliseconds, whole ones above."""
    assert words.milliseconds(value) == text


def test_model_facts(tmp_path: Path, vector: Bundle, free: Bundle) -> None:
    """Origin, size and code; or that it is broken."""
    shipped = words.model_facts(library.open_entry(vector.folder, "shipped"))
    assert shipped == ("32 px · code 8", f"Shipped · {vector.folder}")
    assert words.model_facts(library.open_entry(free.folder, "yours"))[0] == "any size · code 4×4×4"
    broken, why = words.model_facts(library.open_entry(tmp_path))
    assert broken == "Broken"
    assert "bundle.json" in why
