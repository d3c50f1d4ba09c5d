"""Comparing on the Picture page, in the real window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.engine import library, measures
from desktop.engine.library import ModelEntry
from desktop.engine.pictures import Picture, Pixels
from desktop.picture.compare import ComparePane
from desktop.picture.compare_modes import MODES
from desktop.qt_images import to_pixels
from desktop.state.settings import Settings
from desktop.widgets.facts_bar import FactsBar
from desktop.window import Window
from export.bundle import Bundle
from tests.desktop.windows import scene_of
from tests.pictures import gradient


def painted(pane: ComparePane) -> Pixels:
    """What the large canvas shows."""
    return to_pixels(pane.comparison.stage.grab().toImage())


def test_the_ways_to_compare_are_a_key_away(qtbot: QtBot, window: Window, pane: ComparePane) -> None:
    """Original and answer with a divider between them at first; the difference comes into any view, and goes."""
    comparison, actions = pane.comparison, window.services.actions
    assert comparison.mode == "split"
    assert comparison.stage.isVisible()
    assert comparison.stage.is_split
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert comparison.original.isVisible()
    assert not comparison.difference.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert comparison.difference.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert comparison.stage.isVisible()
    assert comparison.stage.right.name == "Difference"
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert comparison.stage.right.name == "Reconstruction"
    for key, mode in ((Qt.Key.Key_2, "side"), (Qt.Key.Key_1, "split"), (Qt.Key.Key_4, "blink")):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
        assert comparison.mode == mode
        chosen = [name for name in ("split", "side", "blink") if actions[f"compare.{name}"].isChecked()]
        assert chosen == [mode]
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert actions["compare.blink"].isChecked()


def test_side_by_side_moves_together(window: Window, pane: ComparePane) -> None:
    """Zoomed in one view, every view shows the same pixels at the same scale."""
    window.services.actions["compare.side"].trigger()
    comparison = pane.comparison
    assert comparison.original.canvas.isVisible()
    first = comparison.original.canvas
    first.viewport.zoom_to(20.0, QPointF(30, 40), QSizeF(first.size()))
    for canvas in comparison.canvases[1:3]:
        assert abs(canvas.width() - first.width()) <= 1  # three columns need not divide the width
        shown, other = (each.viewport.target(QSizeF(each.size())) for each in (first, canvas))
        assert other.size() == shown.size()
        assert (other.center() - shown.center()).manhattanLength() <= 1
    assert pane.scale.text() == "2000 %"
    window.services.actions["compare.fit"].trigger()
    assert first.viewport.is_fitted


def test_the_heat_map_is_the_difference(window: Window, pane: ComparePane) -> None:
    """It is lit where pixels differ; amplified more, it is lighter, and the scale says what the colours stand for."""
    window.services.actions["compare.difference"].trigger()
    comparison = pane.comparison
    assert comparison.heat_scale.isVisible()
    before = painted(pane).astype(int).sum()
    comparison.heat_scale.slider.setValue(6)
    assert painted(pane).astype(int).sum() > before
    assert comparison.heat_scale.text == "4.0 levels and more"


def test_blinking_shows_one_after_the_other(qtbot: QtBot, window: Window, pane: ComparePane) -> None:
    """Both are seen in turn; hidden, nothing blinks."""
    window.services.actions["compare.blink"].trigger()
    comparison = pane.comparison
    first = comparison.stage.left.name
    qtbot.waitUntil(lambda: comparison.stage.left.name != first)
    qtbot.waitUntil(lambda: comparison.stage.left.name == first)
    assert comparison._blink.isActive()
    window.hide()
    assert not comparison._blink.isActive()


def test_the_pixel_under_the_cursor_is_read(qtbot: QtBot, window: Window, pane: ComparePane) -> None:
    """Its place and its levels in both pictures are those of the arrays."""
    comparison, scene = pane.comparison, scene_of(window)
    window.services.actions["compare.split"].trigger()
    canvas = comparison.stage
    spot = QPoint(canvas.width() // 2 + 30, canvas.height() // 2 - 20)
    qtbot.mouseMove(canvas, spot)
    point = canvas.viewport.to_picture(QPointF(spot), QSizeF(canvas.size()))
    column, row = int(point.x()), int(point.y())
    assert scene.subject.original is not None
    first, second = (" ".join(map(str, each[row, column])) for each in (scene.subject.original, scene.output))
    assert scene.levels is not None
    last = f"difference {scene.levels[row, column]}"
    assert comparison.reading.text() == f"x {column}, y {row} · original {first} · output {second} · {last}"
    canvas.leaveEvent(None)  # type: ignore[arg-type]
    assert comparison.reading.text() == ""


def test_facts_are_those_of_the_scene(qtbot: QtBot, window: Window, pane: ComparePane) -> None:
    """PSNR, difference, code and ratio at once; SSIM once nothing moves, and still there in another language."""
    facts, scene = pane.comparison.facts, scene_of(window)
    assert scene.error is not None
    assert facts.text("Picture") == "48 × 40 · PNG"
    assert facts.text("PSNR") == f"{scene.psnr_db:.1f} dB"
    assert facts.text("Difference") == f"{scene.error.mean:.1f} levels"
    assert facts.text("Latent size") == "8"
    assert facts.text("Ratio") == "384 : 1"
    qtbot.waitUntil(lambda: facts.text("SSIM") != "…")
    assert scene.subject.original is not None
    ssim = f"{measures.ssim(scene.subject.original, scene.output):.3f}"
    assert facts.text("SSIM") == ssim
    window.appearance.languages.choose("zh_CN")
    qtbot.waitUntil(lambda: facts._cells[0].name.text() != "Picture")
    assert facts.text("SSIM") == ssim
    window.appearance.languages.choose("en")
    qtbot.waitUntil(lambda: facts._cells[0].name.text() == "Picture")


def test_the_answer_is_shown_at_the_pictures_own_size(window: Window, pane: ComparePane) -> None:
    """Then the canvas has the picture's 48 x 40 pixels, with its own beside the part that the model saw."""
    window.services.actions["compare.whole"].trigger()
    original, output = pane.comparison.stage.left, pane.comparison.stage.right
    assert len(output.layers) == 2
    assert output.layers[1].place.getRect() == (4, 0, 40, 40)
    assert output.layers[0].value_at(1, 1) == original.layers[0].value_at(1, 1) == tuple(gradient(40, 48)[1, 1])


