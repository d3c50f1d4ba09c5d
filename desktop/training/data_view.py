"""What the network will see of the pictures: a grid, what is known of the files, and those that are passed over."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from desktop import theme
from desktop.i18n import bind, tr
from desktop.training import words
from desktop.training.preview import Preview, Previewer
from desktop.widgets.labels import ActionButton, label
from desktop.widgets.picture_view import PictureView
from desktop.widgets.progress_strip import ProgressStrip
from desktop.widgets.rows import row


class DataView(QWidget):
    """Follows a previewer: its progress, its answer, or why there is none."""

    def __init__(self, previewer: Previewer, look: QAction) -> None:
        """Nothing is known yet; the action asks."""
        super().__init__()
        self._previewer = previewer
        self._shown: Preview | None = None
        self.facts, self.chosen = label("", "plain"), label("", "muted")
        self.grid, self.files, self.progress = PictureView(""), QTableWidget(0, 2), ProgressStrip()
        for text in (self.facts, self.chosen):
            text.setWordWrap(True)
        bind(self.files, self.files.setAccessibleName, "Files that are passed over, and near-duplicates")
        self.files.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.files.verticalHeader().hide()
        self.files.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.files.horizontalHeader().setStretchLastSection(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(row(ActionButton(look), self.progress, None))
        column.addWidget(self.facts)
        column.addWidget(self.chosen)
        column.addWidget(self.grid, 2)
        column.addWidget(self.files, 1)
        self.progress.cancelled.connect(self._give_up)
        previewer.progressed.connect(self._show_progress)
        previewer.found.connect(self._show)
        previewer.failed.connect(self._tell)
        self.clear()

    def clear(self) -> None:
        """Other pictures are chosen."""
        self._shown = None
        self.progress.hide()
        self.facts.setText(tr("The trainer looks at the pictures as a training would, and prepares them on the way."))
        self.chosen.hide()
        self.files.hide()
        self.grid.show_picture(tr("What the network will see"), "", None)

    def wait(self) -> None:
        """The trainer was asked."""
        self.progress.show_progress(tr("The trainer looks at the pictures…"), 0, 0)

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            if self._shown is None:
                self.clear()
            else:
                self._show(self._shown)

    @Slot()
    def _give_up(self) -> None:
        self._previewer.cancel()
        self.progress.hide()

    @Slot(int, int)
    def _show_progress(self, done: int, total: int) -> None:
        said = tr("Preparing pictures, {done:,} of {total:,}", done=done, total=total)
        self.progress.show_progress(said, done, total)

    @Slot(object)
    def _show(self, found: Preview) -> None:
        self._shown = found
        self.progress.hide()
        self.facts.setText("\n".join(words.preview(found)))
        self.chosen.setText("\n".join(map(words.said, found.chosen)))
        self.chosen.setVisible(bool(found.chosen))
        about = tr("whole above, damaged below") if found.damaged else tr("{size} pixels", size=found.size)
        self.grid.show_picture(tr("What the network will see"), about, found.grid)
        self._fill(found)

    @Slot(object)
    def _tell(self, text: str) -> None:
        self.progress.hide()
        self.facts.setText(words.said(text))

    def _fill(self, found: Preview) -> None:
        near = [
            (name, tr("nearly the same as {name}, which is trained on", name=other)) for name, other in found.duplicates
        ]
        rows = [*found.skipped, *near]
        self.files.setHorizontalHeaderLabels([tr("File"), tr("Why it stands here")])
        self.files.setRowCount(len(rows))
        for place, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self.files.setItem(place, column, item)
        self.files.setVisible(bool(rows))
