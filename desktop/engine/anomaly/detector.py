"""A detector: scores fitted and calibrated on a folder of good pictures, which gives any picture an anomaly score."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.engine import framing
from desktop.engine.anomaly import calibration, selection
from desktop.engine.anomaly.calibration import Tail, Values
from desktop.engine.anomaly.corrections import NO_CORRECTIONS, NO_FILES, Corrections
from desktop.engine.anomaly.scores import registry
from desktop.engine.anomaly.scores.base import Need, Scorer, Seen
from desktop.engine.anomaly.selection import NOTHING_MADE_UP, Found, MadeUp
from desktop.engine.anomaly.whole import local_map, local_score
from desktop.engine.errors import InspectionError
from desktop.engine.folder.index import Files
from desktop.engine.folder.maps import Maps
from desktop.engine.gaussian import Floats
from export.bundle import SizeRule

COMBINED = "combined"
NEEDS: tuple[Need, ...] = ("pixels", "codes", "stored")


@dataclasses.dataclass(frozen=True)
class Origin:
    """What a detector was made from.

    Attributes:
        model: `model_key` of the bundle.
        model_name: For people.
        good: The folder of good pictures.
        pictures: How many of them were used.
        height, width: At which pictures are encoded, in pixels.
        false_alarm_rate: In (0, 1), chosen by the user.
        score: By which a picture is called anomalous, chosen by the user.
        whole: Whether local scores look at whole pictures at their own resolution, and not at the index's size.
    """

    model: str
    model_name: str
    good: str
    pictures: int
    height: int
    width: int
    false_alarm_rate: float
    score: str = COMBINED
    whole: bool = False


@dataclasses.dataclass(frozen=True, eq=False)
class Verdicts:
    """What a detector says of N pictures.

    Attributes:
        scores: By name, `COMBINED` among them: float64 `[N]`.
        log_chances: ln of the chance that an ordinary picture scores as high, by the same names.
        anomalous: bool `[N]`: the score that the detector goes by is past its threshold.
    """

    scores: dict[str, Values]
    log_chances: dict[str, Values]
    anomalous: NDArray[np.bool_]

    def take(self, positions: NDArray[np.int64]) -> Verdicts:
        """Those of some of the pictures."""
        scores, chances = (
            {name: values[positions] for name, values in each.items()} for each in (self.scores, self.log_chances)
        )
        return Verdicts(scores, chances, self.anomalous[positions])


@dataclasses.dataclass(frozen=True, eq=False)
class Detector:
    """Fitted scores with their tails.

    Attributes:
        origin: What it was made from.
        scorers: By name.
        tails: Of held-out good pictures, by name, `COMBINED` among them.
        pixel_tails: Of held-out good pixels, for the scores that have a map.
        combined: The names that the combination takes.
        weights: Of each of them; empty where the combination is the smallest of their chances.
        found: How many of the made-up defects of each kind are past the threshold at the false-alarm rate that it was
            fitted for; empty where none were made.
        fixed: Local scores that see whole pictures at the index's size all the same, as their model has one size.
        aligned: How much it matters to good pictures where in them things are: see `selection.alignment`.
        held_out: What each good picture scored while it was held out, `[G]`, by name, `COMBINED` among them.
        files: The good pictures' files, `[G]`; none where they are not known.
        chosen_names: Of the scores among which made-up defects and verdicts choose; or all that are combined.
        made_up: What made-up defects scored while the pictures that they are in were held out.
        corrections: What the user said of its verdicts.
    """

    origin: Origin
    scorers: dict[str, Scorer]
    tails: dict[str, Tail]
    pixel_tails: dict[str, Tail]
    combined: tuple[str, ...]
    held_out: dict[str, Values]
    files: Files = NO_FILES
    weights: Mapping[str, float] = dataclasses.field(default_factory=dict)
    found: tuple[Found, ...] = ()
    aligned: float = 1.0
    fixed: tuple[str, ...] = ()
    chosen_names: tuple[str, ...] = ()
    made_up: MadeUp = NOTHING_MADE_UP
    corrections: Corrections = NO_CORRECTIONS

    @property
    def local(self) -> list[str]:
        """The scores that look at whole pictures; none where the detector does not."""
        known = registry.every()
        local = [name for name in self.scorers if known[name].local and name not in self.fixed]
        return local if self.origin.whole else []

    @property
    def dear(self) -> list[str]:
        """The scores for which the model must look at whole pictures, which takes longer than all others together."""
        known = registry.every()
        return [name for name in self.local if known[name].need != "pixels"]

    @property
    def local_need(self) -> Need:
        """What the scores that look at whole pictures need of these."""
        return most_needed(self.local)

    @property
    def fixed_need(self) -> Need:
        """What all other scores need of the pictures at the index's size."""
        return most_needed(name for name in self.scorers if name not in self.local)

    @property
    def needs_pixels(self) -> bool:
        """Whether its scores need the pictures' pixels, beside what the index keeps."""
        return any(registry.every()[name].need == "pixels" for name in self.scorers)

    def score(self, seen: Seen, local: Mapping[str, Values] | None = None) -> Verdicts:
        """Scores and chances of some pictures.

        Args:
            seen: At the index's size.
            local: What `look_at` found in them as whole pictures, `[N]` for each local score; without it these too see
                the pictures at the index's size.
        """
        known = local or {}
        found = {
            name: known[name] if name in known else scorer.scores(seen).astype(np.float64)
            for name, scorer in self.scorers.items()
        }
        return self.verdicts_of(found)

    def verdicts_of(self, scores: Mapping[str, Values]) -> Verdicts:
        """Verdicts on pictures whose raw scores are known, `[N]` for each score; a combined one is computed anew."""
        chances = {name: self.tails[name].strengths(scores[name]) for name in self.combined}
        raw = {name: scores[name] for name in self.scorers}
        return self._verdicts({**raw, COMBINED: combine(chances, self.weights)})

    def look_at(self, whole: Seen, workers: Executor | None = None) -> dict[str, float]:
        """What the local scores find in one whole picture, by name; with `workers`, several scores at once."""
        known, names = registry.every(), self.local

        def look(name: str) -> float:
            return local_score(known[name], self.scorers[name], whole)

        return dict(zip(names, map(look, names) if workers is None else workers.map(look, names)))

    def verdicts_held_out(self) -> Verdicts:
        """What it said of each good picture while that one was held out, `[G]`."""
        return self._verdicts(dict(self.held_out))

    def threshold(self, name: str | None = None) -> float:
        """The score from which a picture is anomalous at the detector's false-alarm rate; by default that in use."""
        return self.tails[name or self.origin.score].threshold(self.origin.false_alarm_rate)

    def rate_between(self, rate: float | None = None) -> tuple[float, float]:
        """Between which rates false alarms may come when this one is asked for: see `calibration.rate_between`."""
        return calibration.rate_between(self.origin.pictures, rate or self.origin.false_alarm_rate)

    def at(self, rate: float | None = None, score: str | None = None) -> Detector:
        """The same detector at another false-alarm rate, or going by another of its scores.

        Raises:
            InspectionError: The rate is not between 0 and 1, or it has no such score.
        """
        rate, score = rate or self.origin.false_alarm_rate, score or self.origin.score
        if score not in self.tails:
            raise InspectionError(
                "this detector has no score {score!r}; it has {tails}.", score=score, tails=", ".join(self.tails)
            )
        return dataclasses.replace(
            self, origin=dataclasses.replace(self.origin, false_alarm_rate=checked_rate(rate), score=score)
        )

    def needed(self) -> Detector:
        """The same detector with no more scores than its verdict takes, which is quicker."""
        names = set(self.combined) | ({self.origin.score} - {COMBINED})
        return dataclasses.replace(
            self,
            scorers={name: scorer for name, scorer in self.scorers.items() if name in names},
            pixel_tails={name: tail for name, tail in self.pixel_tails.items() if name in names},
        )

    def to_give(self) -> Detector:
        """The same detector without the paths of this machine, for others to use."""
        return dataclasses.replace(
            self,
            origin=dataclasses.replace(self.origin, good=Path(self.origin.good).name),
            files=NO_FILES,
            corrections=self.corrections.to_give(),
        )

    def heat_of(self, whole: Seen, seen: Seen, name: str = COMBINED) -> Maps:
        """As `heat`, of one whole picture `[1, H, W, 3]`, at its size, `[H, W]`; `seen` is it at the index's size."""
        height, width = whole.pixels.shape[1:3]
        hottest = np.zeros((height, width), np.float32)
        rule = SizeRule("fixed", 1, self.origin.height, self.origin.width)
        box = framing.frame(height, width, rule).seen
        for each in self._hot(name):
            if each in self.local:
                hottest = np.maximum(
                    hottest, _enlarged(self._heat(each, local_map(self.scorers[each], whole)[None]), height, width)[0]
                )
            else:
                found = self.scorers[each].maps(seen)
                assert found is not None, "it had one when it was fitted"
                part = hottest[box.top : box.bottom, box.left : box.right]
                np.maximum(part, _enlarged(self._heat(each, found), box.height, box.width)[0], out=part)
        return hottest

    def heat(self, seen: Seen, name: str = COMBINED) -> Maps:
        """Where a score comes from, at the index's size: `[N, H, W]`, `-ln` of the chance among good pixels.

        The combination's is the hottest of its scores' maps in each place.

        Raises:
            InspectionError: The score has no map.
        """
        hottest = np.zeros((len(seen.codes), self.origin.height, self.origin.width), np.float32)
        for each in self._hot(name):
            found = self.scorers[each].maps(seen)
            assert found is not None, "it had one when it was fitted"
            hottest = np.maximum(hottest, _enlarged(self._heat(each, found), self.origin.height, self.origin.width))
        return hottest

    def _hot(self, name: str) -> list[str]:
        names = [each for each in (self.combined if name == COMBINED else (name,)) if each in self.pixel_tails]
        if not names:
            raise InspectionError(
                "the score {name} has no place in the picture, so there is no heat map of it.", name=name
            )
        return names

    def _heat(self, name: str, found: Maps) -> Maps:
        chances = self.pixel_tails[name].strengths(found.reshape(-1)).reshape(found.shape)
        return -chances.astype(np.float32)

    def _verdicts(self, found: dict[str, Values]) -> Verdicts:
        chances = {name: self.tails[name].log_chances(values) for name, values in found.items()}
        return Verdicts(found, chances, found[self.origin.score] >= self.threshold())


def combine(log_chances: Mapping[str, Values], weights: Mapping[str, float]) -> Values:
    """The combination, from ln of the chances by score, `[N]`: by weights, or without them the smallest chance."""
    if weights:
        return selection.combine({name: -values for name, values in log_chances.items()}, weights)
    return calibration.combine(np.stack(list(log_chances.values())))


def most_needed(names: Iterable[str]) -> Need:
    """What some scores need together, beside pixels: codes take the encoder, and the rest the decoder too."""
    known = registry.every()
    return max((known[name].need for name in names), key=NEEDS.index, default="pixels")


def checked_rate(rate: float) -> float:
    """The false-alarm rate itself.

    Raises:
        InspectionError: It is not between 0 and 1.
    """
    if not 0 < rate < 1:
        raise InspectionError("a false-alarm rate must be between 0 and 1, not {rate:g}.", rate=rate)
    return rate


def _enlarged(values: Floats, height: int, width: int) -> Floats:
    """Each cell of `[N, h, w]` over its pixels of `[N, height, width]`."""
    if values.shape[1:] == (height, width):
        return values
    rows = np.arange(height) * values.shape[1] // height
    columns = np.arange(width) * values.shape[2] // width
    return values[:, rows[:, None], columns]
