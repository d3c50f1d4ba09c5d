"""`python -m trainer.preview OPTIONS`: what a training with these options would see of its pictures.

The options are those of `python -m trainer.train`. Pictures are prepared as a training prepares them, and kept in the
same cache: nothing of the work is lost.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from trainer.advice.decision import decide, prepared
from trainer.advice.trial import epoch_seconds
from trainer.data import Data, open_data
from trainer.data.augment import augment
from trainer.data.holdout import has_split_folders, split
from trainer.data.listing import Item, list_folder
from trainer.data.near_duplicates import near_pairs, thumbnails
from trainer.data.reading import upright_size
from trainer.data.shards import is_shards
from trainer.errors import TrainerError
from trainer.evaluation import to_input, to_pixels
from trainer.loop.schedule import plan
from trainer.machine.clock import finishing_seconds
from trainer.machine.device import Device, choose_device
from trainer.machine.files import replaced, write_text
from trainer.machine.randomness import Part
from trainer.objective.corruption import corrupt
from trainer.options.command_line import given_options, parse
from trainer.options.config import TrainConfig
from trainer.run.contract import tell_early_failure
from trainer.run.contract.sentence import to_json
from trainer.run.live import kind_of_failure
from trainer.terminal import exit_status

FACTS_FILE, GRID_FILE = "preview.json", "preview.png"
SHOWN, COLUMNS = 24, 8  # pictures in the grid
MOST_NAMED = 200  # files of a kind
LOOKED_AT = 2_000  # files whose sizes are read, and pictures that are compared with one another
MOST_SIZES = 8
ON_CPU = Device("cpu", bf16=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit status: 0, or 2 after one sentence about what is wrong."""
    return exit_status(lambda: preview(sys.argv[1:] if arguments is None else arguments), lambda: "stopped")


def preview(arguments: Sequence[str]) -> int:
    """Calls `write_preview`, and says where `CONVAE_FAILURE` names a file why it failed; returns its exit status.

    Raises:
        TrainerError: Options or pictures that cannot be used.
        OSError: The folder cannot be written to.
    """
    try:
        return write_preview(arguments)
    except TrainerError as error:
        tell_early_failure(error.sentence, kind_of_failure(error), error.cure)
        raise


def write_preview(arguments: Sequence[str]) -> int:
    """Writes `preview.json` and `preview.png` into the folder of --out, and a line for each step of preparing.

    Raises:
        TrainerError: Options or pictures that cannot be used.
        OSError: The folder cannot be written to.
    """
    config = parse(arguments)
    folder = config.run.out or Path()
    folder.mkdir(parents=True, exist_ok=True)
    given = given_options(arguments)
    config = prepared(config, given)
    data = open_data(config, _tell)
    decided = decide(config, data, choose_device(config).name == "cuda", given)
    if decided.config.pictures != config.pictures:
        data = open_data(decided.config, _tell)
    with replaced(folder / GRID_FILE) as path:
        Image.fromarray(seen_grid(data, decided.config)).save(path, "png")
    found = facts(data, decided.config, decided.said)
    write_text(folder / FACTS_FILE, json.dumps(found | {"pace": pace(data, decided.config, given)}))
    return 0


def facts(data: Data, config: TrainConfig, said: Sequence[str]) -> dict[str, Any]:
    """What is known of the pictures, in plain JSON values.

    `train` and `holdout` count pictures, or tiles of them, and `moved` those that went from the one to the other;
    `size` is theirs for the network, width x height;
    `skipped` and `near_duplicates` name at most 200, of `skipped_count` and `near_duplicate_count`; `formats` and
    `sizes` count files, the commonest first, sizes of at most 2,000; `labels` has the names of what is labelled, with
    how many values each has; `chosen` is what the trainer chose and why, as JSON of sentences.
    """
    items = _files(config)
    pairs, count = near_duplicates(data, config)
    return {
        "train": len(data.train),
        "holdout": len(data.holdout),
        "moved": data.moved,
        "size": config.pictures.words,
        "tiles": config.pictures.tiles,
        "damaged": bool(config.objective.damages),
        "skipped_count": len(data.skipped),
        "skipped": [list(each) for each in data.skipped[:MOST_NAMED]],
        "near_duplicate_count": count,
        "near_duplicates": pairs,
        "formats": Counter(Path(item.name).suffix.lower().lstrip(".") for item in items).most_common(),
        "sizes": _sizes(items),
        "labels": [[name, len(set(values) - {""})] for name, values in (data.factors or {}).items()],
        "chosen": [to_json(each) for each in said],
    }