def test_fit_gives_the_model_the_whole_picture(qtbot: QtBot, window: Window) -> None:
    """The frame changes, and with it what is compared; the switch back restores it to the pixel."""
    before = scene_of(window).output
    for fit, seen in (("fit", 48), ("crop", 40)):
        with qtbot.waitSignal(window.session.rendered):
            window.services.actions["picture.fit"].trigger()
        scene = scene_of(window)
        assert scene.request.fit == fit
        assert scene.subject.frame is not None
        assert scene.subject.frame.seen.width == seen
    assert np.array_equal(scene.output, before)


def test_the_way_of_comparing_comes_back(qtbot: QtBot, entry: ModelEntry, tmp_path: Path) -> None:
    """The next start compares as the last one did; a file that names no way of comparing begins with the divider."""
    for written, found in (("blink", "split"), (None, "blink")):
        settings = Settings(tmp_path / "settings.json")
        window = Window([entry], "cpu", settings)
        qtbot.addWidget(window)
        assert window.picture_page.compare.comparison.mode == found
        if written is not None:
            window.services.actions[f"compare.{written}"].setChecked(True)
        window.close()
    settings.set_text("compare-mode", "sideways")
    window = Window([entry], "cpu", settings)
    qtbot.addWidget(window)
    assert window.picture_page.compare.comparison.mode == "split"
    window.close()


def test_a_latent_of_its_own_has_no_original(qtbot: QtBot, window: Window, free: Bundle) -> None:
    """A random one is compared with nothing, and called what it is; the picture comes back with its measures."""
    with qtbot.waitSignal(window.session.rendered):
        window.open(library.open_entry(free.folder), Picture("wide", gradient(96, 160)))
    pane, actions = window.picture_page.compare, window.services.actions
    comparison = pane.comparison
    for name, title in (("random", "Random latent"), ("mean", "Mean latent")):
        with qtbot.waitSignal(window.session.rendered):
            actions[f"explore.{name}"].trigger()
        scene = scene_of(window)
        assert pane.title.text() == title
        assert pane.subtitle.text().startswith("Gaussian, ") == (name == "random")
        assert comparison.original.image is None
        assert (comparison.original.facts, comparison.output.facts) == ("", size_text(scene.output))
        assert not {"Picture", "PSNR", "SSIM", "Difference"} & names(comparison.facts)
        assert not comparison.difference.isVisible()
        assert not any(actions[f"compare.{mode}"].isEnabled() for mode in MODES)
        assert np.array_equal(scene.result()[0], scene.output)
        with qtbot.waitSignal(window.session.rendered):
            actions["explore.picture"].trigger()
        assert pane.title.text() == "wide"
        assert "PSNR" in names(comparison.facts)
        assert comparison.original.image is not None


