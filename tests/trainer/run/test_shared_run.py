"""One run of several processes, and one that torchrun starts again."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.errors import ConfigError
from trainer.machine.distributed import ALONE
from trainer.options.config import TrainConfig
from trainer.run.checkpoint import save_config
from trainer.run.run_folder import choose_run
from trainer.run.shared_run import restarted, same_config, same_run


@pytest.fixture
def elastic(monkeypatch: pytest.MonkeyPatch) -> None:
    """As torchrun with --max-restarts starts a process."""
    monkeypatch.setenv("TORCHELASTIC_RUN_ID", "test")
    monkeypatch.setenv("TORCHELASTIC_MAX_RESTARTS", "3")


@pytest.mark.usefixtures("elastic")
def test_a_process_that_is_started_again_goes_on(tmp_path: Path) -> None:
    """The first time the command is as it was typed; once the run folder has options it gets --resume, once alone."""
    words = ["--steps", "9", "--out", str(tmp_path / "run")]
    assert list(restarted(words)) == words
    (tmp_path / "run").mkdir()
    save_config(tmp_path / "run", TrainConfig.of(steps=9))
    assert list(restarted(words)) == [*words, "--resume"]
    assert list(restarted([*words, "--resume"])) == [*words, "--resume"]


@pytest.mark.usefixtures("elastic")
def test_restarts_need_a_folder() -> None:
    """Without --out a process that is started again would begin another run."""
    with pytest.raises(ConfigError, match="--max-restarts needs --out"):
        restarted(["--steps", "9"])


def test_without_restarts_a_command_is_as_it_was_typed(tmp_path: Path) -> None:
    """A run folder that is there already is refused as ever."""
    save_config(tmp_path, TrainConfig.of(steps=9))
    words = ["--steps", "9", "--out", str(tmp_path)]
    assert restarted(words) is words


def test_a_single_process_has_its_own_run(tmp_path: Path) -> None:
    """Options and folder are those that the command line gives."""
    words = ["--steps", "9", "--out", str(tmp_path / "run")]
    with same_run(words, ALONE) as found:
        assert found == choose_run(words)
    config = TrainConfig.of(steps=9)
    assert same_config(config, ALONE) is config
