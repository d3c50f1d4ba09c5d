"""A folder of pictures through a model: reading, inference and writing overlap, and nothing is lost when it ends early.

Each thread of a pool takes one picture from its file through the model to the files that come of it, within a budget of
memory. On the CPU several go through the model at a time, each on its share of the cores: nothing is waited for between
the nodes of a graph. Anywhere else one at a time does, and reading and writing go on beside it.
"""

from __future__ import annotations

import collections
import dataclasses
import errno
import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from desktop.engine.autoencoder import CORES, THREADS_OF_EACH, Autoencoder
from desktop.engine.batch.journal import Journal, Past, Record, forget_past, read_past
from desktop.engine.batch.model import BatchModel
from desktop.engine.batch.plan import SCORES_FILE, BatchJob, ExistingFilesError, Item, plan
from desktop.engine.batch.progress import Control, Progress, Speed
from desktop.engine.batch.target import Target, TargetGoneError
from desktop.engine.batch.work import Budget, load, write, write_scores
from desktop.engine.errors import EXPECTED, PictureError, StoppedError

AT_ONCE = min(8, CORES + 1)  # pictures in work: one more than there are cores, for while a file is waited for
AHEAD = 2 * AT_ONCE  # pictures begun or lined up: no thread waits for this one
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
        gained_db: What refining brought, on average over all that is done; None where nothing was refined.
        passed_over: What else is in the source, as a clause; empty where there is nothing else.
        parts: Reconstructions that show a part of their picture alone, as the model saw no more of it.
        several: Files that hold several pictures, of which one was taken.
        records: Of all pictures that are done, by this run or an earlier one.
    """

    written: int
    kept: int
    failures: tuple[Failure, ...]
    total: int
    stopped: bool
    provider: str
    gained_db: float | None = None
    passed_over: str = ""
    parts: int = 0
    several: int = 0
    records: tuple[Record, ...] = dataclasses.field(default=(), compare=False, repr=False)

    @property
    def size_bytes(self) -> int:
        """Of the reconstructions' files, of all that is done."""
        return sum(record.written_bytes for record in self.records)


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
    planned = plan(job)
    items = planned.items
    past = _past(job)
    kept = _kept(job, items, past)
    todo = [item for item in items if item.picture.as_posix() not in kept]
    _require_free(job, todo, past)
    autoencoder = _open(job) if todo else None
    is_new = not job.target.exists()
    try:
        job.target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PictureError(
            "{target} cannot be made ({strerror}).", target=job.target, strerror=error.strerror or error
        ) from error
    target = Target(job.target)
    with _journal(job, past, is_new) as journal:
        work = _Run(job, control or Control(), watch, journal, len(items), kept, target)
        if autoencoder is not None:
            watch(Progress(len(kept), 0, len(items), None))
            work.go(todo, autoencoder)
        target.require()
        if "score" in job.outputs and job.share is None:  # a share knows its own pictures alone
            write_scores(job, work.records.values())
        if not work.stopped:
            journal.finish()
    unlisted = [Failure(path, f"{job.source / path}: {reason}.") for path, reason in planned.listing.problems]
    failures = tuple(sorted([*work.failures, *unlisted], key=lambda failure: failure.picture.parts))
    written = len(work.records) - len(kept)
    provider = autoencoder.provider if autoencoder is not None else ""
    gains = [record.gained_db for record in work.records.values() if record.gained_db is not None]
    gained_db = sum(gains) / len(gains) if gains else None
    parts = sum(record.is_part for record in work.records.values())
    several = sum(record.frames > 1 for record in work.records.values())
    others = planned.listing.passed_over_words
    records = tuple(work.records.values())
    return Summary(
        written, len(kept), failures, len(items), work.stopped, provider, gained_db, others, parts, several, records
    )


def _open(job: BatchJob) -> Autoencoder:
    return Autoencoder(job.entry.require(), job.asked, THREADS_OF_EACH, job.falls_back)


