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
        page.panels.tabs.click("map")
    centre = QPointF(page.panels.plane.rect().center())
    with qtbot.waitSignal(page.inspection.looks.point_decoded):
        mouse(page.panels.plane, QEvent.Type.MouseButtonPress, centre)
    assert page.chosen.reconstruction.title == "Decoded point"
    before = page.chosen.reconstruction.image
    with qtbot.waitSignal(page.panels.plane.painted):
        for across in (60, 120):
            mouse(page.panels.plane, QEvent.Type.MouseMove, centre + QPointF(across, across / 2))
        mouse(page.panels.plane, QEvent.Type.MouseButtonRelease, centre + QPointF(120, 60))
    with qtbot.waitSignal(page.inspection.looks.point_decoded):
        pass  # the morph plays by itself
    assert page.chosen.reconstruction.image != before
    page.views.leave()
    page.panels.map.tools.buttons["lasso"].click()
    whole = QRectF(page.panels.plane.rect())
    mouse(page.panels.plane, QEvent.Type.MouseButtonPress, whole.topLeft())
    for corner in (whole.topRight(), whole.bottomRight()):
        mouse(page.panels.plane, QEvent.Type.MouseMove, corner)
    with qtbot.waitSignal(page.panels.plane.lassoed):
        mouse(page.panels.plane, QEvent.Type.MouseButtonRelease, whole.bottomLeft())
    assert len(page.selection.rows) == 25
    assert page.selected.said.text() == "25 selected:"


def test_a_painted_path_is_saved(qtbot: QtBot, page: InspectPage, window: Window, tmp_path: Path) -> None:
    """As it is played, there and back: twice as many frames as points, the first one like the last."""
    with qtbot.waitSignal(page.inspection.laid_out):
        page.panels.tabs.click("map")
    assert not page.panels.map.film.isEnabled()
    page.panels.plane.painted.emit([QPointF(-0.2, 0), QPointF(0, 0), QPointF(0.2, 0.1)])
    page.views.leave()
    assert page.panels.map.film.isEnabled()
    with qtbot.waitSignal(page.inspection.outputs.written):
        page.panels.map_view.save_film(tmp_path / "film", "frames")
    frames = sorted((tmp_path / "film").iterdir())
    assert len(frames) == 6
    assert np.array_equal(pictures.read(frames[0]).pixels, pictures.read(frames[-1]).pixels)
    assert "film" in window.message.text


def test_another_layout_is_made_in_the_background(
    qtbot: QtBot, page: InspectPage, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it needs what is not installed, the plane stays and it is said; where not, the points move."""
    with qtbot.waitSignal(page.inspection.laid_out):
        page.panels.tabs.click("map")
    monkeypatch.setattr(methods, "is_installed", lambda _: False)
    for plan, extra in (("tsne", "map"), ("umap", "umap")):
        with qtbot.waitSignal(page.inspection.failed):
            page.panels.map.layout_chosen.emit(plan)
        assert f"convae[{extra}]" in window.message.text
    assert page.panels.map.plan.currentData() == "pca"
    assert page.inspection.plane is not None


def test_labels_colour_the_map(qtbot: QtBot, page: InspectPage, folder: Path) -> None:
    """A factor of `labels.csv` is a choice beside the folder: kinds have a legend, numbers a scale."""
    rows = [f"{number:02}.png,{('light', 'dark')[number % 2]},{number}" for number in range(4, 20)]
    lines = ["file,shade,length", *rows]
    (folder / "labels.csv").write_text("\n".join(lines), "utf-8")
    with qtbot.waitSignal(page.inspection.indexed):
        page.index_action.trigger()
    with qtbot.waitSignal(page.inspection.laid_out):
        page.panels.tabs.click("map")
    assert "good" in page.panels.map.legend.text()
    assert [page.panels.map.colour.itemText(each) for each in range(3)] == ["Folder", "shade", "length"]
    page.panels.map.colour.setCurrentIndex(1)
    assert "dark" in page.panels.map.legend.text()
    assert "9&nbsp;not&nbsp;known" in page.panels.map.legend.text()
    page.panels.map.colour.setCurrentIndex(2)
    assert page.panels.map.legend.text().startswith("4&nbsp;")
    assert "&nbsp;19" in page.panels.map.legend.text()
