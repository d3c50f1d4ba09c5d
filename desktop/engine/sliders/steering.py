"""Where a code is steered to: one immutable state, from which the code follows.

    code = base + mask * (concepts + independent + axes + numbers) + local + drift

Each group of sliders adds its own change to the base; a slider stands at the base's position plus its offset. So a
concept's slider does not drag those of the axes along, the order of moves never matters, and with every offset at 0 the
code is the base, to the last bit. Local axes are found within the mask already; what they and dragging did before is
the drift.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Literal

import numpy as np

from desktop.engine.autoencoder import Latents
from desktop.engine.sliders.directions import Coordinates, Directions, Floats, Linear
from desktop.engine.sliders.latents import GROUPS, GroupName, LatentSpace
from desktop.engine.sliders.local_axes import LocalAxes

OriginKind = Literal["picture", "mean", "random", "gallery", "snapshot", "mix", "kept"]


@dataclasses.dataclass(frozen=True)
class Origin:
    """Where a base came from: a picture, the mean, a random draw (`detail`: sampler and seed), ...

    Attributes:
        kind: The kind.
        detail: More of it, for people.
        is_derived: Whether the base was made from the code of the picture that is open, if it is not that itself.
    """

    kind: OriginKind
    detail: str = ""
    is_derived: bool = False

    @property
    def of_picture(self) -> bool:
        """Whether comparing what the base decodes to with the picture that is open says something."""
        return self.is_derived or self.kind == "picture"


@dataclasses.dataclass(frozen=True)
class Knob:
    """One slider: its group, and its place in it."""

    group: GroupName
    index: int

    def is_of(self, space: LatentSpace) -> bool:
        """Whether a model has it; local axes are of a state, and of no model."""
        return self.group in GROUPS and 0 <= self.index < len(space.group(self.group).low)


@dataclasses.dataclass(frozen=True, eq=False)
class Steering:
    """A base code and what was done to it.

    Attributes:
        base: float32 `[C, h, w]` or `[D]`.
        origin: Where the base came from.
        offsets: float64 `[n]` for each group that was moved, in units of spread.
        mask: float32 `[h, w]` in [0, 1] over a map's cells: how much the sliders act in each; None for everywhere.
        local: The local axes that there are sliders for; None before any were found.
        drift: float32 of the base's shape, what earlier local axes and dragging have added; None for nothing.
    """

    base: Latents
    origin: Origin
    offsets: Mapping[GroupName, Coordinates] = dataclasses.field(default_factory=dict)
    mask: Floats | None = None
    local: LocalAxes | None = None
    drift: Latents | None = None
    _starts: dict[GroupName, Coordinates | None] = dataclasses.field(default_factory=dict, repr=False)
    """What `start` has found; states that were made from one another share it as long as they share the base."""

    def directions(self, space: LatentSpace, name: GroupName) -> Directions:
        """What the sliders of a group move along.

        Raises:
            ValueError: There are no local axes.
        """
        if name != "local":
            return space.group(name)
        if self.local is None:
            raise ValueError("there are no local axes")
        return self.local

    def start(self, space: LatentSpace, name: GroupName) -> Coordinates | None:
        """Where the base lies along a group's directions, `[n]`; None where they do not fit it."""
        if name == "local":
            return None if self.local is None else self.local.positions(self.base)
        if name not in self._starts:
            self._starts[name] = space.group(name).positions(self.base)
        return self._starts[name]

    def code(self, space: LatentSpace) -> Latents:
        """The steered code, in the base's shape; the base itself where nothing was moved."""
        moved = [name for name, offsets in self.offsets.items() if name != "local" and offsets.any()]
        drift = self._drifted()
        if not moved and drift is None:
            return self.base
        code: Latents = self.base
        if moved:
            change = sum(space.group(name).change(self.offsets[name], self.base.shape) for name in moved)
            code = code + (change if self.mask is None else change * self.mask)
        return code if drift is None else code + drift

    @property
    def is_moved(self) -> bool:
        """Whether anything was done to the base."""
        return self.drift is not None or any(offsets.any() for offsets in self.offsets.values())

    def _drifted(self) -> Latents | None:
        """What local axes and dragging have added, all told; None for nothing."""
        offsets = self.offsets.get("local")
        if self.local is None or offsets is None or not offsets.any():
            return self.drift
        change = self.local.change(offsets, self.base.shape)
        return change if self.drift is None else self.drift + change

    def with_local(self, local: LocalAxes | None) -> Steering:
        """The same latent with other local axes, whose sliders stand at 0."""
        offsets: dict[GroupName, Coordinates] = {
            name: values for name, values in self.offsets.items() if name != "local"
        }
        return dataclasses.replace(self, offsets=offsets, local=local, drift=self._drifted())

    def drifted(self, change: Latents) -> Steering:
        """The latent with something added that is no slider's, float32 of the base's shape."""
        return dataclasses.replace(self, drift=change if self.drift is None else self.drift + change)

    def positions(self, space: LatentSpace, name: GroupName) -> Coordinates | None:
        """Where a group's sliders stand, `[n]`; None where they do not fit the base."""
        start = self.start(space, name)
        return None if start is None else start + self.offsets.get(name, 0.0)

    def moved(self, space: LatentSpace, knob: Knob, position: float) -> Steering:
        """The state with one slider elsewhere. At its start the offset is 0 exactly.

        Raises:
            ValueError: The group does not fit the base.
        """
        start = self.start(space, knob.group)
        if start is None:
            raise ValueError(f"{knob.group} do not fit a code of shape {self.base.shape}")
        offsets = np.array(self.offsets.get(knob.group, np.zeros(len(start))))
        offsets[knob.index] = position - start[knob.index]
        return dataclasses.replace(self, offsets={**self.offsets, knob.group: offsets})

    def reset(self, keep: Iterable[Knob] = ()) -> Steering:
        """Every slider back at its start, but for those to keep."""
        kept: dict[GroupName, Coordinates] = {}
        for knob in keep:
            if knob.group in self.offsets:
                offsets = kept.setdefault(knob.group, np.zeros_like(self.offsets[knob.group]))
                offsets[knob.index] = self.offsets[knob.group][knob.index]
        return dataclasses.replace(self, offsets=kept, drift=None)

    def only(self, knob: Knob) -> Steering:
        """The state with every slider but one at its start."""
        return self.reset(keep=[knob])

    def rebased(self, space: LatentSpace, base: Latents, origin: Origin, keep: Iterable[Knob] = ()) -> Steering:
        """Another base, with no slider moved from it, except that those to keep stand where they stood.

        Under a mask only the masked part of the code is replaced, if the new base has the old one's shape; otherwise
        the mask goes.
        """
        base = hold(space, base, [(knob, self._position(space, knob)) for knob in keep])
        mask = self.mask
        if mask is not None and base.shape == self.base.shape:
            here = self.code(space)
            base = here + mask * (base - here)
            origin = dataclasses.replace(origin, is_derived=self.origin.of_picture)
        elif base.shape[1:] != self.base.shape[1:]:
            mask = None
        return Steering(base, origin, {}, mask)

    def _position(self, space: LatentSpace, knob: Knob) -> float | None:
        positions = self.positions(space, knob.group)
        return None if positions is None else float(positions[knob.index])


