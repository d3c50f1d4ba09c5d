"""What the commands share."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.folder.moves import Moved
from desktop.inspect.commands.common import open_index, tell_moves
from export.bundle import Bundle


def test_what_was_not_moved_is_told_with_its_reason(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The answer is whether there is such a file, which makes the exit status 1."""
    assert not tell_moves(Moved(((tmp_path / "a", tmp_path / "b"),), ()), "moved")
    assert tell_moves(Moved((), ((tmp_path / "c", "the disk is full"),)), "moved")
    said = capsys.readouterr().err.splitlines()
    assert said == ["1 picture moved.", "0 pictures moved.", f"{tmp_path / 'c'} stays where it is: the disk is full."]


def test_another_folder_may_take_the_place_of_the_one_given(vector: Bundle, parts: Path) -> None:
    """As the folder of good pictures does; each is brought up to date."""
    arguments = argparse.Namespace(folder=parts, side=None)
    model = Autoencoder(vector, "cpu")
    whole, done = open_index(arguments, model)
    good, _ = open_index(arguments, model, parts / "good")
    assert (len(whole.rows()), done.added, len(good.rows())) == (30, 30, 24)
