"""What of a batch is done, as Parquet files in its target: any machine that sees the target can go on from them.

    .convae-batch/KEY.json           what was asked for, and whether it was gone through
    .convae-batch/KEY-NUMBER.parquet finished pictures, a row each

KEY stands for the job. Rows are added by new files alone, each written whole, so that a crash loses a few pictures at
most, which are then done again.
"""

from __future__ import annotations

import dataclasses
import io
import json
import math
import os
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from desktop.engine.batch.journal import Record, Score
from desktop.engine.cluster.place import Place
from desktop.engine.errors import PictureError

FOLDER = ".convae-batch"
SCHEMA = pa.schema(
    {
        "picture": pa.binary(),
        "size_bytes": pa.int64(),
        "mtime_ns": pa.int64(),
        "width": pa.int32(),
        "height": pa.int32(),
        "mse": pa.float64(),
        "psnr_db": pa.float64(),
        "ssim": pa.float64(),
        "gained_db": pa.float64(),
        "is_part": pa.bool_(),
        "frames": pa.int32(),
    }
)


class Manifest:
    """The finished pictures of one job in one target."""

    def __init__(self, target: Place, key: str) -> None:
        """Reads what is there.

        Args:
            target: The folder that the job writes to.
            key: Hexadecimal digits that are the same for two runs whose files would be the same.

        Raises:
            PictureError: The target cannot be listed or read.
        """
        self._target, self._key = target, key
        names = {name for name in target.names() if name.startswith(f"{FOLDER}/{key}")}
        self._parts = sorted(name for name in names if name.endswith(".parquet"))
        self._head = f"{FOLDER}/{key}.json"
        head = _parsed(target.read(self._head)) if self._head in names else {}
        self.began, self.finished = bool(head), head.get("finished") is True
        self.overwrite = head.get("overwrite") is True
        self._next = 1 + max((int(name.rsplit("-", 1)[1].split(".")[0]) for name in self._parts), default=0)

    def records(self) -> dict[str, Record]:
        """The finished pictures, by their paths below the source.

        Raises:
            PictureError: A file of it is broken.
        """
        found = dict[str, Record]()
        for name in self._parts:
            try:
                rows = pq.read_table(io.BytesIO(self._target.read(name)), schema=SCHEMA).to_pylist()
            except (pa.ArrowException, ValueError) as error:
                raise PictureError(
                    "{path} cannot be read ({strerror}).", path=f"{self._target}/{name}", strerror=error
                ) from error
            found.update({record.picture: record for record in map(_record, rows)})
        return found

    def begin(self, overwrite: bool) -> None:
        """Notes that the job has begun, and forgets what was finished before where it begins anew.

        Raises:
            PictureError: The target cannot be written to.
        """
        if self.finished and overwrite:
            self._target.remove(self._parts)
            self._parts = []
        self.overwrite = overwrite or (self.overwrite and not self.finished)
        self._write_head(False)

    def add(self, records: Sequence[Record]) -> None:
        """Adds finished pictures, as one file.

        Raises:
            PictureError: The target cannot be written to.
        """
        if not records:
            return
        content = io.BytesIO()
        pq.write_table(pa.Table.from_pylist([_row(record) for record in records], schema=SCHEMA), content)
        self._target.send(content.getvalue(), f"{FOLDER}/{self._key}-{self._next:08d}.parquet")
        self._next += 1

    def finish(self) -> None:
        """Notes that every picture was gone through.

        Raises:
            PictureError: The target cannot be written to.
        """
        self._write_head(True)

    def _write_head(self, finished: bool) -> None:
        content = json.dumps({"key": self._key, "overwrite": self.overwrite, "finished": finished})
        self._target.send(content.encode(), self._head)


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}


def _row(record: Record) -> dict[str, Any]:
    score = dataclasses.asdict(record.score) if record.score is not None else {}
    return {**dataclasses.asdict(record), **score, "picture": os.fsencode(record.picture)}


def _record(row: dict[str, Any]) -> Record:
    psnr_db = row["psnr_db"]
    score = (
        None
        if row["mse"] is None
        else Score(row["width"], row["height"], row["mse"], math.inf if psnr_db is None else psnr_db, row["ssim"])
    )
    picture = os.fsdecode(row["picture"])
    return Record(
        picture, row["size_bytes"], row["mtime_ns"], score, row["gained_db"], bool(row["is_part"]), row["frames"]
    )
