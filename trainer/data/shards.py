"""WebDataset shards: `.tar` files of pictures, each with what belongs to it under the same key, here or in a store.

Shards are listed by their headers, once, and a picture is then read from its place in the file. So pictures can be had
in any order, a run goes on where it was, and nothing is unpacked. Names expand and members group as in the `webdataset`
package.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from trainer.data import remote
from trainer.data.formats import suffixes
from trainer.data.listing import Listing, class_names
from trainer.data.packed import LARGEST_SHARD_BYTES, LabelPacker, ShardItems
from trainer.data.remembered import remembered_in_turn
from trainer.errors import DataError

LARGEST_MEMBER_BYTES = 1 << 30
LARGEST_LABEL_BYTES = 1 << 16
TOO_LARGE = "larger than 2 TiB"
CLASS, JSON = "cls", "json"  # WebDataset's endings for a class and for anything else known


def is_shards(data: Path) -> bool:
    """Whether --data names shards, which need not be there."""
    return data.suffix == ".tar" and not data.is_dir()


def expand(data: Path) -> list[Path]:
    """`shards-{000..099}.tar` as the files it means, in order."""
    from webdataset.shardlists import expand_urls  # takes a second to import

    return [Path(name) for name in expand_urls(str(data))]


def list_shards(data: Path, progress: Callable[[int, int], None]) -> Listing:
    """Every picture in the shards. Labels come from `.cls` and `.json` members, and from folders that are classes.

    Args:
        data: A `.tar` file, or several by braces; or the address of such.
        progress: Told how many shards were listed, and of how many.

    Raises:
        DataError: A shard is missing, or there are no pictures in them.
    """
    paths = expand(data)
    missing = [path for path in paths if not remote.is_file(path)]
    if missing:
        if len(missing) == 1:
            raise DataError(
                "There is no shard {path}; --data takes a folder of pictures, or .tar shards.",
                path=remote.shown(missing[0]),
            )
        raise DataError(
            "There is no shard {path} and {count} more; --data takes a folder of pictures, or .tar shards.",
            path=remote.shown(missing[0]),
            count=len(missing) - 1,
        )
    items, known = ShardItems(len(paths)), LabelPacker()
    skipped: list[tuple[str, str]] = []
    for path, text in zip(paths, remembered_in_turn(paths, "members", _members, progress)):
        if text is None:
            skipped.append((path.name, "cannot be opened"))
            continue
        shard = json.loads(text)
        skipped += [(path.name, reason) for reason in shard["faults"]]
        items.add(path, [(key, offset, size) for key, offset, size, _ in shard["pictures"]])
        known.add([labels for _, _, _, labels in shard["pictures"]])
    if not items:
        reason = f" ({skipped[0][0]}: {skipped[0][1]})" if skipped else ""
        raise DataError("{path} holds no pictures{reason}; choose others with --data.", path=data, reason=reason)
    labels, classes = known.packed(), class_names(items.keys)
    if classes is not None:
        labels = labels.with_classes(classes)
    source = f"pictures in {data.name} ({len(paths):,} shard{'s' * (len(paths) > 1)})"
    return Listing(items, source, labels, skipped)


def _members(path: Path) -> str:
    """A shard's pictures as JSON: each one's name, place, length and labels; and what is wrong with the shard."""
    from webdataset.tariterators import group_by_keys

    pictures: list[Any] = []
    faults: list[str] = []

    def note(error: Exception) -> bool:
        faults.append(f"a member was passed over ({error.args[0] if error.args else error})")
        return True

    try:
        with remote.open_file(path) as file, tarfile.open(fileobj=file, mode="r:") as tar:
            for sample in group_by_keys(_headers(tar, str(path)), handler=note):
                pictures += _pictures(sample, path)
    except tarfile.TarError as error:
        kept = f"broken after {len(pictures):,} pictures" if pictures else "not an uncompressed .tar file"
        faults.append(f"{kept} ({error})")
    return json.dumps({"pictures": pictures, "faults": faults})


def _headers(tar: tarfile.TarFile, url: str) -> Iterator[dict[str, Any]]:
    """Members in the form that webdataset groups, with a member's place instead of its content."""
    for member in tar:
        vars(tar)["members"] = []  # it would keep them all, a kilobyte each
        if member.offset_data >= LARGEST_SHARD_BYTES:
            raise tarfile.TarError(TOO_LARGE)
        if member.isreg() and not member.issparse() and member.size <= LARGEST_MEMBER_BYTES:
            yield {"fname": member.name.removeprefix("./"), "data": (member.offset_data, member.size), "__url__": url}


def _pictures(sample: dict[str, Any], path: Path) -> list[tuple[str, int, int, dict[str, str]]]:
    key = sample["__key__"]
    endings = [ending for ending in sample if Path(f"_.{ending}").suffix in suffixes()]
    labels = _labels(sample, path) if endings else {}
    return [(f"{key}.{ending}", *sample[ending], labels) for ending in endings]


def _labels(sample: dict[str, Any], path: Path) -> dict[str, str]:
    """`class` from the member .cls, and every plain value of the member .json."""
    labels: dict[str, str] = {}
    values = _content(sample.get(JSON), path)
    try:
        record = json.loads(values) if values else {}
    except (ValueError, RecursionError):
        record = {}
    if isinstance(record, dict):
        labels |= {name: str(value) for name, value in record.items() if isinstance(value, str | int | float)}
    named = _content(sample.get(CLASS), path).decode("utf-8", "replace").strip()
    return labels | ({"class": named} if named else {})


def _content(place: tuple[int, int] | None, path: Path) -> bytes:
    if place is None or place[1] > LARGEST_LABEL_BYTES:
        return b""
    return remote.read_range(path, *place)
