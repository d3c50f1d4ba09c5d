"""Labels and buttons in the roles that the theme knows. Their texts are given in English and translated here."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QAction, QHelpEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QToolTip

from desktop import theme
from desktop.i18n import bind
from desktop.theme import icons
from desktop.widgets import plain


def label(text: str, role: theme.Role) -> QLabel:
    """A label of plain text (file names are never taken for markup) that may be narrower than its text.

    A `text` follows the language; a label whose text changes is made with "" and given `tr(...)`.
    """
    result = _Label()
    if text:
        bind(result, result.setText, text)
    result.setProperty("role", role)
    if role == "title":
        result.cut_in_the_middle()
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setMinimumWidth(1)
    result.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return result


def button(text: str, tip: str, primary: bool = False, icon: str = "", role: str = "") -> QPushButton:
    """A button with a tooltip; `icon` is one of `desktop/icons`, `role` one of the style sheet's."""
    result = QPushButton()
    bind(result, result.setText, text)
    bind(result, result.setToolTip, tip)
    if primary or role:
        result.setProperty("role", "primary" if primary else role)
    if icon:
        icons.dress(result, icon)
    return result


def tool(icon: str, name: str) -> QPushButton:
    """A button of an icon alone; `name` is what screen readers and the tooltip say."""
    result = QPushButton()
    bind(result, result.setAccessibleName, name)
    bind(result, result.setToolTip, name)
    result.setProperty("role", "tool")
    icons.dress(result, icon)
    return result


class ActionButton(QPushButton):
    """A button that does what an action does, and looks and is enabled as the action is."""

    def __init__(self, action: QAction, primary: bool = False, role: str = "") -> None:
        """Its tooltip is the action's, with the shortcut; one that can be checked is a switch, unless it has a role."""
        super().__init__()
        self._action, self._is_narrow = action, False
        is_switch = action.isCheckable() and not role
        if primary or role or is_switch:
            self.setProperty("role", "primary" if primary else role or "toggle")
        name = "switch" if is_switch else icons.OF_ACTION.get(action.objectName(), "")
        if name and role not in ("segment", "small", "tab"):
            icons.dress(self, name)
        self.setCheckable(action.isCheckable())
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def set_narrow(self, is_narrow: bool) -> None:
        """The icon alone, where there is little room."""
        self._is_narrow = is_narrow
        self._follow()

    @Slot()
    def _follow(self) -> None:
        action = self._action
        self.setText("" if self._is_narrow else action.text())
        self.setAccessibleName(action.text())
        self.setEnabled(action.isEnabled())
        self.setChecked(action.isChecked())
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(f"{action.toolTip()} ({keys})" if keys else action.toolTip())


class _Label(QLabel):
    """A label with three dots where its line is longer than it is wide; its tooltip then has all of it.

    One that wraps is as high as its lines are at its own width, not at the least one, which would leave a gap.
    """

    _elide = Qt.TextElideMode.ElideRight

    def sizeHint(self) -> QSize:
        """Of a text that wraps, for the present width."""
        hint = super().sizeHint()
        if self.wordWrap():
            hint.setHeight(self.heightForWidth(max(self.width(), hint.width())))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has other lines."""
        super().resizeEvent(event)
        if self.wordWrap() and event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def cut_in_the_middle(self) -> None:
        """Names differ at their ends."""
        self._elide = Qt.TextElideMode.ElideMiddle

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, cut where it must be."""
        room, metrics = self.contentsRect(), self.fontMetrics()
        text = self.text()
        if self.wordWrap() or "\n" in text or metrics.horizontalAdvance(text) <= room.width():
            super().paintEvent(event)
            return
        shown = metrics.elidedText(text, self._elide, room.width())
        painter = QPainter(self)
        flags = int(self.alignment()) | int(Qt.TextFlag.TextSingleLine)
        self.style().drawItemText(painter, room, flags, self.palette(), self.isEnabled(), shown, self.foregroundRole())

    def event(self, event: QEvent) -> bool:
        """Shows the whole line on hovering, where it is cut and there is no other tooltip."""
        if event.type() == QEvent.Type.ToolTip and not self.toolTip() and isinstance(event, QHelpEvent):
            cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
            shown = plain.tip(self.text()) if cut and not self.wordWrap() else ""
            QToolTip.showText(event.globalPos(), shown, self)
            return True
        return super().event(event)
