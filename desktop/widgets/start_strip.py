"""What to start from, in one strip: the picture, the mean latent, random latents, training pictures and snapshots."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.i18n import bind, mark, tr
from desktop.theme import icons
from desktop.widgets.labels import button, label
from desktop.widgets.picture_strip import PictureStrip
from desktop.widgets.random_tray import RandomTray
from desktop.widgets.rows import row
from desktop.widgets.snapshot_strip import SnapshotStrip
from desktop.widgets.track import TICKS, Track

BUTTONS = (
    ("picture", mark("Picture"), mark("The picture's own latent (Ctrl+Home)")),
    ("mean", mark("Mean latent"), mark("The mean latent of the training set (Ctrl+M)")),
    ("random", mark("Random"), mark("A random latent, and eleven others to choose from (Ctrl+R)")),
    ("gallery", mark("Gallery"), mark("Training pictures to start from")),
    ("snapshots", mark("Snapshots"), mark("Snapshots that you kept, to go back to and to mix")),
)
ICONS = {"snapshots": "snapshot"}  # where it is not called as the button is


class StartStrip(QWidget):
    """A line of buttons; the tray under it holds random latents, training pictures or snapshots, or is folded away.

    Signals:
        picture_asked(), mean_asked(), random_asked(): A button was pressed.
        kept(): The present picture is to be kept as a snapshot.
        mixed(first, second, share): The slider between two snapshots was moved; 0 is the first.
        grabbed(): A new movement of that slider begins.
    """

    picture_asked = Signal()
    mean_asked = Signal()
    random_asked = Signal()
    kept = Signal()
    mixed = Signal(str, str, float)
    grabbed = Signal()

    def __init__(self) -> None:
        """Folded."""
        super().__init__()
        self.buttons = {name: _start_button(name, text, tip) for name, text, tip in BUTTONS}
        self.random_tray, self.gallery, self.snapshots = RandomTray(), PictureStrip(), SnapshotStrip()
        self.keep_button = button("Keep snapshot", "Keep the current picture as a snapshot (Ctrl+T)", icon="add")
        self.keep_button.setProperty("role", "quiet")
        self.track, self._mix_label = Track(), label("", "number")
        self._mixing: tuple[str, str] | None = None
        self._hint = label("Drag one on another to mix them", "muted")
        self._trays: dict[str, QWidget] = {
            "random": self.random_tray,
            "gallery": self.gallery,
            "snapshots": self._snapshot_tray(),
        }
        self._lay_out()
        self._connect()
        self.show_tray("")

    @property
    def picture(self) -> QToolButton:
        """Starts from the picture."""
        return self.buttons["picture"]

    @property
    def mean(self) -> QToolButton:
        """Starts from the mean latent."""
        return self.buttons["mean"]

    @property
    def random(self) -> QToolButton:
        """Draws a random latent, and shows others."""
        return self.buttons["random"]

    @property
    def tray(self) -> str:
        """Which tray is open: `random`, `gallery`, `snapshots`, or none."""
        return next((name for name, tray in self._trays.items() if not tray.isHidden()), "")

    @property
    def mixing(self) -> tuple[str, str] | None:
        """The two snapshots that are being mixed."""
        return self._mixing

    def show_tray(self, name: str) -> None:
        """Opens one tray, and closes the others; "" closes all."""
        for each, tray in self._trays.items():
            tray.setVisible(each == name)
            self.buttons[each].setChecked(each == name)

    def set_low(self, is_low: bool) -> None:
        """Smaller pictures, where there is little room."""
        self.gallery.set_low(is_low)
        self.snapshots.set_low(is_low)

    def set_has_picture(self, has_picture: bool) -> None:
        """Without a picture its button has nothing to go back to."""
        self.picture.setEnabled(has_picture)

    def set_has_gallery(self, has_gallery: bool) -> None:
        """Without training pictures their button has nothing to show."""
        self.buttons["gallery"].setEnabled(has_gallery)
        if not has_gallery and self.tray == "gallery":
            self.show_tray("")

    def set_mixing(self, pair: tuple[str, str] | None, share: float = 0.5) -> None:
        """Shows the slider between two snapshots, or none; no signal."""
        self._mixing = pair
        with QSignalBlocker(self.track):
            self.track.setValue(round(share * TICKS))
        self.track.start = 0
        self.track.setVisible(pair is not None)
        self._mix_label.setVisible(pair is not None)
        self._hint.setVisible(pair is None and self.snapshots.count() > 1)
        if pair is not None:
            self._mix_label.setText(f"{pair[0]} → {pair[1]}")
            name = tr("Mix of {first} and {second}", first=pair[0], second=pair[1])
            self.track.setAccessibleName(name)
            self.track.setToolTip(name)

    def _snapshot_tray(self) -> QWidget:
        self.track.setRange(0, TICKS)
        bind(self.track, self.track.setAccessibleName, "Mix of two snapshots")
        result = QWidget()
        column = QVBoxLayout(result)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.snapshots)
        column.addLayout(row(self.keep_button, self._hint, self._mix_label, self.track))
        self.set_mixing(None)
        return result

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(0)
        for each in self.buttons.values():
            line.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(line)
        for tray in self._trays.values():
            column.addWidget(tray)

    def _connect(self) -> None:
        self.picture.clicked.connect(self.picture_asked)
        self.mean.clicked.connect(self.mean_asked)
        self.random.clicked.connect(self.random_asked)
        for name in ("gallery", "snapshots"):
            self.buttons[name].clicked.connect(lambda _=False, name=name: self._toggle(name))
        self.random_tray.closed.connect(lambda: self.show_tray(""))
        self.keep_button.clicked.connect(self.kept)
        self.track.valueChanged.connect(self._tell_mix)
        self.track.sliderPressed.connect(self.grabbed)
        self.track.sliderReleased.connect(self.grabbed)

    def _toggle(self, name: str) -> None:
        self.show_tray("" if self.tray == name else name)

    @Slot(int)
    def _tell_mix(self, ticks: int) -> None:
        if self._mixing is not None:
            self.mixed.emit(*self._mixing, ticks / TICKS)


def _start_button(name: str, text: str, tip: str) -> QToolButton:
    result = QToolButton()
    bind(result, result.setText, text)
    bind(result, result.setToolTip, tip)
    result.setProperty("role", "start")
    result.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
    result.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    result.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    result.setMinimumWidth(1)
    result.setCheckable(name not in ("picture", "mean"))
    icons.dress(result, ICONS.get(name, name))
    return result
