"""What a picture's file holds besides one opaque picture: transparency, and more frames."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop.engine import library, pictures
from desktop.qt_images import to_pixels
from desktop.window import Window
from export.bundle import Bundle
from tests.desktop.windows import scene_of
from tests.pictures import gradient, swapped_profile


def open_picture(qtbot: QtBot, window: Window, path: Path) -> None:
    """Shows a picture in split mode."""
    with qtbot.waitSignal(window.session.rendered):
        window.open(picture=path)
    window.services.actions["compare.split"].trigger()


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("is_free", [False, True])
def test_a_clear_half_stands_on_a_chequerboard(
    qtbot: QtBot, window: Window, free: Bundle, tmp_path: Path, whole: bool, is_free: bool
) -> None:
    """Original and reconstruction are darkened in squares there and nowhere else; the levels read stay."""
    pixels = np.dstack([np.full((64, 64, 3), 255, np.uint8), np.full((64, 64), 255, np.uint8)])
    pixels[:, 32:, 3] = 0
    path = tmp_path / "half.png"
    Image.fromarray(pixels).save(path)
    if is_free:
        with qtbot.waitSignal(window.session.rendered):
            window.open(library.open_entry(free.folder))
    open_picture(qtbot, window, path)
    comparison = window.picture_page.compare.comparison
    comparison.set_whole(whole)
    layers = comparison.stage.left.layers
    with qtbot.waitExposed(window):
        comparison.stage.set_divider(1.0)
    shown = to_pixels(comparison.stage.grab().toImage())
    place = comparison.viewport.target(comparison.stage._size()).toRect()
    top, third = place.top() + place.height() // 3, place.height() // 3  # below the names in the corners
    painted = shown[top : top + third, place.left() : place.right()]
    left, right = painted[:, 8 : place.width() // 2 - 32], painted[:, place.width() // 2 + 32 : -8]
    assert left.min() > 240
    assert right.max() > 240
    assert right.min() < 200
    assert layers[0].value_at(30, 10) == (255, 255, 255)
    alpha = scene_of(window).result()[1]
    assert alpha is not None
    assert np.array_equal(alpha, pixels[..., 3])


def test_an_opaque_picture_has_none(qtbot: QtBot, window: Window, photo: Path) -> None:
    """Nothing is painted over it."""
    open_picture(qtbot, window, photo)
    assert len(window.picture_page.compare.comparison.stage.left.layers) == 1


@pytest.mark.parametrize("suffix", [".gif", ".tiff", ".png"])
def test_several_pictures_in_a_file_are_told(qtbot: QtBot, window: Window, tmp_path: Path, suffix: str) -> None:
    """Under the title and among the facts: how many there are, and which one is shown; any other can be chosen."""
    frames = [Image.fromarray(np.roll(gradient(32, 32), 8 * n, axis=1)) for n in range(3)]
    path = tmp_path / f"several{suffix}"
    frames[0].save(path, save_all=True, append_images=frames[1:])
    open_picture(qtbot, window, path)
    pane = window.picture_page.compare
    assert pane.subtitle.text() == "32 × 32, picture 1 of 3 in this file · reconstructed by tiny"
    assert "frame or page 1 of 3" in pane.comparison.facts.text("Picture")
    assert pane.frames.isVisible()
    with qtbot.waitSignal(window.session.rendered):
        pane.frames.number.setValue(3)
    assert pane.subtitle.text() == "32 × 32, picture 3 of 3 in this file · reconstructed by tiny"
    assert pane.frames.slider.value() == 3
    whole = scene_of(window).subject.picture
    assert whole is not None
    assert np.array_equal(whole.pixels, pictures.read(path, frame=2).pixels)
    with qtbot.waitSignal(window.session.rendered):
        window.services.steering.undo_stack.undo()
    assert pane.frames.number.value() == 1


def test_what_is_saved_has_the_profile_of_the_picture(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    """A latent that is not the picture's is saved without one."""
    source = tmp_path / "tagged.png"
    Image.fromarray(gradient(40, 48)).save(source, icc_profile=swapped_profile())
    with qtbot.waitSignal(window.session.rendered):
        window.open(picture=source)
    with qtbot.waitSignal(window.services.saver.saved):
        window.picture_page.compare.save_output(tmp_path / "saved.png")
    with Image.open(tmp_path / "saved.png") as saved:
        assert saved.info["icc_profile"] == swapped_profile()
    with qtbot.waitSignal(window.session.rendered):
        window.services.actions["explore.mean"].trigger()
    with qtbot.waitSignal(window.services.saver.saved):
        window.picture_page.compare.save_output(tmp_path / "mean.png")
    with Image.open(tmp_path / "mean.png") as saved:
        assert "icc_profile" not in saved.info
