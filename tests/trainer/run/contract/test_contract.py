"""The contract of a run folder: what is written reads back, and whatever else lies there is refused."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.run import contract
from trainer.run.contract import Status
from trainer.run.contract.sentence import Sentence
from trainer.run.contract.tables import Curves

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@given(
    step=st.integers(0, 1 << 40),
    loss=st.none() | NUMBERS,
    message=st.text(max_size=99),
    state=st.sampled_from(contract.STATES),
)
def test_a_status_reads_back(
    tmp_path_factory: pytest.TempPathFactory, step: int, loss: float | None, message: str, state: contract.State
) -> None:
    """Every field that was written, whatever the message says."""
    folder = tmp_path_factory.mktemp("run")
    message = message.encode("utf-8", "replace").decode()
    contract.write_status(folder, Status(state, 1, step=step, loss=loss, message=message))
    read = contract.read_status(folder)
    assert read is not None
    assert (read.state, read.step, read.loss, read.message) == (state, step, loss, message)
    assert read.updated > 0
    assert [path.name for path in folder.iterdir()] == [contract.STATUS_FILE]


def test_sentences_keep_what_they_were_made_of(tmp_path: Path) -> None:
    """The message and the notes; of a trainer that wrote none the text alone, and of one that lies the text too."""
    message, note = Sentence("{path} is gone.", path="a"), Sentence("one channel")
    contract.write_status(tmp_path, Status("failed", 1, message=message, notes=(note, "plain")))
    read = contract.read_status(tmp_path)
    assert read is not None
    assert isinstance(read.message, Sentence)
    assert (read.message, read.message.template) == (message, message.template)
    assert read.notes == ("one channel", "plain")
    path = tmp_path / contract.STATUS_FILE
    raw = json.loads(path.read_text())
    for change in ({"sentence": {"template": "Other.", "values": {}}}, {"sentence": 3, "notes": 3}, None):
        left = {name: value for name, value in raw.items() if name not in ("sentence", "notes")}
        path.write_text(json.dumps(left if change is None else raw | change))
        read = contract.read_status(tmp_path)
        assert read is not None
        assert read.message == "a is gone."
        assert not isinstance(read.message, Sentence)
        assert len(read.notes) == (2 if change and "notes" not in change else 0)


@pytest.mark.parametrize(
    "change",
    [
        {"version": 3},
        {"gradient_norm": "1"},
        {"state": "dancing"},
        {"step": "1"},
        {"loss": True},
        {"seconds": math.inf},
        {"message": 3},
    ],
)
def test_a_status_of_another_kind_is_none(tmp_path: Path, change: dict[str, object]) -> None:
    """A wrong version, state or type, or a number that is not finite, is no status."""
    contract.write_status(tmp_path, Status("training", 1))
    path = tmp_path / contract.STATUS_FILE
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    assert contract.read_status(tmp_path) is None


@given(st.binary(max_size=200))
def test_any_bytes_in_place_of_a_status_are_none(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Reading never fails; and a file beyond the limit is not read."""
    folder = tmp_path_factory.mktemp("run")
    (folder / contract.STATUS_FILE).write_bytes(content)
    (folder / contract.REQUEST_FILE).write_bytes(content)
    assert contract.read_status(folder) is None
    assert contract.asked(folder) in (None, *contract.REQUESTS)
    (folder / contract.STATUS_FILE).write_text(json.dumps({"state": "x" * contract.LARGEST_STATUS_BYTES}))
    assert contract.read_status(folder) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_a_pipe_in_place_of_a_file_does_not_wait(tmp_path: Path) -> None:
    """Status, request and curves of a pipe are none."""
    for name in (contract.STATUS_FILE, contract.REQUEST_FILE, contract.METRICS_FILE):
        os.mkfifo(tmp_path / name)
    assert contract.read_status(tmp_path) is None
    assert contract.asked(tmp_path) is None
    assert not Curves(tmp_path).read_on()


def test_requests_are_written_and_forgotten(tmp_path: Path) -> None:
    """The last one counts."""
    assert contract.asked(tmp_path) is None
    contract.ask(tmp_path, "pause")
    contract.ask(tmp_path, "stop")
    assert contract.asked(tmp_path) == "stop"
    contract.forget_request(tmp_path)
    contract.forget_request(tmp_path)
    assert contract.asked(tmp_path) is None


def test_a_process_that_is_gone_is_not_alive(tmp_path: Path) -> None:
    """A run is alive as long as its process is there and its state has not ended."""
    assert Status("training", os.getpid()).alive
    assert not Status("done", os.getpid()).alive
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    assert not Status("training", process.pid).alive
    assert not Status("training", 0).alive
    assert contract.find_runs(tmp_path / "none") == []


def test_runs_and_grids_are_found(tmp_path: Path) -> None:
    """Runs are folders with options and a status or curves; `latest` is none of its own."""
    run = tmp_path / "a"
    (run / contract.GRIDS_FOLDER).mkdir(parents=True)
    (run / contract.CONFIG_FILE).write_text("{}")
    assert contract.find_runs(tmp_path) == []
    contract.write_status(run, Status("done", 1))
    (tmp_path / "latest").symlink_to("a", target_is_directory=True)
    assert contract.find_runs(tmp_path) == [run]
    for name in ("epoch-0002.png", "epoch-0010.png", "other.txt"):
        (run / contract.GRIDS_FOLDER / name).touch()
    assert [epoch for epoch, _ in contract.find_grids(run)] == [2, 10]


def test_a_status_of_the_first_version_is_read(tmp_path: Path) -> None:
    """What it does not have is as it is by default; one of this version must have everything."""
    contract.write_status(tmp_path, Status("training", 1, step=4, gradient_norm=2.0, active_latents=3))
    path = tmp_path / contract.STATUS_FILE
    content = json.loads(path.read_text())
    old = {name: value for name, value in content.items() if name not in contract.FIELDS_OF_2}
    path.write_text(json.dumps({**old, "version": 1}))
    assert contract.read_status(tmp_path) == Status("training", 1, step=4, version=1, updated=content["updated"])
    path.write_text(json.dumps(old))
    assert contract.read_status(tmp_path) is None


def test_a_kind_of_failure_that_is_not_known_is_none(tmp_path: Path) -> None:
    """A later trainer may tell of more kinds: the sentence is shown all the same."""
    contract.write_status(tmp_path, Status("failed", 1, message="The moon fell down.", failure="moon"))  # type: ignore[arg-type]
    status = contract.read_status(tmp_path)
    assert status is not None
    assert (status.failure, status.message) == ("", "The moon fell down.")


def test_an_early_failure_goes_where_it_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the file that the variable names; without it, and where it cannot be written, nothing happens."""
    monkeypatch.delenv(contract.FAILURE_VARIABLE, raising=False)
    contract.tell_early_failure("Nobody asked.")
    monkeypatch.setenv(contract.FAILURE_VARIABLE, str(tmp_path / "missing" / "failure.json"))
    contract.tell_early_failure("There is no such folder.")
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv(contract.FAILURE_VARIABLE, str(tmp_path / "failure.json"))
    contract.tell_early_failure("There is no folder.", "data", "--data here")
    status = contract.read_status_file(tmp_path / "failure.json")
    assert status is not None
    assert (status.state, status.message, status.failure, status.cure) == (
        "failed",
        "There is no folder.",
        "data",
        "--data here",
    )
