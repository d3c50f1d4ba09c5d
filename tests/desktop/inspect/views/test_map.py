"""The map, driven as a user drives it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, QRectF
from pytestqt.qtbot import QtBot

from desktop.engine import pictures
from desktop.engine.embedding import methods
from desktop.inspect.page import InspectPage
from desktop.window import Window
from tests.desktop.inspect.conftest import mouse


def test_the_map_decodes_plays_and_selects(qtbot: QtBot, page: InspectPage) -> None:
    """A press decodes the point under the mouse, a drag plays a morph, a lasso selects what it holds."""
    with qtbot.waitSignal(page.inspection.laid_out):
        page.segments.buttons["map"].click()
    centre = QPointF(page.plane.rect().center())
    with qtbot.waitSignal(page.inspection.point_decoded):
        mouse(page.plane, QEvent.Type.MouseButtonPress, centre)
    assert page.chosen.reconstruction.title == "Decoded point"
    before = page.chosen.reconstruction.image
    with qtbot.waitSignal(page.plane.painted):
        for across in (60, 120):
            mouse(page.plane, QEvent.Type.MouseMove, centre + QPointF(across, across / 2))
        mouse(page.plane, QEvent.Type.MouseButtonRelease, centre + QPointF(120, 60))
    with qtbot.waitSignal(page.inspection.point_decoded):
        pass  # the morph plays by itself
    assert page.chosen.reconstruction.image != before
    page.views.leave()
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
    with qtbot.waitSignal(page.inspection.laid_out):
        page.segments.buttons["map"].click()
    assert not page.map.film.isEnabled()
    page.plane.painted.emit([QPointF(-0.2, 0), QPointF(0, 0), QPointF(0.2, 0.1)])
    page.views.leave()
    assert page.map.film.isEnabled()
    with qtbot.waitSignal(page.inspection.written):
        page.map_view.save_film(tmp_path / "film", "frames")
    frames = sorted((tmp_path / "film").iterdir())
    assert len(frames) == 6
    assert np.array_equal(pictures.read(frames[0]).pixels, pictures.read(frames[-1]).pixels)
    assert "film" in window.message.text


def test_another_layout_is_made_in_the_background(
    qtbot: QtBot, page: InspectPage, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it needs what is not installed, the plane stays and it is said; where not, the points move."""
    with qtbot.waitSignal(page.inspection.laid_out):
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
    with qtbot.waitSignal(page.inspection.indexed):
        page.index_action.trigger()
    with qtbot.waitSignal(page.inspection.laid_out):
        page.segments.buttons["map"].click()
    assert "good" in page.map.legend.text()
    assert [page.map.colour.itemText(each) for each in range(3)] == ["Folder", "shade", "length"]
    page.map.colour.setCurrentIndex(1)
    assert "dark" in page.map.legend.text()
    assert "9&nbsp;not&nbsp;known" in page.map.legend.text()
    page.map.colour.setCurrentIndex(2)
    assert page.map.legend.text().startswith("4&nbsp;")
    assert "&nbsp;19" in page.map.legend.text()
