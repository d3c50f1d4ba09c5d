"""Training and held-out pictures: uint8 of one size, from a folder, from shards, or drawn."""

from __future__ import annotations

import csv
import functools
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from trainer.data import characters, remote
from trainer.data.cache import cache_folder, cached
from trainer.data.holdout import even_choice, has_split_folders, keys_of, split
from trainer.data.labels import as_factors
from trainer.data.listing import Item, Listing, list_folder
from trainer.data.near_duplicates import near_groups, part
from trainer.data.packed import PackedLabels, Some
from trainer.data.pictures import Pictures, Pixels
from trainer.data.shards import expand, is_shards, list_shards
from trainer.data.store import PIXELS_FILE, Places, Progress, create_array, decode, open_array, open_pixels
from trainer.data.stream import StreamedPixels, check_headers
from trainer.data.tiles import in_tiles, whole_name
from trainer.errors import DataError
from trainer.options.config import TrainConfig
from trainer.options.values import Sides

__all__ = ["Data", "Pictures", "Progress", "open_data", "pictures_are_there"]

FACTORS_FILE = "factors.csv"
MANY = 1 << 20
"""Pictures, of more of which only places, labels as numbers and the split are kept, and no near-duplicates looked for:
to compare each with each would take hours."""
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
    factors: Mapping[str, Sequence[str]] | None
    """For each factor its value in every picture, in the order of `pixels`, empty where it is not known of one; None
    where there are no labels."""
    larger: Pictures | None = None
    """The pictures of `train` at the size that random crops are cut from; None without --crop and --tiles."""
    moved: int = 0
    """Held-out pictures that went to the training share, as they have near-duplicates there."""

    group: NDArray[np.int64] | None = None
    """For each picture of `train`, then of `holdout`, a number that tiles of one picture and near-duplicates share;
    None where every picture is by itself, or there are more than `MANY`."""
    keys: tuple[str, ...] = ()
    """For each picture of `train`, then of `holdout`, the way to it from its folder or within its shard, which tiles of
    one picture share; empty where pictures are drawn, or there are more than `MANY`."""

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
    chosen = even_choice(listing.items, most)
    if chosen is None:
        return listing
    return replace(listing, items=Some(listing.items, chosen), labels=Some(listing.labels, chosen))


def pictures_are_there(data: Path) -> bool:
    """Whether a folder or every shard that --data names is still in its place."""
    return all(remote.is_file(path) for path in expand(data)) if is_shards(data) else data.is_dir()


def _open_listing(listing: Listing, config: TrainConfig, progress: Progress) -> Data:
    items = listing.items
    pixels, places = _open_items(items, config.pictures.sides, config, progress)
    usable = None if not places.reasons else np.flatnonzero(_rows(places, len(items)) >= 0)
    skipped = (*listing.skipped, *_unreadable(items, places))
    count = len(items) - len(places.reasons)
    if count < 2:
        reason = f" ({skipped[0][0]}: {skipped[0][1]})" if skipped else ""
        raise DataError(
            "{path} has {usable} usable and {unusable} unusable pictures{reason}; at least 2 are needed. Add some, or"
            " choose another folder with --data.",
            path=config.pictures.data,
            usable=count,
            unusable=len(skipped),
            reason=reason,
        )
    keys = keys_of(items) if usable is None else Some(keys_of(items), usable)
    kept, held = split(keys, config.pictures.holdout)
    factors = _factors(listing.labels, places, pixels.shape[0])
    ways: tuple[str, ...] = ()
    group, moved = None, 0
    if count <= MANY:
        listed = list(keys)
        kept, held, moved, group = _parted(
            kept, held, listed, _some(pixels, places, np.arange(count)), config, progress
        )
        order = np.concatenate([kept, held])
        group, ways = group[order], tuple(listed[position] for position in order.tolist())
    larger = None
    if config.pictures.stored_sides > config.pictures.sides:
        larger = _some(*_open_items(items, config.pictures.stored_sides, config, progress), kept)
    source = f"{count:,} {'tiles of ' if config.pictures.tiles else ''}{listing.source}"
    skipped += tuple(listing.passed_over)
    train, holdout = (_some(pixels, places, positions) for positions in (kept, held))
    return Data(train, holdout, source, skipped, factors, larger, moved, group, ways)


def _parted(
    kept: NDArray[np.int64], held: NDArray[np.int64], keys: list[str], usable: Pictures, config: TrainConfig,
    progress: Progress,
) -> tuple[NDArray[np.int64], NDArray[np.int64], int, NDArray[np.int64]]:  # fmt: skip
    """The split with near-duplicates on one side, if that was asked for; how many were moved; and all groups."""
    if config.pictures.near_duplicates != "together" or has_split_folders(keys):
        return kept, held, 0, np.unique(keys, return_inverse=True)[1]
    progress("Looking for near-duplicates", 0, len(keys))
    group = near_groups(usable.pixels, usable.rows, keys)
    parted = part(kept, held, group)
    return parted.kept, parted.held, parted.moved, group


def _open_items(items: Sequence[Item], sides: Sides, config: TrainConfig, progress: Progress) -> tuple[Pixels, Places]:
    if not config.pictures.no_cache:
        return open_pixels(items, sides, progress)
    places = check_headers(items, progress)
    usable = items if places.rows is None else Some(items, np.flatnonzero(places.rows >= 0))
    return StreamedPixels(len(usable), sides, lambda row: decode(usable[row], sides)), places


def _unreadable(items: Sequence[Item], places: Places) -> tuple[tuple[str, str], ...]:
    """What cannot be decoded, and why; a picture in tiles is named once."""
    found = ((whole_name(items[index]), reason) for index, reason in places.reasons.items())
    return tuple(dict.fromkeys(found))


def _rows(places: Places, count: int) -> NDArray[np.int64]:
    return np.arange(count) if places.rows is None else places.rows


def _some(pixels: Pixels, places: Places, positions: NDArray[np.int64]) -> Pictures:
    """The pictures at positions among those that can be used; without a copy where rows are counted as they are."""
    return Pictures(pixels, positions if places.rows is None else places.rows[places.rows >= 0][positions])


def _factors(labels: Sequence[dict[str, str]], places: Places, count: int) -> Mapping[str, Sequence[str]] | None:
    """The labels by row; as numbers where there are too many pictures for anything else."""
    if isinstance(labels, PackedLabels) and (labels.alike or len(labels) > MANY):
        rows, columns = places.rows, labels.columns
        coded = {name: each if rows is None else each.of_rows(rows, count) for name, each in columns.items()}
        return (coded if len(labels) > MANY else {name: list(each) for name, each in coded.items()}) or None
    return as_factors(_by_row(labels, _rows(places, len(labels))))


def _by_row(labels: Sequence[dict[str, str]], rows: NDArray[np.int64]) -> list[dict[str, str]]:
    """Labels in the order of the pixels; of pictures with the same content the first one's count."""
    found: dict[int, dict[str, str]] = {}
    for known, row in zip(labels, rows.tolist()):
        if row >= 0:
            found[row] = known | found.get(row, {})
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
