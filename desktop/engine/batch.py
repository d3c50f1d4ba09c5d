"""A folder of pictures through a model: reading, inference and writing overlap, and nothing is lost when it ends early.

The caller's thread runs the model; a pool of threads reads ahead of it and writes behind it, within a budget of memory.
"""

from __future__ import annotations

import collections
import dataclasses
import errno
import os
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.batch_journal import Journal, Past, Record, fingerprint, read_past
from desktop.engine.batch_plan import SCORES_FILE, BatchJob, ExistingFilesError, Item, plan
from desktop.engine.batch_progress import Control, Progress, Speed
from desktop.engine.batch_work import Budget, Loaded, load, write, write_scores
from desktop.engine.errors import EXPECTED, PictureError, StoppedError
from desktop.engine.tiles import Tiler

THREADS = min(4, max(1, (os.cpu_count() or 1) // 2))  # that read, and as many that write: the model needs cores too
AHEAD = 16  # pictures that are read before the model has had them
BUDGET_BYTES = 1 << 30
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


@dataclasses.dataclass(frozen=True)
class Failure:
    """A picture that nothing came of, by its path below the source, and why, in one sentence."""

    picture: Path
    reason: str


@dataclasses.dataclass(frozen=True)
class Summary:
    """What came of a batch.

    Attributes:
        written: Pictures done by this run.
        kept: Pictures that an earlier run had finished.
        failures: In order of their paths.
        total: All pictures.
        stopped: Whether it was cancelled before its end.
        provider: Where the model ran.
    """

    written: int
    kept: int
    failures: tuple[Failure, ...]
    total: int
    stopped: bool
    provider: str


Watch = Callable[[Progress], None]


def run(job: BatchJob, control: Control | None = None, watch: Watch = lambda _: None) -> Summary:
    """Does the whole job; where an earlier run of the same job ended early, goes on from there.

    Args:
        job: What to do.
        control: Pause and cancel.
        watch: Told after each picture, on this thread.

    Raises:
        ExistingFilesError: Files would be replaced, and the job does not ask for that; nothing was done.
        DesktopError, BundleError: The folders, the name pattern or the model will not do; nothing was done.
    """
    items = plan(job)
    past = _past(job)
    kept = _kept(job, items, past)
    todo = [item for item in items if item.picture.as_posix() not in kept]
    _require_free(job, todo, past)
    autoencoder = Autoencoder(job.entry.require(), job.asked) if todo else None
    try:
        job.target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PictureError(f"{job.target} cannot be made ({error.strerror or error}).") from error
    with Journal(job, past) as journal:
        work = _Run(job, control or Control(), watch, journal, len(items), kept)
        if autoencoder is not None:
            watch(Progress(len(kept), 0, len(items), None))
            work.go(todo, autoencoder)
        if "score" in job.outputs:
            write_scores(job, work.records.values())
        if not work.stopped:
            journal.finish()
    failures = tuple(sorted(work.failures, key=lambda failure: failure.picture.parts))
    written = len(work.records) - len(kept)
    provider = autoencoder.provider if autoencoder is not None else ""
    return Summary(written, len(kept), failures, len(items), work.stopped, provider)


def _past(job: BatchJob) -> Past | None:
    """The earlier run to go on from; one that was finished is begun anew where files may be replaced."""
    past = read_past(job.target, fingerprint(job))
    return None if past is not None and past.finished and job.overwrite else past


def _kept(job: BatchJob, items: list[Item], past: Past | None) -> dict[str, Record]:
    """The records of pictures that need nothing more: they did not change, and all their files are there."""
    kept = {}
    for item in items if past is not None else ():
        assert past is not None
        record = past.records.get(item.picture.as_posix())
        if record is None or not all((job.target / path).is_file() for path in item.files.values()):
            continue
        try:
            now = (job.source / item.picture).stat()
        except OSError:
            continue
        if (now.st_size, now.st_mtime_ns) == (record.size_bytes, record.mtime_ns):
            kept[record.picture] = record
    return kept


def _require_free(job: BatchJob, todo: list[Item], past: Past | None) -> None:
    """Makes sure that no file is replaced, unless this run or the one it goes on from was told so.

    Raises:
        ExistingFilesError: Some would be.
    """
    if job.overwrite or (past is not None and past.overwrite and not past.finished):
        return
    ours = frozenset[str]() if past is None else past.begun
    paths = [path for item in todo if item.picture.as_posix() not in ours for path in item.files.values()]
    if past is None and "score" in job.outputs:
        paths.append(Path(SCORES_FILE))
    existing = [job.target / path for path in paths if (job.target / path).exists()]
    if existing:
        raise ExistingFilesError(existing, job.target)


class _Run:
    """One run: what is in flight, and what came of it."""

    def __init__(
        self, job: BatchJob, control: Control, watch: Watch, journal: Journal, total: int, kept: dict[str, Record]
    ) -> None:
        self._job, self._control, self._watch, self._journal = job, control, watch, journal
        self._total, self._speed = total, Speed()
        self._budget = Budget(BUDGET_BYTES)
        self._reading: dict[Future[Loaded], Item] = {}
        self._writing: dict[Future[Record], Loaded] = {}
        self.records = dict(kept)
        self.failures: list[Failure] = []
        self.stopped = False

    def go(self, todo: list[Item], autoencoder: Autoencoder) -> None:
        """Takes every picture through the model.

        Raises:
            PictureError: The target has no room left, or may not be written to at all.
        """
        tiler, waiting = Tiler(autoencoder), collections.deque(todo)
        readers, writers = ThreadPoolExecutor(THREADS, "batch-read"), ThreadPoolExecutor(THREADS, "batch-write")
        with readers, writers:
            try:
                while (waiting or self._reading or self._writing) and not self._control.cancelled:
                    self._pause()
                    while waiting and len(self._reading) < AHEAD:
                        item = waiting.popleft()
                        rule = autoencoder.info.size
                        self._reading[readers.submit(load, self._job, item, rule, self._budget)] = item
                    self._advance(tiler, writers)
            finally:
                self.stopped = self.stopped or (self._control.cancelled and bool(waiting or self._reading))
                for unread in self._reading:
                    if not unread.cancel():
                        unread.add_done_callback(self._discard)
                self._settle(list(self._writing))

    def _advance(self, tiler: Tiler, writers: ThreadPoolExecutor) -> None:
        """Waits until a picture is read or written, and takes it one step on."""
        in_flight: list[Future[Any]] = [*self._reading, *self._writing]
        finished, _ = wait(in_flight, return_when=FIRST_COMPLETED)
        self._settle([future for future in self._writing if future in finished])
        for future in [future for future in self._reading if future in finished]:
            if self._control.cancelled:
                return
            self._pause()
            self._infer(future, tiler, writers)

    def _infer(self, future: Future[Loaded], tiler: Tiler, writers: ThreadPoolExecutor) -> None:
        """Takes one picture that was read through the model, and has the rest written."""
        item = self._reading.pop(future)
        try:
            loaded = future.result()
        except EXPECTED as error:
            self._fail(item, error)
            return
        try:
            code = tiler.encode(loaded.prepared, self._heed)
            output = tiler.decode(code, self._heed)
        except StoppedError:
            self.stopped = True
            self._budget.give_back(loaded.taken)
        except EXPECTED as error:
            self._budget.give_back(loaded.taken)
            self._fail(item, error)
        else:
            self._journal.begin(item.picture.as_posix())
            self._writing[writers.submit(write, self._job, loaded, code, output)] = loaded

    def _settle(self, finished: list[Future[Record]]) -> None:
        """Notes what was written.

        Raises:
            PictureError: The disk is full or may not be written to.
        """
        for future in finished:
            loaded = self._writing.pop(future)
            try:
                record = future.result()
            except EXPECTED as error:
                if isinstance(error.__cause__, OSError) and error.__cause__.errno in FULL:
                    raise
                self._fail(loaded.item, error)
            else:
                self.records[record.picture] = record
                self._journal.add(record)
                self._tell()
            finally:
                self._budget.give_back(loaded.taken)

    def _pause(self) -> None:
        self._speed.leave_out(self._control.wait())

    def _heed(self, _doing: str, _done: int, _total: int) -> None:
        """Between two tiles of a large picture, pauses or stops."""
        self._pause()
        if self._control.cancelled:
            raise StoppedError("Stopped before its end, as you asked.")

    def _discard(self, future: Future[Loaded]) -> None:
        """Gives back the room of a picture that was read in vain."""
        if not future.cancelled() and future.exception() is None:
            self._budget.give_back(future.result().taken)

    def _fail(self, item: Item, error: Exception) -> None:
        self.failures.append(Failure(item.picture, str(error)))
        self._tell()

    def _tell(self) -> None:
        self._speed.count()
        self._watch(Progress(len(self.records), len(self.failures), self._total, self._speed.per_second))
