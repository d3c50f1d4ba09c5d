"""Everything by keyboard, and a name for everything that a screen reader comes to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QTabBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.engine.library import ModelEntry
from desktop.pages import PAGES
from desktop.state.actions import MENUS
from desktop.window import Window
from tests.desktop.windows import open_window

CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)


@pytest.fixture
def window(qtbot: QtBot, entry: ModelEntry, photo: Path) -> Iterator[Window]:
    """A window with every page made, a model and a picture."""
    window = open_window(qtbot, entry, photo)
    for spec in PAGES:
        window.show_page(spec.name)
    yield window
    window.close()


def controls(window: Window) -> list[QWidget]:
    """What a user works with; not the parts that Qt makes controls of."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, CONTROLS)
        and not isinstance(widget, QScrollBar)
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget.parent(), QComboBox | QAbstractSpinBox | QLineEdit | QTabBar | QTableView)
        and not any("Private" in parent.metaObject().className() for parent in _parents(widget))
    ]


def _parents(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def test_every_control_has_a_name(window: Window) -> None:
    """Its text, or an accessible name; a symbol alone is none."""
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in controls(window)
        if not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and any(character.isalnum() for character in widget.text()))
    ]
    assert nameless == []


def test_every_control_takes_the_focus(window: Window) -> None:
    """By Tab or with the arrows; what is only for the mouse has an action of its own or a neighbour that does it."""
    for widget in controls(window):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            assert isinstance(widget, QAbstractButton), widget
            assert widget.text() or widget.accessibleName(), widget


def test_every_action_is_in_a_menu_with_a_text(window: Window) -> None:
    """So that each is reached by keyboard, shortcut or not; and no two of one page share a shortcut."""
    titles = [action.text() for action in window.menuBar().actions()]
    assert len(titles) == len(MENUS)
    for menu in MENUS:
        actions = window.services.actions.of_menu(menu)
        assert actions
        for action in actions:
            assert action.isSeparator() or action.text(), action.objectName()


def test_the_shortcuts_are_listed_with_their_texts(window: Window) -> None:
    """Every shortcut that works is in the list."""
    listed = {keys for _, _, keys in window.services.actions.shortcuts()}
    for menu in MENUS:
        for action in window.services.actions.of_menu(menu):
            assert (
                action.shortcut().isEmpty()
                or action.shortcut().toString(action.shortcut().SequenceFormat.NativeText) in listed
            )
