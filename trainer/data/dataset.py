"""Training and held-out pictures: uint8 of one size, from a folder, from shards, or drawn."""

from __future__ import annotations

import csv
import functools
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from trainer.data import characters, remote
from trainer.data.cache import cache_folder, cached
from trainer.data.labels import as_factors
from trainer.data.listing import SPLIT_FOLDERS, Item, Listing, even_choice, hash_order, list_folder
from trainer.data.near_duplicates import near_groups, part
from trainer.data.pictures import Pictures, Pixels
from trainer.data.shards import expand, is_shards, list_shards
from trainer.data.store import PIXELS_FILE, Places, Progress, create_array, decode, open_array, open_pixels
from trainer.data.stream import StreamedPixels, check_headers
from trainer.data.tiles import in_tiles
from trainer.errors import DataError
from trainer.options.config import TrainConfig
from trainer.options.values import Sides

__all__ = ["Data", "Pictures", "Progress", "open_data", "pictures_are_there"]

FACTORS_FILE = "factors.csv"
CHARACTERS_SEED = 0  # one set for all runs, whatever their seed


@dataclass(frozen=True)
class Data:
    """Pictures to train on, pictures held out, and what is known of them."""

    train: Pictures
    holdout: Pictures
    source: str
    """What the pictures are, for people."""
    skipped: tuple[tuple[str, str], ...]
    """Files that were not usable, and why."""
    factors: dict[str, list[str]] | None
    """For each factor its value in every picture, in the order of `pixels`, empty where it is not known of one; None
    where there are no labels."""
    larger: Pictures | None = None
    """The pictures of `train` at the size that random crops are cut from; None without --crop and --tiles."""
    moved: int = 0
    """Held-out pictures that went to the training share, as they have near-duplicates there."""

    group: NDArray[np.int64] | None = None
    """For each picture of `train`, then of `holdout`, a number that tiles of one picture and near-duplicates share;
    None where every picture is by itself."""
    keys: tuple[str, ...] = ()
    """For each picture of `train`, then of `holdout`, the way to it from its folder or within its shard, which tiles of
    one picture share; empty where pictures are drawn."""

    def with_fewer_held_out(self, count: int) -> Data:
        """The same with so many of the held-out pictures, evenly spread; the others are not used at all."""
        held = np.arange(count) * len(self.holdout) // count
        places = np.concatenate([np.arange(len(self.train)), len(self.train) + held])
        return replace(
            self,
            holdout=Pictures(self.holdout.pixels, self.holdout.rows[held]),
            group=None if self.group is None else self.group[places],
            keys=tuple(self.keys[place] for place in places.tolist()) if self.keys else (),
        )

    @property
    def seen(self) -> Pictures:
        """The training pictures as `augment` takes them."""
        return self.train if self.larger is None else self.larger


def open_data(config: TrainConfig, progress: Progress) -> Data:
    """The pictures that the options ask for: prepared once and kept in the user's cache, or decoded when asked for.

    Raises:
        DataError: No folder or shard, fewer than two usable pictures, labels that cannot be used, or no room for the
            cache.
    """
    if config.pictures.data is None:
        return _open_characters(config, progress)
    listing = list_pictures(config, progress)
    if config.pictures.tiles:
        listing = in_tiles(listing, config.pictures.stored_sides[0], progress)
    return _open_listing(listing, config, progress)


def list_pictures(config: TrainConfig, progress: Progress) -> Listing:
    """The pictures of a folder or of shards, at most as many as --most-pictures says.

    Raises:
        DataError: There is no such folder or shard, or no picture in it.
    """
    data, most = config.pictures.data, config.pictures.most_pictures
    assert data is not None
    if is_shards(data):
        listing = list_shards(data, lambda done, of: progress("Listing shards", done, of))
    else:
        listing = list_folder(data)
    if most is None:
        return listing
    items = even_choice(listing.items, most)
    known = dict(zip((item.name for item in listing.items), listing.labels))
    return replace(listing, items=items, labels=[known[item.name] for item in items])


def pictures_are_there(data: Path) -> bool:
    """Whether a folder or every shard that --data names is still in its place."""
    return all(remote.is_file(path) for path in expand(data)) if is_shards(data) else data.is_dir()


def _open_listing(listing: Listing, config: TrainConfig, progress: Progress) -> Data:
    pixels, places = _open_items(listing.items, config.pictures.sides, config, progress)
    usable = [index for index, place in enumerate(places) if isinstance(place, int)]
    unusable = [(item.name, place) for item, place in zip(listing.items, places) if isinstance(place, str)]
    skipped = (*listing.skipped, *unusable)
    if len(usable) < 2:
        reason = f" ({skipped[0][0]}: {skipped[0][1]})" if skipped else ""
        raise DataError(
            "{path} has {usable} usable and {unusable} unusable pictures{reason}; at least 2 are needed.",
            path=config.pictures.data,
            usable=len(usable),
            unusable=len(skipped),
            reason=reason,
        )
    keys = [listing.items[index].key for index in usable]
    kept, held = split(keys, config.pictures.holdout)
    rows = _rows(places)
    group, moved = np.unique(keys, return_inverse=True)[1], 0
    if config.pictures.near_duplicates == "together" and not has_split_folders(keys):
        progress("Looking for near-duplicates", 0, len(keys))
        group = near_groups(pixels, rows, keys)
        parted = part(kept, held, group)
        kept, held, moved = parted.kept, parted.held, parted.moved
    larger = None
    if config.pictures.stored_sides > config.pictures.sides:
        larger_pixels, larger_places = _open_items(listing.items, config.pictures.stored_sides, config, progress)
        larger = Pictures(larger_pixels, _rows(larger_places)[kept])
    source = f"{len(usable):,} {'tiles of ' if config.pictures.tiles else ''}{listing.source}"
    factors = as_factors(_by_row(listing.labels, places))
    skipped += tuple(listing.passed_over)
    train, holdout = Pictures(pixels, rows[kept]), Pictures(pixels, rows[held])
    order = np.concatenate([kept, held])
    ways = tuple(keys[position] for position in order.tolist())
    return Data(train, holdout, source, skipped, factors, larger, moved, group[order], ways)


