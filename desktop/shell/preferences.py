"""The preferences: looks, language, provider, defaults, and the caches."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import get_args

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop import failures, i18n, theme
from desktop.engine.folder import caches
from desktop.engine.folder.caches import Cache
from desktop.engine.machine import providers
from desktop.engine.machine.providers import KINDS, Asked
from desktop.i18n import bind, mark, tr
from desktop.languages import LANGUAGES
from desktop.shell.appearance import THEMES, Appearance
from desktop.state.services import Services
from desktop.theme import Choice
from desktop.widgets import question
from desktop.widgets.labels import button, label
from desktop.worker import Worker

START_SETTING = "start"
STARTS = (("", mark("With the last session")), ("fresh", mark("With the first model")))
FITS = (("crop", mark("The middle of the picture")), ("fit", mark("All of the picture, with a margin")))
Choices = Sequence[tuple[str, str]]  # a key, and what is shown
CACHES: dict[str, str] = {"indexes": mark("Inspected folders"), "training": mark("Pictures prepared for training")}


class Preferences(QDialog):
    """Every choice holds at once and at the next start."""

    def __init__(self, services: Services, appearance: Appearance, parent: QWidget | None = None) -> None:
        """Sizes of caches come once they are measured."""
        super().__init__(parent)
        self._services, self._appearance = services, appearance
        bind(self, self.setWindowTitle, "Preferences")
        self.boxes: dict[str, QComboBox] = {}
        self._choices: dict[str, Callable[[], Choices]] = {}
        self.sizes: dict[str, QLabel] = {}
        self.caches: dict[str, Cache] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.GAP)
        self._grid.setVerticalSpacing(theme.GAP_SMALL)
        self._grid.setColumnStretch(1, 1)
        self._add_choices()
        self._worker = Worker(self)
        self.finished.connect(self._worker.stop)
        self._empty_buttons = {kind: self._cache_row(kind) for kind in CACHES}
        close = button("Close", "Close this window", primary=True)
        close.clicked.connect(self.accept)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.GAP_LARGE, theme.GAP_LARGE, theme.GAP_LARGE, theme.GAP)
        whole.setSpacing(theme.GAP)
        whole.addLayout(self._grid)
        whole.addStretch(1)
        whole.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.setMinimumWidth(560)
        self._measure()

    def _add_choices(self) -> None:
        services, appearance = self._services, self._appearance
        self._heading(mark("Looks"))
        by_name: dict[str, Choice | None] = {choice or "": choice for choice in THEMES}
        self._choice(
            "theme",
            mark("Theme"),
            lambda: [(choice or "", tr(text)) for choice, text in THEMES.items()],
            appearance.theme.choice or "",
            lambda key: appearance.choose_theme(by_name[key]),
        )
        self._choice(
            "language",
            mark("Language"),
            lambda: [("", tr("Language of the system")), *LANGUAGES.items()],
            appearance.languages.choice or "",
            lambda key: appearance.choose_language(key or None),
        )
        self._heading(mark("Computing"))
        names = {kind.key: kind.name for kind in KINDS}
        offered = [(kind.key, names[kind.key]) for kind in providers.offered()]
        self._choice(
            "provider",
            mark("Provider"),
            lambda: [("auto", tr("Choose automatically")), *offered],
            services.session.asked,
            self._choose_provider,
        )
        self._heading(mark("Defaults"))
        start = services.settings.text(START_SETTING)
        self._choice(
            "start",
            mark("The program starts"),
            lambda: [(key, tr(text)) for key, text in STARTS],
            start,
            lambda key: services.settings.set_text(START_SETTING, key),
        )
        self._choice(
            "fit",
            mark("A model of fixed size sees"),
            lambda: [(key, tr(text)) for key, text in FITS],
            services.session.fit,
            self._choose_fit,
        )

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            i18n.retranslate(self)
            for name, box in self.boxes.items():
                for place, (_, shown) in enumerate(self._choices[name]()):
                    box.setItemText(place, shown)
            for kind, size in self.sizes.items():
                size.setText(size_text(self.caches[kind].bytes) if kind in self.caches else tr("measuring…"))
        super().changeEvent(event)

    def _heading(self, text: str) -> None:
        row = self._grid.rowCount()
        self._grid.setRowMinimumHeight(row, theme.GAP_SMALL)
        self._grid.addWidget(label(text, "heading"), row + 1, 0, 1, 3)

    def _choice(
        self, name: str, text: str, choices: Callable[[], Choices], current: str, choose: Callable[[str], object]
    ) -> None:
        box, self._choices[name] = QComboBox(), choices
        for key, shown in choices():
            box.addItem(shown, key)
        box.setCurrentIndex(max(0, box.findData(current)))
        bind(box, box.setAccessibleName, text)
        box.setMinimumHeight(theme.FIELD_HEIGHT)
        box.activated.connect(lambda place: choose(str(box.itemData(place))))
        row = self._grid.rowCount()
        self._grid.addWidget(label(text, "muted"), row, 0)
        self._grid.addWidget(box, row, 1, 1, 2)
        self.boxes[name] = box

    def _cache_row(self, kind: str) -> QWidget:
        if not self.sizes:
            self._heading(mark("Caches"))
        row, size = self._grid.rowCount(), label("", "plain")
        size.setText(tr("measuring…"))
        empty = button("Empty", "Remove what can be made again", role="quiet")
        empty.setEnabled(False)
        empty.clicked.connect(functools.partial(self._ask_to_empty, kind))
        self._grid.addWidget(label(CACHES[kind], "muted"), row, 0)
        self._grid.addWidget(size, row, 1)
        self._grid.addWidget(empty, row, 2)
        self.sizes[kind] = size
        return empty

    def _choose_provider(self, key: str) -> None:
        asked: Asked = next((each for each in get_args(Asked) if each == key), "auto")
        self._services.asked = self._services.settings.provider = asked
        self._services.session.set_provider(asked)

    def _choose_fit(self, key: str) -> None:
        self._services.settings.set_text("fit", key)
        self._services.session.set_fit("fit" if key == "fit" else "crop")

    def _measure(self) -> None:
        self._worker.submit(caches.caches, self._show, self._fail)

    def _show(self, found: Sequence[Cache]) -> None:
        for cache in found:
            self.caches[cache.kind] = cache
            self.sizes[cache.kind].setText(size_text(cache.bytes))
            self.sizes[cache.kind].setToolTip(str(cache.place))
            self._empty_buttons[cache.kind].setEnabled(cache.bytes > 0)

    def _ask_to_empty(self, kind: str) -> None:
        cache = self.caches[kind]
        text = tr("Empty this cache of {size}? It is made again when it is needed.", size=size_text(cache.bytes))
        if question.agrees(self, text, tr("Empty cache")):
            self._empty_buttons[kind].setEnabled(False)
            self._worker.submit(functools.partial(caches.empty, cache), lambda _: self._measure(), self._fail)

    def _fail(self, error: Exception) -> None:
        self._services.warned.emit(failures.sentence(error))
        self._measure()


def size_text(count: int) -> str:
    """Bytes as people say them."""
    if count < 1_000_000:
        return tr("{size} kB", size=f"{count / 1000:.0f}")
    if count < 1_000_000_000:
        return tr("{size} MB", size=f"{count / 1e6:.1f}")
    return tr("{size} GB", size=f"{count / 1e9:.1f}")
