"""The real window, driven by real events."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.engine import picture_writer, pictures
from desktop.engine.autoencoder import Autoencoder, Latents
from desktop.engine.colour_ramps import DIFFERENCE
from desktop.engine.library import ModelEntry
from desktop.engine.pictures import Pixels
from desktop.pages import PAGES
from desktop.shell.shortcut_list import ShortcutList
from desktop.theme import GAP, PANEL_WIDTH
from desktop.window import Window
from tests.desktop.windows import drop, files, pixels_of, scene_of, slider_of
from tests.pictures import gradient


def test_the_mean_is_shown_without_a_picture(window: Window) -> None:
    """The empty window has the mean, sliders at 0 that work, and no difference."""
    assert window.picture_page.compare.comparison.output.title == "Mean latent"
    assert window.picture_page.compare.comparison.original.image is None
    assert window.picture_page.compare.comparison.difference.image is None
    assert slider_of(window).text == "0.00"
    assert window.picture_page.explore.start.random.isEnabled()


def test_a_dropped_picture_is_reconstructed(qtbot: QtBot, window: Window, photo: Path) -> None:
    """Original, reconstruction and difference are shown, with PSNR and times, the sliders at the picture's code."""
    with qtbot.waitSignal(window.session.rendered):
        drop(window, files(photo))
    scene = scene_of(window)
    assert scene.difference is not None
    assert scene.subject.start is not None
    assert np.array_equal(pixels_of(window.picture_page.compare.comparison.output), scene.output)
    assert scene.levels is not None
    heat_map = pixels_of(window.picture_page.compare.comparison.difference)
    assert heat_map[7, 9].tolist() == DIFFERENCE.at(scene.levels[7, 9] * 4 / np.float32(255)).round().tolist()
    assert window.picture_page.compare.comparison.output.facts == f"PSNR {scene.psnr_db:.1f} dB"
    assert window.picture_page.compare.title.text() == "photo.png"
    assert "ms" in window.times_label.text()
    sliders = [slider_of(window, index) for index in range(8)]
    assert [slider.value for slider in sliders] == scene.subject.start.tolist()


def test_the_status_bar_says_where_it_runs(window: Window) -> None:
    """The provider shown is the one at work."""
    assert window.machine.badge.text() == "Running on the CPU"


def test_cuda_asked_for_in_vain_is_said(qtbot: QtBot, entry: ModelEntry, monkeypatch: pytest.MonkeyPatch) -> None:
    """The status bar tells the truth, and the message bar why."""
    monkeypatch.setattr("desktop.engine.machine.providers.cuda_problem", lambda: "no NVIDIA driver was found")
    window = Window([entry], "cuda")
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.session.rendered):
        window.open(entry)
    assert window.machine.badge.text() == "Running on the CPU: no NVIDIA driver was found"
    assert "CUDA was asked for, but no NVIDIA driver was found" in window.message.text