def _open_items(items: list[Item], sides: Sides, config: TrainConfig, progress: Progress) -> tuple[Pixels, Places]:
    if not config.pictures.no_cache:
        return open_pixels(items, sides, progress)
    places = check_headers(items, progress)
    usable = [item for item, place in zip(items, places) if isinstance(place, int)]
    return StreamedPixels(len(usable), sides, lambda row: decode(usable[row], sides)), places


def _rows(places: Places) -> NDArray[np.int64]:
    return np.array([place for place in places if isinstance(place, int)], dtype=np.int64)


def _by_row(labels: list[dict[str, str]], places: Places) -> list[dict[str, str]]:
    """Labels in the order of the pixels; of pictures with the same content the first one's count."""
    found: dict[int, dict[str, str]] = {}
    for known, place in zip(labels, places):
        if isinstance(place, int):
            found[place] = known | found.get(place, {})
    return [found[row] for row in range(len(found))]


def _open_characters(config: TrainConfig, progress: Progress) -> Data:
    count = config.pictures.characters
    open_drawn = _stream_characters if config.pictures.no_cache else _draw_characters
    size, stored_size = config.pictures.sides[0], config.pictures.stored_sides[0]
    pixels, factors = open_drawn(count, size, progress)
    held = max(1, round(count * config.pictures.holdout))
    rows = np.arange(count)
    source = f"built-in characters ({count:,} of {size}x{size} pixels). {characters.attribution()}"
    larger = None
    if stored_size > size:
        larger = Pictures(open_drawn(count, stored_size, progress)[0], rows[:-held])
    return Data(Pictures(pixels, rows[:-held]), Pictures(pixels, rows[-held:]), source, (), factors, larger)


def _draw_characters(count: int, size: int, progress: Progress) -> tuple[Pixels, dict[str, list[str]]]:
    def build(folder: Path) -> None:
        pixels = create_array(folder / PIXELS_FILE, count, (size, size))
        workers = os.cpu_count() or 1
        labels = characters.draw_all(
            pixels, CHARACTERS_SEED, workers, lambda done, of: progress("Drawing characters", done, of)
        )
        with (folder / FACTORS_FILE).open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, fieldnames=list(labels[0]))
            writer.writeheader()
            writer.writerows(labels)

    held = cached(_drawn(count, size), build)
    with (held.folder / FACTORS_FILE).open(newline="", encoding="utf-8") as file:
        records = list(csv.DictReader(file))
    pixels = open_array(held.folder / PIXELS_FILE)
    held.keep_for(pixels)
    return pixels, {name: [record[name] for record in records] for name in records[0]}


def _drawn(count: int, size: int) -> str:
    """The name of the cache's folder of so many characters."""
    return f"characters-{characters.DRAWING_VERSION}-{count}x{size}"


def are_drawn(count: int, size: int) -> bool:
    """Whether so many characters lie in the cache."""
    return (cache_folder() / _drawn(count, size)).exists()


def _stream_characters(count: int, size: int, _progress: Progress) -> tuple[Pixels, dict[str, list[str]]]:
    chosen = functools.cache(functools.partial(characters.choose, CHARACTERS_SEED))
    records = [asdict(chosen(index)) for index in range(count)]
    factors = {name: [str(record[name]) for record in records] for name in records[0]}
    return StreamedPixels(count, (size, size), lambda row: characters.draw(chosen(row), size)), factors


def has_split_folders(keys: list[str]) -> bool:
    """Whether folders `train` and `test` say what is held out."""
    return set(SPLIT_FOLDERS) <= set(_top_folders(keys))


def _top_folders(keys: list[str]) -> list[str]:
    return [key.split("/")[0] if "/" in key else "" for key in keys]


def split(keys: list[str], holdout: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Positions to train on and positions held out, int64 each.

    Folders `train` and `test` decide where there are both. Otherwise the hashes of the keys do: as good as a random
    choice, and the same on every machine and for every seed.

    Args:
        keys: The way to each picture from its folder or within its shard; what shares one goes the same way.
        holdout: The share held out; at least one picture is.
    """
    if has_split_folders(keys):
        top = _top_folders(keys)
        held = {row for row, folder in enumerate(top) if folder == "test"}
        kept = [row for row, folder in enumerate(top) if folder == "train"]
    else:
        order = hash_order(keys)
        chosen = set(order[: max(1, round(len(order) * holdout))])
        held = {row for row, key in enumerate(keys) if key in chosen}
        kept = [row for row in range(len(keys)) if row not in held]
    return np.array(kept, dtype=np.int64), np.array(sorted(held), dtype=np.int64)
