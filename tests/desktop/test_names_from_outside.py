"""Names of files, models and sliders that look like markup are shown as they are, wherever the window shows them."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtGui import Qt as QtText
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QMenu,
    QMessageBox,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.engine import library, picture_writer
from desktop.engine.sliders.steering import Knob
from desktop.morph.page import MorphPage
from desktop.pages import PAGES
from desktop.picture.panel.slider_names import SliderNames
from desktop.shell.about import About
from desktop.shell.shortcut_list import ShortcutList
from desktop.state.settings import Settings
from desktop.widgets import plain, question
from desktop.widgets.facts_bar import Fact, FactsBar
from desktop.widgets.legend import Legend
from desktop.widgets.thumbnail_grid import ThumbnailGrid
from desktop.window import Window
from export.bundle import write_bundle
from tests import bundles
from tests.pictures import gradient

MARKUP = '<img src="/dev/zero" width=200>'
TIP = Qt.ItemDataRole.ToolTipRole

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no file may have such a name there")


def is_markup(text: str) -> bool:
    """Whether Qt, left to choose, would read the file that the name names."""
    return "<img" in text and bool(QtText.mightBeRichText(text))


def read_as_markup(root: QWidget) -> Iterator[str]:
    """Every text within a widget that Qt would take for markup, and where it stands."""
    for widget in [root, *root.findChildren(QWidget)]:
        if is_markup(widget.toolTip()) or is_markup(widget.whatsThis()):
            yield f"tooltip of {widget!r}: {widget.toolTip()}"
        if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText and is_markup(widget.text()):
            yield f"label {widget!r}: {widget.text()}"
        if isinstance(widget, QMessageBox) and widget.textFormat() != Qt.TextFormat.PlainText:
            yield f"question {widget!r}"
        if isinstance(widget, QTextEdit) and widget.acceptRichText():
            yield f"text {widget!r}"
        if isinstance(widget, QAbstractItemView | QComboBox) and widget.model() is not None:
            yield from (f"item of {widget!r}: {text}" for text in tips(widget))
    for action in root.findChildren(QAction):
        if is_markup(action.toolTip()) or is_markup(action.whatsThis()):
            yield f"action {action.objectName()}: {action.toolTip()}"


def tips(view: QAbstractItemView | QComboBox) -> Iterator[str]:
    """The tooltips of a list's rows that are markup."""
    model = view.model()
    for row in range(model.rowCount(QModelIndex())):
        text = model.data(model.index(row, 0, QModelIndex()), TIP)
        if isinstance(text, str) and is_markup(text):
            yield text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose path, as a whole, is an image tag; with two pictures in it."""
    folder = tmp_path / MARKUP
    folder.mkdir(parents=True)
    for name in ("one.png", "<b>two<b>.png"):
        picture_writer.save_png(folder / name, gradient(32, 32))
    (folder / "broken.png").write_text("words")
    return folder


@pytest.fixture
def window(qtbot: QtBot, folder: Path, tmp_path: Path) -> Iterator[Window]:
    """A window with such a name for everything that comes from outside."""
    bundle = bundles.enriched(bundles.vector_bundle(folder / "model", name="<i>model</i>"))
    concepts = tuple(dataclasses.replace(each, name=MARKUP, factor=f"<img src=x>{n}") for n, each in
                     enumerate(bundle.info.concepts))  # fmt: skip
    files = {name: (bundle.folder / name).read_bytes() for name in bundle.info.sha256}
    write_bundle(bundle.folder, dataclasses.replace(bundle.info, concepts=concepts), files)
    entry = library.open_entry(bundle.folder)
    window = Window([entry, library.open_entry(folder / "none")], "cpu", Settings(tmp_path / "settings.json"))
    qtbot.addWidget(window)
    window.show()
    SliderNames(window.services.settings, bundle.info).give(Knob("axes", 0), MARKUP)
    with qtbot.waitSignal(window.session.rendered):
        window.open_pictures(entry, [folder / "one.png", folder / "<b>two<b>.png", folder / "broken.png"])
    yield window
    window.close()


def test_no_name_is_read_as_markup(qtbot: QtBot, window: Window, folder: Path) -> None:
    """Every widget, tooltip, list, menu and action of every page, with such names in all of them."""
    for spec in PAGES:
        window.show_page(spec.name)
    morph = window.page("morph")
    assert isinstance(morph, MorphPage)
    morph.take([folder / "<b>two<b>.png"])
    qtbot.waitUntil(lambda: bool(morph.row.keys))
    window.services.warned.emit(f"{folder} is broken.")
    window.services.pictures._problems[folder / "broken.png"] = f"{folder} is broken."
    shown = [window.services.pictures.data(window.services.pictures.index(row), TIP) for row in range(3)]
    assert all("&lt;img" in str(text) for text in shown)  # they are escaped, and not left out
    recent = next(menu for menu in window.findChildren(QMenu) if menu.title() == "Open recent")
    assert "&lt;img" in recent.actions()[0].toolTip()
    assert list(read_as_markup(window)) == []
    menu = window.model_menu.menu(window.services.models[0])
    assert list(read_as_markup(menu)) == []


def test_no_dialog_reads_a_name_as_markup(qtbot: QtBot, window: Window) -> None:
    """Questions, the list of shortcuts and what the program is."""
    shortcuts = ShortcutList([(MARKUP, MARKUP, "F1")], window)
    for dialog in (question.box(window, MARKUP, "Delete"), shortcuts, About(window.windowIcon(), window)):
        qtbot.addWidget(dialog)
        assert list(read_as_markup(dialog)) == []


def test_no_small_widget_reads_a_name_as_markup(qtbot: QtBot) -> None:
    """Facts of a picture, the map's legend and the grid of the inspected folder."""
    facts, legend, grid = FactsBar(), Legend(), ThumbnailGrid()
    for widget in (facts, legend, grid):
        qtbot.addWidget(widget)
    facts.show_facts([Fact(MARKUP, MARKUP, f"carried to sRGB from {MARKUP}")])
    legend.show_kinds([(MARKUP, (1, 2, 3))])
    grid.pictures.set_source(lambda _: None, lambda _: MARKUP)
    grid.pictures.show_rows(np.zeros(1, np.int64))
    for widget in (facts, legend, grid):
        assert list(read_as_markup(widget)) == []
    assert grid.pictures.data(grid.pictures.index(0), TIP) == QtText.convertFromPlainText(MARKUP)


def test_a_plain_tip_stays_as_it_is(qapp: QApplication) -> None:
    """Only what Qt would take for markup is escaped."""
    assert qapp is not None
    for text in ("a < b", "caf\u00e9.png", "/home/me/x & y.png"):
        assert plain.tip(text) == text
    assert not is_markup(plain.tip(MARKUP))
