"""The sliders' side of the Picture page, in the real window."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.engine.pictures import Picture
from desktop.engine.sliders.steering import Knob
from desktop.picture import words
from desktop.picture.explore import ExplorePane
from desktop.widgets.axis_slider import AxisSlider
from desktop.window import Window
from export.bundle import Bundle
from tests import bundles
from tests.desktop.windows import open_window, settled
from tests.pictures import gradient

LEFT = Qt.MouseButton.LeftButton


def first(pane: ExplorePane) -> AxisSlider:
    """The slider of the first axis."""
    return pane.sliders.row(Knob("axes", 0))


def test_the_axis_of_most_effect_comes_first(qtbot: QtBot, vector: Bundle) -> None:
    """Sliders are ordered by what they change, whatever their number."""
    arrays = bundles.latent_arrays(8)
    arrays["effect"] = np.float32([1, 9, 2, 3, 4, 5, 6, 8])
    entry = library.open_entry(bundles.rewrite(vector, latents_npz=bundles.npz(arrays)).folder)
    window = open_window(qtbot, entry)
    names = [spec.name for spec in window.picture_page.explore.sliders.stack._specs]
    assert names[:3] == ["Axis 2", "Axis 8", "Axis 7"]
    window.close()


def test_concepts_stand_above_the_axes_by_factor(pane: ExplorePane) -> None:
    """Each has its score for a tooltip and steers the picture; the values of a factor stand under its name."""
    specs = pane.sliders.concepts._specs
    assert [(spec.heading, spec.name) for spec in specs] == [("", "Turn"), ("Glasses", "None"), ("", "Round")]
    assert "90 %" in pane.sliders.row(Knob("concepts", 0)).toolTip()
    assert pane.sliders.concepts.y() < pane.sliders.stack.y()


def test_a_concept_steers(qtbot: QtBot, rich: Window, pane: ExplorePane) -> None:
    """Moving a concept changes the picture and leaves the sliders of the axes where they stand."""
    before, value = settled(qtbot, rich), first(pane).value
    pane.sliders.row(Knob("concepts", 1)).track.setValue(150)
    assert not np.array_equal(settled(qtbot, rich), before)
    assert first(pane).value == value


def test_raw_numbers_instead_of_axes(qtbot: QtBot, rich: Window, pane: ExplorePane) -> None:
    """The switch shows the code's own numbers, which steer it one by one."""
    pane.sliders.kind.activated.emit(pane.sliders.kind.findText("Raw numbers"))
    code = rich.services.steering.code
    assert code is not None
    row = pane.sliders.row(Knob("numbers", 3))
    row.track.setValue(row.track.value() + 100)
    settled(qtbot, rich)
    after = rich.services.steering.code
    assert after is not None
    assert np.flatnonzero(after != code).tolist() == [3]


def test_axes_steer_pictures_of_any_size(qtbot: QtBot, free: Bundle) -> None:
    """On a picture of another size than the trained one the axes are there, move all of it, and have filmstrips."""
    entry = library.open_entry(bundles.enriched(free).folder)
    window = open_window(qtbot, entry, Picture("large", gradient(128, 192)))
    sliders = window.picture_page.explore.sliders
    assert (sliders.group, sliders.kind.currentText(), sliders._note.isHidden()) == (
        "axes",
        "Principal components",
        True,
    )
    before, row = settled(qtbot, window), sliders.row(Knob("axes", 0))
    assert row.isEnabled()
    qtbot.keyClick(row.track, Qt.Key.Key_End)
    after = settled(qtbot, window)
    cells = (after != before).any(axis=2).reshape(16, 8, 24, 8).any(axis=(1, 3))
    assert cells.mean() > 0.9
    seen = sliders.row([*sliders.concepts.visible_knobs, *sliders.stack.visible_knobs][0]).strip
    with qtbot.waitSignal(sliders.filmstrips.finished):
        sliders.filmstrips.hurry()
    assert len(seen.images) == 5
    assert max(seen.images[0].width(), seen.images[0].height()) <= 32
    assert seen.images[0] != seen.images[4]
    assert sliders.row(Knob("concepts", 0)).isEnabled()
    window.close()