def hold(space: LatentSpace, code: Latents, positions: Iterable[tuple[Knob, float | None]]) -> Latents:
    """The code nearest to `code` that stands at the wanted positions along axes of both kinds and concepts.

    The smallest change that meets all of them at once: least squares, since concepts are not orthogonal. Numbers and
    positions of None are left out; so is what does not fit the code's shape.
    """
    rows, changes = [], []
    for knob, position in positions:
        group = None if knob.group == "local" else space.group(knob.group)
        if position is None or not isinstance(group, Linear):
            continue
        here = group.positions(code)
        if here is None:
            continue
        row = group.pattern(knob.index, code.shape)
        rows.append(row)
        changes.append((position - here[knob.index]) * group.spread[knob.index] * float(row @ row))
    if not rows:
        return code
    change = np.linalg.lstsq(np.stack(rows), np.array(changes, np.float32), rcond=None)[0]
    held: Latents = code + change.reshape(code.shape).astype(np.float32)
    return held


def mix(first: Latents, second: Latents, share: float) -> Latents:
    """The code on the straight line between two of one shape: `share` 0 is the first, 1 the second."""
    if share <= 0.0 or share >= 1.0:
        return second if share >= 1.0 else first
    between: Latents = first + np.float32(share) * (second - first)
    return between


