"""What is packed of many pictures is what was put in, in order and one by one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from trainer.data import packed
from trainer.data.listing import Item
from trainer.data.packed import Keys, LabelPacker, ShardItems, Some

SHARDS = st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), max_size=5), max_size=5)
LABELS = st.lists(
    st.lists(st.dictionaries(st.sampled_from("abc"), st.text("xy", max_size=2)), max_size=4), min_size=1, max_size=4
)


@given(SHARDS)
def test_keys_come_back(shards: list[list[str]]) -> None:
    """Every key of every shard, one by one, from behind and in order; also of empty shards and of empty keys."""
    keys = Keys()
    for shard in shards:
        keys.add(shard)
    every = [key for shard in shards for key in shard]
    assert list(keys) == every
    assert [keys[index] for index in range(len(keys))] == every
    assert [keys[-1 - index] for index in range(len(keys))] == every[::-1]
    assert list(keys[1:3]) == every[1:3]


def test_many_keys_go_to_a_file() -> None:
    """Keys that take more memory than they may are read from the disk, and the file is closed with them."""
    keys = Keys()
    keys.add([f"{number:0100d}" for number in range(packed.IN_MEMORY_BYTES // 100)])
    assert keys._file._rolled  # type: ignore[attr-defined]
    assert keys[40_000] == f"{40_000:0100d}"


def test_items_know_their_shard() -> None:
    """A picture is found in its shard, past 4 GiB too, and is named after it where there are several."""
    items = ShardItems(2)
    items.add(Path("a.tar"), [("1.png", 512, 7), ("2.png", 1 << 40, 8)])
    items.add(Path("b.tar"), [("1.png", 1024, 9)])
    assert list(items) == [
        Item("a.tar/1.png", "1.png", Path("a.tar"), 512, 7),
        Item("a.tar/2.png", "2.png", Path("a.tar"), 1 << 40, 8),
        Item("b.tar/1.png", "1.png", Path("b.tar"), 1024, 9),
    ]
    assert [item.name for item in Some(items, np.array([2, 0]))] == ["b.tar/1.png", "a.tar/1.png"]


@given(LABELS)
def test_labels_come_back(shards: list[list[dict[str, str]]]) -> None:
    """What is known of each picture, its factors in their order, whatever is known of the others."""
    packer = LabelPacker()
    for shard in shards:
        packer.add(shard)
    labels, every = packer.packed(), [known for shard in shards for known in shard]
    assert [list(known.items()) for known in labels] == [list(known.items()) for known in every]
    assert labels.alike == (len({tuple(known) for known in every}) <= 1)
    classes = labels.with_classes(iter("k" * len(every)))
    assert list(classes) == [{"class": "k"} | known for known in every]


def test_many_values_take_larger_numbers() -> None:
    """A thousand values need two bytes a picture, ten need one, and one none."""
    packer = LabelPacker()
    packer.add([{"id": str(number), "digit": str(number % 10), "set": "mine"} for number in range(1000)])
    columns = packer.packed().columns
    assert [columns[name].codes.dtype.itemsize for name in ("id", "digit")] == [2, 1]
    assert columns["set"].codes.strides == (0,)
    assert list(columns["id"]) == [str(number) for number in range(1000)]


def test_pictures_of_one_row_share_what_is_known_first() -> None:
    """Of several pictures with the same content the first label that is known counts, as with whole dictionaries."""
    packer = LabelPacker()
    packer.add([{"a": ""}, {"a": "x"}, {"a": "y"}, {"a": "z"}])
    rows = packer.packed().columns["a"].of_rows(np.array([1, 1, 1, 0]), 3)
    assert list(rows) == ["z", "x", ""]
