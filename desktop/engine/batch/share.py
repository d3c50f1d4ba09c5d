"""A share of a batch, for job arrays: `I/N` of the pictures, the same ones on every machine."""

from __future__ import annotations

import dataclasses
import hashlib
import os
from pathlib import Path

from desktop.engine.errors import DesktopError

MOST_SHARES = 100_000


@dataclasses.dataclass(frozen=True)
class Share:
    """One of several equal shares; `number` counts from 1 to `of`."""

    number: int
    of: int

    def __str__(self) -> str:
        """As it is typed."""
        return f"{self.number}/{self.of}"

    def holds(self, picture: Path) -> bool:
        """Whether a picture, by its path below the source, is in this share: each is in exactly one of the `of`."""
        digest = hashlib.sha256(os.fsencode(picture.as_posix())).digest()
        return int.from_bytes(digest[:8], "big") % self.of == self.number - 1


def parse_share(text: str) -> Share:
    """Reads `I/N`.

    Raises:
        DesktopError: It is not of that form, or I is not from 1 to N.
    """
    number, slash, of = text.partition("/")
    if slash and number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of) <= MOST_SHARES:
        return Share(int(number), int(of))
    raise DesktopError(
        "{text} is no share; write I/N, as in 2/8, with I from 1 to N and N at most {most:,}.",
        text=text,
        most=MOST_SHARES,
    )
