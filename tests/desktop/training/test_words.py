"""What the Training page says."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.i18n.catalogue import Languages
from desktop.languages import ENGLISH
from desktop.training import words
from desktop.training.preview import Pace
from tests.desktop.training.test_data_view import FOUND
from trainer.advice.verdict import Ending
from trainer.advice.verdict import words as verdict_words
from trainer.data.listing import list_folder
from trainer.errors import DataError
from trainer.floor.floor import Floor
from trainer.machine.budget import Budget
from trainer.run import contract
from trainer.run.contract import Status
from trainer.run.contract.sentence import Sentence
from trainer.run.forecast import Forecast

CHINESE = "zh_CN"
FORECAST = Forecast(0.1, 30.0, 31.24, 32.0, 33.0, 33.04)


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    """With its singulars and plurals."""
    languages = Languages(qapp, ENGLISH)
    yield
    languages.choose("en")


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    """And English again afterwards."""
    languages = Languages(qapp, CHINESE)
    yield
    languages.choose(ENGLISH)


def test_the_trainers_sentences_are_told_in_the_language_of_the_window(chinese: None, tmp_path: Path) -> None:  # noqa: ARG001
    """A failure, what was chosen and why, and the verdict, each after its way through the run's status."""
    with pytest.raises(DataError) as raised:
        list_folder(tmp_path / "gone")
    contract.write_status(tmp_path, Status("failed", 0, message=raised.value.sentence))
    status = contract.read_status(tmp_path)
    assert status is not None
    assert words.state(status, "") == f"没有文件夹 {tmp_path / 'gone'}；--data 需要一个图片文件夹或 .tar 分片。"
    ending = Ending(24.1, (23.5, 24.7), 120, 1200, (Floor("whole", 64, 23.0),), "vector", 1.0, None)
    contract.write_status(tmp_path, Status("done", 0, notes=verdict_words(ending)))
    said = words.notes(contract.read_status(tmp_path))
    assert "120 张留出图片上为 24.10 dB（95 % 区间 23.5 至 24.7）" in said
    assert "比 整幅图片的 PCA 高 1.10 dB" in said
    assert not re.search(r"[a-z]{4,}", said)
    assert words.said("plain {text}") == "plain {text}"
    cut = Budget(lambda: 0.0, 1.0)
    cut.cuts += [
        Sentence("{most:,} of {count:,} pictures", most=5, count=9),
        Sentence("components from {most:,} of {count:,}", most=1, count=2),
    ]
    assert cut.said is not None
    over = Sentence("stopped: {reason}", reason=Sentence("--time-limit {limit} is over", limit="10m"))
    contract.write_status(tmp_path, Status("training", 0, notes=(cut.said, FORECAST.words, over)))
    lines = words.notes(contract.read_status(tmp_path)).splitlines()
    assert "9 张图片中的 5 张" in lines[0]
    assert "31.2 至 32.0 dB" in lines[1]
    assert "--time-limit 10m" in lines[2]
    assert not re.search(r"[a-z]{4,}", " ".join(lines).replace("--time-limit", ""))


@pytest.mark.parametrize(
    ("pace", "side", "said"),
    [
        (
            Pace("vector", 64, 36.0, 20.0, 600.0, 30.0),
            600,
            "1,260 pictures of about 600 pixels: vector latent of 64 at 32 pixels, "
            "about 12 minutes here for 20 epochs\n"
            "In 10 minutes: about 16 epochs",
        ),
        (
            Pace("map", 16, 900.0, 20.0, None),
            0,
            "1,260 pictures: map latent of 16 channels at 32 pixels, about 5 hours here for 20 epochs",
        ),
        (Pace("vector", 8, None, 20.0, 600.0), 0, "1,260 pictures: vector latent of 8 at 32 pixels"),
        (
            Pace("vector", 8, 0.01, 1.0, 1.0),
            0,
            "1,260 pictures: vector latent of 8 at 32 pixels, about 1 second here for 1 epoch\n"
            "In 1 second: about 100 epochs",
        ),
    ],
)
def test_what_would_be_trained_is_told_with_its_time(english: None, pace: Pace, side: int, said: str) -> None:  # noqa: ARG001
    """As far as it is known: the size of the pictures, the time of a whole training, and what fits in the limit."""
    assert words.pace(dataclasses.replace(FOUND, pace=pace), side) == said
