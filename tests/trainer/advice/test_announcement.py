"""What a run says of itself before its first step."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from trainer.advice.announcement import SKIPPED_SHOWN, announcement
from trainer.floor.floor import Floor, Floors
from trainer.loop.schedule import plan
from trainer.machine.device import Device
from trainer.machine.distributed import Processes
from trainer.options.config import TrainConfig

CPU = Device("cpu", bf16=False)


def said(config: TrainConfig, data: Any, floors: Floors | None = None, processes: Processes | None = None) -> list[str]:
    """The lines of a run of these options on a set that is stood in for."""
    schedule = plan(config, len(data.train))
    return announcement(config, Path("runs/a"), data, schedule, CPU, processes or Processes(), floors or Floors(()))


def pictures(moved: int = 0, skipped: int = 0) -> Any:
    """Ninety pictures to train on and ten held out."""
    names = [(f"{index}.png", "broken") for index in range(skipped)]
    return SimpleNamespace(source="faces", train=range(90), holdout=range(10), moved=moved, skipped=names, group=None)


def test_everything_that_was_decided_is_there() -> None:
    """Pictures, network, device, length and place, each in a line."""
    config = TrainConfig.of(steps=50, latent="vector", latent_size=8, size=64, batch_size=4, time_limit="5m")
    lines = said(config, pictures(moved=3))
    assert lines[:4] == [
        "Pictures  faces",
        "          90 to train on, 10 held out",
        "          3 near-duplicates of training pictures are not held out",
        "Network   compact, vector latent of 8, linear head, 64x64 pixels",
    ]
    assert lines[-2:] == ["Training  50 steps of 4 pictures, at most 5m", "Run       runs/a"]


@pytest.mark.parametrize(
    ("moved", "tiles", "says"),
    [
        (1, False, "          1 near-duplicate of training pictures is not held out"),
        (9, True, "          9 tiles of near-duplicates of training pictures are not held out"),
        (1, True, "          1 tile of a near-duplicate of training pictures is not held out"),
    ],
)
def test_what_moved_is_counted(moved: int, tiles: bool, says: str) -> None:
    """As pictures, or as tiles of them."""
    assert says in said(TrainConfig.of(steps=5, tiles=tiles, data="mine"), pictures(moved=moved))


def test_pictures_that_are_all_the_same_are_told() -> None:
    """What is held out is then trained on as well, in other files, and every figure is better than it means."""
    data = pictures()
    assert not any("near-duplicates" in line for line in said(TrainConfig.of(steps=5), data))
    data.group = np.zeros(100, np.int64)
    assert any("all are near-duplicates" in line for line in said(TrainConfig.of(steps=5), data))


def test_skipped_files_are_named_up_to_ten() -> None:
    """The others are counted, with the file that names them all."""
    config = TrainConfig.of(steps=5)
    lines = [line for line in said(config, pictures(skipped=SKIPPED_SHOWN + 2)) if "broken" in line or "more" in line]
    assert lines[0] == "Skipped   0.png: broken"
    assert (len(lines), lines[-1]) == (11, "          and 2 more, all of them in skipped.csv")
    assert not any("more" in line for line in said(config, pictures(skipped=SKIPPED_SHOWN)))


def test_what_cannot_start_as_a_linear_code_says_so() -> None:
    """Under its floors."""
    floors = Floors((Floor("blocks", 512, 20.0),))
    assert "no linear path" in said(TrainConfig.of(arch="vgg13", steps=5), pictures(), floors)[-1]
    assert "no linear path" not in "".join(said(TrainConfig.of(steps=5), pictures(), floors))
    assert any(line.startswith("Floor     ") for line in said(TrainConfig.of(steps=5), pictures(), floors))


def test_too_many_to_compare_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are more pictures than are compared a line says so, unless nobody asked for it."""
    monkeypatch.setattr("trainer.advice.announcement.MANY", 5)
    line = "          near-duplicates are not looked for among more than 5 pictures"
    assert line in said(TrainConfig.of(), pictures())
    assert line not in said(TrainConfig.of(near_duplicates="anywhere"), pictures())
