"""The Inspect page in the real window: every view, driven as a user drives it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.engine import pictures
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.inspect import codec, concepts, embedding
from desktop.engine.inspect.keeping import JUDGE_FILE
from desktop.engine.library import ModelEntry
from desktop.engine.providers import Asked
from desktop.engine.saving import save_png
from desktop.pages.inspect import InspectPage
from desktop.qt_images import to_pixels
from desktop.settings import Settings
from desktop.widgets.thumbnail_grid import MARK_ROLE
from desktop.window import Window
from export.bundle import Bundle, read_bundle
from tests.desktop.engine.inspect.conftest import varied
from tests.threads import thread_count


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept goes nowhere near the user's own."""
    monkeypatch.setattr("desktop.engine.inspect.index.platformdirs.user_data_path", lambda *_, **__: tmp_path / "home")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twenty good pictures, one of them twice, and four with a black corner."""
    place = tmp_path / "parts"
    for name in ("good", "bad"):
        (place / name).mkdir(parents=True)
    for number in range(20):
        save_png(place / "good" / f"{number:02}.png", varied(number))
    (place / "good" / "copy.png").write_bytes((place / "good" / "07.png").read_bytes())
    for number in range(4):
        picture = varied(100 + number)
        picture[:8, :8] = 0
        save_png(place / "bad" / f"{number:02}.png", picture)
    return place


@pytest.fixture
def window(qtbot: QtBot, entry: ModelEntry, tmp_path: Path) -> Iterator[Window]:
    """A window on its Inspect page, with a model."""
    window = Window([entry], "cpu", Settings(tmp_path / "config" / "settings.ini"))
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(window.session.rendered):
        window.open(entry)
    window.show_page("inspect")
    yield window
    window.close()


@pytest.fixture
def page(qtbot: QtBot, window: Window, folder: Path) -> InspectPage:
    """The page with its folder indexed."""
    page = page_of(window)
    page.folder.set_path(folder)
    with qtbot.waitSignal(page.inspection.found):
        page.index_action.trigger()
    return page


def page_of(window: Window) -> InspectPage:
    """The Inspect page."""
    page = window.page("inspect")
    assert isinstance(page, InspectPage)
    return page


def judge(qtbot: QtBot, page: InspectPage) -> None:
    """Finds the odd ones, with the good folder that the page suggests."""
    with qtbot.waitSignal(page.inspection.found):
        page.judge_action.trigger()


def names(page: InspectPage) -> list[str]:
    """What the grid shows, in its order."""
    model = page.grid.pictures
    return [str(model.data(model.index(each), Qt.ItemDataRole.ToolTipRole)) for each in range(model.rowCount())]


def marked(page: InspectPage) -> int:
    """How many pictures have an outline."""
    model = page.grid.pictures
    return sum(bool(model.data(model.index(each), MARK_ROLE)) for each in range(model.rowCount()))


def mouse(widget: QWidget, kind: QEvent.Type, position: QPointF) -> None:
    """One event of the left button."""
    button = Qt.MouseButton.LeftButton
    changes = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else button
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
    place = widget.mapToGlobal(position)
    QApplication.sendEvent(widget, QMouseEvent(kind, position, place, changes, held, Qt.KeyboardModifier.NoModifier))


def test_an_empty_page_says_what_to_do(window: Window) -> None:
    """Nothing can be judged yet, and asking to index nothing is a sentence."""
    page = page_of(window)
    assert not page.judge_action.isEnabled()
    page.index_action.trigger()
    assert window.message.text == "Choose a folder of pictures to inspect."


def test_a_folder_is_indexed(page: InspectPage, folder: Path) -> None:
    """Every picture is in the grid with its thumbnail, and the good folder is suggested."""
    assert page.state.text() == "25 pictures · 25 new"
    assert names(page)[0] == "bad/00.png"
    thumbnail = page.grid.pictures.data(page.grid.pictures.index(0), Qt.ItemDataRole.DecorationRole)
    assert np.abs(to_pixels(thumbnail).astype(int) - pictures.read(folder / "bad" / "00.png").pixels).mean() < 8
    assert page.odd.good.path == folder / "good"


def test_a_dropped_folder_is_indexed(qtbot: QtBot, window: Window, folder: Path) -> None:
    """A picture that is dropped is left to the Picture page."""
    page = page_of(window)
    assert not page.take([folder / "good" / "00.png"])
    with qtbot.waitSignal(page.inspection.found):
        assert page.take([folder])
    assert len(names(page)) == 25


def test_the_odd_ones_come_first_and_are_marked(qtbot: QtBot, page: InspectPage) -> None:
    """A smaller false-alarm rate marks fewer, another score sorts anew."""
    judge(qtbot, page)
    assert {name.split("/")[0] for name in names(page)[:4]} == {"bad"}
    assert "AUROC 1.000" in page.odd.said.text()
    before = marked(page)
    assert before >= 4
    page.odd.rate.setValue(page.odd.rate.maximum())
    assert marked(page) > before
    order = names(page)
    page.odd.score.setCurrentIndex(page.odd.score.findData("mean_picture"))
    assert names(page) != order
    assert sorted(names(page)) == sorted(order)


def test_what_was_judged_is_there_again(qtbot: QtBot, page: InspectPage, window: Window, entry: ModelEntry) -> None:
    """Another window with the model and the folder shows the same odd ones, at the rate and by the score chosen."""
    judge(qtbot, page)
    page.odd.rate.setValue(page.odd.rate.maximum())
    page.odd.score.setCurrentIndex(page.odd.score.findData("scales"))
    with qtbot.waitSignal(page.inspection.looked):
        page.odd.rate.sliderReleased.emit()
    shown, count = names(page), marked(page)
    window.close()
    again = Window([entry], "cpu", Settings())
    qtbot.addWidget(again)
    again.open(entry)
    again.show_page("inspect")
    other = page_of(again)
    other.folder.set_path(page.inspection.reader().folder)
    with qtbot.waitSignals([other.inspection.found] * 2):
        other.index()
    assert other.odd.false_alarm_rate == pytest.approx(0.5)
    assert other.odd.chosen_score == "scales"
    assert (names(other), marked(other)) == (shown, count)
    again.close()


def test_a_model_is_given_away_with_its_judge(qtbot: QtBot, page: InspectPage, window: Window, tmp_path: Path) -> None:
    """The copy holds the judge, and it is said where it is."""
    judge(qtbot, page)
    with qtbot.waitSignal(page.inspection.found):
        page.inspection.give(tmp_path / "given.convae")
    assert "given.convae" in window.message.text
    assert JUDGE_FILE in read_bundle(tmp_path / "given.convae").info.sha256


def test_the_provider_is_followed(qtbot: QtBot, page: InspectPage, window: Window) -> None:
    """Another one that is asked for while the program runs is what the next look is computed on."""
    used = list[str]()
    original = Autoencoder.__init__

    def noted(self: Autoencoder, bundle: Bundle, asked: Asked = "auto") -> None:
        used.append(asked)
        original(self, bundle, "cpu")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Autoencoder, "__init__", noted)
        window.session.asked = "auto"
        with qtbot.waitSignal(page.inspection.looked):
            page.inspection.look(int(page.grid.pictures.rows[0]))
    assert used == ["auto"]


def test_the_chosen_picture_shows_where_it_is_odd(qtbot: QtBot, page: InspectPage) -> None:
    """The heat is in the black corner, beside it the picture as the model rebuilds it."""
    judge(qtbot, page)
    with qtbot.waitSignal(page.inspection.looked):
        page.grid.setCurrentIndex(page.grid.pictures.index(0))
    assert page.seen.title == "Where it is odd"
    assert page.seen.image is not None
    colour = np.ptp(to_pixels(page.seen.image).astype(int), axis=2)
    assert colour[:8, :8].mean() > colour[16:, 16:].mean()
    assert page.rebuilt.image is not None
    assert page.facts.text().startswith("bad/")
    assert "Chance of a good picture so odd" in page.facts.text()


def test_look_alikes_of_the_chosen_picture(qtbot: QtBot, page: InspectPage) -> None:
    """Itself and its copy are first, at no distance."""
    place = names(page).index("good/copy.png")
    with qtbot.waitSignal(page.inspection.looked):
        page.grid.setCurrentIndex(page.grid.pictures.index(place))
    with qtbot.waitSignal(page.inspection.looked):
        page.similar_action.trigger()
    assert set(names(page)[:2]) == {"good/07.png", "good/copy.png"}
    assert page.grid.pictures.data(page.grid.pictures.index(1)) == "0.000"


def test_look_alikes_of_the_sliders_code(qtbot: QtBot, page: InspectPage, window: Window, folder: Path) -> None:
    """Asked for on the Picture page: the picture whose code it is comes first, and the code's picture is shown."""
    with qtbot.waitSignal(window.session.rendered):
        window.open(picture=folder / "good" / "11.png")
    window.show_page("picture")
    with qtbot.waitSignal(page.inspection.looked):
        window.services.actions["explore.similar"].trigger()
    assert names(page)[0] == "good/11.png"
    assert page.rebuilt.title == "The sliders' code"
    assert page.similar.said.text() == "Nearest to the sliders' code"


