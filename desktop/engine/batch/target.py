"""The folder that a batch writes to, which must stay the one that it was."""

from __future__ import annotations

from pathlib import Path

from desktop.engine.errors import PictureError


class TargetGoneError(PictureError):
    """The folder that is written to was taken away."""


class Target:
    """The folder that is written to: the one that was there when the batch began, and no other in its place."""

    def __init__(self, folder: Path) -> None:
        """Remembers which folder it is."""
        self._folder, self._which = folder, _which(folder)

    def require(self) -> None:
        """Raises:
        TargetGoneError: It was removed or replaced, and what was written to it with it.
        """
        if _which(self._folder) != self._which:
            raise TargetGoneError(
                "{folder} was removed or replaced while pictures were written to it; what was in it is gone with it. "
                "The same command does it all again.",
                folder=self._folder,
            )


def _which(folder: Path) -> tuple[int, int] | None:
    try:
        facts = folder.stat()
    except OSError:
        return None
    return facts.st_dev, facts.st_ino
