"""Every option of the trainer, as the trainer itself lists them: its name, its value, and what it does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QProcess, Qt, Signal, Slot
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from desktop import theme
from desktop.i18n import bind
from desktop.training import launch
from desktop.widgets.labels import label

OWN = frozenset({"data", "out", "resume"})  # which the page asks for itself
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class Advanced(QWidget):
    """A table of options, filled once the trainer has listed them.

    Signals:
        changed(): Another value was typed.
        listed(): The options are there.
    """

    changed = Signal()
    listed = Signal()

    def __init__(self) -> None:
        """Empty until `load`."""
        super().__init__()
        self._options: list[Mapping[str, Any]] = []
        self.search, self.table, self._said = QLineEdit(), QTableWidget(0, 2), label("", "muted")
        bind(self.search, self.search.setPlaceholderText, "Search the options")
        bind(self.search, self.search.setAccessibleName, "Search the options")
        bind(self.table, self.table.setAccessibleName, "Options of the trainer")
        self.search.textChanged.connect(self._filter)
        self.table.itemChanged.connect(self.changed)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        self._process = QProcess(self)
        self._process.finished.connect(self._on_listed)

    @Slot()
    def load(self) -> None:
        """Asks the trainer for its options, once; its answer takes as long as torch takes to load."""
        if not self._options and self._process.state() == QProcess.ProcessState.NotRunning:
            self._process.start(launch.python(), ["-m", "trainer.options", "--json"])

    def stop(self) -> None:
        """The window closes."""
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished()

    @property
    def arguments(self) -> tuple[str, ...]:
        """The options that differ from their defaults, as they would be typed."""
        found: list[str] = []
        for row, option in enumerate(self._options):
            item = self._value(row)
            if option["type"] == "flag":
                if (item.checkState() == CHECKED) != bool(option["default"]):
                    found.append(option["flag"])
            elif item.text().strip() != _text(option["default"]):
                found += [option["flag"], item.text().strip()]
        return tuple(found)

    def set_value(self, flag: str, value: str | bool) -> None:
        """Fills in one option.

        Raises:
            KeyError: There is no such option.
        """
        row = {option["flag"]: row for row, option in enumerate(self._options)}[flag]
        if isinstance(value, bool):
            self._value(row).setCheckState(CHECKED if value else UNCHECKED)
        else:
            self._value(row).setText(value)

    def _value(self, row: int) -> QTableWidgetItem:
        item = self.table.item(row, 1)
        assert item is not None
        return item

    @Slot()
    def _on_listed(self) -> None:
        try:
            listed = json.loads(bytes(self._process.readAllStandardOutput().data()))["options"]
        except (ValueError, KeyError, TypeError):
            return  # no trainer is installed, which the page says
        self._options = [option for option in listed if option["name"] not in OWN]
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._options))
        for row, option in enumerate(self._options):
            self._fill(row, option)
        self.table.blockSignals(False)
        self._filter(self.search.text())
        self.listed.emit()

    def _fill(self, row: int, option: Mapping[str, Any]) -> None:
        name, value = QTableWidgetItem(option["flag"]), QTableWidgetItem()
        name.setFlags(Qt.ItemFlag.ItemIsEnabled)
        if option["type"] == "flag":
            value.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            value.setCheckState(CHECKED if option["default"] else UNCHECKED)
        else:
            value.setText(_text(option["default"]))
        told = option["help"] + "".join(
            f"\n{what}: {told}"
            for what, told in (("unit", option["unit"]), ("choices", ", ".join(option["choices"] or ())))
            if told
        )
        for item in (name, value):
            item.setToolTip(f"<qt>{_escaped(told)}</qt>")  # so that a long line is folded
        self.table.setItem(row, 0, name)
        self.table.setItem(row, 1, value)

    @Slot(str)
    def _filter(self, text: str) -> None:
        words = text.lower().split()
        for row, option in enumerate(self._options):
            content = f"{option['flag']} {option['group']} {option['help']}".lower()
            self.table.setRowHidden(row, not all(word in content for word in words))


def _text(default: object) -> str:
    return "" if default is None else f"{default:g}" if isinstance(default, float) else str(default)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