def _journal(job: BatchJob, past: Past | None, is_new: bool) -> Journal:
    """The journal; where it cannot be begun, a target that was made for it goes again."""
    try:
        return Journal(job, past)
    except PictureError:
        if is_new:
            shutil.rmtree(job.target, ignore_errors=True)
        raise


def _past(job: BatchJob) -> Past | None:
    """The earlier run to go on from; one that was finished is begun anew where files may be replaced."""
    past = read_past(job)
    if past is None or not (past.finished and job.overwrite):
        return past
    if job.share is None:
        forget_past(job)
    return None


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
    if past is None and "score" in job.outputs and job.share is None:
        paths.append(Path(SCORES_FILE))
    existing = [job.target / path for path in paths if (job.target / path).exists()]
    if existing:
        raise ExistingFilesError(existing, job.target)


class _Run:
    """One run: what is in work, and what came of it."""

    def __init__(
        self,
        job: BatchJob,
        control: Control,
        watch: Watch,
        journal: Journal,
        total: int,
        kept: dict[str, Record],
        target: Target,
    ) -> None:
        self._target = target
        self._job, self._control, self._watch, self._journal = job, control, watch, journal
        self._total, self._speed = total, Speed(control)
        self._budget = Budget(BUDGET_BYTES)
        self._working: dict[Future[Record], Item] = {}
        self.records = dict(kept)
        self.failures: list[Failure] = []
        self.stopped = False

    def go(self, todo: list[Item], autoencoder: Autoencoder) -> None:
        """Takes every picture through the model.

        Raises:
            PictureError: The target has no room left, or may not be written to at all.
        """
        model, waiting = BatchModel(autoencoder), collections.deque(todo)
        with ThreadPoolExecutor(AT_ONCE, "batch") as pool:
            try:
                while (waiting or self._working) and not self._control.cancelled:
                    while waiting and len(self._working) < AHEAD:
                        item = waiting.popleft()
                        self._working[pool.submit(self._one, item, model)] = item
                    self._settle(wait(self._working, return_when=FIRST_COMPLETED).done)
            finally:
                for future in [future for future in self._working if future.cancel()]:
                    waiting.append(self._working.pop(future))
                self.stopped = self.stopped or (self._control.cancelled and bool(waiting))
                self._settle(list(self._working))

    def _one(self, item: Item, model: BatchModel) -> Record:
        """One picture from its file to the files that come of it, on a thread of the pool."""
        self._heed()
        loaded = load(self._job, item, model.autoencoder.info.size, self._budget)
        try:
            self._heed()
            reconstruction = model.reconstruct(loaded.prepared, self._job.refine, lambda *_: self._heed())
            self._target.require()
            self._journal.begin(item.picture.as_posix())
            return write(self._job, loaded, reconstruction)
        finally:
            self._budget.give_back(loaded.taken)

    def _settle(self, finished: Iterable[Future[Record]]) -> None:
        """Waits for these pictures and notes what came of them.

        Raises:
            PictureError: The disk is full or may not be written to; the others of them are noted all the same.
        """
        refusal: Exception | None = None
        for future in finished:
            item = self._working.pop(future)
            try:
                record = future.result()
            except StoppedError:
                self.stopped = True
            except EXPECTED as error:
                full = isinstance(error.__cause__, OSError) and error.__cause__.errno in FULL
                if full or isinstance(error, TargetGoneError):
                    refusal = error
                else:
                    self.failures.append(Failure(item.picture, str(error)))
                    self._tell(None)
            else:
                self.records[record.picture] = record
                self._journal.add(record)
                self._tell(record)
        if refusal is not None:
            raise refusal

    def _heed(self) -> None:
        """Pauses or stops a picture before it is read, before the model has it, and between tiles of a large one."""
        self._control.wait()
        if self._control.cancelled:
            raise StoppedError("Stopped before its end, as you asked.")

    def _tell(self, record: Record | None) -> None:
        self._speed.count()
        working = next((item.picture.as_posix() for item in self._working.values()), "")
        done, failed = len(self.records), len(self.failures)
        self._watch(Progress(done, failed, self._total, self._speed.per_second, record, working))
