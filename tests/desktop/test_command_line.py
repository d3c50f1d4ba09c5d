"""What the command lines share: sentences and statuses, progress, and names that do nothing to a terminal."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import command_line
from desktop.command_line import Parser, describe, plain
from desktop.engine.errors import ModelError, PictureError
from export.bundle import Bundle

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (PictureError("{path} is none.", path="a"), 2, "name: a is none.\n"),
        (KeyboardInterrupt(), 130, "Stopped; what was done so far is kept.\n"),
        (PermissionError(13, "Permission denied", "/a"), 2, "name: /a cannot be used (Permission denied).\n"),
    ],
)
def test_what_ends_a_command_is_one_sentence(
    error: BaseException, status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """On stderr, with the status that it has."""

    def fail() -> int:
        raise error

    assert command_line.run("name", fail) == status
    assert capsys.readouterr().err == said


def test_bad_use_is_told_like_any_other_error(capsys: pytest.CaptureFixture[str]) -> None:
    """argparse prints no usage of its own."""
    assert command_line.run("name", lambda: bool(Parser(prog="x").parse_args(["--none"]))) == 2
    assert capsys.readouterr().err == "name: unrecognized arguments: --none (see --help)\n"


def test_without_a_model_it_is_said_where_one_goes() -> None:
    """The same sentence for every command."""
    with pytest.raises(ModelError, match="no model was found; name a model folder with --model, or put one in"):
        command_line.require_model(None)


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=30))
def test_no_text_does_anything_to_a_terminal(text: str) -> None:
    """Escapes, line ends, half characters and what turns the reading order are written out, and it can be encoded."""
    shown = plain(text, io.TextIOWrapper(io.BytesIO(), "ascii"))
    assert all(character.isprintable() for character in shown)
    assert "\x1b" not in plain(text)
    plain(text).encode()


def test_ordinary_names_stay_as_they_are() -> None:
    """In any script, where the terminal has it."""
    assert plain("Müller 图片 é 👩‍🚀.png") == "Müller 图片 é 👩‍🚀.png"
    assert plain("caf\udce9\x1b[31m.png") == "caf\\udce9\\x1b[31m.png"


def test_the_line_of_progress() -> None:
    """How many, how fast and for how long yet, as far as that is known."""
    assert describe("Pictures", 0, 9, None) == "Pictures 0 of 9"
    assert describe("Pictures", 5, 9, 2.0, ("1 failed",)) == "Pictures 5 of 9 · 1 failed · 2.0 a second, 0:02 left"
    assert describe("Encoding", 0, 900, 2.0) == "Encoding 0 of 900 · 2.0 a second, 7:30 left"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_output_is_a_sentence(tmp_path: Path, photo: Path, vector: Bundle) -> None:
    """Status 2, and no traceback; and a reader that leaves early gets none either."""
    command = [sys.executable, "-m", "desktop.inspect", "similar", photo.parent, photo, "--model", vector.folder]
    environment = os.environ | {"XDG_DATA_HOME": str(tmp_path / "data")}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environment)
    assert done.returncode == 2, done.stderr
    assert done.stderr.splitlines()[-1].startswith("desktop.inspect: the output cannot be written (No space left")
    assert "Traceback" not in done.stderr
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environment)
    os.close(writer)
    assert done.returncode == 141
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_json_brings_any_name_through(capsys: pytest.CaptureFixture[str]) -> None:
    """In ASCII, so that no terminal or encoding stands in its way."""
    command_line.say_json({"caf\udce9": "\x1b"})
    assert json.loads(capsys.readouterr().out) == {"caf\udce9": "\x1b"}