@pytest.mark.parametrize(("name", "text"), [("compare-difference", "shown"), ("compare-mode", "difference")])
def test_the_difference_comes_back(qtbot: QtBot, entry: ModelEntry, name: str, text: str) -> None:
    """Over the view that was chosen; an earlier version kept it as a view of its own."""
    settings = Settings()
    settings.set_text(name, text)
    window = Window([entry], "cpu", settings)
    qtbot.addWidget(window)
    comparison = window.picture_page.compare.comparison
    assert (comparison.mode, comparison.shows_difference) == ("split", True)
    window.services.actions["compare.difference"].setChecked(False)
    assert settings.text("compare-difference") == ""
    window.close()


@pytest.mark.parametrize(("height", "width", "stacks"), [(32, 320, True), (320, 32, False)])
def test_side_by_side_follows_the_aspect(
    qtbot: QtBot, window: Window, free: Bundle, height: int, width: int, stacks: bool
) -> None:
    """Wide pictures stand one above the other, high ones beside one another."""
    with qtbot.waitSignal(window.session.rendered):
        window.open(library.open_entry(free.folder), Picture("a", gradient(height, width)))
    comparison = window.picture_page.compare.comparison
    window.services.actions["compare.side"].trigger()
    qtbot.waitUntil(lambda: (comparison.output.y() > comparison.original.y()) == stacks)
    assert (comparison.output.x() > comparison.original.x()) != stacks


def test_without_an_original_the_answer_has_all_the_room(qtbot: QtBot, window: Window) -> None:
    """A random latent is shown alone."""
    with qtbot.waitSignal(window.session.rendered):
        window.services.actions["explore.random"].trigger()
    comparison = window.picture_page.compare.comparison
    assert not comparison.original.isVisible()
    qtbot.waitUntil(lambda: comparison.output.width() == comparison.width())


def test_the_right_button_offers_what_can_be_done(qtbot: QtBot, window: Window, photo: Path) -> None:
    """On the picture and on the strip: what the menus have, and where the file is; nothing is picked by it."""
    second = photo.with_name("second.png")
    Image.fromarray(gradient(30, 30)).save(second)
    with qtbot.waitSignal(window.session.rendered):
        window.open_paths([photo, second])
    pane, shown = window.picture_page.compare, scene_of(window)
    texts = {action.text() for action in pane.menus.of_picture().actions()}
    assert {"Copy picture", "Save picture…", "Split", "Fit", "Show in folder", "Copy path"} <= texts
    pane.comparison.stage.menu_asked.disconnect()
    with qtbot.waitSignal(pane.comparison.stage.menu_asked):
        right_click(pane.comparison.stage, pane.comparison.stage.rect().center())
    pane.strip.menu_asked.disconnect()
    place = pane.strip.visualRect(pane.strip.model().index(1, 0)).center()
    with qtbot.waitSignal(pane.strip.menu_asked) as asked:
        qtbot.mouseClick(pane.strip.viewport(), Qt.MouseButton.RightButton, pos=place)
        right_click(pane.strip.viewport(), place)
    assert asked.args is not None
    assert asked.args[0] == 1
    assert window.session.scene is shown
    row = {action.text(): action for action in pane.menus.of_row(1).actions()}
    row["Copy path"].trigger()
    assert QGuiApplication.clipboard().text() == str(second)
    with qtbot.waitSignal(window.session.rendered):
        row["Open this picture"].trigger()
    assert pane.title.text() == "second.png"


def right_click(widget: QWidget, place: QPoint) -> None:
    """What a right click sends besides the button."""
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(widget, QContextMenuEvent(reason, place, widget.mapToGlobal(place)))


def names(bar: FactsBar) -> set[str]:
    """Of the facts that are shown."""
    return {cell.name.text() for cell in bar._cells if not cell.isHidden()}


def size_text(pixels: Pixels) -> str:
    """A size as the user reads it."""
    return f"{pixels.shape[1]} × {pixels.shape[0]}"
