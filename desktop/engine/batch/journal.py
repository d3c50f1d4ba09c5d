"""The journal of a batch, in its target folder: what is done, so that a run which ended early goes on from there.

Each share of a batch (see `desktop.engine.batch.share`) has one of its own, and all of them count.

One JSON object a line: first what was asked for, then each picture as it is begun and as it is finished, at last that
all was gone through. Lines are added one by one, so that a crash loses one at most; a torn last line is no line.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import math
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

from desktop.engine.batch.plan import BatchJob
from desktop.engine.batch.share import Share
from desktop.engine.disk.files import open_log, read_bounded
from desktop.engine.errors import PictureError

JOURNAL_FILE = ".convae-batch.jsonl"
SHARES = ".convae-batch-*-of-*.jsonl"
LARGEST_BYTES = 1 << 30
VERSION = 2  # of what is written: raise it when the same job gives other files


@dataclasses.dataclass(frozen=True)
class Score:
    """How a reconstruction differs from its picture, both as the model sees them.

    Attributes:
        width: In pixels.
        height: In pixels.
        mse: Mean squared difference over all pixels and channels, in squared 8-bit levels.
        psnr_db: In dB; infinite where nothing differs.
        ssim: -1 to 1; None for pictures too small for it.
    """

    width: int
    height: int
    mse: float
    psnr_db: float
    ssim: float | None


@dataclasses.dataclass(frozen=True)
class Record:
    """One finished picture.

    Attributes:
        picture: Its path below the source.
        size_bytes, mtime_ns: Its file's size and time of change then.
        score: None where it was not asked for.
        gained_db: What refining brought; None where it was not refined.
        is_part: Whether the model saw a part of the picture alone, which is then all that the reconstruction shows.
        frames: How many pictures the file holds, of which one was taken.
        written_bytes: Of its reconstruction's file; 0 where there is none, or an older version wrote it.
    """

    picture: str
    size_bytes: int
    mtime_ns: int
    score: Score | None
    gained_db: float | None = None
    is_part: bool = False
    frames: int = 1
    written_bytes: int = 0


@dataclasses.dataclass(frozen=True)
class Past:
    """What an earlier run of the same job left.

    Attributes:
        records: By the picture's path.
        begun: The pictures of which files were being written, so that what is there of them is the run's own.
        finished: Whether it went through every picture, or every one of its share.
        overwrite: Whether it was asked to replace files.
    """

    records: dict[str, Record]
    begun: frozenset[str]
    finished: bool
    overwrite: bool


def fingerprint(job: BatchJob, source: str | None = None) -> str:
    """The same for two runs whose files would be the same: model, outputs, names and source, or its address."""
    wanted = [
        VERSION,
        sorted(job.entry.require().info.sha256.items()),
        sorted(job.outputs),
        job.pattern,
        job.fit,
        source if source is not None else str(job.source.resolve()),
        *([f"frame {job.frame}"] if job.frame else []),
        *job.encoding.fingerprint,
        *(["refine"] if job.refine else []),  # so that a run without it goes on from an older version's
    ]
    return hashlib.sha256(json.dumps(wanted).encode()).hexdigest()


def journal_file(share: Share | None) -> str:
    """The name of the journal of a share, or of the whole."""
    return JOURNAL_FILE if share is None else f".convae-batch-{share.number}-of-{share.of}.jsonl"


def read_past(job: BatchJob) -> Past | None:
    """What earlier runs of the same job did, all shares together; None where there was none.

    Whether it is finished, and whether it was asked to replace files, is told by the journal of this share, or of the
    whole.
    """
    wanted, own = fingerprint(job), job.target / journal_file(job.share)
    found = {path: _read(path, wanted) for path in (job.target / JOURNAL_FILE, *sorted(job.target.glob(SHARES)))}
    if not any(found.values()):
        return None
    mine = found.get(own)
    begun = frozenset[str]().union(*(past.begun for past in found.values() if past is not None))
    records = {name: record for past in found.values() if past is not None for name, record in past.records.items()}
    return Past(records, begun, mine is not None and mine.finished, mine is not None and mine.overwrite)


def forget_past(job: BatchJob) -> None:
    """Removes the journals of shares: all begins anew.

    Raises:
        PictureError: One cannot be removed.
    """
    for path in job.target.glob(SHARES):
        try:
            path.unlink()
        except OSError as error:
            raise PictureError(
                "{target} cannot be written ({strerror}).", target=path, strerror=error.strerror or error
            ) from error


def _read(path: Path, wanted: str) -> Past | None:
    """What one journal says of the job with the fingerprint `wanted`; None where it is of another, or there is none."""
    try:
        if path.is_symlink():
            return None
        lines = read_bounded(path, LARGEST_BYTES).decode().splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    head = _parsed(lines[0]) if lines else {}
    if head.get("fingerprint") != wanted:
        return None
    records, begun, finished = dict[str, Record](), set[str](), False
    for line in lines[1:]:
        fields = _parsed(line)
        finished = finished or fields.get("finished") is True
        if isinstance(fields.get("begun"), str):
            begun.add(fields["begun"])
        record = record_of(fields)
        if record is not None:
            records[record.picture] = record
    return Past(records, frozenset(begun), finished, head.get("overwrite") is True)


class Journal:
    """A journal that is being written; used in a `with` block."""

    def __init__(self, job: BatchJob, past: Past | None) -> None:
        """Goes on with the journal of the job's share, or begins a new one where there is no `past`.

        Raises:
            PictureError: The target cannot be written to.
        """
        path = job.target / journal_file(job.share)
        self._lock = threading.Lock()  # pictures are begun on several threads
        try:
            if path.is_symlink():
                path.unlink()
            goes_on = past is not None and _read(path, fingerprint(job)) is not None
            self._file = open_log(path, is_new=not goes_on)
            try:
                if goes_on:
                    self._file.write("\n")  # ends a line that a crash has torn
                else:
                    self._add({"fingerprint": fingerprint(job), "overwrite": job.overwrite})
            except OSError:
                with contextlib.suppress(OSError):  # it cannot empty its buffer either
                    self._file.close()
                raise
        except OSError as error:
            raise PictureError(
                "{target} cannot be written ({strerror}).", target=path, strerror=error.strerror or error
            ) from error

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):  # a full disk was reported when it filled up
            self._file.close()

    def begin(self, picture: str) -> None:
        """Notes that files of a picture are going to be written."""
        self._add({"begun": picture})

    def add(self, record: Record) -> None:
        """Notes a finished picture."""
        self._add(fields_of(record))

    def finish(self) -> None:
        """Notes that every picture was gone through."""
        self._add({"finished": True})

    def _add(self, fields: dict[str, Any]) -> None:
        with self._lock:
            self._file.write(json.dumps(fields, ensure_ascii=True) + "\n")
            self._file.flush()


def fields_of(record: Record) -> dict[str, Any]:
    """A record as JSON can hold it: an infinite PSNR is null there."""
    fields = dataclasses.asdict(record)
    if record.score is not None and math.isinf(record.score.psnr_db):
        fields["score"]["psnr_db"] = None
    return fields


def _parsed(line: str) -> dict[str, Any]:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}


def record_of(fields: dict[str, Any]) -> Record | None:
    """The record that `fields_of` gave these of; None where they are of none."""
    picture, size, changed = fields.get("picture"), fields.get("size_bytes"), fields.get("mtime_ns")
    if not isinstance(picture, str) or not isinstance(size, int) or not isinstance(changed, int):
        return None
    score, gained_db = fields.get("score"), fields.get("gained_db")
    if not isinstance(gained_db, float | None):
        return None
    frames, written = fields.get("frames"), fields.get("written_bytes")
    counts = frames if isinstance(frames, int) else 1, written if isinstance(written, int) else 0
    more = gained_db, fields.get("is_part") is True, *counts
    if score is None:
        return Record(picture, size, changed, None, *more)
    try:
        psnr_db = math.inf if score["psnr_db"] is None else float(score["psnr_db"])
        ssim = None if score["ssim"] is None else float(score["ssim"])
        parsed = Score(int(score["width"]), int(score["height"]), float(score["mse"]), psnr_db, ssim)
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    return Record(picture, size, changed, parsed, *more)
