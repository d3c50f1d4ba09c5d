"""Names of files as SQLite can keep them, whatever their bytes."""

from __future__ import annotations

import os
from typing import overload


def stored(name: str) -> str | bytes:
    """A path as SQLite can keep it: as text or, where its bytes are no UTF-8, as these."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name)
    return name


def name_of(kept: str | bytes) -> str:
    """The path that `stored` made ready."""
    return os.fsdecode(kept) if isinstance(kept, bytes) else kept


@overload
def printable(text: str) -> str: ...
@overload
def printable(text: None) -> None: ...
def printable(text: str | None) -> str | None:
    """A text without half characters, as bytes of a name that are no UTF-8 become."""
    return None if text is None else text.encode("utf-8", "backslashreplace").decode()