def test_look_alikes_of_a_code_wait_for_the_index(qtbot: QtBot, window: Window, folder: Path) -> None:
    """Where the folder is not indexed yet it is, and then they are there."""
    page = page_of(window)
    page.folder.set_path(folder)
    with qtbot.waitSignal(page.inspection.looked):
        page.similar.of_code.click()
    assert len(names(page)) == 25
    assert page.views.shown == "similar"


def test_doubles_are_grouped_by_the_slider(qtbot: QtBot, page: InspectPage) -> None:
    """At 0 the copy alone is a double; a larger limit joins more, without another search."""
    with qtbot.waitSignal(page.inspection.found):
        page.segments.buttons["doubles"].click()
    page.doubles.slider.setValue(0)
    assert names(page) == ["good/07.png", "good/copy.png"]
    assert page.grid.pictures.data(page.grid.pictures.index(1)) == "1 · 2/2"
    page.doubles.slider.setValue(page.doubles.slider.maximum())
    assert len(names(page)) > 2
    assert not page.inspection.busy


def test_the_map_decodes_plays_and_selects(qtbot: QtBot, page: InspectPage) -> None:
    """A press decodes the point under the mouse, a drag plays a morph, a lasso selects what it holds."""
    with qtbot.waitSignal(page.inspection.found):
        page.segments.buttons["map"].click()
    centre = QPointF(page.plane.rect().center())
    with qtbot.waitSignal(page.inspection.looked):
        mouse(page.plane, QEvent.Type.MouseButtonPress, centre)
    assert page.rebuilt.title == "Decoded point"
    before = page.rebuilt.image
    with qtbot.waitSignal(page.plane.painted):
        for across in (60, 120):
            mouse(page.plane, QEvent.Type.MouseMove, centre + QPointF(across, across / 2))
        mouse(page.plane, QEvent.Type.MouseButtonRelease, centre + QPointF(120, 60))
    with qtbot.waitSignal(page.inspection.looked):
        pass  # the morph plays by itself
    assert page.rebuilt.image != before
    page.views.stop_playing()
    page.map.tools.buttons["lasso"].click()
    whole = QRectF(page.plane.rect())
    mouse(page.plane, QEvent.Type.MouseButtonPress, whole.topLeft())
    for corner in (whole.topRight(), whole.bottomRight()):
        mouse(page.plane, QEvent.Type.MouseMove, corner)
    with qtbot.waitSignal(page.plane.lassoed):
        mouse(page.plane, QEvent.Type.MouseButtonRelease, whole.bottomLeft())
    assert len(page.grid.selected_rows) == 25


