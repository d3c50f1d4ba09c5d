"""Nothing that a file is called commands the terminal, and every failure is one sentence and a status."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.errors import DataError
from trainer.run.display import Display
from trainer.terminal import _safe, exit_status, printable


@given(st.text())
def test_what_is_printed_is_harmless(text: str) -> None:
    """Whatever the text, what comes out is one line of characters that UTF-8 can hold and no terminal obeys."""
    shown = printable(text)
    shown.encode("utf-8")
    assert not {unicodedata.category(each) for each in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(shown) & set("\u202e\u2066")


@given(st.text(st.characters(categories=["L", "N", "P", "S"])))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    """Letters, numbers, marks and symbols of any script are printed unchanged."""
    assert printable(text) == text


def test_what_python_calls_printable_is_harmless() -> None:
    """None of the characters that are taken unseen would be shown by its number."""
    taken = [each for each in map(chr, range(sys.maxunicode + 1)) if each.isprintable()]
    assert len(taken) > 100_000
    assert all(_safe(each) == each for each in taken)


def test_bytes_and_escapes_are_shown() -> None:
    """A byte that is not UTF-8 and a terminal's escape are shown as their numbers."""
    assert printable("caf\udce9\x1b[2J\u202egnp") == "caf\\xe9\\x1b[2J\\u202egnp"


def test_the_display_says_names_without_obeying_them(capsys: pytest.CaptureFixture[str]) -> None:
    """A line with an escape and a byte that is not UTF-8 is printed whole, and as one line."""
    with Display() as display:
        display.say("Skipped   a\x1b[31m\n\udce9.png: broken")
    assert capsys.readouterr().out == "Skipped   a\\x1b[31m\\x0a\\xe9.png: broken\n"


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (DataError("There is no folder \x1b[31m."), 2, "error: There is no folder \\x1b[31m.\n"),
        (PermissionError(13, "Permission denied", "runs/x"), 2, "error: runs/x: Permission denied.\n"),
        (OSError(28, "No space left on device"), 2, "error: The output cannot be written (No space left on device).\n"),
        (KeyboardInterrupt(), 130, "stopped; nothing was saved yet\n"),
    ],
)
def test_failures_are_sentences(
    error: BaseException, status: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a user can cure ends with status 2 and a sentence, Ctrl-C with 130 and what was saved."""

    def command() -> int:
        raise error

    assert exit_status(command, lambda: "stopped; nothing was saved yet") == status
    assert capsys.readouterr().err == says


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs an output that is always full")
@pytest.mark.slow
def test_a_full_output_is_one_sentence() -> None:
    """A command whose output cannot be written ends with status 2 and one line, and a display goes on in silence."""
    program = (
        "import sys; from trainer.terminal import exit_status; from trainer.run.display import Display\n"
        "def work():\n  for _ in range(3): print('x' * 9999)\n  return 0\n"
        "def show():\n  d = Display()\n  with d:\n    [d.say('line') for _ in range(3)]\n  return 0\n"
        "sys.exit(exit_status(work if sys.argv[1] == 'print' else show, str))"
    )
    for how, status, says in (("print", 2, "The output cannot be written"), ("show", 0, "goes on without it")):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run([sys.executable, "-c", program, how], stdout=full, stderr=subprocess.PIPE, text=True)
        assert (done.returncode, done.stderr.count("\n")) == (status, 1), done.stderr
        assert says in done.stderr
