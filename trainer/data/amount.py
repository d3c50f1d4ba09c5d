"""How many pictures can be prepared within the time limit."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence

from trainer.data import characters
from trainer.data.dataset import CHARACTERS_SEED, Data, Progress, are_drawn, list_pictures
from trainer.data.holdout import some_items
from trainer.data.listing import Item
from trainer.data.patience import in_order
from trainer.data.pictures import Pictures
from trainer.data.remembered import content_hash
from trainer.data.store import count_unprepared, decode
from trainer.machine.budget import Budget
from trainer.options.config import TrainConfig
from trainer.run.contract.sentence import Sentence

READING, LEAST_READING = 0.45, 0.05  # of the time limit: by then pictures are read, and what there is for it at least
FEW = 16  # pictures that are timed
MEASURING = 0.05  # of the time limit, for each measurement of the held-out pictures


def within_time(config: TrainConfig, budget: Budget, progress: Progress) -> TrainConfig:
    """The options with fewer pictures, where preparing all of them would take too much of the time limit.

    What lies in the cache costs nothing, and where pictures are decoded while training nothing is prepared.

    Args:
        config: The options.
        budget: Knows the limit, and is told what was cut.
        progress: Told how far shards are listed.

    Raises:
        DataError: There is no such folder or shard, or no picture in it.
    """
    if not budget.limited or config.pictures.no_cache:
        return config
    if config.pictures.data is None:
        count, option = config.pictures.characters, "characters"
        unprepared = 0 if are_drawn(count, config.pictures.sides[0]) else count
        work = _drawing(config)
    else:
        items = list_pictures(config, progress).items
        count, option = len(items), "most_pictures"
        unprepared = count_unprepared(items, config.pictures.sides)
        work = _reading(items, config)
    ready = budget.affordable(unprepared, FEW, work, lambda: max(budget.left(READING), budget.part(LEAST_READING)))
    if ready == unprepared:
        return config
    most = max(2, count * ready // unprepared)
    budget.cuts.append(Sentence("{most:,} of {count:,} pictures", most=most, count=count))
    return config.changed(**{option: most})


def measured_in_time(data: Data, measure: Callable[[Pictures], object], budget: Budget) -> Data:
    """The same pictures with fewer held out, where one measurement of all would take too much of the time limit."""
    count = len(data.holdout)

    def work(few: int) -> None:
        measure(data.with_fewer_held_out(few).holdout)

    most = budget.affordable(count, FEW, work, lambda: budget.part(MEASURING))
    if most == count:
        return data
    budget.cuts.append(Sentence("{most:,} of {count:,} held-out pictures measured", most=most, count=count))
    return data.with_fewer_held_out(most)


def _drawing(config: TrainConfig) -> Callable[[int], None]:
    """Draws so many characters."""
    side = config.pictures.sides[0]

    def work(count: int) -> None:
        for index in range(count):
            characters.draw(characters.choose(CHARACTERS_SEED, index), side)

    return work


def _reading(items: Sequence[Item], config: TrainConfig) -> Callable[[int], None]:
    """Looks at so many files and decodes them, as they are prepared."""

    def prepare(item: Item) -> None:
        with contextlib.suppress(OSError):  # named when it is listed
            content_hash(item.path)
        decode(item, config.pictures.sides)

    prepare(items[0])  # the first has the decoders loaded

    def work(count: int) -> None:
        for _ in in_order(prepare, some_items(items, count)):
            pass

    return work
