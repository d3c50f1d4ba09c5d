"""What can be done with a model, in the real window."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.engine.library import ModelEntry
from desktop.engine.machine import layers
from desktop.shell import model_copy, model_facts, model_menu
from desktop.window import Window
from export.bundle import Bundle, Floor


def texts(window: Window, row: int) -> dict[str, bool]:
    """What the menu of a model offers, and whether it is possible."""
    menu = window.model_menu.menu(window.services.models[row])
    return {action.text(): action.isEnabled() for action in menu.actions()}


def test_the_layers_have_the_shapes_of_the_contract(vector: Bundle) -> None:
    """The last layers of the encoder give the latent's numbers, those of the decoder the picture's size."""
    anatomy = layers.examine(vector, "cpu")
    assert anatomy.encoder[-1].shape == vector.info.latent.shape
    assert math.prod(anatomy.decoder[-1].shape) == 3 * vector.info.size.height * vector.info.size.width
    assert {layer.operator for layer in anatomy.encoder} == {"MatMul"}
    assert min(anatomy.encode_ms, anatomy.decode_ms) > 0
    assert anatomy.provider == "CPU"


def test_pointing_at_a_model_shows_its_card(window: Window) -> None:
    """What it was trained on, its sizes, its latent, its quality and its licence; gone when the mouse leaves."""
    rows, card = window.model_list, window.model_menu.card
    place = rows.visualItemRect(rows.item(0)).center()
    QApplication.sendEvent(rows.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, rows.mapToGlobal(place)))
    assert card.isVisible()
    names = [name for name, _ in card.facts]
    assert names == ["Trained on", "Pictures", "Latent", "Held-out PSNR", "Licence", "Place"]
    assert str(window.services.models[0].folder) in dict(card.facts)["Place"]
    QApplication.sendEvent(rows.viewport(), QEvent(QEvent.Type.Leave))
    assert not card.isVisible()


def test_the_page_about_a_model(qtbot: QtBot, window: Window) -> None:
    """By its shortcut: facts at once, speed and layers once they are measured, and the card; a deed closes it."""
    window.services.actions["model.about"].trigger()
    page = window.model_menu.page
    assert page is not None
    assert dict(page.facts.facts)["Speed here"] == "measuring…"
    qtbot.waitUntil(lambda: page.anatomy is not None)
    assert "encode" in dict(page.facts.facts)["Speed here"]
    assert page.anatomy is not None
    assert page.graph.count() == len(page.anatomy.encoder) + len(page.anatomy.decoder) + 3
    assert page.card.toPlainText().strip()
    page.reject()


def test_a_model_is_duplicated(qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy is whole, is listed under its own name, and can be removed to the trash; a shipped one cannot."""
    monkeypatch.setattr(library, "user_folder", lambda: tmp_path / "own")
    window.services.actions["model.duplicate"].trigger()
    qtbot.waitUntil(lambda: len(window.services.models) == 2)
    copy = window.services.models[1]
    assert (copy.name, copy.origin) == (f"{window.services.models[0].folder.name}-copy", "yours")
    copy.require().verify()
    assert model_copy.free_place(window.services.models[0].folder).name.endswith("-copy-2")
    assert texts(window, 1)["Remove…"]
    gone: list[Path] = []
    monkeypatch.setattr(model_menu, "trash", lambda path: not gone.append(path))
    window.model_menu.remove(copy)
    assert gone == [copy.folder]
    assert len(window.services.models) == 1


def test_another_window_is_opened_with_the_model(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program is started once more with that model."""
    started: list[list[str]] = []
    monkeypatch.setattr(model_menu.QProcess, "startDetached", lambda _, arguments: started.append(arguments))
    window.services.actions["model.window"].trigger()
    assert started == [["-m", "desktop", "--model", str(window.services.models[0].folder)]]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("heads by X, licensed under „CC BY 4.0” (https://x)", "CC BY 4.0"),
        ("photos, CC0", "CC0"),
        ("holiday", "see the model card"),
    ],
)
def test_the_licence_is_read_from_the_description(data: str, said: str) -> None:
    """Named where the description of the data names one; else the card is pointed to."""
    found = model_facts.LICENCE.search(data)
    assert (next(filter(None, found.groups())).strip() if found else "see the model card") == said


def test_what_is_in_use_is_not_removed(window: Window) -> None:
    """Nor used once more."""
    offered = texts(window, 0)
    assert (offered["Use this model"], offered["Remove…"]) == (False, False)
    assert window.model_menu.card.isHidden()
    window.model_menu.open(0, QPoint(10, 10))


def test_the_floor_stands_beside_the_measures(entry: ModelEntry) -> None:
    """The page says what a linear code of as many numbers reaches, and by how much the network is above or below."""
    bundle = entry.require()
    psnr = bundle.info.quality.psnr_db
    floors = (Floor("whole", 8, psnr - 1.25), Floor("lapped", 16, psnr + 0.5))
    known = dataclasses.replace(bundle, info=dataclasses.replace(bundle.info, floors=floors))
    said = [text for name, text in model_facts.page(dataclasses.replace(entry, bundle=known), None) if "linear" in name]
    assert said[0].startswith(f"{psnr - 1.25:.2f} dB PSNR (PCA of whole pictures, 8 numbers)")
    assert said[0].endswith("the network is 1.25 dB above")
    assert said[1].endswith("the network is 0.50 dB below")
    assert not [name for name, _ in model_facts.page(entry, None) if "linear" in name]
