"""A run that is watched: its status follows it, and it follows requests."""

from __future__ import annotations

import errno
import os
import threading
import time
from pathlib import Path

import pytest

from tests.processes import start_training
from trainer.errors import CheckpointError, DataError, DivergedError, NoMemoryError, TrainerError
from trainer.machine.stop import StopRequest
from trainer.run import contract
from trainer.run.contract.sentence import Sentence
from trainer.run.live import Live, kind_of_failure, tell_failure
from trainer.run.metrics import Row

OPTIONS = ("--size", 32, "--characters", 40, "--latent-size", 8, "--batch-size", 8, "--latent", "vector")


def row(step: int, psnr: float | None = None) -> Row:
    """A step of a training."""
    return Row(step, 1, 0.5, 1e-3, 100.0, holdout_psnr=psnr, gradient_norm=0.25, active_latents=7)


def test_the_status_follows_the_run(tmp_path: Path) -> None:
    """From the first step to the end, with the last measurement kept and an estimate of what is left."""
    live = Live(tmp_path, StopRequest())
    live.begin(10.0, 0, 100)
    live.step(row(1, psnr=20.0), 100, 11.0, 0.5)
    live.step(row(2), 100, 12.0, 0.5)
    live.end("finishing")
    status = contract.read_status(tmp_path)
    assert status is not None
    assert (status.state, status.step, status.total_steps, status.holdout_psnr) == ("finishing", 2, 100, 20.0)
    assert status.memory_mib > 0
    assert (status.gradient_norm, status.active_latents) == (0.25, 7)
    tell_failure(tmp_path, "The disk is full.", "disk")
    failed = contract.read_status(tmp_path)
    assert failed is not None
    assert (failed.state, failed.message, failed.failure, failed.step) == ("failed", "The disk is full.", "disk", 2)


def test_a_sentence_is_added_to_what_was_chosen(tmp_path: Path) -> None:
    """And takes the place of an earlier one of its kind, as in a run that goes on; the end has its own."""
    contract.write_status(tmp_path, contract.Status("training", 0, notes=(Sentence("a map"), Sentence("{n} dB", n=1))))
    live = Live(tmp_path, StopRequest())
    live.begin(0.0, 5, 10)
    live.add(Sentence("{n} dB", n=2))
    live.end("finishing")
    status = contract.read_status(tmp_path)
    assert status is not None
    assert status.notes == ("a map", "2 dB")


def test_a_process_that_does_not_write_leaves_nothing(tmp_path: Path) -> None:
    """Of several processes one tells how far they are."""
    live = Live(tmp_path, StopRequest(), writes=False)
    live.begin(0.0, 0, 10)
    live.step(row(1, psnr=1.0), 10, 1.0, 0.0)
    live.end("done")
    assert list(tmp_path.iterdir()) == []


def test_a_pause_waits_until_the_run_goes_on(tmp_path: Path) -> None:
    """A step does not end while the run is paused, and does once it may go on; a stop ends a pause too."""
    stop = StopRequest()
    live = Live(tmp_path, stop)
    live.begin(0.0, 0, 10)
    for request in ("resume", "stop"):
        contract.ask(tmp_path, "pause")
        thread = threading.Thread(target=live.step, args=(row(1), 10, 1.0, 0.0))
        thread.start()
        deadline = time.monotonic() + 20
        while (status := contract.read_status(tmp_path)) is None or status.state != "paused":
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert thread.is_alive()
        contract.ask(tmp_path, "resume" if request == "resume" else "stop")
        thread.join(20)
        assert not thread.is_alive()
    assert stop.signal is not None


def test_a_failure_before_there_is_a_run_is_told_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run of another process, and a folder that is no run, are left alone."""
    monkeypatch.setenv(contract.FAILURE_VARIABLE, str(tmp_path / "told.json"))
    contract.write_status(tmp_path, contract.Status("training", os.getpid() + 1))
    tell_failure(tmp_path, "There is no folder.", "data")
    assert contract.read_status(tmp_path).state == "training"  # type: ignore[union-attr]
    told = contract.read_status_file(tmp_path / "told.json")
    assert told is not None
    assert (told.message, told.failure) == ("There is no folder.", "data")


def _raised(error: Exception, cause: BaseException | None = None) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (NoMemoryError("small"), "memory"),
        (DivergedError("wild"), "diverged"),
        (DataError("gone"), "data"),
        (TrainerError("odd"), ""),
        (OSError(errno.ENOSPC, "full"), "disk"),
        (_raised(DataError("cache"), OSError(errno.ENOSPC, "full")), "disk"),
        (_raised(CheckpointError("run"), OSError(errno.EACCES, "not yours")), "disk"),
        (_raised(DataError("pictures"), OSError(errno.EACCES, "not yours")), "data"),
        (_raised(CheckpointError("weights"), ValueError("No space left on device (os error 28)")), "disk"),
    ],
)
def test_every_failure_has_its_kind(error: Exception, kind: str) -> None:
    """By the error itself, or by the refusal of the disk that it was raised for."""
    assert kind_of_failure(error) == kind


def test_a_disk_that_refuses_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The training is worth more than its status."""

    def refuse(*_: object) -> None:
        raise OSError("full")

    monkeypatch.setattr("trainer.run.live.write_status", refuse)
    live = Live(tmp_path, StopRequest())
    live.begin(0.0, 0, 1)
    live.step(row(1), 1, 1.0, 0.0)


@pytest.mark.slow
def test_a_real_run_is_paused_stopped_and_watched(tmp_path: Path) -> None:
    """The command writes its status, waits when it is asked to, saves and leaves when asked, and can be resumed."""
    out = tmp_path / "run"
    process = start_training(("--out", out, "--steps", 100_000, *OPTIONS), {}, tmp_path / "errors")
    deadline = time.monotonic() + 120
    while (status := contract.read_status(out)) is None or status.step < 3:
        assert process.is_alive()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert status.alive
    assert status.pid == process.pid
    contract.ask(out, "pause")
    while (status := contract.read_status(out)) is None or status.state != "paused":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    contract.ask(out, "stop")
    process.join(timeout=120)
    status = contract.read_status(out)
    assert status is not None
    assert status.state == "stopped"
    assert (out / contract.CHECKPOINT_FILE).is_file()
    assert not status.alive


def test_what_was_chosen_is_kept_until_the_verdict(tmp_path: Path) -> None:
    """Over a resumption too, which chooses nothing; then what the run came to stands in its place."""
    Live(tmp_path, StopRequest(), notes=[Sentence("one channel")]).begin(0.0, 0, 9)
    again = Live(tmp_path, StopRequest())
    again.begin(1.0, 3, 9)
    status = contract.read_status(tmp_path)
    assert status is not None
    assert (status.step, status.notes) == (3, ("one channel",))
    again.note([])  # nothing was measured
    again.note([Sentence("{psnr:.1f} dB", psnr=24.0)])
    again.end("done")
    status = contract.read_status(tmp_path)
    assert status is not None
    assert (status.state, status.notes) == ("done", ("24.0 dB",))
