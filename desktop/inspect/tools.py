"""The controls above each view of the Inspect page: plain values in, signals out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QComboBox, QLabel, QLineEdit, QPushButton, QSlider, QVBoxLayout, QWidget

from desktop import theme
from desktop.engine.anomaly.detector import Origin
from desktop.i18n import bind, mark, tr
from desktop.widgets.folder_field import FolderField
from desktop.widgets.labels import ActionButton, button, label
from desktop.widgets.legend import Legend
from desktop.widgets.plane_view import Tool
from desktop.widgets.rows import row

RATE_STEPS, SMALLEST_RATE, LARGEST_RATE = 200, 0.001, 0.5
FIRST_RATE = 0.05
LIMIT_STEPS, LARGEST_LIMIT = 100, 0.5  # of doubles, as a share of the typical distance
FIRST_LIMIT = 0.1
FOLDERS = mark("Folder")

ColourKind = Literal["folder", "label", "score"]


class Segments(QWidget):
    """A few buttons, of which one is down.

    Signals:
        chosen(name): The user pressed another one.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str, str]]) -> None:
        """Name, text and tip of each; the first is down."""
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        for name, text, tip in choices:
            each = button(text, tip)
            each.setProperty("role", "segment")
            each.setCheckable(True)
            each.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            group.addButton(each)
            self.buttons[name] = each
        self.setLayout(row(*self.buttons.values()))
        self.choose(choices[0][0])

    def choose(self, name: str) -> None:
        """Puts a button down, without a signal."""
        self.buttons[name].setChecked(True)


class OddTools(QWidget):
    """The good folder, the score, and the false-alarm rate.

    Signals:
        changed(): Another score or rate; neither asks for new scores.
        chosen(): The user chose another score, or let go of another rate.
    """

    changed = Signal()
    chosen = Signal()

    def __init__(self, actions: Sequence[ActionButton]) -> None:
        """`actions`: to judge, to export, to move, and to take a move back."""
        super().__init__()
        self.good = FolderField(
            mark("Folder of good pictures"), mark("A folder of good pictures, within this one or elsewhere")
        )
        self.score, self.rate = QComboBox(), QSlider(Qt.Orientation.Horizontal)
        bind(self.score, self.score.setAccessibleName, "Score")
        bind(self.score, self.score.setPlaceholderText, "Score")
        bind(self.rate, self.rate.setAccessibleName, "False alarms")
        bind(self.rate, self.rate.setToolTip, "The share of good pictures that may be called odd")
        self.rate.setRange(0, RATE_STEPS)
        self.rate.setMaximumWidth(150)
        self.score.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.score.setMinimumWidth(130)
        self.rate.setValue(_to_step(FIRST_RATE))
        self.said = label("", "number")
        judge, *rest = actions
        for each in rest:
            each.setProperty("role", "small")
        column = _column(self)
        column.addLayout(row(_words(mark("Good pictures")), self.good, judge))
        column.addLayout(row(self.score, _words(mark("False alarms")), self.rate, None))
        column.addLayout(row(self.said, None, *rest))
        self.score.currentIndexChanged.connect(self.changed)
        self.rate.valueChanged.connect(self.changed)
        self.score.activated.connect(self.chosen)
        self.rate.sliderReleased.connect(self.chosen)
        self.set_scores([])

    @property
    def false_alarm_rate(self) -> float:
        """In (0, 1)."""
        share = self.rate.value() / RATE_STEPS
        return float(SMALLEST_RATE * (LARGEST_RATE / SMALLEST_RATE) ** share)

    @property
    def chosen_score(self) -> str:
        """The score's name; empty without scores."""
        return self.score.currentData() or ""

    def set_scores(self, scores: Sequence[tuple[str, str, str]]) -> None:
        """Name, title and tip of each score, the combination first; the chosen one stays if it can."""
        before, self._scores = self.chosen_score, list(scores)
        with QSignalBlocker(self.score):
            self.score.clear()
            for name, title, tip in scores:
                self.score.addItem(tr(title), name)
                self.score.setItemData(self.score.count() - 1, tr(tip), Qt.ItemDataRole.ToolTipRole)
            self.score.setCurrentIndex(max(0, self.score.findData(before)) if scores else -1)
        for widget in (self.score, self.rate):
            widget.setEnabled(bool(scores))

    def show_judge(self, origin: Origin) -> None:
        """The good folder, the score and the rate of a judge."""
        self.good.set_path(Path(origin.good))
        with QSignalBlocker(self.score), QSignalBlocker(self.rate):
            self.score.setCurrentIndex(max(0, self.score.findData(origin.score)))
            self.rate.setValue(_to_step(origin.false_alarm_rate))

    def retranslate(self) -> None:
        """The same scores in another language."""
        self.set_scores(self._scores)

    def suggest_good(self, folder: Path) -> None:
        """Fills in the folder of good pictures, where nothing is typed that is there."""
        if self.good.path is None or not self.good.path.is_dir():
            self.good.set_path(folder)


