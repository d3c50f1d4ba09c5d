"""`convae-train`, which says what is missing where the desktop alone was installed."""

from __future__ import annotations

import functools
from collections.abc import Callable

from trainer import extra


def main() -> int:
    """The command; returns its exit status: that of the training, or 2 where what it needs is not installed."""
    return extra.run(_load)


def _load() -> Callable[[], int]:
    from trainer.train import main as train

    return functools.partial(train, started=extra.STARTED)
