"""The command line and the options are two writings of one thing."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.errors import ConfigError
from trainer.options.command_line import parse, training_command
from trainer.options.config import GROUPS, TrainConfig


def test_the_command_repeats_the_training() -> None:
    """Only what differs from the defaults is in it, quoted for a shell, and never a path."""
    config = TrainConfig.of(data=Path("/home/someone/My Pictures"), arch="vgg16", steps=5, out=Path("/tmp/run"))
    assert training_command(config) == "python -m trainer.train --data 'My Pictures' --arch vgg16 --steps 5"
    assert training_command(TrainConfig()) == "python -m trainer.train"
    settled = TrainConfig.of(init="random", near_duplicates="anywhere")
    assert training_command(settled) == "python -m trainer.train --latent vector --init random"


@given(
    config=st.builds(
        TrainConfig.of,
        lr=st.floats(1e-6, 1),
        kl=st.floats(0, 1),
        steps=st.none() | st.integers(1, 99),
        loss=st.sampled_from(["mse", "l1", "charbonnier"]),
        corrupt=st.sampled_from([None, "noise:0.1,mask:0.3"]),
        compile=st.booleans(),
    )
)
def test_the_command_reads_back(config: TrainConfig) -> None:
    """Parsed again, the command gives the options it was made from."""
    assert parse(shlex.split(training_command(config))[3:]) == config


def test_what_is_not_given_stays_as_it_was() -> None:
    """A resumption starts from the run's own options."""
    saved = TrainConfig.of(arch="vgg13", batch_size=5, out=Path("run"))
    assert parse(["--resume", "--epochs", "3"], saved) == saved.changed(resume=True, epochs=3)


def test_help_shows_every_option_in_its_group(capsys: pytest.CaptureFixture[str]) -> None:
    """--help names every flag once, under the five headings, and ends with status 0."""
    with pytest.raises(SystemExit) as exit_:
        parse(["--help"])
    shown = capsys.readouterr().out
    assert exit_.value.code == 0
    for group in ("pictures", "network", "objective", "training", "run"):
        assert f"{group} options" in shown
    for name in GROUPS:
        assert "--" + name.replace("_", "-") + " " in shown, name
    assert "--size N|WxH " in shown


def test_bad_values_are_named() -> None:
    """A value out of range is an error that names its flag."""
    with pytest.raises(ConfigError, match="--size"):
        parse(["--size", "65"])