def test_a_low_window_shows_several_sliders(qtbot: QtBot, rich: Window, pane: ExplorePane) -> None:
    """At 1024 x 640 three sliders and more are wholly in sight; where there is room their filmstrips are larger."""
    rich.resize(1024, 640)
    qtbot.waitUntil(lambda: len(wholly_in_sight(pane)) >= 3)
    rows = wholly_in_sight(pane)
    low = rows[0].strip.height()
    assert all(row.strip.isVisible() for row in rows)
    rich.resize(1280, 900)
    qtbot.waitUntil(lambda: rows[0].strip.height() > low)


def wholly_in_sight(pane: ExplorePane) -> list[AxisSlider]:
    """The sliders of which nothing is scrolled away."""
    view = pane._scroll.viewport()
    rows = [row for stack in (pane.sliders.concepts, pane.sliders.stack) for row in stack.rows.values()]
    return [row for row in rows if view.rect().contains(row.rect().translated(row.mapTo(view, QPoint())))]


def test_undo_and_redo_by_keyboard(qtbot: QtBot, rich: Window, pane: ExplorePane) -> None:
    """Ctrl+Z takes back what was done, picture and all; Ctrl+Shift+Z does it again."""
    before = settled(qtbot, rich)
    qtbot.keyClick(first(pane).track, Qt.Key.Key_End)
    moved = settled(qtbot, rich)
    assert not np.array_equal(moved, before)
    qtbot.keyClick(rich, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert np.array_equal(settled(qtbot, rich), before)
    rich.services.actions["explore.redo"].trigger()
    assert np.array_equal(settled(qtbot, rich), moved)


def test_a_typed_seed_draws_the_same_again(qtbot: QtBot, rich: Window, pane: ExplorePane) -> None:
    """The seed is shown after Random, and typed in again it gives the same picture."""
    qtbot.mouseClick(pane.start.random, LEFT)
    drawn, seed = settled(qtbot, rich), str(pane.start.random_tray.popover.seed)
    qtbot.mouseClick(pane.start.mean, LEFT)
    assert not np.array_equal(settled(qtbot, rich), drawn)
    pane.starts.type_seed()
    qtbot.keyClicks(pane.start.random_tray.popover.seed_line, seed)
    qtbot.keyClick(pane.start.random_tray.popover.seed_line, Qt.Key.Key_Return)
    assert np.array_equal(settled(qtbot, rich), drawn)


def test_every_sampler_draws(qtbot: QtBot, rich: Window, pane: ExplorePane) -> None:
    """The best is chosen first; the random feature map is among them, each draws something else."""
    names = [
        pane.start.random_tray.popover.samplers.itemText(index)
        for index in range(pane.start.random_tray.popover.samplers.count())
    ]
    assert names == ["Mixture", "Gaussian", "Prior", "Random map"]
    pictures = []
    for index in range(4):
        pane.start.random_tray.popover.samplers.setCurrentIndex(index)
        pane.start.random_tray.popover.samplers.activated.emit(index)
        pictures.append(settled(qtbot, rich).tobytes())
    assert len(set(pictures)) == 4


def test_truncation_draws_to_the_mean(qtbot: QtBot, rich: Window, pane: ExplorePane) -> None:
    """At 0 every random code is the mean; turning it is one step to undo."""
    qtbot.mouseClick(pane.start.mean, LEFT)
    mean, steps = settled(qtbot, rich), rich.services.steering.undo_stack.count()
    qtbot.mouseClick(pane.start.random, LEFT)
    for value in (0.6, 0.3, 0.0):
        pane.start.random_tray.popover.truncation_box.setValue(value)
    assert np.array_equal(settled(qtbot, rich), mean)
    assert rich.services.steering.undo_stack.count() == steps + 1


def test_a_training_picture_is_started_from(qtbot: QtBot, rich: Window, pane: ExplorePane) -> None:
    """A click in the gallery shows the code of that picture."""
    gallery = rich.services.steering.model.gallery  # type: ignore[union-attr]
    assert gallery is not None
    qtbot.mouseClick(pane.start.buttons["gallery"], LEFT)
    item = pane.start.gallery.visualItemRect(pane.start.gallery.item(2)).center()
    qtbot.mouseClick(pane.start.gallery.viewport(), LEFT, pos=item)
    settled(qtbot, rich)
    assert rich.services.steering.code == pytest.approx(gallery.code(2))
    assert pane._origin.text() == "From training picture 3"


def test_the_meter_says_how_ordinary_the_code_is(qtbot: QtBot, rich: Window, pane: ExplorePane) -> None:
    """The mean is as average as can be; far along an axis nothing of the kind was seen."""
    qtbot.mouseClick(pane.start.mean, LEFT)
    settled(qtbot, rich)
    assert "as average as can be" in pane.meter.text
    for index in range(8):
        qtbot.keyClick(pane.sliders.row(Knob("axes", index)).track, Qt.Key.Key_End)
    settled(qtbot, rich)
    assert pane.meter.text == "Unfamiliar: farther from the mean latent than every training picture."


def test_title_and_original_follow_the_start(qtbot: QtBot, rich: Window, pane: ExplorePane) -> None:
    """What was taken from the gallery is called so and compared with nothing; the photo's snapshots are."""
    compare = rich.picture_page.compare
    pane.starts.take_snapshot("A")
    with qtbot.waitSignal(rich.session.rendered):
        pane.start.gallery.chosen.emit(2)
    assert compare.title.text() == "Training picture 3"
    assert compare.comparison.original.image is None
    assert compare.comparison.output.title == "Decoded"
    assert rich.session.scene is not None
    assert (rich.session.scene.psnr_db, words.stem(rich.session.scene)) == (None, "tiny-gallery")
    pane.starts.take_snapshot("B")
    for name, title in (("A", "photo.png"), ("B", "Snapshot B")):
        with qtbot.waitSignal(rich.session.rendered):
            pane.starts.recall_snapshot(name)
        assert compare.title.text() == title
        assert (compare.comparison.original.image is None) == (name == "B")
    with qtbot.waitSignal(rich.session.rendered):
        pane.starts.recall_snapshot("A")
    rich.services.actions["explore.keep"].trigger()
    settled(qtbot, rich)
    assert rich.session.scene.is_of_picture
    assert words.stem(rich.session.scene) == "photo-reconstruction"


def test_undo_of_fit_shows_the_crop_again(qtbot: QtBot, rich: Window, pane: ExplorePane) -> None:
    """A code is compared with the picture as it was fitted when the code was made."""
    qtbot.keyClick(first(pane).track, Qt.Key.Key_End)
    settled(qtbot, rich)
    with qtbot.waitSignal(rich.session.subject_changed):
        rich.services.actions["picture.fit"].trigger()
    with qtbot.waitSignal(rich.session.subject_changed):
        pane.undo.trigger()
    assert rich.session.scene is not None
    assert (rich.session.fit, rich.session.scene.request.fit) == ("crop", "crop")
    assert not rich.services.actions["picture.fit"].isChecked()
    assert np.array_equal(rich.session.scene.code, rich.services.steering.code)  # type: ignore[arg-type]


def test_a_name_is_remembered_for_the_model(qtbot: QtBot, rich: Window, pane: ExplorePane) -> None:
    """A slider renamed by double-click has its name in another rich too; emptied, it has its own again."""
    slider = first(pane)
    qtbot.mouseDClick(slider._name, LEFT)
    assert slider._editor is not None
    qtbot.keyClicks(slider._editor, "Smile")
    qtbot.keyClick(slider._editor, Qt.Key.Key_Return)
    assert slider.name == "Smile"
    other = Window(rich.services.models, "cpu", rich.services.settings)
    qtbot.addWidget(other)
    with qtbot.waitSignal(other.session.rendered):
        other.open(rich.services.models[0])
    assert other.picture_page.explore.sliders.row(Knob("axes", 0)).name == "Smile"
    other.close()
    slider.track.setFocus()
    qtbot.keyClick(slider.track, Qt.Key.Key_N)
    assert slider._editor is not None
    slider._editor.clear()
    qtbot.keyClick(slider._editor, Qt.Key.Key_Return)
    assert slider.name == "Axis 1"


def test_a_frame_of_a_filmstrip_is_gone_to(qtbot: QtBot, pane: ExplorePane) -> None:
    """A click on the fourth of five pictures moves the slider to where it shows."""
    slider = first(pane)
    slider.resize(300, slider.height())
    qtbot.mouseClick(slider.strip, LEFT, pos=QPoint(int(slider.strip.width() * 0.7), 10))
    assert slider.value == pytest.approx(1.0, abs=0.01)
