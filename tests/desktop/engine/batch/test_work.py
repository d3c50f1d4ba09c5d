"""A batch on several threads: pictures side by side in the model where they may be, and an honest clock."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop.engine import pictures
from desktop.engine.autoencoder import THREADS_OF_EACH, Autoencoder, Latents
from desktop.engine.batch import model
from desktop.engine.batch import run as batch
from desktop.engine.batch.plan import BatchJob
from desktop.engine.batch.progress import Control
from desktop.engine.batch.run import run
from desktop.engine.disk import timed_file
from desktop.engine.machine import race
from desktop.engine.pictures import Pixels
from tests.desktop.engine.batch.conftest import changed


def test_pictures_are_in_the_model_side_by_side_on_the_cpu(job: BatchJob, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one is being encoded another one comes in; with another provider than the CPU none does."""
    together = threading.Barrier(2)
    inside, most = list[int](), list[int]()
    encode = Autoencoder.encode

    def met(self: Autoencoder, images: Pixels) -> Latents:
        inside.append(1)
        most.append(len(inside))
        if side_by_side:
            together.wait(10)
        latents = encode(self, images)
        inside.pop()
        return latents

    monkeypatch.setattr(Autoencoder, "encode", met)
    monkeypatch.setattr(batch, "AT_ONCE", 2)
    monkeypatch.setattr(model, "ON_CPU", 2)
    side_by_side = True
    assert run(job).written == 6
    monkeypatch.setattr(Autoencoder, "provider", "CUDA")
    side_by_side, most[:] = False, []
    assert run(changed(job, overwrite=True)).written == 6
    assert set(most) == {1}


def test_time_paused_is_not_time_at_work() -> None:
    """Pauses add up, whether they are over or not, and ending a pause twice counts it once."""
    control = Control()
    assert control.paused_s == 0
    control.pause()
    assert control.paused
    first = control.paused_s
    assert control.paused_s >= first >= 0
    control.resume()
    after = control.paused_s
    control.resume()
    assert control.paused_s == after


def test_a_small_picture_is_opened_once(job: BatchJob, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its pixels, what the model sees of it and how many pictures its file holds come of one reading."""
    opened: list[Path] = []
    monkeypatch.setattr(pictures, "open_timed", lambda path: opened.append(path) or timed_file.open_timed(path))
    summary = run(job)
    assert len(opened) == summary.written + len(summary.failures) == summary.total


def test_the_way_that_won_for_batches_is_taken(job: BatchJob, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked for by the number of threads that each of several runs has."""
    asked: list[int] = []
    monkeypatch.setattr(race, "kept", lambda _, threads: asked.append(threads))
    run(job)
    assert asked == [THREADS_OF_EACH]
