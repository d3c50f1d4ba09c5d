"""The odd ones of a folder, judged by a folder of good ones."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.engine.anomaly import samples, truth
from desktop.engine.anomaly.detector import COMBINED, Judge, Origin, Verdicts, fit_judge
from desktop.engine.anomaly.ranking import Truth
from desktop.engine.anomaly.scores import registry
from desktop.engine.anomaly.scores.base import Score
from desktop.engine.anomaly.truth import MaskColour, Result
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import InspectionError
from desktop.engine.folder.index import Files, Index, Rows, model_key
from desktop.engine.watch import Progress, Stopped, never, silent
from export.bundle import BundleInfo

LARGEST_MEASURED = 400  # pictures whose pixels are compared with masks


@dataclasses.dataclass(frozen=True, eq=False)
class Report:
    """What was found in a folder.

    Attributes:
        judge: By which.
        rows: int64 `[N]`, of the index, in the order of their paths.
        verdicts: On each; on a picture that the judge was fitted to, what was said while that one was held out.
        bad: bool `[N]`, where the folder has good and bad sub-folders; else None.
        results: How well each score tells bad from good, by name; empty where it is not known which are bad.
    """

    judge: Judge
    rows: Rows
    verdicts: Verdicts
    bad: Truth | None
    results: dict[str, Result]

    def scores_of(self, rows: Rows, name: str) -> NDArray[np.float64]:
        """What some rows score, `[N]`; nan where one was not judged."""
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
    known = registry.offered(info.latent.kind)
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
    combined: Sequence[str],
    rate: float,
    score: str = COMBINED,
) -> Judge:
    """A judge fitted to the good pictures in `good`, the index's folder or one in it; at most 1,000 of them.

    Sub-folders of `good` are batches: see `calibration.folds`.

    Raises:
        InspectionError: There are too few, or a combined score is not among the wanted ones.
        PictureError: A file is gone since it was indexed.
    """
    for name in combined:
        if name not in {kind.name for kind in wanted}:
            raise InspectionError("{name} cannot be combined: it is not among the scores asked for.", name=name)
    rows = samples.sample_rows(index, index.rows(good))
    size = index.size
    origin = Origin(model_key(model.info), model.info.name, str(good), len(rows), size.height, size.width, rate)
    files = index.files(rows)
    _, batches = np.unique([path.rpartition("/")[0] for path in files.paths.tolist()], return_inverse=True)
    judge = fit_judge(samples.gather(index, rows, model), origin, wanted, combined, batches, files)
    return judge.at(score=score)


def inspect(
    index: Index,
    judge: Judge,
    progress: Progress = silent,
    stopped: Stopped = never,
) -> Report:
    """Verdicts on every picture of an index, or, where it was stopped, on the first of them.

    Args:
        index: Up to date.
        judge: Fitted to the same model at the same size. Of a picture that it was fitted to, and that has not
            changed since, it says what it said while that one was held out.
        progress: Told how many pictures are judged.
        stopped: Asked after each batch.

    Raises:
        InspectionError: The judge is of another model or size, or there is no picture.
        PictureError: A file is gone since it was indexed.
    """
    if judge.origin.model != index.about["model"]:
        raise InspectionError(
            "this judge was made with another model, {model_name}; judge anew.", model_name=judge.origin.model_name
        )
    if (judge.origin.height, judge.origin.width) != (index.size.height, index.size.width):
        raise InspectionError(
            "this judge sees pictures at {width} × {height}; judge anew.",
            width=judge.origin.width,
            height=judge.origin.height,
        )
    rows = index.rows()
    if not len(rows):
        raise InspectionError("{folder} has no picture that can be read.", folder=index.folder)
    verdicts = samples.judge_rows(judge, index, rows, progress, stopped)
    rows = rows[: len(verdicts.odd)]
    _put_held_out(verdicts, judge, index, rows)
    bad = known_bad(index, rows)
    results = {} if bad is None else truth.measure_pictures(verdicts, bad)
    return Report(judge, rows, verdicts, bad, results)


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
    if report.bad is None:
        raise InspectionError("masks need a folder with sub-folders good and bad.")
    labelled = report.bad | np.isin(report.rows, index.rows(index.folder / "good"))
    chosen = np.flatnonzero(labelled)
    chosen = chosen[:: max(1, -(-len(chosen) // LARGEST_MEASURED))]
    rows, bad = report.rows[chosen], report.bad[chosen]
    found = iter(truth.read_masks(index.paths(rows[bad]), masks, index.size, colour))
    empty = np.zeros((index.size.height, index.size.width), bool)
    seen = samples.gather(index, rows, model)
    return truth.measure_pixels(report.judge, seen, [next(found) if each else empty for each in bad], report.results)


def _put_held_out(verdicts: Verdicts, judge: Judge, index: Index, rows: Rows) -> None:
    """Replaces what is said of pictures that the judge was fitted to by what was said of them unseen."""
    if not len(judge.files.paths):
        return
    places = {facts: place for place, facts in enumerate(_identities(index.files(rows)))}
    known = [(places[facts], source) for source, facts in enumerate(_identities(judge.files)) if facts in places]
    if not known:
        return
    target, source = np.array(known).T
    held_out = judge.verdicts_held_out()
    for name in verdicts.scores:
        verdicts.scores[name][target] = held_out.scores[name][source]
        verdicts.log_chances[name][target] = held_out.log_chances[name][source]
    verdicts.odd[target] = held_out.odd[source]


def _identities(files: Files) -> Iterator[tuple[str, int, int]]:
    return zip(files.paths.tolist(), files.bytes.tolist(), files.changed_ns.tolist())
