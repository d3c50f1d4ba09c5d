"""Several processes train as one."""

from __future__ import annotations

import functools
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.processes import group_environments, start_training
from trainer import train
from trainer.errors import LostProcessError
from trainer.machine.distributed import Processes, losses_told
from trainer.run.epochs import read_epochs
from trainer.run.metrics import read_metrics

OPTIONS = (
    *("--size", "32", "--batch-size", "5", "--latent-size", "8", "--width", "0.25", "--depth", "0.5"),
    *("--device", "cpu", "--precision", "fp32", "--kl", "0.1", "--free-bits", "0.1", "--kl-warmup-epochs", "0"),
    *("--latent", "vector", "--init", "random"),
    *("--corrupt", "noise:0.1,mask:0.3", "--flip"),
    *("--schedule", "constant", "--warmup-epochs", "0"),  # the same rates, however many steps are asked for
)


def test_shares_cover_everything_once() -> None:
    """However many processes there are, each position is exactly one's."""
    for count in (1, 2, 3, 7):
        shares = [Processes(rank, count).mine(np.arange(7)) for rank in range(count)]
        assert np.array_equal(np.concatenate(shares), np.arange(7))
        assert max(map(len, shares)) - min(map(len, shares)) <= 1


@pytest.mark.parametrize("words", ["Connection closed by peer", "gloo: timed out waiting", "NCCL error"])
def test_a_lost_process_is_told(words: str) -> None:
    """What torch says of it becomes one sentence, after the first process has saved; with no others it is no loss."""
    saved: list[int] = []
    for rank in (0, 1):
        with (
            pytest.raises(LostProcessError, match="was lost"),
            losses_told(Processes(rank, 2), functools.partial(saved.append, rank)),
        ):
            raise RuntimeError(words)
    assert saved == [0]
    with pytest.raises(RuntimeError), losses_told(Processes(), functools.partial(saved.append, 2)):
        raise RuntimeError(words)
    with pytest.raises(RuntimeError, match="shapes"), losses_told(Processes(0, 2), functools.partial(saved.append, 3)):
        raise RuntimeError("shapes do not fit")
    assert saved == [0]


def _train_in_two(folder: Path, cache: Path, *arguments: object) -> list[str]:
    """Two processes, each started in a folder of its own below `folder`, which is all that is different about them."""
    homes = [folder / f"machine-{rank}" for rank in range(2)]
    errors = [folder / f"said-{rank}.txt" for rank in range(2)]
    processes = []
    for home, path, environment in zip(homes, errors, group_environments(2)):
        home.mkdir(parents=True, exist_ok=True)
        processes.append(start_training(arguments, {**environment, "CONVAE_CACHE": str(cache)}, path, home))
    for process in processes:
        process.join(120)
    said = [path.read_text() for path in errors]
    assert [process.exitcode for process in processes] == [0, 0], said
    assert "2 processes" in said[0]
    assert said[1] == "", "only the first process writes"
    assert list(homes[1].iterdir()) == [], "and it alone has the run folder"
    return said


@pytest.mark.skipif(sys.platform == "win32", reason="needs processes that copy themselves")
@pytest.mark.slow
def test_two_processes_train_as_one(
    picture_folder: Path, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two gloo processes without a folder in common, on unequal shares of each batch, give one process's curve.

    So do two that resume, of which the second one has no checkpoint, and then one that resumes alone.
    """
    common = (*OPTIONS, "--data", picture_folder, "--steps")
    monkeypatch.setattr(sys, "argv", ["train", *map(str, (*common, 12, "--out", tmp_path / "one"))])
    assert train.main() == 0
    _train_in_two(tmp_path / "two", cache, *common, 6, "--out", "run")
    _train_in_two(tmp_path / "two", cache, "--resume", "--steps", 10, "--out", "run")
    run = tmp_path / "two" / "machine-0" / "run"
    monkeypatch.setattr(sys, "argv", ["train", "--resume", "--steps", "12", "--out", str(run)])
    assert train.main() == 0
    one, two = read_metrics(tmp_path / "one"), read_metrics(run)
    assert [row.step for row in two] == [row.step for row in one]
    assert [row.loss for row in two] == pytest.approx([row.loss for row in one], rel=1e-4)
    assert [row.kl for row in two] == pytest.approx([row.kl for row in one], rel=1e-4)
    for mine, theirs in zip(read_epochs(run), read_epochs(tmp_path / "one"), strict=True):
        assert mine == pytest.approx(theirs, rel=1e-3)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs processes that copy themselves")
def test_gradients_in_bf16_change_the_curve_little(
    picture_folder: Path, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With --compress two processes stay within 2 % of one process's loss over twelve steps."""
    common = (*OPTIONS, "--data", picture_folder, "--steps", 12, "--out")
    monkeypatch.setattr(sys, "argv", ["train", *map(str, (*common, tmp_path / "one"))])
    assert train.main() == 0
    _train_in_two(tmp_path / "two", cache, "--compress", *common, "run")
    one, two = read_metrics(tmp_path / "one"), read_metrics(tmp_path / "two" / "machine-0" / "run")
    assert [row.loss for row in two] == pytest.approx([row.loss for row in one], rel=0.02)
    assert [row.loss for row in two] != [row.loss for row in one]
