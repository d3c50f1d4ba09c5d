"""One start after another: what was left is found again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.engine.library import ModelEntry
from desktop.widgets import question
from tests.desktop.shell.starts import Start, shown


def test_layout_page_and_looks_come_back(qtbot: QtBot, start: Start, qapp: QApplication) -> None:
    """Size, divider, theme and language are as they were left."""
    first = start()
    first.resize(860, 700)
    first.picture_page.splitter.setSizes([300, 320])
    sizes = first.picture_page.splitter.sizes()
    first.services.actions["theme.dark"].trigger()
    second = start()
    assert (second.width(), second.height()) == (860, 700)
    assert second.picture_page.splitter.sizes() == sizes
    assert second.appearance.theme.choice == "dark"
    assert theme.DARK.accent in qapp.styleSheet()
    second.services.actions["language.zh_CN"].trigger()
    third = start()
    assert third.services.actions["page.picture"].text() == "图片"
    third.services.actions["language.en"].trigger()
    qtbot.waitUntil(lambda: third.services.actions["page.picture"].text() == "Picture")


def test_recent_pictures_are_offered(qtbot: QtBot, start: Start, photo: Path, entry: ModelEntry) -> None:
    """What was opened is in the menu at the next start, opens from there, and the list can be cleared."""
    first = start()
    with qtbot.waitSignal(first.session.rendered):
        first.open(entry, photo)
    second = start()
    second.open(entry)
    recent = next(menu for menu in second.findChildren(QMenu) if menu.title() == "Open recent")
    with qtbot.waitSignal(second.session.rendered):
        recent.actions()[0].trigger()
    qtbot.waitUntil(lambda: second.session.scene is not None and shown(second).subject.picture is not None)
    assert shown(second).request.picture == photo
    recent.actions()[-1].trigger()
    assert not recent.isEnabled()


def test_the_first_start_says_what_to_do(qtbot: QtBot, start: Start) -> None:
    """Once, and then never again."""
    first = start()
    first.greet()
    welcome = first.message.text
    first.appearance.languages.choose("zh_CN")
    qtbot.waitUntil(lambda: first.message.text != welcome)  # whoever cannot read it changes the language first
    first.appearance.languages.choose("en")
    qtbot.waitUntil(lambda: first.message.text == welcome)
    assert "Drop a picture" in first.message.text
    second = start()
    second.greet()
    assert second.message.isHidden()


def test_everything_can_be_forgotten(
    qtbot: QtBot, start: Start, photo: Path, entry: ModelEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a question; closing does not write it all again."""
    first = start()
    with qtbot.waitSignal(first.session.rendered):
        first.open(entry, photo)
    monkeypatch.setattr(question, "agrees", lambda *_: False)
    first.services.actions["help.forget"].trigger()
    assert first.services.settings.recent == [photo]
    monkeypatch.setattr(question, "agrees", lambda *_: True)
    first.services.actions["help.forget"].trigger()
    second = start()
    assert second.services.settings.recent == []
    assert not second.keeper.open_last()
