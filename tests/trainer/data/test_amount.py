"""A time limit leaves as many pictures as can be prepared, and the same ones ever after; no real time is looked at."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from trainer import train
from trainer.data import Data, Pictures, amount, open_data, store
from trainer.data.amount import measured_in_time, within_time
from trainer.data.dataset import are_drawn
from trainer.machine.budget import Budget
from trainer.machine.clock import Clock
from trainer.options.config import TrainConfig, read_config
from trainer.run.checkpoint import load_run

COUNT = 60


class Time:
    """A clock that only decoding moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self._lock = threading.Lock()

    def costs(self, patch: pytest.MonkeyPatch, module: Any, name: str, seconds: float) -> None:
        """Lets every call of a function take so many seconds more."""
        plain = getattr(module, name)

        def slow(*arguments: Any, **named: Any) -> Any:
            with self._lock:
                self.now += seconds
            return plain(*arguments, **named)

        patch.setattr(module, name, slow)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Time:
    """Decoding a picture takes a second, wherever it is decoded."""
    time = Time()
    time.costs(monkeypatch, store, "decode", 1.0)
    time.costs(monkeypatch, amount, "decode", 1.0)
    return time


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sixty pictures, none of them like another, in two folders."""
    random = np.random.default_rng(7)
    for index in range(COUNT):
        place = tmp_path / "mine" / "ab"[index % 2]
        place.mkdir(parents=True, exist_ok=True)
        Image.fromarray(random.integers(0, 256, (40, 40, 3), dtype=np.uint8)).save(place / f"{index}.png")
    return tmp_path / "mine"


def silent(*_: object) -> None:
    """Progress that nobody watches."""


def test_so_many_pictures_are_read_as_there_is_time_for(folder: Path, clock: Time) -> None:
    """One picture warms up and sixteen are timed; 45 % of the limit end with the last one, and it is said."""
    budget = Budget(lambda: clock.now, 100.0)
    config = within_time(TrainConfig.of(data=folder, size=32), budget, silent)
    assert config.pictures.most_pictures == 28
    assert budget.cuts == ["28 of 60 pictures"]
    data = open_data(config, silent)
    assert len(data.train) + len(data.holdout) == 28
    assert clock.now == 1 + 16 + 28
    assert {key[0] for key in data.keys} == {"a", "b"}


def test_a_slow_beginning_leaves_time_for_reading(folder: Path, clock: Time) -> None:
    """On a machine that took half of the limit to load the libraries, a twentieth of it still goes to pictures."""
    clock.now = 500.0
    budget = Budget(lambda: clock.now, 1000.0)
    assert within_time(TrainConfig.of(data=folder, size=32), budget, silent).pictures.most_pictures == 50


def test_what_is_in_the_cache_costs_nothing(folder: Path, clock: Time) -> None:
    """A folder that was prepared before is not cut, and of one that was in part only the rest counts."""
    config = TrainConfig.of(data=folder, size=32)
    open_data(config.changed(most_pictures=50), silent)
    clock.now = 0.0
    assert within_time(config, Budget(lambda: clock.now, 30.0), silent) == config
    open_data(config, silent)
    clock.now = 0.0
    assert within_time(config, Budget(lambda: clock.now, 1.0), silent) == config


def test_held_out_pictures_of_fewer_are_held_out_of_all(folder: Path) -> None:
    """So a later run on the whole folder, started from that of a part, is measured on nothing that was trained on."""
    options = {"data": folder, "size": 32, "holdout": 0.2, "near_duplicates": "anywhere"}
    whole, part = (open_data(TrainConfig.of(**options, most_pictures=most), silent) for most in (None, 30))
    held = [set(each.keys[len(each.train) :]) for each in (whole, part)]
    assert len(held[1]) == 6
    assert held[1] <= held[0]


def test_characters_are_drawn_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer are drawn where there is too little time, and none counts that are drawn already."""
    time = Time()
    time.costs(monkeypatch, amount.characters, "draw", 1.0)
    config = within_time(TrainConfig.of(characters=333, size=32), Budget(lambda: time.now, 200.0), silent)
    assert config.pictures.characters == 74
    assert not are_drawn(333, 32)
    open_data(TrainConfig.of(characters=20, size=32), silent)
    time.now = 0.0
    drawn = TrainConfig.of(characters=20, size=32)
    assert within_time(drawn, Budget(lambda: time.now, 1.0), silent) == drawn


@pytest.mark.parametrize(("each", "left"), [(0.1, 40), (0.25, 20), (1.0, 16)])
def test_held_out_pictures_are_measured_in_time(each: float, left: int) -> None:
    """A measurement takes no more than a twentieth of the limit, and what is known of pictures stays with them."""
    pixels = np.zeros((50, 32, 32, 3), np.uint8)
    keys = tuple(map(str, range(50)))
    held = Pictures(pixels, np.arange(10, 50))
    data = Data(Pictures(pixels, np.arange(10)), held, "mine", (), None, group=np.arange(50), keys=keys)
    time = Time()

    def measure(some: Pictures) -> None:
        time.now += each * len(some)

    found = measured_in_time(data, measure, Budget(lambda: time.now, 100.0))
    assert len(found.holdout) == left
    assert found.group is not None
    assert found.group[10:].tolist() == found.holdout.rows.tolist() == [int(key) for key in found.keys[10:]]


def test_a_short_run_is_whole(
    folder: Path, clock: Time, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With too little time the run says what it cut, ends within it, and its export sees the same pictures."""
    monkeypatch.setattr(Clock, "seconds", property(lambda _: clock.now))
    words = ["--data", str(folder), "--size", "32", "--latent", "map", "--width", "0.125", "--batch-size", "4"]
    out = tmp_path / "run"
    assert train.main([*words, "--time-limit", "100s", "--steps", "2", "--out", str(out)], 0.0) == 0
    said = capsys.readouterr().out
    assert "Cut       to keep to the time limit: 28 of 60 pictures\n" in said
    assert "28 pictures in mine" in said
    assert clock.now <= 100
    config = read_config(out)
    assert config.pictures.most_pictures == 28
    assert load_run(out).model.latent_kind == "map"
    assert "Verdict   " in said
