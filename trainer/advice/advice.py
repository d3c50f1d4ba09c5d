"""What to train on pictures that are so: a pure function from facts to options, with its reasons.

The same function serves the command and the window. Where a figure decides it stands at the top, and the README says
what it was chosen on.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from trainer.advice.facts import NUMBERS, Facts
from trainer.options.fields import flag
from trainer.options.options import LARGEST_SIZE, MULTIPLE
from trainer.options.values import Sides, parse_duration, size_option
from trainer.run.contract.sentence import Sentence, joined

# Measured, see MEASUREMENTS.md: of folders with one kind of picture components are 0.8 dB and more above as many waves;
# of photographs, cliparts, landscapes, shelves and papers 0.3 dB and more below them.
ALIKE_DB = 0.25
LEAST_EXPLAINED = 0.6  # of held-out variance, by 64 components: less is noise, or has too few pictures
NEARLY_ALL = 0.995  # of it: pictures of one colour, or all the same
ENOUGH_FOR_VECTOR = 150  # pictures: fewer have no directions that hold for others
SMALL_SET, FEW = 2_000, 50  # pictures
LARGER = 1.5  # times --size that the shorter side must have for tiles
MOST_TILES = 20_000  # 3 GB in the cache at 128 pixels
ENOUGH_FOR_TILES = 20  # pictures: text made smaller is another than a map will see, so fewer pictures, cut, are better
TILE_SECONDS, PREPARING = 0.02, 0.25  # to cut one; and the share of the time that all of them may take
PATIENT_STEPS, LEAST_PATIENCE = 150, 8  # of training without a better epoch; and in epochs
TIME_LIMIT = "10m"
CORRECTION = {"vector": 4, "map": 2}  # blocks
MANY_EPOCHS = 1_000  # where the time decides
FEW_HOLDOUT = 0.25
LEAST_AREA, MOST_AREA = 0.5, 1.5  # of an oblong size, times that of the usual square
AREA_COST = 0.05  # share of a picture that is cut off, which is worth twice or half the pixels


@dataclass(frozen=True)
class Advice:
    """Options for a training, by their names, and what they rest on."""

    options: dict[str, Any]
    choice: Sentence
    """One line: what is trained."""
    reason: Sentence
    """One line: why."""


def advise(
    facts: Facts, size: int, gpu: bool, kinds: Collection[str], given: Collection[str], seconds: float | None = None
) -> Advice:
    """Chooses what the user did not.

    Args:
        facts: Of the pictures.
        size: Height and width in pixels that tiles are trained at.
        gpu: Whether it trains on one.
        kinds: Of latent that the network family has.
        given: Names of the options that the user gave; nothing is chosen for these.
        seconds: Of --time-limit, where the user gave it.
    """
    timed = not {"epochs", "steps"} & set(given)
    if seconds is None and timed:
        seconds = parse_duration(TIME_LIMIT)
    vector = "vector" in kinds and ("map" not in kinds or (one_kind(facts) and facts.pictures >= ENOUGH_FOR_VECTOR))
    options: dict[str, Any] = {"latent": "vector" if vector else "map"}
    small, large = facts.short_side < size, facts.short_side >= LARGER * size
    enough = 0 if vector or not (small or large) else cut_in_time(facts, seconds)
    options["tiles"] = enough >= facts.pictures or (enough >= ENOUGH_FOR_TILES and "most_pictures" not in given)
    if options["tiles"] and enough < facts.pictures:
        options["most_pictures"] = enough
    if facts.pictures < SMALL_SET:
        options |= {"flip": facts.symmetric, "weight_decay": 0.01}
    if facts.pictures < FEW and not (large and options["tiles"]):
        options["holdout"] = FEW_HOLDOUT
    options["grey"] = facts.grey
    options["correction"] = CORRECTION["vector" if vector else "map"]
    options["linear"] = vector and facts.pictures < SMALL_SET
    if not gpu:
        linear = options["linear"] and "linear" not in given
        options |= {"batch_size": 16} if linear else {"width": 0.5, "batch_size": 16}
    if timed:
        options |= {"time_limit": TIME_LIMIT, "epochs": MANY_EPOCHS}
    chosen = {name: value for name, value in options.items() if name not in given}
    return Advice(chosen, _choice(chosen, small), _reason(facts, vector, kinds))


def cut_in_time(facts: Facts, seconds: float | None) -> int:
    """How many of the pictures can be cut in tiles within a quarter of so many seconds; 0 where sizes are not known."""
    most = MOST_TILES if seconds is None else min(MOST_TILES, PREPARING * seconds / TILE_SECONDS)
    if facts.tiles == 0:
        return 0
    return facts.pictures if facts.tiles <= most else int(facts.pictures * most / facts.tiles)


def one_kind(facts: Facts) -> bool:
    """Whether pictures have so much in common that a vector's numbers mean something: what is where in all of them."""
    return facts.over_waves_db >= ALIKE_DB and facts.explained >= LEAST_EXPLAINED


