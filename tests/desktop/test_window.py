"""The real window, driven by real events."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.engine import library, pictures, saving
from desktop.engine.autoencoder import Autoencoder, Latents
from desktop.engine.errors import ModelError
from desktop.engine.library import ModelEntry
from desktop.engine.pictures import Pixels
from desktop.engine.rendering import Scene
from desktop.engine.steering import Knob
from desktop.pages import PAGES
from desktop.qt_images import to_pixels, to_qimage
from desktop.shortcut_list import ShortcutList
from desktop.theme import GAP, PANEL_WIDTH
from desktop.widgets import heat
from desktop.widgets.axis_slider import AxisSlider
from desktop.widgets.picture_view import PictureView
from desktop.window import Window
from export.bundle import Bundle
from tests import bundles
from tests.pictures import gradient
from tests.threads import thread_count


@pytest.fixture
def window(qtbot: QtBot, entry: ModelEntry) -> Iterator[Window]:
    """A window that shows the mean of the tiny model."""
    window = Window([entry], "cpu")
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(window.session.rendered):
        window.open(entry)
    yield window
    window.close()


def scene_of(window: Window) -> Scene:
    """The scene shown."""
    assert window.session.scene is not None
    return window.session.scene


def slider_of(window: Window, index: int = 0) -> AxisSlider:
    """The slider of one axis."""
    return window.picture_page.explore.sliders.row(Knob("axes", index))


def pixels_of(view: PictureView) -> Pixels:
    """The picture in a view."""
    assert view.image is not None
    return to_pixels(view.image)


def files(*paths: Path) -> QMimeData:
    """What a file manager puts into a drag or onto the clipboard."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(window: Window, data: QMimeData) -> None:
    """Drags something onto the window and lets go."""
    buttons, keys, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(50, 50), copy, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), copy, data, buttons, keys))


def test_the_mean_is_shown_without_a_picture(window: Window) -> None:
    """The empty window has the mean, sliders at 0 that work, and no difference."""
    assert window.picture_page.compare.comparison.output.title == "Mean"
    assert window.picture_page.compare.comparison.original.image is None
    assert window.picture_page.compare.comparison.difference.image is None
    assert slider_of(window).text == "0.00"
    assert window.picture_page.explore.start.random.isEnabled()


def test_a_dropped_picture_is_rebuilt(qtbot: QtBot, window: Window, photo: Path) -> None:
    """Original, reconstruction and difference are shown, with PSNR and times, the sliders at the picture's code."""
    with qtbot.waitSignal(window.session.rendered):
        drop(window, files(photo))
    scene = scene_of(window)
    assert scene.difference is not None
    assert scene.subject.start is not None
    assert np.array_equal(pixels_of(window.picture_page.compare.comparison.output), scene.output)
    assert scene.levels is not None
    heat_map = pixels_of(window.picture_page.compare.comparison.difference)
    assert heat_map[7, 9].tolist() == list(heat.colour(int(scene.levels[7, 9]) * 4 / 255))
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
    monkeypatch.setattr("desktop.engine.providers.cuda_problem", lambda: "no NVIDIA driver was found")
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
    """The PNG holds the decoded picture, steered as it is."""
    path = tmp_path / "saved.png"
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(window.session.rendered):
        qtbot.mouseClick(window.picture_page.explore.start.random, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.services.told):
        qtbot.mouseClick(window.picture_page.compare.save_button, Qt.MouseButton.LeftButton)
    assert np.array_equal(pictures.read(path).pixels, pixels_of(window.picture_page.compare.comparison.output))
    assert window.message.text == f"Saved {path}."