def test_a_painted_path_is_saved(qtbot: QtBot, page: InspectPage, window: Window, tmp_path: Path) -> None:
    """As it is played, there and back: twice as many frames as points, the first one like the last."""
    with qtbot.waitSignal(page.inspection.found):
        page.segments.buttons["map"].click()
    assert not page.map.film.isEnabled()
    page.plane.painted.emit([QPointF(-0.2, 0), QPointF(0, 0), QPointF(0.2, 0.1)])
    page.views.stop_playing()
    assert page.map.film.isEnabled()
    with qtbot.waitSignal(page.inspection.found):
        page.views.save_film(tmp_path / "film", "frames")
    frames = sorted((tmp_path / "film").iterdir())
    assert len(frames) == 6
    assert np.array_equal(pictures.read(frames[0]).pixels, pictures.read(frames[-1]).pixels)
    assert "film" in window.message.text


def test_another_layout_is_made_in_the_background(
    qtbot: QtBot, page: InspectPage, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it needs what is not installed, the plane stays and it is said; where not, the points move."""
    with qtbot.waitSignal(page.inspection.found):
        page.segments.buttons["map"].click()
    monkeypatch.setattr(embedding, "is_installed", lambda: False)
    with qtbot.waitSignal(page.inspection.failed):
        page.map.layout_chosen.emit("tsne")
    assert "convae[map]" in window.message.text
    assert page.map.plan.currentData() == "pca"
    assert page.inspection.plane is not None


def test_odd_ones_are_moved_and_taken_back(qtbot: QtBot, page: InspectPage, folder: Path, tmp_path: Path) -> None:
    """The marked ones go, the index follows, and Take back brings every one of them home."""
    judge(qtbot, page)
    before = {path.relative_to(folder) for path in folder.rglob("*.png")}
    rows = page.files.chosen_rows()
    assert len(rows) == marked(page)
    with qtbot.waitSignal(page.inspection.found):
        page.files.move_to(rows, tmp_path / "away")
    assert not list((folder / "bad").iterdir())
    assert len(names(page)) == 25 - len(rows)
    with qtbot.waitSignal(page.inspection.found):
        page.files.undo.trigger()
    assert {path.relative_to(folder) for path in folder.rglob("*.png")} == before


def test_scores_are_exported(qtbot: QtBot, page: InspectPage, window: Window, tmp_path: Path) -> None:
    """A line for each picture; before there are scores it is said."""
    page.files.export_to(tmp_path / "scores.csv")
    assert "find the odd ones first" in window.message.text
    judge(qtbot, page)
    page.files.export_to(tmp_path / "scores.csv")
    lines = (tmp_path / "scores.csv").read_text().splitlines()
    assert len(lines) == 26
    assert lines[1].startswith("bad/")


def test_a_concept_becomes_a_slider(qtbot: QtBot, page: InspectPage, window: Window) -> None:
    """Three pictures on each side and a name: the slider is in Explore, with its evidence said."""
    all_rows = page.grid.pictures.rows
    assert not page.concepts.make.isEnabled()
    for pile, rows in (("more", all_rows[:4]), ("less", all_rows[4:9])):
        page.grid.select(rows)
        getattr(page.concepts, pile).click()
    page.concepts.name.setText("dark corner")
    with qtbot.waitSignals([page.inspection.found, window.session.model_changed]):
        page.concepts.make.click()
    assert "dark corner is a slider now" in window.message.text
    space = window.services.steering.space
    assert space is not None
    assert [each.name for each in space.labels] == ["dark corner"]
    assert len(concepts.read_directions(window.services.models[0].require().info)) == 1


def test_a_small_file_is_saved_and_opened(qtbot: QtBot, page: InspectPage, window: Window, tmp_path: Path) -> None:
    """Bytes and JPEG are said; opened again, its code is what the sliders stand at."""
    path = tmp_path / "a.cvae"
    with qtbot.waitSignal(page.inspection.found):
        page.inspection.save_small(int(page.grid.pictures.rows[0]), path)
    assert "bits a pixel" in window.message.text
    entry = window.services.session.model
    assert entry is not None
    with qtbot.waitSignal(window.session.rendered):
        page.inspection.open_small(entry, path)
    space = window.services.steering.space
    assert space is not None
    expected = codec.restore(codec.read_small(path, entry.require().info), space)
    assert np.array_equal(window.services.steering.code, expected)


def test_a_failure_is_one_sentence(qtbot: QtBot, page: InspectPage, window: Window, tmp_path: Path) -> None:
    """Too few good pictures: said, nothing lost, and the page works on."""
    few = tmp_path / "few"
    few.mkdir()
    save_png(few / "one.png", varied(1))
    page.odd.good.set_path(few)
    with qtbot.waitSignal(page.inspection.failed):
        page.judge_action.trigger()
    assert "at least 10 are needed" in window.message.text
    assert len(names(page)) == 25
    page.odd.good.set_path(page.inspection.reader().folder / "good")
    judge(qtbot, page)


def test_work_can_be_cancelled(qtbot: QtBot, window: Window, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cancel ends indexing at its next step, says so, and Index goes on."""
    monkeypatch.setattr("desktop.engine.inspect.indexing.BATCH", 2)
    page = page_of(window)
    page.folder.set_path(folder)

    def cancel(_text: str, done: int, _total: int) -> None:
        if done:
            page.progress.cancelled.emit()

    page.inspection.progressed.connect(cancel)
    with qtbot.waitSignal(page.inspection.found):
        page.index()
    assert "stopped; Index goes on from here" in page.state.text()
    page.inspection.progressed.disconnect(cancel)
    with qtbot.waitSignal(page.inspection.found):
        page.index()
    assert page.state.text().startswith("25 pictures")


def test_closing_ends_every_thread(qtbot: QtBot, window: Window, folder: Path) -> None:
    """Also in the middle of indexing."""
    page = page_of(window)
    page.folder.set_path(folder)
    before = thread_count()
    page.index()
    window.close()
    qtbot.waitUntil(lambda: thread_count() <= before)


def test_a_hundred_thousand_rows_load_only_what_is_seen(window: Window) -> None:
    """The grid asks for the thumbnails in sight and no others, at the top and in the middle."""
    page, asked = page_of(window), list[int]()

    def load(row: int) -> None:
        asked.append(row)

    page.grid.pictures.set_source(load, str)
    page.grid.pictures.show_rows(np.arange(100_000))
    page.grid.repaint()
    assert 0 < len(asked) < 200
    first: Any = set(asked)
    page.grid.scrollTo(page.grid.pictures.index(50_000))
    page.grid.repaint()
    assert len(asked) < 400
    assert 50_000 in set(asked) - first
