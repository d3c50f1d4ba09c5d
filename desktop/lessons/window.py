"""The lessons in a window of their own: the list at the left, the one that is read at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.i18n import bind, tr
from desktop.lessons.catalogue import lessons
from desktop.lessons.page import LessonPage
from desktop.widgets.labels import button
from desktop.widgets.rows import row

LIST_WIDTH = 260


class LessonsWindow(QDialog):
    """Every lesson; leaving one, or closing the window, ends what it trains."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begins with the first."""
        super().__init__(parent)
        bind(self, self.setWindowTitle, "Lessons")
        self.resize(1040, 760)
        self.list, self._scroll = QListWidget(), QScrollArea()
        bind(self.list, self.list.setAccessibleName, "Lessons")
        self.list.setFixedWidth(LIST_WIDTH)
        for _ in lessons():
            item = QListWidgetItem()
            item.setSizeHint(QSize(0, theme.ROW_HEIGHT))
            self.list.addItem(item)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.page = LessonPage(lessons()[0])
        self._put(self.page)
        close = button("Close", "Close this window")
        close.clicked.connect(self.accept)
        content = QHBoxLayout()
        content.setSpacing(theme.GAP_LARGE)
        content.addWidget(self.list)
        content.addWidget(self._scroll, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.GAP_LARGE, theme.GAP_LARGE, theme.GAP_LARGE, theme.GAP)
        whole.setSpacing(theme.GAP)
        whole.addLayout(content, 1)
        whole.addLayout(row(None, close))
        self._say_titles()
        self.list.setCurrentRow(0)
        self.list.currentRowChanged.connect(self.show_lesson)
        self.finished.connect(self.stop)

    @Slot(int)
    def show_lesson(self, place: int) -> None:
        """Shows a lesson anew; what the one before trained is ended."""
        self.page.stop()
        self.page = LessonPage(lessons()[place])
        self._put(self.page)

    @Slot()
    def stop(self) -> None:
        """Ends what is trained."""
        self.page.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Names the lessons in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say_titles()

    def _put(self, page: LessonPage) -> None:
        page.setAutoFillBackground(False)
        page.run_button.setDefault(True)
        self._scroll.setWidget(page)  # which deletes the page before

    def _say_titles(self) -> None:
        for place, lesson in enumerate(lessons()):
            self.list.item(place).setText(f"{lesson.number}  {tr(lesson.title)}")