def fitting_size(aspect: float, side: int) -> int | str:
    """The value of --size for pictures of one aspect: cuts off little, and has about as many pixels as a square.

    Args:
        aspect: Width over height.
        side: Of the square, in pixels.
    """
    lengths = range(MULTIPLE, LARGEST_SIZE + 1, MULTIPLE)
    areas = {(height, width): height * width / side**2 for height in lengths for width in lengths}

    def cost(sides: Sides) -> float:
        apart = abs(math.log(sides[1] / sides[0] / aspect))
        return 1 - math.exp(-apart) + AREA_COST * abs(math.log2(areas[sides]))

    return size_option(min((sides for sides, area in areas.items() if LEAST_AREA <= area <= MOST_AREA), key=cost))


def patience(pictures: int, batch_size: int) -> int:
    """Epochs without a better held-out loss after which a training of so many pictures may stop; 0 for a large set."""
    if pictures >= SMALL_SET:
        return 0
    steps = max(1, pictures // min(batch_size, pictures))
    return max(LEAST_PATIENCE, math.ceil(PATIENT_STEPS / steps))


def _choice(chosen: dict[str, Any], small: bool) -> Sentence:
    """What was chosen, and nothing that the user gave; small pictures give one tile each, with all of them in it."""
    vector = chosen["latent"] == "vector"
    parts: list[str] = [Sentence("a vector of whole pictures" if vector else "a map of 8x8 blocks")]
    if "tiles" in chosen:
        tiled = Sentence("at their own size" if small else "cut in tiles")
        parts.append(tiled if chosen["tiles"] else Sentence("resized"))
    if chosen.get("grey"):
        parts.append(Sentence("one channel"))
    if chosen.get("linear"):
        parts.append(Sentence("a linear code"))
    for name in ("flip", "holdout", "correction", "width", "batch_size", "weight_decay", "most_pictures", "time_limit"):
        value = chosen.get(name)
        if value not in (None, False):
            parts.append(flag(name) if value is True else f"{flag(name)} {value}")
    return joined(*parts)


def _reason(facts: Facts, vector: bool, kinds: Collection[str]) -> Sentence:
    share = Sentence(
        "{numbers} numbers explain {share:.0f} % of how held-out pictures differ",
        numbers=NUMBERS,
        share=100 * max(0.0, facts.explained),
    )
    better = facts.over_waves_db >= 0
    gap = Sentence(
        "{gap:.1f} dB better than smooth waves do" if better else "{gap:.1f} dB worse than smooth waves do",
        gap=abs(facts.over_waves_db),
    )
    both, count = joined(share, gap), facts.pictures
    if len(kinds) == 1:
        return Sentence("no other latent was to be had; {facts}", facts=both)
    if not vector and count < FEW:
        return Sentence(
            "{count:,} pictures are too few to tell whether they are of one kind, and for sliders, from {least} on;"
            " a map reconstructs any picture",
            count=count,
            least=ENOUGH_FOR_VECTOR,
        )
    if vector:
        return Sentence(
            "{facts}: the {count:,} pictures are of one kind, and enough for sliders", facts=both, count=count
        )
    if facts.explained >= NEARLY_ALL and abs(facts.over_waves_db) < ALIKE_DB:
        return Sentence("{share}, and so do smooth waves; a map reconstructs any picture", share=share)
    if one_kind(facts):
        return Sentence(
            "{count:,} pictures are too few for sliders, from {least} on; {facts}",
            count=count,
            least=ENOUGH_FOR_VECTOR,
            facts=both,
        )
    return Sentence(
        "{facts}: they are not of one kind, so sliders would mean little, and a map reconstructs any picture",
        facts=both,
    )
