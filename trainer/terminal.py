"""Output of the commands: text that is safe to print, and one way to end."""

from __future__ import annotations

import contextlib
import os
import sys
import unicodedata
from collections.abc import Callable

from trainer.errors import TrainerError
from trainer.run.contract.sentence import Sentence

# Controls, halves of characters (bytes of a file's name that are not UTF-8) and separators of lines; and the marks that
# change the direction of writing, by which a name can look like another.
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(text: str) -> str:
    r"""Text on one line in which no file's name commands a terminal: what is unsafe becomes `\x1b` or the like."""
    # Nothing unsafe is printable to Python, which looks far faster: a report holds pictures, as millions of letters.
    return text if text.isprintable() else "".join(map(_safe, text))


def say_error(error: object) -> None:
    """Prints a failure on the terminal, as one sentence."""
    with contextlib.suppress(OSError):
        print(f"error: {printable(str(error))}", file=sys.stderr)


def exit_status(command: Callable[[], int], interrupted: Callable[[], str]) -> int:
    """Calls a command and ends it: 2 after one sentence about what is wrong, 130 after Ctrl-C, else what it returned.

    Args:
        command: Returns its status; may raise `TrainerError` and `OSError`.
        interrupted: What to say after Ctrl-C.
    """
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")  # a terminal that has no such character shows its number
    try:
        status = command()
        sys.stdout.flush()
    except TrainerError as error:
        say_error(error)
        status = 2
    except OSError as error:
        say_error(sentence(error))
        drop_stdout()
        status = 2
    except KeyboardInterrupt:
        print(printable(interrupted()), file=sys.stderr)
        status = 130
    return status


def sentence(error: OSError) -> Sentence:
    """What the system refused, for people."""
    reason = error.strerror or str(error) or type(error).__name__
    if not error.filename:
        return Sentence("The output cannot be written ({reason}).", reason=reason)
    return Sentence("{path}: {reason}.", path=error.filename, reason=reason)


def drop_stdout() -> None:
    """Has an output that is full or closed swallow what is left for it, which would be a second complaint at exit."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with contextlib.suppress(OSError, ValueError):  # tests have an output that is no file
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)


def _safe(character: str) -> str:
    if unicodedata.category(character) not in _UNSAFE_CATEGORIES and character not in _DIRECTIONS:
        return character
    number = ord(character)
    if 0xDC80 <= number <= 0xDCFF:  # a byte that is not UTF-8, as Python keeps it
        return f"\\x{number - 0xDC00:02x}"
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
