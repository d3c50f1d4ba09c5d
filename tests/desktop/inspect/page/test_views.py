"""Look-alikes, doubles and the map on the Inspect page, driven as a user drives them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, QRectF
from pytestqt.qtbot import QtBot

from desktop.engine import pictures
from desktop.engine.embedding import methods
from desktop.engine.similarity import neighbours
from desktop.inspect.page import InspectPage
from desktop.window import Window
from tests.desktop.inspect.page.conftest import mouse, names, page_of


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


def test_it_is_said_where_the_limit_of_doubles_fell(
    qtbot: QtBot, page: InspectPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the pairs that are held, the slider says how far they reach; below, nothing is said."""
    monkeypatch.setattr(neighbours, "LARGEST_PAIRS", 4)
    with qtbot.waitSignal(page.inspection.found):
        page.segments.buttons["doubles"].click()
    assert page.inspection.doubles is not None
    reached = page.inspection.doubles[1].limit
    page.doubles.slider.setValue(page.doubles.slider.maximum())
    assert reached < page.doubles.limit
    assert page.doubles.said.text().startswith(f"{reached:.3f} · ")
    assert "up to 0.500 are not shown" in page.doubles.said.text()
    page.doubles.slider.setValue(0)
    assert "not shown" not in page.doubles.said.text()


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
    monkeypatch.setattr(methods, "is_installed", lambda _: False)
    for plan, extra in (("tsne", "map"), ("umap", "umap")):
        with qtbot.waitSignal(page.inspection.failed):
            page.map.layout_chosen.emit(plan)
        assert f"convae[{extra}]" in window.message.text
    assert page.map.plan.currentData() == "pca"
    assert page.inspection.plane is not None


def test_labels_colour_the_map(qtbot: QtBot, page: InspectPage, folder: Path) -> None:
    """A factor of `labels.csv` is a choice beside the folder: kinds have a legend, numbers a scale."""
    rows = [f"{number:02}.png,{('light', 'dark')[number % 2]},{number}" for number in range(4, 20)]
    lines = ["file,shade,length", *rows]
    (folder / "labels.csv").write_text("\n".join(lines), "utf-8")
    with qtbot.waitSignal(page.inspection.found):
        page.index_action.trigger()
    with qtbot.waitSignal(page.inspection.found):
        page.segments.buttons["map"].click()
    assert "good" in page.map.legend.text()
    assert [page.map.colour.itemText(each) for each in range(3)] == ["Folder", "shade", "length"]
    page.map.colour.setCurrentIndex(1)
    assert "dark" in page.map.legend.text()
    assert "9&nbsp;not&nbsp;known" in page.map.legend.text()
    page.map.colour.setCurrentIndex(2)
    assert page.map.legend.text().startswith("4&nbsp;")
    assert "&nbsp;19" in page.map.legend.text()
