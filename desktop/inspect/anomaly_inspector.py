"""What the Inspect page asks about anomalies, as calls that can run on any thread. No Qt."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np

from desktop.engine.anomaly import anomalies, detector_store, heat, review, samples
from desktop.engine.anomaly.anomalies import Report
from desktop.engine.anomaly.detector import COMBINED, Detector
from desktop.engine.anomaly.scores.base import Seen
from desktop.engine.anomaly.truth import find_masks
from desktop.engine.anomaly.whole import Looker
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.folder import update as indexing
from desktop.engine.folder.index import Index, Rows
from desktop.engine.watch import Progress, Stopped
from desktop.inspect.open_model import OpenModel
from desktop.inspect.place import Look, Place


class AnomalyInspector(OpenModel):
    """Fits detectors, scores pictures by them, and keeps what they learn from the user's verdicts."""

    def score(self, place: Place, good: Path, rate: float, progress: Progress, stopped: Stopped) -> Report:
        """Every picture scored by a detector fitted on the good ones, which may lie anywhere; it is kept.

        Raises:
            InspectionError: There are too few good pictures.
        """
        model, good = self.model(place.entry), good.resolve()
        inside = good == place.folder.resolve() or place.folder.resolve() in good.parents
        with (place if inside else Place(place.entry, good)).index() as reference:
            if not inside:
                indexing.update(reference, model, progress, stopped)
            wanted = anomalies.choose_scores(model.info, None)
            detector = anomalies.fit_to_folder(reference, good, model, wanted, None, rate, True, progress, stopped)
        with place.index() as index:
            report = self._report(index, detector, model, progress, stopped)
            detector_store.keep(detector, index)
        return report

    def score_again(self, place: Place, detector: Detector, progress: Progress, stopped: Stopped) -> Report:
        """Every picture scored by a detector that was kept."""
        with place.index() as index:
            return self._report(index, detector, self.model(place.entry), progress, stopped)

    def correct(self, place: Place, report: Report, rows: Rows, bad: bool) -> Report:
        """The report after the user's verdict on some pictures, with a detector that has learnt from it and is kept.

        Raises:
            InspectionError: A picture was not scored.
        """
        with place.index() as index:
            corrected = review.correct(report, index, rows, bad)
            detector_store.keep(corrected.detector, index)
        return corrected

    def undo_correction(self, place: Place, report: Report) -> Report:
        """The report before the last verdict.

        Raises:
            InspectionError: There is none.
        """
        with place.index() as index:
            undone = review.undo(report, index)
            detector_store.keep(undone.detector, index)
        return undone

    def keep(self, place: Place, detector: Detector) -> None:
        """Keeps a detector, as it is now, as the one of the folder."""
        with place.index() as index:
            detector_store.keep(detector, index)

    def give(self, place: Place, detector: Detector, target: Path) -> Path:
        """Writes a copy of the model with a detector in it; gives its place.

        Raises:
            BundleError, InspectionError: The target holds something that is not a bundle, or the disk refused.
        """
        return detector_store.write_bundle_with(detector, place.entry.require(), target).path

    def _report(
        self, index: Index, detector: Detector, model: Autoencoder, progress: Progress, stopped: Stopped
    ) -> Report:
        report = anomalies.inspect(index, detector, progress, stopped, model)
        masks = find_masks(index.folder)
        if report.bad is None or masks is None or stopped():
            return report
        return dataclasses.replace(report, results=anomalies.measure_masks(report, index, model, masks))

    def look(self, place: Place, row: int, detector: Detector | None, score: str = COMBINED) -> Look:
        """One picture from near: with the heat map of a score, at the picture's own size, where the score has one."""
        with place.index() as index:
            seen, path, size = (
                samples.gather(index, np.array([row]), self.model(place.entry)),
                index.path(row),
                index.size,
            )
        assert seen.originals is not None
        assert seen.reconstruction is not None
        if detector is None or not (score == COMBINED or score in detector.pixel_tails):
            return Look(row, seen.originals[0], seen.reconstruction[0], None)
        looker = Looker(self.model(place.entry), size)
        pixels = looker.read(path)
        whole = looker.look(pixels) if detector.local else Seen(seen.codes, {}, pixels[None])
        heat_map = detector.heat_of(whole, seen, score)
        return Look(row, pixels, seen.reconstruction[0], heat.overlay(pixels, heat_map))
