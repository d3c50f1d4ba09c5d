"""What the user said of pictures that a detector scored: "not an anomaly", or "missed"."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from desktop.engine.anomaly.calibration import Values
from desktop.engine.folder.index import Files

NO_FILES = Files(np.empty(0, np.str_), np.empty(0, np.int64), np.empty(0, np.int64))


@dataclasses.dataclass(frozen=True, eq=False)
class Corrections:
    """Pictures that the user corrected, in the order in which that was done.

    Attributes:
        bad: bool `[K]`: True for a missed anomaly, False for a picture that is none.
        scores: What they scored, by name, `[K]`.
        files: Their files, `[K]`, or none where the detector was given to others.
        steps: How many pictures each act of correcting was about; together K.
    """

    bad: NDArray[np.bool_]
    scores: Mapping[str, Values]
    files: Files
    steps: tuple[int, ...]

    @property
    def last(self) -> NDArray[np.bool_]:
        """Which of them hold: of several verdicts on one picture the last does."""
        _, places = np.unique(self.files.paths[::-1], return_index=True)
        found = np.zeros(len(self.bad), np.bool_)
        found[len(self.bad) - 1 - places if len(places) else slice(None)] = True
        return found

    @property
    def good(self) -> dict[str, Values]:
        """The scores of those that are no anomalies."""
        return self._chosen(~self.bad & self.last)

    @property
    def missed(self) -> dict[str, Values]:
        """The scores of those that are anomalies."""
        return self._chosen(self.bad & self.last)

    @property
    def has_both(self) -> bool:
        """Whether there are verdicts of both kinds."""
        return len({*self.bad[self.last].tolist()}) == 2

    def added(self, bad: NDArray[np.bool_], scores: Mapping[str, Values], files: Files) -> Corrections:
        """The same with one more act of correcting."""
        return Corrections(
            np.concatenate([self.bad, bad]),
            {name: np.concatenate([self.scores.get(name, np.empty(0)), values]) for name, values in scores.items()},
            _joined(self.files, files),
            (*self.steps, len(bad)),
        )

    def undone(self) -> Corrections:
        """The same without the last act."""
        steps = self.steps[:-1]
        return self._taken(np.arange(len(self.bad)) < sum(steps), steps)

    def to_give(self) -> Corrections:
        """Those that hold, as one act, without the paths of this machine."""
        held = self.last
        if not held.any():
            return self
        return dataclasses.replace(self._taken(held, (int(held.sum()),)), files=NO_FILES)

    def _taken(self, chosen: NDArray[np.bool_], steps: tuple[int, ...]) -> Corrections:
        files = self.files
        if len(files.paths):
            files = Files(files.paths[chosen], files.bytes[chosen], files.changed_ns[chosen])
        return Corrections(self.bad[chosen], self._chosen(chosen), files, steps)

    def _chosen(self, chosen: NDArray[np.bool_]) -> dict[str, Values]:
        return {name: values[chosen] for name, values in self.scores.items()}


NO_CORRECTIONS = Corrections(np.empty(0, np.bool_), {}, NO_FILES, ())


def _joined(first: Files, second: Files) -> Files:
    return Files(
        np.concatenate([first.paths, second.paths]),
        np.concatenate([first.bytes, second.bytes]),
        np.concatenate([first.changed_ns, second.changed_ns]),
    )
