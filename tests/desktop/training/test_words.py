"""What the Training page says."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desktop.i18n.catalogue import Languages
from desktop.languages import ENGLISH
from desktop.training import words
from desktop.training.preview import Pace
from tests.desktop.training.test_data_view import FOUND


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    """With its singulars and plurals."""
    languages = Languages(qapp, ENGLISH)
    yield
    languages.choose("en")


@pytest.mark.parametrize(
    ("pace", "side", "said"),
    [
        (
            Pace("vector", 64, 36.0, 20.0, 600.0),
            600,
            "1,260 pictures of about 600 pixels: vector latent of 64 at 32 pixels, "
            "about 12 minutes here for 20 epochs\n"
            "In 10 minutes: about 17 epochs",
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