def test_a_dragged_slider_steers_live(qtbot: QtBot, window: Window, photo: Path) -> None:
    """While the mouse moves with its button down, the picture follows; the start is not lost."""
    with qtbot.waitSignal(window.session.rendered):
        drop(window, files(photo))
    before = scene_of(window).output
    track = slider_of(window).track
    with qtbot.waitSignal(window.session.rendered):
        qtbot.mousePress(track, Qt.MouseButton.LeftButton, pos=track.rect().center())
    with qtbot.waitSignal(window.session.rendered):
        qtbot.mouseMove(track, QPoint(track.width() - 10, track.height() // 2))
    assert window.picture_page.compare.comparison.output.title == "Steered"
    assert not np.array_equal(scene_of(window).output, before)
    qtbot.mouseRelease(track, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.session.rendered):
        qtbot.mouseDClick(track, Qt.MouseButton.LeftButton, pos=track.rect().center())
    assert window.picture_page.compare.comparison.output.title == "Reconstruction"
    assert np.array_equal(scene_of(window).output, before)


def test_random_and_reset(qtbot: QtBot, window: Window, photo: Path) -> None:
    """Random moves every slider, and the button Picture brings the reconstruction back to the pixel."""
    with qtbot.waitSignal(window.session.rendered):
        drop(window, files(photo))
    before = scene_of(window).output
    with qtbot.waitSignal(window.session.rendered):
        qtbot.mouseClick(window.picture_page.explore.start.random, Qt.MouseButton.LeftButton)
    steering, space = scene_of(window).request.steering, scene_of(window).subject.model.space
    assert steering is not None
    wanted = steering.positions(space, "axes")
    assert wanted is not None
    assert wanted == pytest.approx([slider_of(window, index).value for index in range(8)])
    assert not np.array_equal(scene_of(window).output, before)
    with qtbot.waitSignal(window.session.rendered):
        qtbot.mouseClick(window.picture_page.explore.start.picture, Qt.MouseButton.LeftButton)
    assert np.array_equal(scene_of(window).output, before)


def test_save_writes_what_is_shown(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The PNG holds the decoded picture, steered as it is; the message opens its folder."""
    path = tmp_path / "saved.png"
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(window.session.rendered):
        qtbot.mouseClick(window.picture_page.explore.start.random, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.services.written):
        qtbot.mouseClick(window.picture_page.compare.save_button, Qt.MouseButton.LeftButton)
    assert np.array_equal(pictures.read(path).pixels, pixels_of(window.picture_page.compare.comparison.output))
    assert window.message.text == f"Saved {path}."
    shown: list[QUrl] = []
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", shown.append)
    qtbot.mouseClick(window.message.folder_button, Qt.MouseButton.LeftButton)
    assert shown == [QUrl.fromLocalFile(str(tmp_path))]


def test_a_failed_save_is_said(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    """A place that cannot be written to is named in the message bar."""
    (tmp_path / "a-file").touch()
    with qtbot.waitSignal(window.services.warned):
        window.picture_page.compare.save_output(tmp_path / "a-file" / "saved.png")
    assert "saved.png cannot be written" in window.message.text


def test_slow_decodes_never_queue(qtbot: QtBot, window: Window, photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty moves during one slow decode cost one decode more, and the last position is what is shown."""
    with qtbot.waitSignal(window.session.rendered):
        drop(window, files(photo))
    decode = Autoencoder.decode
    begun, go_on, calls = threading.Event(), threading.Event(), []

    def slow(self: Autoencoder, latents: Latents) -> Pixels:
        calls.append(threading.current_thread())
        begun.set()
        assert go_on.wait(10)
        return decode(self, latents)

    monkeypatch.setattr(Autoencoder, "decode", slow)
    slider = slider_of(window)
    slider.track.setValue(slider.track.minimum())
    assert begun.wait(10)
    for tick in range(1, 51):
        slider.track.setValue(slider.track.minimum() + tick)
    go_on.set()
    last = slider.value

    def arrived() -> bool:
        scene = scene_of(window)
        positions = scene.request.steering and scene.request.steering.positions(scene.subject.model.space, "axes")
        return positions is not None and positions[0] == pytest.approx(last)

    qtbot.waitUntil(arrived)
    assert len(calls) == 2
    assert threading.main_thread() not in calls


def test_late_answers_are_dropped(qtbot: QtBot, window: Window, photo: Path, tmp_path: Path) -> None:
    """Of two pictures opened at once, only the second is ever shown."""
    second = tmp_path / "second.png"
    picture_writer.save_png(second, gradient(64, 64))
    titles: list[str] = []
    window.session.rendered.connect(lambda _scene: titles.append(window.picture_page.compare.title.text()))
    window.open_paths([photo])
    window.open_paths([second])
    qtbot.waitUntil(lambda: window.picture_page.compare.title.text() == "second.png")
    assert titles == ["second.png"]


def test_every_page_is_reached_by_keyboard(qtbot: QtBot, window: Window) -> None:
    """Ctrl and a number shows the page, and the navigation says which one it is."""
    for number, spec in enumerate(PAGES, start=1):
        qtbot.keyClick(window, f"{number}", Qt.KeyboardModifier.ControlModifier)
        assert window.page(spec.name).isVisible()
        checked = [spec.name for spec in PAGES if window.services.actions[f"page.{spec.name}"].isChecked()]
        assert checked == [spec.name]


def test_the_page_has_the_whole_screen(qtbot: QtBot, window: Window) -> None:
    """F11 puts away what stands around the page, and F11 or Escape brings it back."""
    around = (window.sidebar, window.statusBar(), window.menuBar())
    for key in (Qt.Key.Key_F11, Qt.Key.Key_Escape):
        qtbot.keyClick(window, Qt.Key.Key_F11)
        assert window.isFullScreen()
        assert not any(widget.isVisible() for widget in around)
        qtbot.keyClick(window, key)
        assert not window.isFullScreen()
        assert all(widget.isVisible() for widget in around)


def test_the_sliders_can_be_put_away(qtbot: QtBot, window: Window) -> None:
    """F9 gives their room to the picture, and back."""
    panel = window.picture_page.explore
    width = panel.width()
    assert width == pytest.approx(PANEL_WIDTH, abs=GAP)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert window.picture_page.splitter.sizes()[1] == 0
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert panel.width() == width


def test_the_list_of_shortcuts_has_every_page(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    """The dialog lists what every page can do, made or not."""
    shown: list[list[str]] = []

    def read(self: ShortcutList) -> int:
        shown.append([each.text() for each in self.findChildren(QLabel)])
        return 0

    monkeypatch.setattr(ShortcutList, "exec", read)
    window.help.show_shortcuts()
    assert {"Open…", "Ctrl+O", "Reset all", "Ctrl+0", "F1"} <= set(shown[0])
