"""The registry of scores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from desktop.engine.anomaly import scores
from desktop.engine.anomaly.scores import registry
from desktop.engine.anomaly.scores.base import Seen

NEW_SCORE = """
import dataclasses
from desktop.engine.anomaly.scores.base import Score

@dataclasses.dataclass(frozen=True, eq=False)
class Brightness:
    usual: float
    def scores(self, seen):
        return abs(seen.pixels.mean(axis=(1, 2, 3)) - self.usual)
    def maps(self, seen):
        return None

def fit(good):
    return Brightness(good.pixels.mean())

SCORE = Score("brightness", "Brightness", "How bright", "pixels", Brightness, fit)
"""


@pytest.fixture
def with_a_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The folder of scores with one file more."""
    (tmp_path / "brightness.py").write_text(NEW_SCORE)
    monkeypatch.setattr(scores, "__path__", [*scores.__path__, str(tmp_path)])
    registry.every.cache_clear()
    yield
    registry.every.cache_clear()


@pytest.mark.usefixtures("with_a_new_file")
def test_a_new_score_is_one_file() -> None:
    """A file that defines `SCORE` is all it takes: it is offered, and it fits and scores."""
    score = registry.offered("vector")["brightness"]
    pictures = np.full((3, 4, 4, 3), 100, np.uint8)
    fitted = score.fit(Seen(np.zeros((3, 2), np.float32), {}, pictures))
    assert fitted.scores(Seen(np.zeros((1, 2), np.float32), {}, pictures[:1] + np.uint8(50))).tolist() == [50]


def test_every_score_says_what_it_is() -> None:
    """Each has the name of its file, a title and a tip of its own; those of maps are not offered to vectors."""
    every = registry.every()
    assert len({each.title for each in every.values()}) == len({each.tip for each in every.values()}) == len(every)
    for name, score in every.items():
        assert (Path(scores.__path__[0]) / f"{name}.py").is_file()
        assert score.name == name
    files = {score.file for score in every.values()}
    assert set(registry.offered("map", files)) == set(every)
    assert set(every) - set(registry.offered("map")) == {name for name, score in every.items() if score.file}
    assert set(every) - set(registry.offered("vector", files)) == {
        name for name, score in every.items() if score.maps_only
    }
