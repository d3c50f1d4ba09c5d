"""Fits scores to good pictures, calibrates them on held-out ones, and chooses how they are combined."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from desktop.engine.anomaly import calibration, recalibration, selection
from desktop.engine.anomaly.calibration import Values, fit_tail
from desktop.engine.anomaly.corrections import NO_FILES
from desktop.engine.anomaly.defects import KINDS
from desktop.engine.anomaly.detector import Detector, Origin, checked_rate
from desktop.engine.anomaly.good import Good
from desktop.engine.anomaly.scores.base import Course, Score, Scorer, Seen
from desktop.engine.anomaly.selection import MadeUp
from desktop.engine.anomaly.whole import local_map, local_score, takes_parts
from desktop.engine.errors import InspectionError, StoppedError
from desktop.engine.folder.index import Files, Rows
from desktop.engine.folder.maps import Maps, box_mean
from desktop.engine.gaussian import Floats
from desktop.engine.machine.blas import one_thread
from desktop.engine.watch import Progress, Stopped, never, silent

Fold = tuple[Rows, Rows]  # pictures inside, which are fitted to, and outside

FEWEST_GOOD = 10
PIXEL_SAMPLE = 50_000  # held-out pixels of each map that its tail is fitted to
MADE_UP = 200  # defects by which the combination is chosen
THREADS = 4
FITS = 2  # at once: each holds what its network learns from
TEACHING = 100  # steps of progress while lessons are made
LITTLE = 8 / 255  # root mean squared deviation of good pictures, blurred, from their mean
ALIGNED_SIDE = 16  # blocks each way in which alignment is measured


def fit_detector(
    good: Seen,
    origin: Origin,
    wanted: Sequence[Score],
    combined: Sequence[str] | None,
    batches: Rows | None = None,
    files: Files = NO_FILES,
    wholes: Good | None = None,
    progress: Progress = silent,
    stopped: Stopped = never,
) -> Detector:
    """Fits scores to good pictures, and calibrates them on held-out ones: see `calibration.folds`.

    Args:
        good: At least `FEWEST_GOOD` pictures at the index's size, with pixels where a score needs them; maps need
            `reconstruction` as well.
        origin: What the detector will say of itself.
        wanted: The scores.
        combined: The names of those to be combined, by the smallest chance. None to choose by made-up defects, or,
            where there are no whole pictures to make them in, to take those that are combined by default.
        batches: The number of each picture's batch, `[N]`; one for all if not given.
        files: The pictures' files, to know them again.
        wholes: The same pictures as whole ones, in the same order; local scores then look at these.
        progress, stopped: Told of and asked after each held-out picture and each made-up defect.

    Raises:
        InspectionError: There are too few pictures, or the false-alarm rate is not between 0 and 1.
        StoppedError: It was stopped.
    """
    count = len(good.codes)
    _check(count, origin)
    taught = TEACHING * sum(score.teach is not None for score in wanted)
    made_up = MADE_UP if wholes and combined is None else 0
    run = _Run(good, wanted, wholes, _Steps(taught + count + made_up, progress, stopped))
    folds = list(calibration.folds(np.zeros(count, np.int64) if batches is None else batches))
    with one_thread():
        run.teach(folds)
        for (_, outside), kinds, fitted in run.fits(folds):
            run.hold_out(fitted, outside)
            if wholes is not None and combined is None:
                run.try_defects(fitted, outside, kinds, MADE_UP // len(folds))
    aligned, deviation = selection.alignment(_blocks(good)) if good.originals is not None else (1.0, 0.0)
    places_count = aligned >= selection.LEAST_ALIGNMENT or deviation <= LITTLE
    return recalibration.calibrated(
        Detector(
            dataclasses.replace(origin, whole=wholes is not None),
            run.final(),
            {},
            {name: fit_tail(thinned(np.concatenate(parts), PIXEL_SAMPLE)) for name, parts in run.pixels.items()},
            (),
            run.held_out,
            files,
            aligned=aligned,
            fixed=tuple(score.name for score in wanted if score.local and score.name not in run.local),
            chosen_names=run.chosen_names(combined, places_count),
            made_up=run.made_up(),
        )
    )


def _check(count: int, origin: Origin) -> None:
    """Raises `InspectionError` where `count` good pictures are too few, or the false-alarm rate is out of range."""
    if count < FEWEST_GOOD:
        raise InspectionError(
            "there are too few good pictures in {good}: {count}, where at least {fewest_good} are needed.",
            good=origin.good,
            count=count,
            fewest_good=FEWEST_GOOD,
        )
    checked_rate(origin.false_alarm_rate)


class _Steps:
    """How far a fit is, told and asked in one place."""

    def __init__(self, total: int, progress: Progress, stopped: Stopped) -> None:
        self._done, self._total, self._progress, self._stopped = 0.0, total, progress, stopped

    def step(self, steps: float = 1) -> None:
        """One more is done, or so many.

        Raises:
            StoppedError: It is no longer wanted.
        """
        if self._stopped():
            raise StoppedError("the fit was stopped; nothing was kept of it.")
        self._done += steps
        self._progress(min(round(self._done), self._total), self._total)


class _Run:
    """The state of a fit: what each fold gave."""

    def __init__(self, good: Seen, wanted: Sequence[Score], wholes: Good | None, steps: _Steps) -> None:
        self._good, self._wanted, self._wholes, self._steps = good, wanted, wholes, steps
        self._sample, self._numbers = (good, np.arange(len(good.codes))) if wholes is None else wholes.sample()
        self.local = {score.name for score in wanted if wholes is not None and takes_parts(score, self._sample)}
        self.held_out: dict[str, Values] = {score.name: np.empty(len(good.codes)) for score in wanted}
        self.pixels: dict[str, list[Floats]] = {}
        self._courses: dict[str, Course] = {}
        self._kinds: list[str] = []
        self._made_up: dict[str, list[float]] = {score.name: [] for score in wanted}

    def teach(self, folds: Sequence[Fold]) -> None:
        """Makes the lessons of scores that are taught, before any of them is fitted."""
        of_picture = np.empty(len(self._good.codes), np.int64)
        for number, (_, outside) in enumerate(folds):
            of_picture[outside] = number
        for score in self._wanted:
            if score.teach is not None:
                seen, of_part = self._good, of_picture
                if score.name in self.local:
                    seen, of_part = self._sample, of_picture[self._numbers]
                self._courses[score.name] = score.teach(seen, of_part, lambda share: self._steps.step(TEACHING * share))

    def fits(self, folds: Sequence[Fold]) -> Iterator[tuple[Fold, list[str], dict[str, Scorer]]]:
        """Each fold with the kinds of defects that it is not taught on, and every score fitted to its pictures.

        While one is looked at, the next is fitted.
        """
        kinds = [[kind for place, kind in enumerate(KINDS) if place % len(folds) == at] for at in range(len(folds))]
        with ThreadPoolExecutor(min(FITS, os.cpu_count() or 1)) as pool:
            fits = [pool.submit(self._fit, *each) for each in zip(range(len(folds)), folds, kinds)]
            try:
                for fold, without, fitted in zip(folds, kinds, fits):
                    yield fold, without, fitted.result()
            finally:
                pool.shutdown(cancel_futures=True)

    def _fit(self, number: int, fold: Fold, kinds: Sequence[str]) -> dict[str, Scorer]:
        """Every score fitted to the pictures inside, and taught on no defect of these kinds."""
        without = kinds if self._wholes is not None else ()
        return {
            score.name: self._courses[score.name].fit(number, without)
            if score.name in self._courses
            else score.fit(self._part(score, fold[0]))
            for score in self._wanted
        }

    def final(self) -> dict[str, Scorer]:
        """Every score fitted to all good pictures."""
        everything = np.arange(len(self._good.codes))
        return {
            score.name: self._courses[score.name].fit(None, ())
            if score.name in self._courses
            else score.fit(self._part(score, everything))
            for score in self._wanted
        }

    def hold_out(self, fitted: dict[str, Scorer], outside: Rows) -> None:
        """Scores pictures that the fit has not seen, and keeps some pixels of their maps."""
        rest = self._good.take(outside)
        for score in self._wanted:
            if score.name not in self.local:
                self.held_out[score.name][outside] = fitted[score.name].scores(rest)
                found = fitted[score.name].maps(rest)
                if found is not None:
                    self.pixels.setdefault(score.name, []).append(found.reshape(-1))
        for number, found_in in zip(outside.tolist(), self._each(outside, fitted)):
            for name, (value, pixels) in found_in.items():
                self.held_out[name][number] = value
                self.pixels.setdefault(name, []).append(pixels)
            self._steps.step()

    def try_defects(self, fitted: dict[str, Scorer], outside: Rows, kinds: Sequence[str], count: int) -> None:
        """Scores defects of some kinds that are made up in pictures that the fit has not seen."""
        assert self._wholes is not None
        random = np.random.default_rng(int(outside[0]))
        for number in range(count):
            place, kind = int(random.choice(outside)), kinds[number % len(kinds)]
            self._steps.step()
            made = self._wholes.defect(place, kind, random)
            if made is None:
                continue
            scores = {
                score.name: (score, fitted[score.name], float(self.held_out[score.name][place]))
                for score in self._wanted
                if score.name in self.local
            }
            found = made.local_scores(scores)
            fixed = made.fixed()
            found |= {
                score.name: float(fitted[score.name].scores(fixed)[0])
                for score in self._wanted
                if score.name not in self.local
            }
            self._kinds.append(kind)
            for name, value in found.items():
                self._made_up[name].append(value)

    def chosen_names(self, combined: Sequence[str] | None, places_count: bool) -> tuple[str, ...]:
        """The scores to combine, or to choose among by made-up defects."""
        if combined is not None:
            return tuple(combined)
        if self._kinds:
            return tuple(score.name for score in self._wanted if places_count or not score.positional)
        default = tuple(score.name for score in self._wanted if score.combined)
        return default or tuple(score.name for score in self._wanted)

    def made_up(self) -> MadeUp:
        """What the scores gave the made-up defects."""
        return MadeUp(tuple(self._kinds), {name: np.array(each) for name, each in self._made_up.items()})

    def _part(self, score: Score, pictures: Rows) -> Seen:
        if score.name in self.local:
            return self._sample.take(np.flatnonzero(np.isin(self._numbers, pictures)))
        return self._good.take(pictures)

    def _each(self, outside: Rows, fitted: dict[str, Scorer]) -> Iterator[dict[str, tuple[float, Floats]]]:
        """What the local scores give each whole picture, and some pixels of their maps."""
        if self._wholes is None or not self.local:
            return iter([{} for _ in outside])
        wholes, each = self._wholes, max(1, PIXEL_SAMPLE // len(self._good.codes))
        scores = [score for score in self._wanted if score.name in self.local]

        def look(number: int) -> dict[str, tuple[float, Floats]]:
            seen = wholes.whole(number)
            found: dict[str, tuple[float, Floats]] = {}
            for score in scores:
                value = local_score(score, fitted[score.name], seen)
                found[score.name] = value, thinned(local_map(fitted[score.name], seen).reshape(-1), each)
            return found

        return _on_threads(look, outside.tolist())


_Looks = dict[str, tuple[float, Floats]]


def _on_threads(look: Callable[[int], _Looks], numbers: Sequence[int]) -> Iterator[_Looks]:
    with ThreadPoolExecutor(min(THREADS, os.cpu_count() or 1)) as pool:
        yield from pool.map(look, numbers)


def _blocks(good: Seen) -> NDArray[np.float64]:
    """Good pictures in [0, 1], blurred over a sixteenth of their sides and thinned."""
    pixels = good.pixels.astype(np.float32) / np.float32(255)
    window = max(1, min(pixels.shape[1:3]) // ALIGNED_SIDE) // 2 * 2 + 1
    step = max(1, window // 2)
    channels = [box_mean(pixels[..., channel], window)[:, ::step, ::step] for channel in range(3)]
    return np.stack(channels, axis=-1)


def thinned(values: Maps, count: int) -> Maps:
    """About `count` evenly spread ones of `[N]`, fewer than twice as many, apart from the memory of all others."""
    return values[:: max(1, len(values) // count)].copy()
