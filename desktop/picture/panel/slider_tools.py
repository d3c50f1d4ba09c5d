"""What stands above the sliders: their actions, and a field to search among them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import theme
from desktop.i18n import bind
from desktop.state.services import Services
from desktop.widgets import glyphs
from desktop.widgets.glyphs import Glyph
from desktop.widgets.labels import ActionButton, label

PAGE = "picture"
SWITCHES: dict[Glyph, str] = {"star": "explore.favourites", "pad": "explore.pad", "drag": "drag.points"}


class SliderTools(QWidget):
    """Two rows. What they change is asked of their actions and of `needle`.

    Signals:
        changed(): Other sliders are to be listed.
    """

    changed = Signal()

    def __init__(self, services: Services) -> None:
        """Nothing is searched for; the actions are added here."""
        super().__init__()
        add = services.actions.add
        self.filmstrips = add(
            "explore.filmstrips",
            "view",
            "Filmstrips",
            lambda _: self.changed.emit(),
            keys="Ctrl+F",
            tip="Small pictures of what each slider does",
            page=PAGE,
            checkable=True,
        )
        self.favourites = add(
            "explore.favourites",
            "view",
            "Favourites",
            lambda _: self.changed.emit(),
            keys="Ctrl+Shift+K",
            tip="The sliders with a star alone",
            page=PAGE,
            checkable=True,
        )
        self.pad = add(
            "explore.pad",
            "view",
            "Pad",
            lambda _: self.changed.emit(),
            keys="Ctrl+Shift+P",
            tip="Two sliders of your choice as a plane to move in",
            page=PAGE,
            checkable=True,
        )
        self.search = SearchField()
        add("explore.search", "edit", "Search sliders", self._begin_search, keys="Ctrl+Shift+F", page=PAGE)
        self.search.textChanged.connect(self.changed)
        self._lay_out(services)

    @property
    def needle(self) -> str:
        """What is searched for."""
        return self.search.text()

    @property
    def is_filtering(self) -> bool:
        """Whether sliders of every group are looked through."""
        return bool(self.needle.strip()) or self.favourites.isChecked()

    def set_low(self, is_low: bool) -> None:
        """Where there is little room, the second row is there once it is asked for: its actions are in the menus."""
        self._second.setHidden(is_low and not self.needle)

    def search_for(self, text: str) -> None:
        """Begins a search that was typed elsewhere."""
        self._begin_search()
        self.search.setText(text)

    def _begin_search(self) -> None:
        self._second.show()
        self.search.begin()

    def _lay_out(self, services: Services) -> None:
        self._second = QWidget()
        head, tools = QHBoxLayout(), QHBoxLayout(self._second)
        for line in (head, tools):
            line.setSpacing(theme.GAP_SMALL)
            line.setContentsMargins(0, 0, 0, 0)
        head.addWidget(label("Sliders", "heading"), 1)
        tools.addWidget(self.search, 1)
        for name in ("explore.reset", "explore.keep", "explore.filmstrips"):
            action = services.actions[name]
            head.addWidget(ActionButton(action, role="" if action.isCheckable() else "small"))
        for glyph, name in SWITCHES.items():
            tools.addWidget(glyphs.switch(glyph, services.actions[name]))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(head)
        column.addWidget(self._second)


class SearchField(QLineEdit):
    """Escape empties it; Enter and Down go to the first slider that was found.

    Signals:
        left(): That is wanted.
    """

    left = Signal()

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.setClearButtonEnabled(True)
        self.setMinimumHeight(theme.FIELD_HEIGHT)
        bind(self, self.setPlaceholderText, "Search sliders")
        bind(self, self.setAccessibleName, "Search sliders")

    def begin(self) -> None:
        """What is typed from now on is searched for."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape shows all sliders again, Enter and Down leave for the first of them."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)
