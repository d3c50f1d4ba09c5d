"""The controls of the map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.i18n import bind, mark, tr
from desktop.inspect.tools.layout import caption, column
from desktop.widgets.labels import button, label
from desktop.widgets.legend import Legend
from desktop.widgets.plane.view import Tool
from desktop.widgets.rows import row
from desktop.widgets.segments import Segments

FOLDERS = mark("Folder")

ColourKind = Literal["folder", "label", "score"]


class MapTools(QWidget):
    """How the map is laid out, what the mouse does on it, and what its colours mean.

    Signals:
        changed(): Other colours.
        tool_chosen(name): Another tool.
        layout_chosen(name): The user wants it laid out by `pca`, `tsne` or `umap`.
        film_asked(): The painted morph is to be saved.
    """

    changed = Signal()
    tool_chosen = Signal(str)
    layout_chosen = Signal(str)
    film_asked = Signal()

    def __init__(self) -> None:
        """Pointing, coloured by folder."""
        super().__init__()
        choices: list[tuple[Tool, str, str]] = [
            (
                "point",
                mark("Point"),
                mark("Click a picture to choose it, twice to open it; drag to decode what lies between"),
            ),
            ("lasso", mark("Lasso"), mark("Draw around pictures to select them")),
        ]
        self.tools = Segments(choices)
        self.colour, self.said = QComboBox(), label("", "number")
        bind(self.colour, self.colour.setAccessibleName, "Colours")
        self.plan, self.film = QComboBox(), button("Save morph…", "Save the painted path as a film")
        bind(self.plan, self.plan.setAccessibleName, "Layout")
        tip = mark("The principal plane is there at once; t-SNE and UMAP keep neighbours together")
        bind(self.plan, self.plan.setToolTip, tip)
        self.film.setProperty("role", "small")
        self.film.setEnabled(False)
        self.legend = Legend()
        self._scores: list[tuple[str, str, str]] = []
        self._factors: list[str] = []
        self._name_colours()
        self._name_plans()
        rows = column(self)
        rows.addLayout(row(self.tools, self.plan, caption(mark("Colours")), self.colour, None, self.film))
        rows.addLayout(row(self.said, None, label("Wheel: zoom · right button: move · Shift: lasso", "number")))
        rows.addWidget(self.legend)
        self.film.clicked.connect(self.film_asked)
        self.plan.activated.connect(lambda _: self.layout_chosen.emit(self.plan.currentData()))
        self.tools.chosen.connect(self.tool_chosen)
        self.colour.currentIndexChanged.connect(self.changed)

    def set_plan(self, name: str) -> None:
        """Says how the map is laid out, without a signal."""
        self.plan.setCurrentIndex(self.plan.findData(name))

    def _name_plans(self) -> None:
        before = max(0, self.plan.currentIndex())
        self.plan.clear()
        self.plan.addItem(tr("Principal plane"), "pca")
        self.plan.addItem("t-SNE", "tsne")
        self.plan.addItem("UMAP", "umap")
        self.plan.setCurrentIndex(before)

    @property
    def colour_by(self) -> tuple[ColourKind, str]:
        """What colours stand for, and the name of the score or of the factor."""
        kind, _, name = str(self.colour.currentData() or "folder:").partition(":")
        return cast("ColourKind", kind), name

    def set_scores(self, scores: Sequence[tuple[str, str, str]]) -> None:
        """The scores that may be shown in colour: name, title and tip."""
        self._scores = list(scores)
        self._name_colours()

    def set_factors(self, factors: Sequence[str]) -> None:
        """The labels that may be shown in colour, by the names of their factors."""
        self._factors = list(factors)
        self._name_colours()

    def _name_colours(self) -> None:
        """The choices; what was chosen stays if it can."""
        before = self.colour.currentData()
        with QSignalBlocker(self.colour):
            self.colour.clear()
            self.colour.addItem(tr(FOLDERS), "folder:")
            for factor in self._factors:
                self.colour.addItem(factor, f"label:{factor}")
            for name, title, _ in self._scores:
                self.colour.addItem(tr(title), f"score:{name}")
            self.colour.setCurrentIndex(max(0, self.colour.findData(before)))

    def retranslate(self) -> None:
        """The same choices in another language."""
        self._name_plans()
        self._name_colours()
