"""A picture that the model does not know, in the real window."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.engine.machine.runs import Stop
from desktop.engine.pictures import Picture
from desktop.engine.quality import second_opinion
from desktop.window import Window
from export.bundle import Bundle
from tests import bundles
from tests.desktop.windows import scene_of
from tests.pictures import gradient

LEFT = Qt.MouseButton.LeftButton


def stripes() -> np.ndarray:
    """Sharp stripes, which a model of a few smooth patterns cannot show."""
    rows = (np.arange(32) // 2 % 2 * 255).astype(np.uint8)
    return np.repeat(np.repeat(rows[:, None, None], 32, axis=1), 3, axis=2)


@pytest.fixture
def knower(tmp_path: Path) -> Bundle:
    """A model whose one pattern is those stripes."""
    pattern = (stripes().astype(np.float32) / 127.5 - 1).reshape(1, -1)
    return bundles.vector_bundle(tmp_path / "stripes", name="stripes", basis=pattern / np.linalg.norm(pattern))


@pytest.fixture
def faces(vector: Bundle) -> Bundle:
    """The tiny model, said to be trained on the built-in characters."""
    info = dataclasses.replace(vector.info, training={"data": None, "characters": 100})
    return bundles.rewrite(dataclasses.replace(vector, info=info))


def opened(qtbot: QtBot, first: Bundle, second: Bundle, pixels: np.ndarray) -> Window:
    """A window with both models that shows a picture through the first one, measured."""
    window = Window([library.open_entry(first.folder), library.open_entry(second.folder)], "cpu")
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(window.session.measured):
        window.open(window.services.models[0], Picture("p", pixels))
    return window


def test_the_model_that_knows_it_is_named_and_one_click_away(qtbot: QtBot, vector: Bundle, knower: Bundle) -> None:
    """A sentence with the other model's PSNR, and a button that opens the picture with it, after which it is gone."""
    window = opened(qtbot, vector, knower, stripes())
    bar = window.picture_page.compare.unknown.bar
    qtbot.waitUntil(bar.isVisible)
    assert "stripes reconstructs this with" in bar.text
    assert bar.button.text() == "Use stripes"
    with qtbot.waitSignal(window.session.rendered):
        qtbot.mouseClick(bar.button, LEFT)
    assert scene_of(window).request.model.name == "stripes"
    assert bar.isHidden()
    window.close()


def test_a_known_picture_needs_no_advice(qtbot: QtBot, vector: Bundle, knower: Bundle) -> None:
    """Where the model does well, no other one is tried."""
    decoded = library.open_entry(vector.folder)
    window = opened(qtbot, vector, knower, gradient(32, 32))
    unknown = window.picture_page.compare.unknown
    if not second_opinion.is_unknown(scene_of(window)):
        assert unknown._asked is None
    assert unknown.bar.isHidden() or "stripes" not in unknown.bar.text
    assert decoded.problem is None
    window.close()


def test_the_answer_is_kept(qtbot: QtBot, vector: Bundle, knower: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """Coming back to the picture and the model asks nobody again."""
    window = opened(qtbot, vector, knower, stripes())
    bar = window.picture_page.compare.unknown.bar
    qtbot.waitUntil(bar.isVisible)
    first, second = window.services.models
    with qtbot.waitSignal(window.session.rendered):
        window.open(second)
    monkeypatch.setattr(second_opinion, "ask_others", lambda *_: pytest.fail("asked again"))
    window.open(first)
    qtbot.waitUntil(bar.isVisible)
    qtbot.mouseClick(bar.away, LEFT)
    assert bar.isHidden()
    window.close()


def test_only_a_clearly_better_model_is_named(vector: Bundle, knower: Bundle) -> None:
    """Four dB and more, and never a broken one."""
    first, second = library.open_entry(vector.folder), library.open_entry(knower.folder)
    picture = Picture("p", stripes())
    best = second_opinion.ask_others([first, second], first, picture, 10.0, Stop())
    assert best is not None
    assert best.entry is second
    assert second_opinion.ask_others([first, second], first, picture, best.psnr_db - 3, Stop()) is None
    (knower.folder / "decoder.onnx").write_bytes(b"broken")
    broken = library.open_entry(knower.folder)
    assert second_opinion.ask_others([first, broken], first, picture, 10.0, Stop()) is None


def test_what_a_model_knows_is_said_by_its_pictures(vector: Bundle) -> None:
    """Drawn faces for the built-in characters, else the folder's name, or the model's own where none is known."""
    for training, expected in (
        ({"data": None, "characters": 20}, None),
        ({"data": "/a/b/birds"}, "birds"),
        ({}, vector.info.name),
    ):
        assert second_opinion.known(dataclasses.replace(vector.info, training=training)) == expected
