"""The doctor's findings in a window of their own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop import failures, theme
from desktop.engine.library import ModelEntry
from desktop.i18n import bind, mark, told, tr
from desktop.shell import doctor
from desktop.shell.doctor import Finding, Grade
from desktop.widgets.labels import button, label
from desktop.worker import Worker

FOUND_WIDTH = 320  # device-independent pixels, at the least
ROLES: dict[Grade, theme.Role] = {"good": "grade-good", "note": "grade-note", "bad": "grade-bad"}
GRADES: dict[Grade, str] = {"good": mark("Works"), "note": mark("Note"), "bad": mark("To fix")}


class DoctorDialog(QDialog):
    """Examines the machine on a thread of its own, and lists what it found; what to type can be copied."""

    def __init__(self, model: ModelEntry | None, parent: QWidget | None = None) -> None:
        """Begins at once, with that model to try."""
        super().__init__(parent)
        bind(self, self.setWindowTitle, "Doctor")
        self.resize(720, 480)
        self.findings: list[Finding] = []
        self._heading = label("", "title")
        self._heading.setText(tr("Looking at this machine…"))
        self.copy_button = button("Copy report", "Copy the findings as text")
        self.copy_button.setEnabled(False)
        self.close_button = button("Close", "Close this window", primary=True)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.viewport().setAutoFillBackground(False)
        self._lay_out()
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.accept)
        self._worker = Worker(self)
        self.finished.connect(self._worker.stop)
        bundle = model.bundle if model is not None else None
        self._worker.submit(lambda: doctor.examine(bundle), self._show, self._fail)

    @property
    def heading(self) -> str:
        """What the findings come to."""
        return self._heading.text()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.copy_button)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_LARGE, theme.GAP_LARGE, theme.GAP_LARGE, theme.GAP)
        column.setSpacing(theme.GAP)
        column.addWidget(self._heading)
        column.addWidget(self._scroll, 1)
        column.addLayout(foot)

    def _show(self, findings: list[Finding]) -> None:
        self.findings = findings
        well = doctor.is_well(findings)
        self._heading.setText(tr("Everything works") if well else tr("Something needs fixing"))
        inside = QWidget()
        inside.setAutoFillBackground(False)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, theme.SCROLL_BAR, 0)
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(theme.GAP)
        grid.setColumnStretch(2, 1)
        for row, finding in enumerate(findings):
            grade = label("", ROLES[finding.grade])
            grade.setText(tr(GRADES[finding.grade]))
            name, found = label("", "heading"), label("", "plain")
            name.setText(told(finding.what))
            text = told(finding.found)
            found.setText(f"{text}\n{told(finding.cure)}" if finding.cure else text)
            found.setWordWrap(True)
            found.setMinimumWidth(FOUND_WIDTH)  # else it asks for the height that it has at one pixel
            found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            for column, widget in enumerate((grade, name, found)):
                grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(len(findings), 1)
        self._scroll.setWidget(inside)
        self.copy_button.setEnabled(True)

    def _fail(self, error: Exception) -> None:
        self._heading.setText(tr("The examination failed: {reason}", reason=failures.sentence(error)))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(doctor.report(self.findings))
