"""Whether another model at hand knows a picture better."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from desktop.engine import library
from desktop.engine.errors import StoppedError
from desktop.engine.library import ModelEntry
from desktop.engine.machine.runs import Stop
from desktop.engine.pictures import Picture
from desktop.engine.quality.second_opinion import ask_others, is_unknown, known
from desktop.engine.rendering import Renderer
from desktop.engine.scene import Request
from desktop.engine.sliders.steering import Knob, Origin, Steering
from export.bundle import Bundle
from tests import bundles

STRANGE = Picture("noise", np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8))


@pytest.fixture
def entries(vector: Bundle, free: Bundle, tmp_path: Path) -> list[ModelEntry]:
    """The model that is shown, one that knows maps, and one that is broken."""
    broken = bundles.vector_bundle(tmp_path / "broken", name="broken").folder
    (broken / "decoder.onnx").write_bytes(b"nothing")
    return [library.open_entry(each) for each in (vector.folder, free.folder, broken)]


def test_the_better_model_is_named(entries: list[ModelEntry]) -> None:
    """Where it is better by four dB; models that do not run are passed over, and so is the one that is shown."""
    found = ask_others(entries, entries[0], STRANGE, 0.0, Stop())
    assert found is not None
    assert found.entry is entries[1]
    assert ask_others(entries, entries[0], STRANGE, found.psnr_db - 3.9, Stop()) is None
    assert ask_others(entries[:1], entries[0], STRANGE, 0.0, Stop()) is None


def test_it_can_be_stopped(entries: list[ModelEntry]) -> None:
    """Between two models."""
    stop = Stop()
    stop.set()
    with pytest.raises(StoppedError):
        ask_others(entries, entries[0], STRANGE, 0.0, stop)


def test_noise_is_unknown_and_a_steered_picture_is_not_asked_about(entry: ModelEntry) -> None:
    """Nor is the mean latent, which is of no picture."""
    renderer = Renderer("cpu")
    strange = renderer.render(Request(entry, STRANGE))
    assert is_unknown(strange)
    space = strange.subject.model.space
    moved = Steering(strange.code, Origin("picture")).moved(space, Knob("numbers", 0), 1.0)
    assert not is_unknown(renderer.render(Request(entry, STRANGE, moved)))
    assert not is_unknown(renderer.render(Request(entry)))


@pytest.mark.parametrize(
    ("training", "name"),
    [({"data": "/home/a/faces"}, "faces"), ({"characters": 20_000}, None), ({"data": None, "characters": 0}, "tiny")],
)
def test_what_a_model_knows_is_named_by_its_folder(vector: Bundle, training: dict[str, object], name: str) -> None:
    """None for the built-in faces, and the model's own name where nothing is known."""
    assert known(dataclasses.replace(vector.info, training=training)) == name