def pace(data: Data, config: TrainConfig, given: Collection[str]) -> dict[str, Any]:
    """What is trained, and how long that takes here, in plain JSON values.

    `latent` and `numbers` are the network's; `epoch_seconds` is measured, or None where it cannot be; `epochs` is how
    many a whole training has: as many as were asked for, or else the usual number; `limit_seconds` is that of
    --time-limit, or None, and `finishing_seconds` what it keeps for the end.
    """
    limit = config.training.time_limit_seconds
    asked = not {"epochs", "steps"}.isdisjoint(given)
    schedule = plan(config if asked else config.changed(epochs=TrainConfig().training.epochs), len(data.train))
    return {
        "latent": config.network.latent_kind,
        "numbers": config.network.latent_numbers,
        "epoch_seconds": epoch_seconds(config, data),
        "epochs": schedule.total_steps / schedule.steps_per_epoch,
        "limit_seconds": limit,
        "finishing_seconds": 0.0 if limit is None else finishing_seconds(limit),
    }


def seen_grid(data: Data, config: TrainConfig) -> NDArray[np.uint8]:
    """The pictures of a training's first steps as the network gets them, uint8 [H, W, 3], eight in a row.

    Cropped, mirrored and recoloured by the training's own random numbers; where it damages its inputs, each row of
    whole pictures, which are the target, has the damaged ones below it.
    """
    count = min(SHOWN, len(data.seen))
    pictures = data.seen.batch(np.arange(count) * len(data.seen) // count)
    target = augment(to_input(pictures, ON_CPU), config, step=0)
    part = Part(config.run.seed, 0, 0, count, count)
    layers = [to_pixels(target)]
    if config.objective.damages:
        layers.append(to_pixels(corrupt(target, config.objective.damages, part)))
    rows = [layer[start : start + COLUMNS] for start in range(0, count, COLUMNS) for layer in layers]
    return np.concatenate([_filled(row) for row in rows])


def near_duplicates(data: Data, config: TrainConfig) -> tuple[list[list[str]], int]:
    """Pairs of a held-out picture and one that is nearly the same and trained on, by name, at most 200; and how many.

    They are those of the split by names alone: the trainer then moves the held-out ones to the training share, unless
    folders `train` and `test` say what is held out, or it was told to leave them anywhere. Then at most 2,000 pictures
    of each share are compared.
    """
    if not data.keys or data.group is None:
        return [], 0
    held = set(split(list(data.keys), config.pictures.holdout)[1].tolist())
    if config.pictures.near_duplicates == "together" and not has_split_folders(list(data.keys)):
        trained = {group: place for place, group in enumerate(data.group.tolist()) if place not in held}
        found = [(place, trained[data.group[place]]) for place in sorted(held) if data.group[place] in trained]
    else:
        found = _compared(data, np.array(sorted(held), np.int64))
    pairs = list(dict.fromkeys((data.keys[one], data.keys[other]) for one, other in found))
    return [list(pair) for pair in pairs[:MOST_NAMED]], len(pairs)


def _compared(data: Data, held: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Places of a held-out picture and of one trained on that are nearly the same."""
    kept = np.setdiff1d(np.arange(len(data.keys)), held)
    some, others = _spread(held), _spread(kept)
    rows = np.concatenate([data.train.rows, data.holdout.rows])
    pairs = near_pairs(thumbnails(data.train.pixels, rows[np.concatenate([some, others])])).tolist()
    return [(int(some[one]), int(others[other - len(some)])) for one, other in pairs if one < len(some) <= other]


def _spread(places: NDArray[np.int64]) -> NDArray[np.int64]:
    count = min(len(places), LOOKED_AT)
    return places[np.arange(count) * len(places) // max(1, count)]


def _files(config: TrainConfig) -> Sequence[Item]:
    if config.pictures.data is None or is_shards(config.pictures.data):
        return []
    return list_folder(config.pictures.data).items


def _sizes(items: Sequence[Item]) -> list[list[int]]:
    """Width, height and count of the commonest sizes."""
    every = max(1, -(-len(items) // LOOKED_AT))
    found = Counter(size for item in items[::every] if (size := _size(item)) is not None)
    return [[*size, count] for size, count in found.most_common(MOST_SIZES)]


def _size(item: Item) -> tuple[int, int] | None:
    try:
        with item.open() as file:
            return upright_size(file)
    except Exception:  # whatever a broken file makes Pillow raise: it is among the skipped ones
        return None


def _filled(row: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Pictures beside one another, with grey where a row has too few: uint8 [H, COLUMNS W, 3]."""
    short = COLUMNS - len(row)
    grey = np.full((short, *row.shape[1:]), 128, np.uint8)
    return np.concatenate([*row, *grey], axis=1)


def _tell(what: str, done: int, total: int) -> None:
    """A line for a program that watches."""
    print(json.dumps({"what": what, "done": done, "total": total}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