def test_a_failed_save_is_said(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    """A place that cannot be written to is named in the message bar."""
    with qtbot.waitSignal(window.services.warned):
        window.picture_page.compare.save_output(tmp_path / "nowhere" / "saved.png")
    assert "saved.png cannot be written" in window.message.text


def test_open_asks_for_a_file(qtbot: QtBot, window: Window, photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The picture chosen in the dialog is shown."""
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getOpenFileNames", lambda *_: ([str(photo)], ""))
    with qtbot.waitSignal(window.session.rendered):
        qtbot.mouseClick(window.picture_page.compare.open_button, Qt.MouseButton.LeftButton)
    assert window.picture_page.compare.title.text() == "photo.png"


def test_a_picture_is_pasted(qtbot: QtBot, window: Window) -> None:
    """Ctrl+V takes image data from the clipboard."""
    QGuiApplication.clipboard().setImage(to_qimage(gradient(32, 32)))
    with qtbot.waitSignal(window.session.rendered):
        qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert np.array_equal(pixels_of(window.picture_page.compare.comparison.original), gradient(32, 32))


def test_a_file_is_pasted(qtbot: QtBot, window: Window, photo: Path) -> None:
    """A file copied in a file manager is opened."""
    QGuiApplication.clipboard().setMimeData(files(photo))
    with qtbot.waitSignal(window.session.rendered):
        qtbot.mouseClick(window.picture_page.compare.paste_button, Qt.MouseButton.LeftButton)
    assert window.picture_page.compare.title.text() == "photo.png"


def test_nothing_to_paste_is_said(window: Window) -> None:
    """Text on the clipboard is no picture."""
    QGuiApplication.clipboard().setText("words")
    window.paste()
    assert "no picture in that" in window.message.text


def test_a_broken_picture_changes_nothing(qtbot: QtBot, window: Window, photo: Path, tmp_path: Path) -> None:
    """The file is named in the message bar; the picture before it stays, and its sliders still work."""
    with qtbot.waitSignal(window.session.rendered):
        drop(window, files(photo))
    broken = tmp_path / "broken.png"
    broken.write_text("words")
    before = scene_of(window)
    with qtbot.waitSignal(window.session.failed):
        drop(window, files(broken))
    assert str(broken) in window.message.text
    assert not window.message.isHidden()
    assert window.session.scene is before
    with qtbot.waitSignal(window.session.rendered):
        qtbot.mouseClick(window.picture_page.explore.start.random, Qt.MouseButton.LeftButton)
    assert scene_of(window).subject is before.subject


def test_a_dropped_model_is_listed_and_used(qtbot: QtBot, window: Window, free: Bundle, photo: Path) -> None:
    """A folder joins the list, and the picture dropped with it goes through it; its sliders say why they cannot."""
    with qtbot.waitSignal(window.session.rendered):
        drop(window, files(free.folder, photo))
    assert window.model_list.count() == 2
    assert window.model_list.currentRow() == 1
    assert scene_of(window).output.shape == (40, 48, 3)
    assert not slider_of(window).isEnabled()
    with qtbot.waitSignal(window.session.rendered):
        window.model_list.setCurrentRow(0)
    assert scene_of(window).output.shape == (32, 32, 3)
    assert slider_of(window).isEnabled()


def test_add_model_opens_files_and_folders(
    qtbot: QtBot, window: Window, free: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A packed model, and the `bundle.json` of one in a folder, join the list and are used."""
    packed = bundles.vector_bundle(tmp_path / "packed.convae", name="packed").path
    for row, chosen in enumerate((packed, free.folder / "bundle.json"), start=1):
        monkeypatch.setattr(
            "PySide6.QtWidgets.QFileDialog.getOpenFileName", lambda *_, chosen=chosen: (str(chosen), "")
        )
        with qtbot.waitSignal(window.session.rendered):
            qtbot.mouseClick(window.sidebar.add_button, Qt.MouseButton.LeftButton)
        assert window.model_list.currentRow() == row
    assert window.session.model is not None
    assert window.session.model.folder == free.folder


def _cut(bundle: Bundle) -> None:
    (bundle.folder / "encoder.onnx").unlink()


def _alter(bundle: Bundle) -> None:
    (bundle.folder / "encoder.onnx").write_bytes(b"altered")


def _spoil(bundle: Bundle) -> None:
    bundles.rewrite(bundle, encoder_onnx=b"garbage")


@pytest.mark.parametrize(
    ("spoil", "text"),
    [(_cut, "encoder.onnx is missing"), (_alter, "was altered"), (_spoil, "encoder.onnx: the graph is not a readable")],
)
def test_a_broken_model_changes_nothing(
    qtbot: QtBot, window: Window, free: Bundle, photo: Path, spoil: object, text: str
) -> None:
    """A missing file, an altered one or a graph that is none is said; the model before it goes on."""
    with qtbot.waitSignal(window.session.rendered):
        drop(window, files(photo))
    before = scene_of(window)
    spoil(free)  # type: ignore[operator]
    with qtbot.waitSignal(window.session.failed):
        drop(window, files(free.folder))
    assert text in window.message.text
    assert window.session.scene is before
    assert window.model_list.currentRow() == 0
    with qtbot.waitSignal(window.session.rendered):
        qtbot.mouseClick(window.picture_page.explore.start.random, Qt.MouseButton.LeftButton)
    assert scene_of(window).request.model is before.request.model


def test_a_good_picture_with_a_broken_model_is_shown(qtbot: QtBot, window: Window, free: Bundle, photo: Path) -> None:
    """Dropped together, the model is refused, and the picture goes through the model that is there."""
    _spoil(free)
    with qtbot.waitSignals([window.session.failed, window.session.rendered]):
        drop(window, files(free.folder, photo))
    assert window.picture_page.compare.title.text() == "photo.png"
    assert scene_of(window).request.model.name == "tiny"
    assert "not a readable ONNX file" in window.message.text


def test_without_a_model_a_picture_waits_for_one(qtbot: QtBot, entry: ModelEntry, photo: Path) -> None:
    """The empty window says what to do, keeps the picture, and shows it once a model is dropped."""
    window = Window([], "cpu")
    qtbot.addWidget(window)
    window.show()
    assert not window.picture_page.compare.save_button.isEnabled()
    drop(window, files(photo))
    assert "drop a model folder" in window.message.text
    with qtbot.waitSignal(window.session.rendered):
        drop(window, files(entry.folder))
    assert window.picture_page.compare.title.text() == "photo.png"


def test_broken_models_are_listed(qtbot: QtBot, tmp_path: Path) -> None:
    """A folder that is no bundle has a line that says so."""
    window = Window([library.open_entry(tmp_path)], "cpu")
    qtbot.addWidget(window)
    assert window.model_list.count() == 1
    assert "bundle.json" in window.model_list.item(0).toolTip()


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
    saving.save_png(second, gradient(64, 64))
    titles: list[str] = []
    window.session.rendered.connect(lambda _scene: titles.append(window.picture_page.compare.title.text()))
    window.open_paths([photo])
    window.open_paths([second])
    qtbot.waitUntil(lambda: window.picture_page.compare.title.text() == "second.png")
    assert titles == ["second.png"]


def test_a_model_that_fails_on_a_picture_keeps_the_one_before(
    qtbot: QtBot, window: Window, free: Bundle, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where every encoder fails, another model and picture are both given up, each after one try."""
    before, problems = scene_of(window), list[str]()

    def fail(*_: object) -> Latents:
        raise ModelError("The encoder failed.")

    monkeypatch.setattr(Autoencoder, "encode", fail)
    window.session.failed.connect(problems.append)
    drop(window, files(free.folder, photo))
    qtbot.waitUntil(lambda: len(problems) == 2)
    qtbot.wait(100)
    assert len(problems) == 2
    assert window.session.scene is before
    assert (window.session.model, window.session.picture) == (before.request.model, None)


def test_an_unforeseen_error_is_shown_and_logged(
    qtbot: QtBot, window: Window, photo: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault of the program itself is neither silent nor fatal: the sliders still work after it."""
    before = scene_of(window)
    monkeypatch.setattr(Autoencoder, "encode", lambda *_: 1 / 0)
    with qtbot.waitSignal(window.session.failed):
        window.open_paths([photo])
    with qtbot.assertNotEmitted(window.session.failed, wait=100):
        assert window.session.scene is before
    assert "ZeroDivisionError" in window.message.text
    assert "ZeroDivisionError" in caplog.text
    with qtbot.waitSignal(window.session.rendered):
        qtbot.mouseClick(window.picture_page.explore.start.random, Qt.MouseButton.LeftButton)


def test_closing_shows_nothing_more(qtbot: QtBot, entry: ModelEntry, photo: Path) -> None:
    """A window closed in the middle of its work ends without another picture."""
    window = Window([entry], "cpu")
    qtbot.addWidget(window)
    window.open(entry, photo)
    with qtbot.assertNotEmitted(window.session.rendered, wait=100):
        window.close()


def test_closed_windows_leave_no_thread(qtbot: QtBot, entry: ModelEntry, photo: Path) -> None:
    """Windows opened and closed one after another leave as many threads as the first of them did."""
    counts = []
    for _ in range(4):
        window = Window([entry], "cpu")
        with qtbot.waitSignal(window.session.rendered):
            window.open(entry, photo)
        busy = thread_count()
        window.close()
        window.deleteLater()
        del window
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        counts.append(thread_count())
        assert counts[-1] < busy
    assert len(set(counts[1:])) == 1


def test_every_page_is_reached_by_keyboard(qtbot: QtBot, window: Window) -> None:
    """Ctrl and a number shows the page, and the navigation says which one it is."""
    for number, spec in enumerate(PAGES, start=1):
        qtbot.keyClick(window, f"{number}", Qt.KeyboardModifier.ControlModifier)
        assert window.page(spec.name).isVisible()
        checked = [spec.name for spec in PAGES if window.services.actions[f"page.{spec.name}"].isChecked()]
        assert checked == [spec.name]


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
    window.show_shortcuts()
    assert {"Open…", "Ctrl+O", "Reset all", "Ctrl+0", "F1"} <= set(shown[0])
