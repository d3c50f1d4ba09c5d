"""Messages over the page: good news fades, a problem stays until it is put away, and belongs to its page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPropertyAnimation, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent
from PySide6.QtWidgets import QFrame, QGraphicsOpacityEffect, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.i18n import mark
from desktop.theme import icons
from desktop.widgets.labels import button, tool

WIDEST = 620  # device-independent pixels
SHORTEST_MS, MS_A_LETTER, FADE_MS = 4000, 60, 400
MOST = 4  # problems at the same time


class Toasts(QWidget):
    """Lies over a widget, at its foot, and is as large as what it says; hidden while there is nothing to say.

    Signals:
        folder_asked(path): The user wants to see the file that a message is about.
    """

    folder_asked = Signal(object)

    def __init__(self, over: QWidget) -> None:
        """Nothing to say."""
        super().__init__(over)
        self._over, self._page = over, ""
        self._toasts: list[Toast] = []
        self._text = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GAP_SMALL)
        over.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence said last."""
        return self._text

    @property
    def texts(self) -> list[str]:
        """What is shown on the present page, the newest last."""
        return [toast.text for toast in self._toasts if not toast.isHidden()]

    @property
    def folder_button(self) -> QPushButton:
        """Of the newest message.

        Raises:
            IndexError: There is none.
        """
        return self._toasts[-1].folder_button

    @property
    def undo_button(self) -> QPushButton:
        """Of the newest message.

        Raises:
            IndexError: There is none.
        """
        return self._toasts[-1].undo_button

    @property
    def dismiss_button(self) -> QPushButton:
        """Of the newest message.

        Raises:
            IndexError: There is none.
        """
        return self._toasts[-1].dismiss_button

    def show_page(self, page: str) -> None:
        """Another page is shown: its problems come back, those of the other pages wait there."""
        self._page = page
        self._arrange()

    def show_problem(self, text: str, page: str | None = None) -> None:
        """Says what went wrong, on the page where it did; None is the present one."""
        self._add(Toast(text, True, self._page if page is None else page))

    def show_news(self, text: str, path: Path | None = None, undo: Callable[[], object] | None = None) -> None:
        """Says what was done, wherever the user is, and offers to show the file that it is about, or to undo it."""
        for toast in [each for each in self._toasts if not each.is_problem]:
            self._drop(toast)
        self._add(Toast(text, False, None, path, undo))

    @Slot()
    def clear(self) -> None:
        """Something else begins: what was said of the present page is over."""
        for toast in [each for each in self._toasts if each.page in (None, self._page)]:
            self._drop(toast)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays at the foot of what it lies over."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place()
        return False

    def _add(self, toast: Toast) -> None:
        self._text = toast.text
        same = [each for each in self._toasts if (each.text, each.page) == (toast.text, toast.page)]
        problems = [each for each in self._toasts if each.is_problem and each.page == toast.page]
        for each in [*same, *(problems[: max(0, len(problems) + 1 - MOST)] if toast.is_problem else [])]:
            if each in self._toasts:
                self._drop(each)
        toast.ended.connect(self._end)
        toast.folder_asked.connect(self.folder_asked)
        self._toasts.append(toast)
        self._column.addWidget(toast)
        self._arrange()
        QAccessible.updateAccessibility(QAccessibleEvent(toast, QAccessible.Event.Alert))

    @Slot()
    def _end(self) -> None:
        toast = self.sender()
        if isinstance(toast, Toast) and toast in self._toasts:
            self._drop(toast)

    def _drop(self, toast: Toast) -> None:
        self._toasts.remove(toast)
        self._column.removeWidget(toast)
        toast.hide()
        toast.deleteLater()
        self._arrange()

    def _arrange(self) -> None:
        for toast in self._toasts:
            toast.setVisible(toast.page in (None, self._page))
        self.setVisible(any(not toast.isHidden() for toast in self._toasts))
        self._place()

    def _place(self) -> None:
        if self.isHidden():
            return
        width = min(WIDEST, self._over.width() - 2 * theme.GAP)
        height = self._column.heightForWidth(width) if self._column.hasHeightForWidth() else self.sizeHint().height()
        left, top = (self._over.width() - width) // 2, self._over.height() - height - theme.GAP
        self.setGeometry(left, top, width, height)
        self.raise_()


class Toast(QFrame):
    """One message.

    Signals:
        ended(): It was put away, or has faded.
        folder_asked(path): The user wants to see the file that it is about.
    """

    ended = Signal()
    folder_asked = Signal(object)

    def __init__(
        self,
        text: str,
        is_problem: bool,
        page: str | None,
        path: Path | None = None,
        undo: Callable[[], object] | None = None,
    ) -> None:
        """`page` is where it is shown; None is everywhere. `undo` undoes what it is about."""
        super().__init__()
        self.text, self.is_problem, self.page = text, is_problem, page
        self.setObjectName("message")
        self.setProperty("problem", is_problem)
        sign = QPushButton()
        sign.setProperty("role", "tool")
        sign.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        sign.setAccessibleName(text)
        icons.dress(sign, "problem" if is_problem else "good")
        said = QLabel(text)
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setWordWrap(True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.folder_button = button("Show in folder", "Open the folder that the file is in", role="quiet")
        self.folder_button.clicked.connect(lambda: self.folder_asked.emit(path))
        self.undo_button = button("Undo", "Undo what this message is about", role="quiet")
        if undo is not None:
            self.undo_button.clicked.connect(self.ended)
            self.undo_button.clicked.connect(lambda: undo())
        self.dismiss_button = tool("remove", mark("Dismiss"))
        self.dismiss_button.clicked.connect(self.ended)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GAP_SMALL, theme.GAP_SMALL, theme.GAP_SMALL, theme.GAP_SMALL)
        buttons = ((self.folder_button, 0), (self.undo_button, 0), (self.dismiss_button, 0))
        for widget, stretch in ((sign, 0), (said, 1), *buttons):
            row.addWidget(widget, stretch, Qt.AlignmentFlag.AlignVCenter)
        self.folder_button.setVisible(path is not None)  # now that it lies in a layout: before, it would be a window
        self.undo_button.setVisible(undo is not None)
        self._rest = QTimer(self, singleShot=True, interval=SHORTEST_MS + MS_A_LETTER * len(text))
        self._rest.timeout.connect(self._fade)
        if not is_problem:
            self._rest.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        """What is being read stays."""
        self._rest.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """It has been read."""
        if not self.is_problem:
            self._rest.start()

    @Slot()
    def _fade(self) -> None:
        effect = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(effect)
        animation = QPropertyAnimation(effect, b"opacity", self)
        animation.setDuration(FADE_MS)
        animation.setStartValue(1.0)
        animation.setEndValue(0.0)
        animation.setEasingCurve(QEasingCurve.Type.InQuad)
        animation.finished.connect(self.ended)
        animation.start()
