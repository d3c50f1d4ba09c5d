"""How long work tells how far it is, and learns that it is no longer wanted."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Told how many are done, and of how many."""

Stopped = Callable[[], bool]
"""Asked now and then whether to stop."""


def silent(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def never() -> bool:
    """Work that nobody stops."""
    return False
