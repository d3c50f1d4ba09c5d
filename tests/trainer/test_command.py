"""The command `convae-train`."""

from __future__ import annotations

import sys

import pytest

from trainer import command


def test_it_is_the_training(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """With the same arguments and the same exit status."""
    monkeypatch.setattr(sys, "argv", ["convae-train", "--size", "33", "--out", "nowhere"])
    assert command.main() == 2
    assert "--size must be a multiple of 32" in capsys.readouterr().err


def test_what_is_missing_is_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the desktop alone was installed, what to install is said, with status 2."""

    def missing() -> None:
        raise ModuleNotFoundError("No module named 'torch'", name="torch")

    monkeypatch.setattr(command, "_load", missing)
    assert command.main() == 2
    said = capsys.readouterr().err
    assert "torch" in said
    assert len(said.strip().splitlines()) == 1
