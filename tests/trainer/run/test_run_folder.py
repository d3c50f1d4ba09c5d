"""A run is gone on with where it was, by one process at a time, and never begun anew over what it learnt."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from trainer.errors import CheckpointError
from trainer.options.config import TrainConfig
from trainer.run.checkpoint import CHECKPOINT_FILE, WEIGHTS_FILE, save_config
from trainer.run.metrics import METRICS_FILE
from trainer.run.run_folder import LOCK_FILE, choose_run, only_writer, start_run, what_stands


def _run_with(folder: Path, *names: str, steps: int = 0) -> Path:
    """A run folder as it may be left, with files of these names and so many rows of metrics."""
    folder.mkdir()
    save_config(folder, TrainConfig.of(checkpoint_every=7))
    for name in names:
        (folder / name).write_bytes(b"")
    if steps:
        rows = [f"{step},1,0.5,0.001,9.0," for step in range(1, steps + 1)]
        header = "step,epoch,loss,learning_rate,images_per_second,holdout_psnr"
        (folder / METRICS_FILE).write_text("\n".join([header, *rows]) + "\n")
    return folder


@pytest.mark.parametrize(
    ("names", "steps"), [((WEIGHTS_FILE,), 0), ((WEIGHTS_FILE,), 8), ((WEIGHTS_FILE, "curves.png"), 3)]
)
def test_a_run_whose_checkpoint_is_gone_is_refused(tmp_path: Path, names: tuple[str, ...], steps: int) -> None:
    """Where a checkpoint was written and is gone, --resume names --start-from and leaves the trained weights alone."""
    folder = _run_with(tmp_path / "run", *names, steps=steps)
    with pytest.raises(CheckpointError, match=f"no {CHECKPOINT_FILE} to resume from.*--start-from {folder}"):
        choose_run(["--resume", "--out", str(folder)])
    assert (folder / WEIGHTS_FILE).read_bytes() == b""


@pytest.mark.parametrize(("names", "steps"), [((), 0), ((WEIGHTS_FILE,), 7)])
def test_a_run_killed_before_its_first_checkpoint_begins_anew(
    tmp_path: Path, names: tuple[str, ...], steps: int
) -> None:
    """Where none can have been written yet, nothing is lost by beginning at the first step."""
    folder = _run_with(tmp_path / "run", *names, steps=steps)
    config, chosen = choose_run(["--resume", "--out", str(folder)])
    assert (config.run.resume, chosen) == (True, folder)


def test_a_run_has_one_writer(tmp_path: Path) -> None:
    """While one process trains a run, another that resumes it is refused; after it, it may."""
    folder = _run_with(tmp_path / "run", CHECKPOINT_FILE)
    program = (
        "import sys; from pathlib import Path; from trainer.run.run_folder import only_writer\n"
        "with only_writer(Path(sys.argv[1]), True):\n  print('in', flush=True)\n  sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"in\n"
        with pytest.raises(CheckpointError, match="being trained by another process"), only_writer(folder, True):
            pass
        with only_writer(folder, False):  # a process of the same training that writes nothing
            pass
    with only_writer(folder, True):
        pass


def test_a_run_that_did_not_start_leaves_no_folder(tmp_path: Path) -> None:
    """A folder that was made for the lock alone goes again, and what a killed start left is no run."""
    with only_writer(tmp_path / "run", True):
        pass
    assert not (tmp_path / "run").exists()
    (tmp_path / "killed").mkdir()
    (tmp_path / "killed" / LOCK_FILE).touch()
    assert choose_run(["--out", str(tmp_path / "killed")])[1] == tmp_path / "killed"
    with only_writer(tmp_path / "new", True):
        start_run(TrainConfig(), tmp_path / "new")
    assert (tmp_path / "new" / "config.json").is_file()


def test_what_stands_is_true(tmp_path: Path) -> None:
    """Where there is no checkpoint, none is promised."""
    assert what_stands(tmp_path) == "nothing was saved yet"
