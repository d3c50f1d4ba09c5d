"""From a request to a scene."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from desktop.engine import library, measures, pictures
from desktop.engine.errors import ModelError, PictureError
from desktop.engine.library import ModelEntry
from desktop.engine.pictures import Picture
from desktop.engine.rendering import Renderer
from desktop.engine.scene import RandomCode, Request
from desktop.engine.sliders.steering import Knob, Origin, Steering
from export.bundle import Bundle
from tests.pictures import gradient


@pytest.fixture
def renderer() -> Renderer:
    """A renderer on the CPU."""
    return Renderer("cpu")


def test_a_picture_is_reconstructed_and_compared(renderer: Renderer, entry: ModelEntry, photo: Path) -> None:
    """The scene has the fitted picture, its reconstruction, and both measures of the two."""
    scene = renderer.render(Request(entry, photo))
    original = scene.subject.original
    assert original is not None
    assert scene.difference is not None
    assert original.shape == scene.output.shape == (32, 32, 3)
    assert scene.psnr_db == measures.psnr_db(original, scene.output)
    assert np.array_equal(scene.difference, measures.absolute_difference(original, scene.output))
    assert not scene.steered
    assert scene.decode_ms > 0


def test_without_a_picture_the_mean_is_shown(renderer: Renderer, entry: ModelEntry) -> None:
    """The sliders start at 0, and there is nothing to compare with."""
    scene = renderer.render(Request(entry))
    assert scene.subject.start is not None
    assert not scene.subject.start.any()
    assert (scene.subject.original, scene.difference, scene.psnr_db) == (None, None, None)


def test_sliders_steer_and_their_start_restores(renderer: Renderer, entry: ModelEntry, photo: Path) -> None:
    """Moved sliders change the output; back at the start it is the same to the pixel."""
    still = renderer.render(Request(entry, photo))
    assert still.subject.start is not None
    start, space = Steering(still.subject.code, Origin("picture")), still.subject.model.space
    away = start.moved(space, Knob("axes", 0), 2.0)
    moved = renderer.render(Request(entry, photo, away))
    back = renderer.render(Request(entry, photo, away.moved(space, Knob("axes", 0), still.subject.start[0])))
    assert moved.steered
    assert not np.array_equal(moved.output, still.output)
    assert not back.steered
    assert np.array_equal(back.output, still.output)


def test_picture_and_model_are_read_once(
    renderer: Renderer, entry: ModelEntry, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Moving sliders neither opens the model nor reads the picture again; a new path to the same file does."""
    reads: list[Path] = []
    read = pictures.read

    def counted(path: Path) -> Picture:
        reads.append(path)
        return read(path)

    monkeypatch.setattr(pictures, "read", counted)
    first = renderer.render(Request(entry, photo))
    second = renderer.render(Request(entry, photo, Steering(first.subject.code, Origin("picture"))))
    assert second.subject is first.subject
    assert len(reads) == 1
    assert renderer.render(Request(entry, Path(str(photo)))).subject is not first.subject
    assert len(reads) == 2


def test_maps_of_another_size_are_steered(renderer: Renderer, free: Bundle) -> None:
    """The axes measured at the trained size steer pictures of any other: the slider arrives where it was sent."""
    model = library.open_entry(free.folder)
    other = renderer.render(Request(model, Picture("as long", gradient(16, 64))))
    space, start = other.subject.model.space, other.subject.start
    assert start is not None
    state = Steering(other.subject.code, Origin("picture")).moved(space, Knob("axes", 0), start[0] + 2)
    moved = renderer.render(Request(model, other.subject.source, state))
    after = space.axes.positions(moved.code)
    assert after is not None
    assert after[0] == pytest.approx(start[0] + 2, abs=1e-3)
    assert moved.output.shape == (16, 64, 3)
    assert (moved.output != other.output).any(axis=(1, 2)).all()


def test_a_random_code_stands_in_for_a_picture(renderer: Renderer, entry: ModelEntry) -> None:
    """The same seed gives the same sample, and the model reconstructs what it drew itself."""
    first, second = (renderer.render(Request(entry, RandomCode(1))) for _ in range(2))
    assert np.array_equal(first.output, second.output)
    assert first.psnr_db is not None
    assert first.psnr_db > 30 or first.psnr_db == math.inf


def test_an_error_leaves_the_rest_working(renderer: Renderer, entry: ModelEntry, photo: Path, tmp_path: Path) -> None:
    """After a picture or a model that failed, the earlier request is answered as before."""
    before = renderer.render(Request(entry, photo))
    with pytest.raises(PictureError):
        renderer.render(Request(entry, tmp_path / "missing.png"))
    with pytest.raises(ModelError):
        renderer.render(Request(library.open_entry(tmp_path / "missing"), photo))
    assert np.array_equal(renderer.render(Request(entry, photo)).output, before.output)


def test_a_code_of_another_size_is_not_compared(renderer: Renderer, free: Bundle) -> None:
    """A code that decodes to another size than the original's has a picture, but no difference from it."""
    model, picture = library.open_entry(free.folder), Picture("wide", gradient(16, 64))
    subject = renderer.render(Request(model, picture)).subject
    scene = renderer.render(Request(model, picture, Steering(subject.model.space.mean_code, Origin("mean"))))
    assert scene.output.shape == (32, 32, 3)
    assert (scene.difference, scene.psnr_db) == (None, None)
    assert scene.steered
    assert scene.familiarity is not None
    assert scene.familiarity.distance == 0.0
