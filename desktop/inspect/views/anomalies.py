"""The anomalies: all pictures, the most anomalous first, those beyond the threshold marked."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Slot

from desktop.engine.anomaly import recalibration
from desktop.engine.anomaly.anomalies import Report
from desktop.engine.anomaly.detector import COMBINED
from desktop.engine.folder.index import Rows
from desktop.i18n import tr
from desktop.inspect import words
from desktop.inspect.inspection import Inspection
from desktop.inspect.tools.anomalies import AnomalyTools
from desktop.inspect.views.view import Blank, View
from desktop.widgets import plain
from desktop.widgets.thumbnail_grid import ThumbnailGrid


class AnomaliesView(View):
    """Sorts the grid by the chosen score, and marks what lies beyond the threshold of the chosen false-alarm rate."""

    def __init__(
        self, inspection: Inspection, tools: AnomalyTools, grid: ThumbnailGrid, parent: QObject | None = None
    ) -> None:
        """Nothing is scored yet."""
        super().__init__(tools, grid, parent)
        self._inspection, self._tools, self._grid = inspection, tools, grid
        self._said: dict[int, bool] = {}  # the verdicts of the user that the captions say
        tools.changed.connect(self.refresh)
        tools.chosen.connect(self._keep)
        inspection.indexed.connect(self._clear)
        inspection.scored.connect(self._show_scores)

    def blank(self) -> Blank | None:
        """Before anything is scored."""
        if self._inspection.report is not None:
            return None
        if self._inspection.is_asked("scores"):
            sentence = tr("A detector is being fitted on the good pictures, and every picture is scored by it.")
            return Blank(sentence)
        sentence = tr("Anomalies are pictures unlike the good ones, on which a detector is fitted first.")
        return Blank(sentence, tr("Find anomalies"), self._tools.asked.emit)

    @property
    def score(self) -> str:
        """The score that the pictures are sorted by; the combination before there is any."""
        return self._tools.chosen_score or COMBINED

    @property
    def anomalous(self) -> Rows:
        """The rows beyond the threshold; none before there are scores."""
        report = self._inspection.report
        return np.empty(0, np.int64) if report is None else report.rows[self._past(report)]

    @Slot()
    def refresh(self) -> None:
        """Sorts and marks by the score and the rate that are chosen."""
        report, rows = self._inspection.report, self._inspection.rows
        if not self.is_shown or rows is None:
            return
        if report is None:
            self._tools.said.setText("")
            self._grid.pictures.show_rows(rows)
            return
        rate = self._tools.false_alarm_rate
        values = report.verdicts.scores[self.score]
        anomalous = self._past(report)
        order = np.argsort(-values, kind="stable")
        text = words.anomaly_count(int(anomalous.sum()), len(anomalous), rate, self.score, report)
        self._tools.said.setText(text)
        self._tools.counted.emit(int(anomalous.sum()))
        self._tools.said.setToolTip(plain.tip(text))  # in a narrow window its end is cut off
        detector = dataclasses.replace(report.detector, found=recalibration.found(report.detector.at(rate)))
        self._tools.trust.setText(words.trust(detector))
        self._tools.trust.setToolTip(plain.tip(words.trust_in_full(detector)))
        said = self._inspection.corrected()
        if said == self._said and np.array_equal(self._grid.pictures.rows, report.rows[order]):
            self._grid.pictures.set_marked(anomalous[order])
        else:
            self._grid.pictures.show_rows(report.rows[order], self._captions(report.rows[order]), anomalous[order])
            self._said = said
            self._grid.scrollToTop()

    def retranslate(self) -> None:
        """The names of the scores, and what was found."""
        self._tools.retranslate()
        self.refresh()

    def _captions(self, rows: Rows) -> Callable[[int], str]:
        """What the user said of a picture, or else its name."""
        said = self._inspection.corrected()
        words_of = {True: tr("missed"), False: tr("not an anomaly")}

        def caption(position: int) -> str:
            row = int(rows[position])
            return words_of[said[row]] if row in said else self._inspection.name_of(row).rsplit("/", 1)[-1]

        return caption

    def _past(self, report: Report) -> NDArray[np.bool_]:
        threshold = report.detector.tails[self.score].threshold(self._tools.false_alarm_rate)
        past: NDArray[np.bool_] = report.verdicts.scores[self.score] >= threshold
        said = self._inspection.corrected()
        if said:
            places = np.flatnonzero(np.isin(report.rows, list(said)))
            past[places] = [said[row] for row in report.rows[places].tolist()]
        return past

    @Slot()
    def _clear(self) -> None:
        self._tools.set_scores([])

    @Slot()
    def _show_scores(self) -> None:
        report = self._inspection.report
        if report is not None:
            self._tools.set_scores(words.score_choices(report))
            self._tools.show_detector(report.detector.origin)
            self.refresh()

    @Slot()
    def _keep(self) -> None:
        """The detector that is kept has the rate and the score that the user let go of."""
        if self._tools.chosen_score:
            self._inspection.keep(self._tools.false_alarm_rate, self._tools.chosen_score)
