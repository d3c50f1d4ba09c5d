"""Twelve random latents to choose from, and what they are drawn by."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QIntValidator, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.i18n import bind, mark, tr
from desktop.widgets import plain
from desktop.widgets.fields import inset
from desktop.widgets.labels import label, tool
from desktop.widgets.picture_strip import icon
from desktop.widgets.rows import row

LARGEST_SEED = 2**31 - 1
CANDIDATES, ACROSS = 12, 6
SIDE, GAP = 52, 5  # device-independent pixels


class RandomTray(QWidget):
    """A grid of candidates, two lines of six; their sampler, seed and truncation are in a popover.

    Signals:
        chosen(index): The user wants that candidate.
        more_asked(): The user wants twelve others.
        drawn(): The user chose a sampler, typed a seed or changed the truncation.
        closed(): The user puts the tray away.
    """

    chosen = Signal(int)
    more_asked = Signal()
    drawn = Signal()
    closed = Signal()

    def __init__(self) -> None:
        """Empty places, and no samplers yet."""
        super().__init__()
        self.grid = QListWidget()
        self.options, self.more = (
            tool("options", mark("Sampler, seed and truncation")),
            tool("random", mark("Twelve others")),
        )
        self._close = tool("remove", mark("Close the random latents"))
        self.popover = DrawingOptions(self)
        self._caption = label("", "number")
        self._dress_grid()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.grid)
        column.addLayout(row(self._caption, None, self.more, self.options, self._close, gap=2))
        self.grid.clicked.connect(lambda index: self.chosen.emit(index.row()))
        self.grid.activated.connect(lambda index: self.chosen.emit(index.row()))
        self.more.clicked.connect(self.more_asked)
        self.options.clicked.connect(self.show_options)
        self._close.clicked.connect(self.closed)
        self.popover.drawn.connect(self.drawn)

    def set_candidates(self, seeds: Sequence[int]) -> None:
        """As many empty places as there are seeds; pictures come one by one with `set_picture`."""
        self.grid.clear()
        blank = QPixmap(SIDE, SIDE)
        blank.fill(Qt.GlobalColor.transparent)
        for seed in seeds:
            item = QListWidgetItem(QIcon(blank), "")
            text = tr("Random latent of seed {seed}", seed=seed)
            item.setToolTip(text)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, text)
            self.grid.addItem(item)
        if seeds:
            self.grid.setCurrentRow(0)
            self._caption.setText(tr("Seeds {first} to {last}", first=seeds[0], last=seeds[-1]))

    def set_picture(self, index: int, image: QImage) -> None:
        """What a candidate looks like."""
        self.grid.item(index).setIcon(icon(image, SIDE))

    @property
    def pictures(self) -> int:
        """How many candidates have their picture."""
        return sum(self.grid.item(each).icon().availableSizes()[0].width() > SIDE for each in range(self.grid.count()))

    @Slot()
    def show_options(self) -> None:
        """Opens the popover, its seed ready to be typed over."""
        place = self.options.mapToGlobal(QPoint(self.options.width(), self.options.height()))
        self.popover.adjustSize()
        self.popover.move(place - QPoint(self.popover.width(), 0))
        self.popover.show()
        self.popover.seed_line.setFocus()
        self.popover.seed_line.selectAll()

    def _dress_grid(self) -> None:
        grid = self.grid
        bind(grid, grid.setAccessibleName, "Random latents")
        grid.setViewMode(QListWidget.ViewMode.IconMode)
        grid.setMovement(QListWidget.Movement.Static)
        grid.setUniformItemSizes(True)
        grid.setIconSize(QSize(SIDE, SIDE))
        grid.setGridSize(QSize(SIDE + GAP, SIDE + GAP))
        grid.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        grid.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        grid.viewport().setAutoFillBackground(False)
        grid.setFixedHeight((CANDIDATES // ACROSS) * (SIDE + GAP) + 4)


class DrawingOptions(QFrame):
    """A popover with what random latents are drawn by.

    Signals:
        drawn(): The user chose a sampler, typed a seed or changed the truncation; read them from the properties.
    """

    drawn = Signal()

    def __init__(self, parent: QWidget) -> None:
        """No samplers yet; it closes at a click elsewhere."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popover")
        self.samplers, self.seed_line, self.truncation_box = QComboBox(), QLineEdit("0"), QDoubleSpinBox()
        self.seed_line.setValidator(QIntValidator(0, LARGEST_SEED))
        self.truncation_box.setRange(0.0, 1.0)
        self.truncation_box.setSingleStep(0.05)
        inset(self.truncation_box)
        self.truncation_box.setValue(1.0)
        self._lay_out()
        self.samplers.activated.connect(self.drawn)
        self.seed_line.returnPressed.connect(self.drawn)
        self.truncation_box.valueChanged.connect(self.drawn)

    @property
    def sampler(self) -> int:
        """The place of the chosen sampler in the list given; -1 while there is none."""
        return self.samplers.currentIndex()

    @property
    def seed(self) -> int:
        """The seed shown; 0 where nothing is typed."""
        return int(self.seed_line.text() or 0)

    @property
    def truncation(self) -> float:
        """In [0, 1]."""
        return self.truncation_box.value()

    def set_samplers(self, names: Sequence[str], tips: Sequence[str]) -> None:
        """Other samplers, the best first; no signal."""
        with QSignalBlocker(self.samplers):
            self.samplers.clear()
            for name, tip in zip(names, tips):
                self.samplers.addItem(name)
                self.samplers.setItemData(self.samplers.count() - 1, plain.tip(tip), Qt.ItemDataRole.ToolTipRole.value)

    def set_seed(self, seed: int) -> None:
        """Shows another seed; no signal."""
        self.seed_line.setText(str(seed))

    def _lay_out(self) -> None:
        fields: tuple[tuple[str, QWidget, str], ...] = (
            (mark("Sampler"), self.samplers, mark("What random latents are drawn from")),
            (
                mark("Seed"),
                self.seed_line,
                mark("The same seed always draws the same latent; type one and press Enter"),
            ),
            (
                mark("Truncation"),
                self.truncation_box,
                mark("At 1 they stay as drawn; less pulls them towards the mean latent"),
            ),
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        for place, (name, field, tip) in enumerate(fields):
            bind(field, field.setAccessibleName, name)
            bind(field, field.setToolTip, tip)
            field.setMinimumSize(140, theme.FIELD_HEIGHT)
            grid.addWidget(label(name, "muted"), place, 0)
            grid.addWidget(field, place, 1)