def pack(steering: Steering) -> dict[str, Floats | Coordinates]:
    """The arrays of a state, to be stored; `unpack` reads them."""
    arrays: dict[str, Floats | Coordinates] = {"base": steering.base}
    arrays |= {f"offsets_{name}": offsets for name, offsets in steering.offsets.items() if name != "local"}
    drift = steering.with_local(None).drift
    arrays |= {} if drift is None else {"drift": drift}
    return arrays if steering.mask is None else {**arrays, "mask": steering.mask}


def refitted(steering: Steering, space: LatentSpace) -> Steering:
    """The state in a space read anew from the same model, whose concepts may be others: the user adds and removes them.

    A user's concept comes after those that were there, so that offsets that are too few stand for the first ones; those
    that are too many are dropped, since which one is gone is not known.
    """
    counts = {name: len(steering.directions(space, name).low) for name in steering.offsets}
    if all(len(values) == counts[name] for name, values in steering.offsets.items()):
        return steering
    offsets: dict[GroupName, Coordinates] = {}
    for name, values in steering.offsets.items():
        missing = counts[name] - len(values)
        if missing >= 0:
            offsets[name] = np.pad(values, (0, missing))
    return dataclasses.replace(steering, offsets=offsets, _starts={})


def fits(code: Latents, space: LatentSpace) -> bool:
    """Whether a stored code is one of this model: of its numbers, a map of any height and width, and finite."""
    of_kind = code.ndim == len(space.shape) and code.shape[0] == space.shape[0]
    return of_kind and code.size > 0 and bool(np.isfinite(code).all())


def unpack(arrays: Mapping[str, Floats | Coordinates], origin: Origin, space: LatentSpace) -> Steering:
    """The state that was packed.

    Raises:
        ValueError: An array is missing, or does not fit this model.
    """
    with np.errstate(over="ignore"):  # a number too large is infinite, and does not fit
        base = np.asarray(arrays["base"], np.float32) if "base" in arrays else np.zeros(0, np.float32)
    if not fits(base, space):
        raise ValueError("the stored code does not fit this model")
    offsets: dict[GroupName, Coordinates] = {}
    for name in GROUPS:
        stored = arrays.get(f"offsets_{name}")
        if stored is None:
            continue
        offsets[name] = np.asarray(stored, np.float64)
        start = space.group(name).positions(base)
        if start is None or offsets[name].shape != start.shape or not np.isfinite(offsets[name]).all():
            raise ValueError(f"the stored sliders ({name}) do not fit this model")
    mask = None if "mask" not in arrays else np.asarray(arrays["mask"], np.float32)
    if mask is not None and (mask.shape != base.shape[1:] or not ((mask >= 0) & (mask <= 1)).all()):
        raise ValueError("the stored mask does not fit this model")
    drift = None if "drift" not in arrays else np.asarray(arrays["drift"], np.float32)
    if drift is not None and (drift.shape != base.shape or not np.isfinite(drift).all()):
        raise ValueError("the stored change by dragging does not fit this model")
    return Steering(base, origin, offsets, mask, drift=drift)
