"""The anomalies of a folder, found by a detector that is fitted on a folder of good pictures."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.engine.anomaly import samples, truth
from desktop.engine.anomaly.detector import COMBINED, Detector, Origin, Verdicts
from desktop.engine.anomaly.fit import fit_detector
from desktop.engine.anomaly.good import Good
from desktop.engine.anomaly.ranking import Truth
from desktop.engine.anomaly.scores import registry
from desktop.engine.anomaly.scores.base import Score
from desktop.engine.anomaly.truth import MaskColour, Result
from desktop.engine.anomaly.whole import Looker
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import InspectionError
from desktop.engine.folder.index import Files, Index, Rows, model_key
from desktop.engine.folder.maps import Maps
from desktop.engine.watch import Progress, Stopped, never, silent
from export.bundle import BundleInfo

LARGEST_MEASURED = 400  # pictures whose pixels are compared with masks
MEASURED_SIDE = 512  # blocks each way, of which the largest pixel counts, in larger pictures


@dataclasses.dataclass(frozen=True, eq=False)
class Report:
    """What was found in a folder.

    Attributes:
        detector: By which.
        rows: int64 `[N]`, of the index, in the order of their paths.
        verdicts: On each; on a picture that the detector was fitted to, what was said while that one was held out.
        bad: bool `[N]`, where the folder has good and bad sub-folders; else None.
        results: How well each score tells bad from good, by name; empty where it is not known which are bad.
    """

    detector: Detector
    rows: Rows
    verdicts: Verdicts
    bad: Truth | None
    results: dict[str, Result]

    def scores_of(self, rows: Rows, name: str) -> NDArray[np.float64]:
        """What some rows score, `[N]`; nan where one was not scored."""
        found = np.full(len(rows), np.nan)
        order = np.argsort(self.rows)
        known = np.isin(rows, self.rows)
        found[known] = self.verdicts.scores[name][order[np.searchsorted(self.rows[order], rows[known])]]
        return found


def choose_scores(info: BundleInfo, names: Sequence[str] | None) -> list[Score]:
    """The scores of those names; every one that the model offers where None are named.

    Raises:
        InspectionError: A name is not known.
    """
    known = registry.offered(info.latent.kind, info.sha256)
    for name in names or ():
        if name not in known:
            raise InspectionError(
                "there is no score {name!r} for this model; there are {known}.", name=name, known=", ".join(known)
            )
    return [known[name] for name in names] if names else list(known.values())


def default_combination(wanted: Sequence[Score]) -> list[str]:
    """What is combined unless the user says otherwise: the model's scores, `detail` and `spots`; or else all."""
    return [kind.name for kind in wanted if kind.combined] or [kind.name for kind in wanted]


def fit_to_folder(
    index: Index,
    good: Path,
    model: Autoencoder,
    wanted: Sequence[Score],
    combined: Sequence[str] | None,
    rate: float,
    whole: bool = False,
    progress: Progress = silent,
    stopped: Stopped = never,
) -> Detector:
    """A detector fitted to the good pictures in `good`, the index's folder or one in it; at most 1,000 of them.

    Sub-folders of `good` are batches: see `calibration.folds`. Scores are combined by the smallest chance of those
    named in `combined`, or else as made-up defects choose. With `whole`, local scores look at whole pictures.

    Raises:
        InspectionError: There are too few, or a combined score is not among the wanted ones.
        PictureError: A file is gone since it was indexed.
        StoppedError: It was stopped.
        BundleError: A score comes with the bundle, and its file was altered.
    """
    for name in combined or ():
        if name not in {kind.name for kind in wanted}:
            raise InspectionError("{name} cannot be combined: it is not among the scores asked for.", name=name)
    rows = samples.sample_rows(index, index.rows(good))
    size = index.size
    origin = Origin(model_key(model.info), model.info.name, str(good), len(rows), size.height, size.width, rate)
    files = index.files(rows)
    _, batches = np.unique([path.rpartition("/")[0] for path in files.paths.tolist()], return_inverse=True)
    seen = samples.gather(index, rows, model)
    wanted = [score if score.load is None else score.load(model.bundle) for score in wanted]
    wholes = Good(Looker(model, size), index.paths(rows)) if whole else None
    if combined is None and wholes is None:
        combined = default_combination(wanted)
    return fit_detector(seen, origin, wanted, combined, batches, files, wholes, progress, stopped)


