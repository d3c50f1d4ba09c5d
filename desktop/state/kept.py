"""The codes that the user has put aside: the snapshots, and the pictures of the morph."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand

from desktop.engine.autoencoder import Latents
from desktop.engine.session_file import NamedCode

Aside = tuple[Mapping[str, Latents], Sequence[NamedCode], Mapping[str, object]]  # snapshots, morph, sources

Snapshots = tuple[Mapping[str, Latents], Mapping[str, object]]  # codes and sources, by their names


class Kept(QObject):
    """Holds them for the pages that show them and for the session file: those of the present model, and, until it is
    chosen again, those of every other one.

    Attributes:
        snapshots: By their names, in the order in which they are shown.
        sources: What picture each snapshot was made from, by the same names; nothing where it is not known.
        morph: In the order in which the morph visits them.

    Signals:
        replaced(): All of them are others now, with no pictures of them made yet.
        returned(): The same of the snapshots alone: a change of them was undone, or done again.
    """

    replaced = Signal()
    returned = Signal()

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

    def present(self) -> Snapshots:
        """The present model's snapshots as they are now."""
        return dict(self.snapshots), dict(self.sources)

    @property
    def identity(self) -> object:
        """Of the present model."""
        return self._of

    def set_snapshots(self, identity: object, snapshots: Snapshots) -> None:
        """What snapshots a model has, the present one or another."""
        codes, sources = dict(snapshots[0]), dict(snapshots[1])
        if identity == self._of:
            self.snapshots, self.sources = codes, sources
            self.returned.emit()
        else:
            self._others[identity] = codes, self.aside(identity)[1], sources

    @Slot()
    def clear(self) -> None:
        """Keeps nothing of the present model."""
        self.replace({}, ())


class SnapshotStep(QUndoCommand):
    """A snapshot that was removed, replaced or renamed. Undone, it is as it was before; those made since stay."""

    def __init__(self, text: str, kept: Kept, before: Snapshots) -> None:
        """`before` are the present model's as they were; what it has now is how they are after, and is done already."""
        super().__init__(text)
        self._kept, self._identity, self._done = kept, kept.identity, True
        self._before, self._after = before, kept.present()

    def redo(self) -> None:
        """Does it again."""
        if not self._done:
            self._go(self._before, self._after)
        self._done = False

    def undo(self) -> None:
        """Takes it away again."""
        self._go(self._after, self._before)

    def _go(self, start: Snapshots, end: Snapshots) -> None:
        snapshots, _, sources = self._kept.aside(self._identity)
        self._kept.set_snapshots(self._identity, carried((snapshots, sources), start, end))


def carried(present: Snapshots, start: Snapshots, end: Snapshots) -> Snapshots:
    """The present snapshots, changed as from `start` to `end`; one that comes back to a name that is taken by now gets
    another one.
    """
    codes = {name: code for name, code in present[0].items() if name in end[0] or start[0].get(name) is not code}
    sources = {name: source for name, source in present[1].items() if name in codes}
    for place, (name, code) in enumerate(end[0].items()):
        if start[0].get(name) is code:
            continue
        if name in codes and codes[name] is not start[0].get(name):
            name = next(f"{name} {number}" for number in itertools.count(2) if f"{name} {number}" not in codes)
        if name in codes:
            codes[name] = code
        else:
            pairs = list(codes.items())
            codes = dict([*pairs[:place], (name, code), *pairs[place:]])
        sources[name] = end[1].get(name)
    return codes, sources
