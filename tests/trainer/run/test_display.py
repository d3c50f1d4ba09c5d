"""What a run shows where there is no terminal."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from trainer.run.display import Display


def test_a_pipe_gets_the_lasting_lines_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """No bar, no escape sequence, and nothing that a file's name could do to a terminal."""
    with Display() as display:
        display.prepare("Preparing pictures", 1, 2)
        display.say("read [bold]\x1b[2J.png")
    assert capsys.readouterr().out == "read [bold]\\x1b[2J.png\n"


def test_an_output_that_is_full_is_named_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The work goes on in silence."""

    def full(_: Any) -> int:
        raise OSError(28, "No space left on device")

    with Display() as display:
        monkeypatch.setattr(sys.stdout, "write", full)
        display.say("one")
        display.say("two")
    assert capsys.readouterr().err.count("cannot be written (No space left on device)") == 1
