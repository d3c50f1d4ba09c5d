"""Colours among labels, as numbers that a linear direction can follow.

A hue goes round, and means nothing where there is little colour; a linear probe reads it badly (R2 0.69 of the hair of
the built-in characters) from a code in which the same colour's red, green and blue are all there (0.97).
"""

from __future__ import annotations

import colorsys
from collections.abc import Mapping, Sequence

from trainer.data.labels import UNKNOWN

PARTS = ("hue", "saturation", "value")  # each in [0, 1]
LUMA = (0.299, 0.587, 0.114)  # of red, green and blue (ITU-R BT.601)


def with_colours(factors: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """The factors, with three other numbers in place of the hue, saturation and value of one thing.

    `hair_hue`, `hair_saturation` and `hair_value` become `hair_lightness`, from black to white, `hair_redness`, from
    green to red, and `hair_warmth`, from blue to yellow. They stand where the hue did. Factors whose labels are not all
    numbers from 0 to 1, or that already have such a name beside them, stay as they are.

    Args:
        factors: For each factor the label of every picture, empty where it is not known.
    """
    found: dict[str, Sequence[str]] = {}
    taken: set[str] = set()
    for name, labels in factors.items():
        stem = name.removesuffix("hue")
        wanted = [stem + part for part in PARTS]
        named = name == wanted[0] and (not stem or stem.endswith("_")) and all(each in factors for each in wanted)
        colour = _as_colour(stem, [factors[each] for each in wanted]) if named else {}
        if colour and not set(colour) & set(factors):
            found |= colour
            taken |= set(wanted)
        else:
            found[name] = labels
    return {name: labels for name, labels in found.items() if name not in taken}


def _as_colour(stem: str, parts: Sequence[Sequence[str]]) -> dict[str, Sequence[str]]:
    """Lightness, redness and warmth of every picture; nothing where a label is no number from 0 to 1."""
    rows: list[tuple[str, str, str]] = []
    for labels in zip(*parts):
        if UNKNOWN in labels:
            rows.append((UNKNOWN, UNKNOWN, UNKNOWN))
            continue
        try:
            hue, saturation, value = map(float, labels)
        except ValueError:
            return {}
        if not all(0 <= each <= 1 for each in (hue, saturation, value)):
            return {}
        rows.append(_describe(*colorsys.hsv_to_rgb(hue, saturation, value)))
    names = [f"{stem}{name}" for name in ("lightness", "redness", "warmth")]
    return {name: [row[index] for row in rows] for index, name in enumerate(names)}


def _describe(red: float, green: float, blue: float) -> tuple[str, str, str]:
    """Of a colour in [0, 1]: its luma, red against green, and yellow against blue, as labels."""
    lightness = sum(weight * each for weight, each in zip(LUMA, (red, green, blue)))
    return f"{lightness:.6f}", f"{red - green:.6f}", f"{(red + green) / 2 - blue:.6f}"
