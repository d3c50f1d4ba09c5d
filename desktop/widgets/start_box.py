"""What to start from: the picture, the mean, or a random code."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from desktop import theme
from desktop.i18n import bind, mark
from desktop.widgets import plain
from desktop.widgets.fields import inset
from desktop.widgets.labels import button, label

LARGEST_SEED = 2**31 - 1


class StartBox(QWidget):
    """Three buttons, and what random codes are drawn by: sampler, seed and truncation.

    Signals:
        picture_asked(), mean_asked(), random_asked(): A button was pressed.
        drawn(): The user chose a sampler, typed a seed or changed the truncation; read them from the properties.
    """

    picture_asked = Signal()
    mean_asked = Signal()
    random_asked = Signal()
    drawn = Signal()

    def __init__(self) -> None:
        """No samplers yet."""
        super().__init__()
        self.picture = button("Picture", "The picture's own latent (Ctrl+Home)")
        self.mean = button("Mean latent", "The mean latent of the training set (Ctrl+M)")
        self.random = button("Random", "A random latent, by a new seed (Ctrl+R)")
        for each in (self.picture, self.mean, self.random):
            each.setProperty("role", "small")
        self.samplers, self._seed, self._truncation = QComboBox(), QLineEdit("0"), QDoubleSpinBox()
        self._seed.setValidator(QIntValidator(0, LARGEST_SEED))
        self._truncation.setRange(0.0, 1.0)
        self._truncation.setSingleStep(0.05)
        inset(self._truncation)
        self._truncation.setValue(1.0)
        for field, name, tip in (
            (self.samplers, mark("Sampler"), mark("What random latents are drawn from")),
            (self._seed, mark("Seed"), mark("The same seed always draws the same latent; type one and press Enter")),
            (
                self._truncation,
                mark("Truncation"),
                mark("1: as they are drawn; less pulls them to the mean latent"),
            ),
        ):
            bind(field, field.setAccessibleName, name)
            bind(field, field.setToolTip, tip)
        self._lay_out()
        self.picture.clicked.connect(self.picture_asked)
        self.mean.clicked.connect(self.mean_asked)
        self.random.clicked.connect(self.random_asked)
        self.samplers.activated.connect(self.drawn)
        self._seed.returnPressed.connect(self.drawn)
        self._truncation.valueChanged.connect(self.drawn)

    @property
    def sampler(self) -> int:
        """The place of the chosen sampler in the list given; -1 while there is none."""
        return self.samplers.currentIndex()

    @property
    def seed(self) -> int:
        """The seed shown; 0 where nothing is typed."""
        return int(self._seed.text() or 0)

    @property
    def truncation(self) -> float:
        """In [0, 1]."""
        return self._truncation.value()

    def set_samplers(self, names: Sequence[str], tips: Sequence[str]) -> None:
        """Other samplers, the best first; no signal."""
        with QSignalBlocker(self.samplers):
            self.samplers.clear()
            for name, tip in zip(names, tips):
                self.samplers.addItem(name)
                self.samplers.setItemData(self.samplers.count() - 1, plain.tip(tip), 3)  # Qt.ItemDataRole.ToolTipRole

    def set_seed(self, seed: int) -> None:
        """Shows another seed; no signal."""
        self._seed.setText(str(seed))

    def set_has_picture(self, has_picture: bool) -> None:
        """Without a picture its button has nothing to go back to."""
        self.picture.setEnabled(has_picture)

    @Slot()
    def focus_seed(self) -> None:
        """Lets the user type a seed."""
        self._seed.setFocus()
        self._seed.selectAll()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP_SMALL)
        buttons.addWidget(label("Start from", "heading"), 1)
        for each in (self.picture, self.mean, self.random):
            buttons.addWidget(each)
        fields = QGridLayout()
        fields.setHorizontalSpacing(theme.GAP_SMALL)
        fields.setVerticalSpacing(2)
        columns = (
            (mark("Sampler"), self.samplers, 4),
            (mark("Seed"), self._seed, 3),
            (mark("Truncation"), self._truncation, 2),
        )
        for column, (name, field, stretch) in enumerate(columns):
            caption = label(name, "number")
            caption.setBuddy(field)
            field.setMinimumSize(64, theme.FIELD_HEIGHT)
            fields.addWidget(caption, 0, column)
            fields.addWidget(field, 1, column)
            fields.setColumnStretch(column, stretch)
        whole = QGridLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setVerticalSpacing(theme.GAP_SMALL)
        whole.addLayout(buttons, 0, 0)
        whole.addLayout(fields, 1, 0)
