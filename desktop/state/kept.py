"""The codes that the user has put aside: the two snapshots, and the pictures of the morph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, Signal, Slot

from desktop.engine.autoencoder import Latents
from desktop.engine.session_file import NamedCode


class Kept(QObject):
    """Holds them for the pages that show them and for the session file; codes of one model at any time.

    Attributes:
        snapshots: By their places, A and B.
        morph: In the order in which the morph visits them.

    Signals:
        replaced(): All of them are others now, with no pictures of them made yet.
    """

    replaced = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing is kept."""
        super().__init__(parent)
        self.snapshots: dict[str, Latents] = {}
        self.morph: list[NamedCode] = []

    def replace(self, snapshots: Mapping[str, Latents], morph: Iterable[NamedCode]) -> None:
        """Others in place of all of them."""
        self.snapshots, self.morph = dict(snapshots), list(morph)
        self.replaced.emit()

    @Slot()
    def clear(self) -> None:
        """Keeps nothing: codes of one model mean nothing to another."""
        self.replace({}, ())
