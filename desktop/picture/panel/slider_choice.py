"""Which sliders are listed: those of a group, or of all groups those that are searched for or are favourites."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence

from desktop.engine.sliders.latents import GroupName, LatentSpace
from desktop.engine.sliders.local_axes import LocalAxes
from desktop.engine.sliders.steering import Knob
from desktop.picture import explore_words
from desktop.widgets.slider_stack import SliderSpec


@dataclasses.dataclass(frozen=True)
class Wish:
    """What is asked for.

    Attributes:
        group: The group beneath the concepts.
        needle: What a slider's name or heading must contain; empty for anything.
        favourites: The sliders to show alone; None for all.
    """

    group: GroupName
    needle: str = ""
    favourites: Collection[Knob] | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether sliders of every group are looked through."""
        return bool(self.needle.strip()) or self.favourites is not None


def chosen(
    wish: Wish,
    kinds: Sequence[GroupName],
    space: LatentSpace,
    local: LocalAxes | None,
    names: Mapping[Knob, str],
) -> tuple[list[SliderSpec], list[SliderSpec]]:
    """The concepts' sliders, and those beneath them."""
    concepts = explore_words.specs("concepts", space)
    if not wish.is_filtered:
        return concepts, explore_words.specs(wish.group, space, local)
    rest = [spec for kind in kinds for spec in explore_words.specs(kind, space, local)]
    known = {Knob("concepts", index): f"{label.factor} {label.name}" for index, label in enumerate(space.labels)}
    known |= {knob: f"{known.get(knob, '')} {name}" for knob, name in names.items()}
    return _found(wish, _with_headings(concepts), known), _found(wish, rest, known)


def _found(wish: Wish, specs: Sequence[SliderSpec], known: Mapping[Knob, str]) -> list[SliderSpec]:
    """Those that are wanted, each heading above the first that is left under it.

    A slider is found by what is shown, by the name that the user gave it, and by what the bundle calls it, which in
    another language is not what is shown.
    """
    words, result, before = wish.needle.casefold().split(), list[SliderSpec](), ""
    for spec in specs:
        text = f"{spec.heading} {spec.name} {known.get(spec.knob, '')}".casefold()
        is_wanted = wish.favourites is None or spec.knob in wish.favourites
        if is_wanted and all(word in text for word in words):
            result.append(dataclasses.replace(spec, heading=spec.heading if spec.heading != before else ""))
            before = spec.heading
    return result


def _with_headings(specs: Sequence[SliderSpec]) -> list[SliderSpec]:
    """Every slider with the heading that it stands under; concepts that are numbers stand before the first one."""
    result, heading = list[SliderSpec](), ""
    for spec in specs:
        heading = spec.heading or heading
        result.append(dataclasses.replace(spec, heading=heading))
    return result
