"""The command `convae-export`."""

from __future__ import annotations

import sys

import pytest

from export import command


def test_what_is_missing_is_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the desktop alone was installed, what to install is said, with status 2."""

    def missing() -> None:
        raise ModuleNotFoundError("No module named 'torch'", name="torch")

    monkeypatch.setattr(command, "_load", missing)
    assert command.main() == 2
    said = capsys.readouterr().err
    assert "torch" in said
    assert len(said.strip().splitlines()) == 1


def test_it_is_the_export(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """With the same arguments and the same exit status."""
    monkeypatch.setattr(sys, "argv", ["convae-export", "no-such-run"])
    assert command.main() == 2
    assert "no-such-run" in capsys.readouterr().err
