"""*Export figure*, in the real window."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.engine.loaded_model import load_model
from desktop.figures import content
from desktop.i18n.catalogue import Languages
from desktop.morph.page import MorphPage
from export.bundle import Bundle
from tests import bundles
from tests.desktop.windows import open_window


def test_each_page_exports_what_it_shows(
    qtbot: QtBot, vector: Bundle, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reconstructions and traversals on the Picture page, the way between two pictures on the Morph page."""
    window = open_window(qtbot, library.open_entry(bundles.enriched(vector).folder), photo)
    for name in ("picture.reconstructions", "picture.traversals", "morph.interpolation"):
        if name.startswith("morph"):
            window.show_page("morph")
            morph = window.page("morph")
            assert isinstance(morph, MorphPage)
            for index in range(2):
                morph.gallery.chosen.emit(index)
            with qtbot.waitSignal(morph.player.shown):
                morph.position.setValue(3)
        path = tmp_path / f"{name}.svg"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=path: (str(path), ""))
        with qtbot.waitSignal(window.services.written) as written:
            window.actions_by_name[name].trigger()
        assert written.args == [path]
        assert "<image " in path.read_text(encoding="utf-8")
        assert path.with_suffix(".csv").stat().st_size > 50
    window.close()


def test_a_figure_speaks_the_window_s_language(vector: Bundle, photo: Path, qapp: QApplication) -> None:
    """Caption and labels are Chinese where the window is, the table stays as programs read it."""
    languages = Languages(qapp, "zh_CN")
    try:
        model = load_model(library.open_entry(bundles.enriched(vector).path), "cpu")
        mean = model.space.mean_code
        figures = [
            content.reconstructions(model, [photo]),
            content.traversals(model, mean, "axes", 1, 2),
            content.interpolation(model, (mean, mean), ("a", "b"), 2),
        ]
    finally:
        languages.choose("en")
    labels = [row.label for figure in figures for row in figure.rows]
    assert labels == ["图片", "重建", "主成分 1", "直线", "大圆"]
    captions = " ".join(figure.caption for figure in figures).replace(model.entry.name, "")
    assert re.findall(r"[A-Za-z]{3,}", captions) == ["PSNR"]
    assert figures[1].table[1][0] == "Principal 1"


def test_without_anything_shown_it_says_so(qtbot: QtBot, vector: Bundle) -> None:
    """No dialog opens."""
    window = open_window(qtbot, library.open_entry(vector.folder))
    window.actions_by_name["picture.reconstructions"].trigger()
    assert window.message.text == "There is nothing yet to make a figure of."
    window.close()