def inspect(
    index: Index,
    detector: Detector,
    progress: Progress = silent,
    stopped: Stopped = never,
    model: Autoencoder | None = None,
) -> Report:
    """Verdicts on every picture of an index, or, where it was stopped, on the first of them.

    Args:
        index: Up to date.
        detector: Fitted to the same model at the same size. Of a picture that it was fitted to, and that has not
            changed since, it says what it said while that one was held out.
        progress: Told how many pictures are scored.
        stopped: Asked after each batch.
        model: Needed where the detector looks at whole pictures.

    Raises:
        InspectionError: The detector is of another model or size, or there is no picture.
        PictureError: A file is gone since it was indexed.
    """
    if detector.origin.model != index.about["model"]:
        raise InspectionError(
            "this detector was fitted with another model, {model_name}; fit it again.",
            model_name=detector.origin.model_name,
        )
    if (detector.origin.height, detector.origin.width) != (index.size.height, index.size.width):
        raise InspectionError(
            "this detector sees pictures at {width} × {height}; fit it again.",
            width=detector.origin.width,
            height=detector.origin.height,
        )
    rows = index.rows()
    if not len(rows):
        raise InspectionError("{folder} has no picture that can be read.", folder=index.folder)
    looker = None if model is None or not detector.local else Looker(model, index.size)
    verdicts = samples.score_rows(detector, index, rows, progress, stopped, looker)
    rows = rows[: len(verdicts.anomalous)]
    put_known(verdicts, detector, index, rows)
    bad = known_bad(index, rows)
    results = {} if bad is None else truth.measure_pictures(verdicts, bad)
    return Report(detector, rows, verdicts, bad, results)


def known_bad(index: Index, rows: Rows) -> Truth | None:
    """Which rows are in a sub-folder `bad`, of those of a folder that has `good` and `bad` ones; else None."""
    good, bad = (np.isin(rows, index.rows(index.folder / name)) for name in ("good", "bad"))
    if not (good.any() and bad.any()):
        return None
    return bad


def measure_masks(
    report: Report, index: Index, model: Autoencoder, masks: Path, colour: MaskColour = "auto"
) -> dict[str, Result]:
    """The report's results with those over pixels, by masks of the bad pictures; good pictures have no defect.

    Of very many pictures, 400 evenly spread ones are measured.

    Raises:
        InspectionError: It is not known which pictures are bad, or one has no mask.
        PictureError: A mask or picture cannot be read.
        ModelError: The model does not run.
    """
    heats, truths = heats_and_masks(report, index, model, masks, colour)
    return truth.measure_pixels(heats, truths, report.results)


def heats_and_masks(
    report: Report, index: Index, model: Autoencoder, masks: Path, colour: MaskColour = "auto"
) -> tuple[dict[str, list[Maps]], list[Truth]]:
    """The heat maps of at most 400 pictures by score, `[H, W]`, and their defects; errors as `measure_masks`."""
    if report.bad is None:
        raise InspectionError("masks need a folder with sub-folders good and bad.")
    labelled = report.bad | np.isin(report.rows, index.rows(index.folder / "good"))
    chosen = np.flatnonzero(labelled)
    chosen = chosen[:: max(1, -(-len(chosen) // LARGEST_MEASURED))]
    rows, bad = report.rows[chosen], report.bad[chosen]
    size = None if report.detector.local else index.size
    found = iter(truth.read_masks(index.paths(rows[bad]), masks, size, colour))
    heats: dict[str, list[Maps]] = {}
    truths: list[Truth] = []
    for place, heat in enumerate(_heats(report.detector, index, rows, model)):
        shape = next(iter(heat.values())).shape
        mask = truth.resized_mask(next(found), *shape) if bad[place] else np.zeros(shape, bool)
        truths.append(truth.reduced(mask, MEASURED_SIDE))
        for name, values in heat.items():
            heats.setdefault(name, []).append(truth.reduced(values, MEASURED_SIDE))
    return heats, truths


def _heats(detector: Detector, index: Index, rows: Rows, model: Autoencoder) -> Iterator[dict[str, Maps]]:
    """The heat maps of each picture by score, `[H, W]`: whole where the detector looks at whole pictures."""
    names = [*detector.pixel_tails, *([COMBINED] if set(detector.combined) & set(detector.pixel_tails) else [])]
    looker = Looker(model, index.size)
    for row, path in zip(rows.tolist(), index.paths(rows)):
        seen = samples.gather(index, np.array([row]), model)
        if detector.local:
            whole = looker.look(looker.read(path))
            yield {name: detector.heat_of(whole, seen, name) for name in names}
        else:
            yield {name: detector.heat(seen, name)[0] for name in names}


def put_known(verdicts: Verdicts, detector: Detector, index: Index, rows: Rows) -> None:
    """Puts what is known of some pictures in place of what was computed.

    Of pictures that the detector was fitted to, that is what was said of them unseen; whether one that the user
    corrected is anomalous is what the user said.
    """
    known = list(_identities(index.files(rows)))
    target, source = _same(known, detector.files)
    held_out = detector.verdicts_held_out()
    for name in verdicts.scores:
        verdicts.scores[name][target] = held_out.scores[name][source]
        verdicts.log_chances[name][target] = held_out.log_chances[name][source]
    verdicts.anomalous[target] = held_out.anomalous[source]
    target, source = _same(known, detector.corrections.files)
    verdicts.anomalous[target] = detector.corrections.bad[source]


def _same(known: list[tuple[str, int, int]], files: Files) -> tuple[Rows, Rows]:
    """The places of files among known ones, and their own, in their order."""
    places = {facts: place for place, facts in enumerate(known)}
    pairs = [(places[facts], source) for source, facts in enumerate(_identities(files)) if facts in places]
    both = np.array(pairs, np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _identities(files: Files) -> Iterator[tuple[str, int, int]]:
    return zip(files.paths.tolist(), files.bytes.tolist(), files.changed_ns.tolist())