class SimilarTools(QWidget):
    """Of what the look-alikes are.

    Signals:
        code_asked(): They are to be those of the sliders' code.
    """

    code_asked = Signal()

    def __init__(self) -> None:
        """Of nothing yet."""
        super().__init__()
        self.said = label("", "number")
        self.of_code = button("Of the sliders' code", "Those of the code that is steered on the Picture page")
        self.of_code.setProperty("role", "small")
        _column(self).addLayout(row(self.said, None, self.of_code))
        self.of_code.clicked.connect(self.code_asked)


class DoublesTools(QWidget):
    """How near two pictures must be.

    Signals:
        changed(): Another limit.
    """

    changed = Signal()

    def __init__(self) -> None:
        """At a tenth of the typical distance."""
        super().__init__()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, LIMIT_STEPS)
        self.slider.setMaximumWidth(220)
        self.slider.setValue(round(FIRST_LIMIT / LARGEST_LIMIT * LIMIT_STEPS))
        bind(self.slider, self.slider.setAccessibleName, "Largest distance of doubles")
        tip = mark("As a share of the distance of two pictures picked at random")
        bind(self.slider, self.slider.setToolTip, tip)
        self.said = label("", "number")
        _column(self).addLayout(row(_words(mark("Largest distance")), self.slider, self.said, None))
        self.slider.valueChanged.connect(self.changed)

    @property
    def limit(self) -> float:
        """As a share of the typical distance."""
        return self.slider.value() / LIMIT_STEPS * LARGEST_LIMIT


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
            ("point", mark("Point"), mark("Click to decode the point under the mouse; drag to paint a morph")),
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
        column = _column(self)
        column.addLayout(row(self.tools, self.plan, _words(mark("Colours")), self.colour, None, self.film))
        column.addLayout(row(self.said, None, label("The wheel zooms; the right button moves the map.", "number")))
        column.addWidget(self.legend)
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


class ConceptMaker(QWidget):
    """Two piles of pictures, and a name for what they differ in.

    Signals:
        added(pile): The selected pictures are to go on the pile `more` or `less`.
        cleared(): Both piles are to be empty.
        asked(name): A slider is to be made.
    """

    added = Signal(str)
    cleared = Signal()
    asked = Signal(str)

    def __init__(self) -> None:
        """Both piles empty."""
        super().__init__()
        self.more = button("More: 0", "Put the selected pictures under 'more'")
        self.less = button("Less: 0", "Put the selected pictures under 'less'")
        self.clear = button("Clear", "Empty both")
        self.name, self.make = QLineEdit(), button("Make slider", "A concept slider in Explore, from these pictures")
        bind(self.name, self.name.setPlaceholderText, "What they differ in")
        bind(self.name, self.name.setAccessibleName, "Name of the concept")
        for each in (self.more, self.less, self.clear, self.make):
            each.setProperty("role", "small")
        column = _column(self)
        column.addWidget(label("A slider from examples", "heading"))
        column.addLayout(row(self.more, self.less, self.clear, None))
        column.addLayout(row(self.name, self.make))
        self.more.clicked.connect(lambda: self.added.emit("more"))
        self.less.clicked.connect(lambda: self.added.emit("less"))
        self.clear.clicked.connect(self.cleared)
        self.make.clicked.connect(self._ask)
        self.name.returnPressed.connect(self._ask)
        self.name.textChanged.connect(self._follow)
        self.set_counts(0, 0)

    def set_counts(self, more: int, less: int) -> None:
        """How many pictures are on each pile."""
        self._counts = more, less
        self.more.setText(tr("More: {count}", count=more))
        self.less.setText(tr("Less: {count}", count=less))
        self._follow()

    @Slot()
    def _follow(self) -> None:
        self.make.setEnabled(min(self._counts) >= 3 and bool(self.name.text().strip()))
        self.clear.setEnabled(any(self._counts))

    @Slot()
    def _ask(self) -> None:
        if self.make.isEnabled():
            self.asked.emit(self.name.text())


def _words(text: str) -> QLabel:
    """A label that is never narrower than its text."""
    result = label(text, "number")
    result.setMinimumWidth(0)
    return result


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.GAP_SMALL)
    return column


def _to_step(rate: float) -> int:
    return round(math.log(rate / SMALLEST_RATE) / math.log(LARGEST_RATE / SMALLEST_RATE) * RATE_STEPS)
