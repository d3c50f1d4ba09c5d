"""The tabs of the Inspect page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QTabBar, QToolButton

from desktop.i18n import bind, mark, tr
from desktop.widgets import plain


class Tabs(QTabBar):
    """One tab for each view, with the number of what it found.

    Signals:
        chosen(name): The user turned to another one.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str, str]]) -> None:
        """Name, text and tip of each, in English; the first is in front."""
        super().__init__()
        self._choices = list(choices)
        self._counts: dict[str, int] = {}
        self.setDrawBase(False)
        self.setExpanding(False)
        bind(self, self.setAccessibleName, "Views")
        with QSignalBlocker(self):
            for name, _, _ in choices:
                self.setTabData(self.addTab(""), name)
        self._name_tabs()
        for arrow, text in zip(self.findChildren(QToolButton), (mark("Scroll left"), mark("Scroll right"))):
            bind(arrow, arrow.setAccessibleName, text)
        self.currentChanged.connect(self._tell)

    def choose(self, name: str) -> None:
        """Brings a tab to the front, without a signal."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self._place(name))

    def click(self, name: str) -> None:
        """Turns to a tab as the user does."""
        self.setCurrentIndex(self._place(name))

    def set_count(self, name: str, count: int | None) -> None:
        """How much a view has found; None while nobody knows."""
        if count is None:
            self._counts.pop(name, None)
        else:
            self._counts[name] = count
        self._name_tabs()

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._name_tabs()
        super().changeEvent(event)

    def _place(self, name: str) -> int:
        return [each for each, _, _ in self._choices].index(name)

    def _name_tabs(self) -> None:
        for place, (name, text, tip) in enumerate(self._choices):
            count = self._counts.get(name)
            self.setTabText(place, tr(text) if count is None else f"{tr(text)} · {count:,}")
            self.setTabToolTip(place, plain.tip(tr(tip)))

    @Slot(int)
    def _tell(self, place: int) -> None:
        self.chosen.emit(self.tabData(place))
