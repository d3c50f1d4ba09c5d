"""Trainings that are compared: what was measured is read, never measured twice, and refused where it is broken."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from tests.trainer.ablate.test_page import outcome
from trainer.ablate import compared
from trainer.ablate.compared import OUTCOMES_FILE, SharedOptions, exit_status, measure_once
from trainer.errors import CheckpointError
from trainer.machine.stop import StopRequest
from trainer.options.config import TrainConfig
from trainer.run.display import Display


def test_what_was_measured_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the last figure, and no network is loaded for it."""
    monkeypatch.setattr(compared, "load_run", lambda _: pytest.fail("loaded a network"))
    known = outcome(0.9, 0.5)
    (tmp_path / OUTCOMES_FILE).write_text(json.dumps(known.to_json()))
    assert measure_once(tmp_path, TrainConfig(), Display()) == known


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'{"pictures": 1}', b"\xff"])
def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    """It names the file and says what to do."""
    (tmp_path / OUTCOMES_FILE).write_bytes(content)
    with pytest.raises(CheckpointError, match=r"outcomes\.json cannot be used .*; delete it to measure again"):
        measure_once(tmp_path, TrainConfig(), Display())


def test_shared_options_are_those_of_each_training() -> None:
    """All of them are options of a training, which starts at random and leaves near-duplicates where they are."""
    shared = SharedOptions(batch_size=3, seed=5).shared()
    config = TrainConfig.of(**shared)
    assert (config.training.batch_size, config.run.seed) == (3, 5)
    assert (shared["init"], shared["near_duplicates"]) == ("random", "anywhere")


def test_the_status_is_that_of_the_signal(capsys: pytest.CaptureFixture[str]) -> None:
    """0 at the end, 128 and the signal after a stop, 2 and one sentence on bad input."""

    def stopped(stop: StopRequest) -> None:
        stop.signal = signal.SIGTERM

    def bad(_: StopRequest) -> None:
        raise CheckpointError("no run")

    assert exit_status(lambda _: None) == 0
    assert exit_status(stopped) == 128 + signal.SIGTERM
    assert exit_status(bad) == 2
    assert capsys.readouterr().err == "error: no run\n"
