"""What is copied as Python, run in a Python of its own."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.engine.errors import DesktopError
from desktop.engine.library import ModelEntry, open_entry
from desktop.engine.rendering import Renderer
from desktop.engine.scene import PictureSource, RandomCode, Request, Scene
from desktop.engine.sliders.latents import GROUPS
from desktop.engine.sliders.steering import Knob, Origin, Steering
from desktop.picture import python_code
from export.bundle import Bundle
from tests import bundles
from tests.pictures import gradient


def ran(code: str, folder: Path) -> np.ndarray:
    """The picture that the lines save, run in an empty folder by a Python that knows nothing of this project."""
    place = folder / "elsewhere"
    place.mkdir()
    subprocess.run([sys.executable, "-I", "-c", code], cwd=place, check=True, timeout=60)
    return np.asarray(Image.open(place / "picture.png"))


def scene_of(entry: ModelEntry, picture: PictureSource | None, steering: Steering | None = None) -> Scene:
    """What the window would show, on the CPU."""
    return Renderer("cpu").render(Request(entry, picture, steering))


@pytest.mark.parametrize("kind", ["fixed", "free", "packed"])
def test_a_reconstruction_has_the_same_pixels(kind: str, tmp_path: Path, photo: Path) -> None:
    """Resized and cropped, or whole and mirrored at its edge; from a folder or a packed model; by name."""
    make = bundles.map_bundle if kind == "free" else bundles.vector_bundle
    bundle = make(tmp_path / ("tiny.convae" if kind == "packed" else "tiny"))
    scene = scene_of(open_entry(bundle.path), photo)
    code = python_code.of_scene(scene)
    assert repr(str(photo)) in code
    assert np.array_equal(ran(code, tmp_path), scene.output)
    assert len([line for line in code.splitlines() if line]) <= 14


@pytest.mark.parametrize("start", ["picture", "mean", "drawn"])
def test_moved_sliders_have_the_same_pixels(start: str, tmp_path: Path, entry: ModelEntry, photo: Path) -> None:
    """Of every group that the model has, two at a time, from a picture, from the mean and from any other latent."""
    subject = scene_of(entry, None if start == "mean" else photo).subject
    base = subject.code + (np.float32(0.5) if start == "drawn" else np.float32(0))
    space, state = subject.model.space, Steering(base, Origin("picture"))
    for name in GROUPS:
        for index in range(min(2, len(space.group(name).low))):
            state = state.moved(space, Knob(name, index), 1.25)
    scene = scene_of(entry, None if start == "mean" else photo, state)
    code = python_code.of_scene(scene)
    assert "move[[0, 1]]" in code
    assert np.array_equal(ran(code, tmp_path), scene.output)


def test_a_move_in_a_region_is_written_as_its_latent(tmp_path: Path, free: Bundle, photo: Path) -> None:
    """No line could say it; the pixels are the same all the same."""
    subject = scene_of(open_entry(free.path), photo).subject
    mask = np.zeros(subject.code.shape[1:], np.float32)
    mask[0] = 1
    state = Steering(subject.code, Origin("picture"), mask=mask).moved(subject.model.space, Knob("numbers", 0), 2.0)
    scene = scene_of(open_entry(free.path), photo, state)
    code = python_code.of_scene(scene)
    assert "b64decode" in code
    assert np.array_equal(ran(code, tmp_path), scene.output)


def test_a_picture_that_pillow_reads_otherwise_is_written_as_its_latent(tmp_path: Path, entry: ModelEntry) -> None:
    """One with transparent parts, which the window lays on white."""
    path = tmp_path / "clear.png"
    alpha = np.full((40, 48, 1), 99, np.uint8)
    Image.fromarray(np.concatenate([gradient(40, 48), alpha], axis=2)).save(path)
    scene = scene_of(entry, path)
    code = python_code.of_scene(scene)
    assert "b64decode" in code
    assert np.array_equal(ran(code, tmp_path), scene.output)


def test_any_latent_is_written_until_it_is_too_large(tmp_path: Path, entry: ModelEntry) -> None:
    """A step of a morph; a latent for which the text would be too long is refused in one sentence."""
    scene = scene_of(entry, RandomCode(3))
    code = python_code.of_latent(scene.subject.model, scene.code)
    assert np.array_equal(ran(code, tmp_path), scene.subject.model.tiler.decode(scene.code))
    large = dataclasses.replace(scene, code=np.zeros((16, 40, 40), np.float32))
    with pytest.raises(DesktopError, match="25,600 numbers, too many for text"):
        python_code.of_latent(scene.subject.model, large.code)
