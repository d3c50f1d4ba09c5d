"""A training over two machines, played by two agents of torchrun on loopback, of which one is lost."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from trainer.run.checkpoint import CHECKPOINT_FILE, steps_done
from trainer.run.metrics import METRICS_FILE, read_metrics

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="needs process groups")]

STEPS = 400
TRAINING = (
    *("--size", "32", "--batch-size", "4", "--latent-size", "8", "--width", "0.25", "--depth", "0.5"),
    *("--device", "cpu", "--latent", "vector", "--init", "random", "--checkpoint-every", "10", "--epochs", "400"),
)


def _agent(number: int, port: int, home: Path, cache: Path, *arguments: object) -> subprocess.Popen[bytes]:
    """One machine: an agent with one process, in a folder of its own, that begins anew up to twice."""
    home.mkdir()
    rendezvous = ("--rdzv-backend", "c10d", "--rdzv-endpoint", f"127.0.0.1:{port}", "--rdzv-id", "test")
    conf = "join_timeout=120,last_call_timeout=3,close_timeout=5,keep_alive_interval=1,keep_alive_max_attempt=3"
    command = [
        *(sys.executable, "-m", "torch.distributed.run", "--nnodes", "1:2", "--nproc-per-node", "1"),
        *("--max-restarts", "2", "--monitor-interval", "0.3", *rendezvous),
        *("--rdzv-conf", f"is_host={int(number == 0)},{conf}", "--local-addr", "127.0.0.1"),
        *("-m", "trainer.train", *map(str, arguments)),
    ]
    environment = {
        **os.environ,
        **{"OMP_NUM_THREADS": "1", "CONVAE_CACHE": str(cache), "PYTHONPATH": str(Path(__file__).parents[3])},
    }
    with (home.with_suffix(".txt")).open("wb") as said:
        return subprocess.Popen(command, cwd=home, env=environment, stdout=said, stderr=said, start_new_session=True)


def _wait_for(happens: object, seconds: float, said: Path) -> None:
    assert callable(happens)
    until = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < until, said.read_text()[-4000:]
        time.sleep(0.2)


def test_a_lost_machine_ends_the_step_and_the_other_goes_on(picture_folder: Path, tmp_path: Path, cache: Path) -> None:
    """The machine that is left says what happened and what stands, begins again alone from there, and ends the run."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = (*TRAINING, "--data", picture_folder, "--steps", STEPS, "--out", "run")
    agents = [_agent(number, port, tmp_path / f"machine-{number}", cache, *arguments) for number in range(2)]
    said = tmp_path / "machine-0.txt"
    runs = [tmp_path / f"machine-{number}" / "run" for number in range(2)]
    try:
        _wait_for(lambda: any((run / CHECKPOINT_FILE).is_file() for run in runs), 120, said)
        writer = [(run / CHECKPOINT_FILE).is_file() for run in runs].index(True)
        lost, left, run = 1 - writer, writer, runs[writer]
        assert lost == 1, "the first machine hosts the meeting point"
        before = steps_done(run)
        for process in _family(agents[lost].pid):
            os.kill(process, signal.SIGKILL)
        _wait_for(lambda: agents[left].poll() is not None, 240, said)
    finally:
        for agent in agents:
            for process in _family(agent.pid):
                os.kill(process, signal.SIGKILL)
            agent.wait(30)
    text = said.read_text()
    assert agents[left].returncode == 0, text[-4000:]
    assert "Another process of this training was lost, so it ended; the checkpoint of step" in text
    assert 0 < before < STEPS
    assert [row.step for row in read_metrics(run)] == list(range(1, STEPS + 1)), METRICS_FILE
    assert steps_done(run) == STEPS


def _family(parent: int) -> list[int]:
    """A process that still runs, with its children and theirs, the youngest first."""
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    except OSError:
        return []
    return [each for child in children for each in _family(int(child))] + [parent]
