"""What the page of a model says."""

from __future__ import annotations

import dataclasses

import pytest

from desktop.engine import library
from desktop.engine.library import ModelEntry
from desktop.shell import model_facts
from export.bundle import Bundle, Floor


def described(entry: ModelEntry, data: str) -> ModelEntry:
    """The model, whose data is described so."""
    bundle = entry.require()
    info = dataclasses.replace(bundle.info, quality=dataclasses.replace(bundle.info.quality, data=data))
    return dataclasses.replace(entry, bundle=dataclasses.replace(bundle, info=info))


@pytest.mark.parametrize(
    ("psnr_db", "words"), [(31.0, "1.00 dB above"), (30.0, "0.00 dB above"), (28.5, "1.50 dB below")]
)
def test_the_floor_is_compared_with_the_network(psnr_db: float, words: str) -> None:
    """How far above or below what a linear code of as many numbers reaches, never by a negative number."""
    said = model_facts.floor(Floor("whole", 64, 30.0), psnr_db)
    assert said.endswith(words)
    assert "30.00 dB PSNR" in said
    assert "64 numbers" in said


def test_sizes_and_latents_are_said_plainly(entry: ModelEntry, free: Bundle) -> None:
    """A fixed size is a size; a free one is any, with that of the training beside it."""
    assert model_facts.sizes(entry) == "32 × 32"
    assert model_facts.latent(entry) == "8, 384 times fewer numbers than pixels have"
    other = library.open_entry(free.folder)
    assert model_facts.sizes(other) == "any size; trained at 32 × 32"
    assert model_facts.latent(other) == "4 × 4 × 4, 48 times fewer numbers than pixels have"


@pytest.mark.parametrize(
    ("data", "licence"),
    [
        ("faces, licensed under “CC0 1.0” (by many)", "CC0 1.0"),
        ("photos in the public domain", "public domain"),
        ("photos under CC BY-SA 4.0 and others", "CC BY-SA 4.0"),
    ],
)
def test_terms_are_read_from_the_description(entry: ModelEntry, data: str, licence: str) -> None:
    """As they are written there, without quotes."""
    assert model_facts.licence(described(entry, data)) == licence


def test_terms_that_are_not_said_are_in_the_card(entry: ModelEntry) -> None:
    """No licence is made up where the description of the data names none."""
    assert model_facts.licence(described(entry, "faces, drawn by a program")) == "see the model card"


def test_what_is_not_measured_yet_is_said() -> None:
    """While the speed is measured the page does not wait for it."""
    assert model_facts.speed(None) == "measuring…"
