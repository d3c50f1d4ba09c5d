"""The codes that the user has put aside: the snapshots, and the pictures of the morph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from desktop.engine.autoencoder import Latents
from desktop.engine.session_file import NamedCode

Aside = tuple[Mapping[str, Latents], Sequence[NamedCode], Mapping[str, object]]  # snapshots, morph, sources


class Kept(QObject):
    """Holds them for the pages that show them and for the session file: those of the present model, and, until it is
    chosen again, those of every other one.

    Attributes:
        snapshots: By their names, in the order in which they are shown.
        sources: What picture each snapshot was made from, by the same names; nothing where it is not known.
        morph: In the order in which the morph visits them.

    Signals:
        replaced(): All of them are others now, with no pictures of them made yet.
    """

    replaced = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing is kept."""
        super().__init__(parent)
        self.snapshots: dict[str, Latents] = {}
        self.sources: dict[str, object] = {}
        self.morph: list[NamedCode] = []
        self._of: object = None
        self._others: dict[object, Aside] = {}

    def aside(self, identity: object) -> Aside:
        """What is kept of a model, the present one or another, by `ModelEntry.identity`; nothing where nothing was."""
        if identity == self._of:
            return self.snapshots, self.morph, self.sources
        return self._others.get(identity, ({}, [], {}))

    def change_model(self, identity: object) -> None:
        """Puts aside what is of the model before, and brings back what was of this one: `ModelEntry.identity`."""
        self._others[self._of] = self.snapshots, self.morph, self.sources
        self._of = identity
        self.replace(*self._others.pop(identity, ({}, [], {})))

    def replace(
        self, snapshots: Mapping[str, Latents], morph: Iterable[NamedCode], sources: Mapping[str, object] | None = None
    ) -> None:
        """Others in place of all of them."""
        self.snapshots, self.morph, self.sources = dict(snapshots), list(morph), dict(sources or {})
        self.replaced.emit()

    @Slot(object)
    def order(self, names: Sequence[str]) -> None:
        """The snapshots in another order; all of their names are given."""
        self.snapshots = {name: self.snapshots[name] for name in names if name in self.snapshots}

    def rename(self, name: str, other: str) -> None:
        """Another name for one of the snapshots, which stays in its place."""
        self.snapshots = {other if each == name else each: code for each, code in self.snapshots.items()}
        if name in self.sources:
            self.sources[other] = self.sources.pop(name)

    def remove(self, name: str) -> None:
        """One of the snapshots goes."""
        self.snapshots.pop(name, None)
        self.sources.pop(name, None)

    @Slot()
    def clear(self) -> None:
        """Keeps nothing of the present model."""
        self.replace({}, ())
