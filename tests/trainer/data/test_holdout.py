"""Hashes hold the same pictures out as ever: those of runs that were begun before stay where they are."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.data import holdout
from trainer.data.holdout import even_choice, has_split_folders, keys_of, some_items, split
from trainer.data.listing import Item
from trainer.data.packed import ShardItems

KEYS = st.lists(st.text("abc/", min_size=1, max_size=4), min_size=1, max_size=30)


def _by_whole_hash(keys: list[str]) -> list[str]:
    """The order that decides, in its plainest form."""
    return sorted(set(keys), key=lambda key: hashlib.sha256(os.fsencode(key)).digest())


def _packed(keys: list[str]) -> ShardItems:
    items = ShardItems(2)
    for number, part in enumerate((keys[:3], keys[3:])):
        items.add(Path(f"{number}.tar"), [(key, 512, 1) for key in part])
    return items


@given(KEYS, st.sampled_from([0.01, 0.3, 0.9]))
def test_the_first_hashes_are_held_out(keys: list[str], share: float) -> None:
    """So many keys as the share says, by the whole SHA-256, and keys that are there twice on one side; packed too."""
    order = _by_whole_hash(keys)
    chosen = set(order[: max(1, round(len(order) * share))])
    for given_keys in (keys, keys_of(_packed(keys))):
        kept, held = split(given_keys, share)
        assert held.tolist() == [row for row, key in enumerate(keys) if key in chosen]
        assert kept.tolist() == [row for row, key in enumerate(keys) if key not in chosen]
        assert held.dtype == kept.dtype == np.int64


def test_hashes_are_looked_at_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part's end changes nothing."""
    keys = [f"{number // 2}.png" for number in range(40)]
    whole = split(keys, 0.5)[1]
    monkeypatch.setattr(holdout, "LOOKED_AT", 3)
    assert np.array_equal(split(keys, 0.5)[1], whole)
    assert len(whole) == 20


@given(KEYS, st.integers(1, 30))
def test_the_choice_is_even(keys: list[str], most: int) -> None:
    """At most so many keys, evenly spread over the order of hashes, in the order of the listing."""
    order = _by_whole_hash(keys)
    items = [Item(key, key, Path(key)) for key in keys]
    chosen = even_choice(items, most)
    if most >= len(order):
        assert chosen is None
        assert some_items(items, most) is items
        return
    names = {order[position * len(order) // most] for position in range(most)}
    assert [item.key for item in some_items(items, most)] == [key for key in keys if key in names]
    assert [item.key for item in some_items(_packed(keys), most)] == [key for key in keys if key in names]


def test_folders_decide() -> None:
    """Folders `train` and `test` say what is held out; pictures beside them are not used."""
    keys = ["test/a", "train/b", "other/c", "train/d", "e"]
    assert has_split_folders(keys)
    assert [part.tolist() for part in split(keys, 0.5)] == [[1, 3], [0]]
    assert not has_split_folders(["train/a", "test"])
