"""A batch on a Ray cluster: the pictures go to a pool of workers, and what is done is noted as it comes back.

Each worker is a process with one session of the model. Ray starts lost workers anew and gives their pictures to others;
a picture that is done twice gives the same files. The driver holds paths alone, never pictures.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from desktop.engine.batch import journal
from desktop.engine.batch.journal import Record
from desktop.engine.batch.plan import SCORES_FILE, BatchJob, ExistingFilesError, Item, check_names, name_files
from desktop.engine.batch.progress import Control, Progress, Speed
from desktop.engine.batch.run import Failure, Summary
from desktop.engine.batch.work import score_table
from desktop.engine.cluster.connection import Cluster, bundle_files, connected, import_ray, spread
from desktop.engine.cluster.place import Place
from desktop.engine.cluster.worker import Order, Worker, item_of, item_text
from desktop.engine.errors import PictureError
from desktop.engine.picture_files import Listing

AT_ONCE = 8  # pictures that a worker is given together
NOTED_EVERY_S, NOTED_EVERY = 5.0, 2000
KEY_DIGITS = 16


def run_on_cluster(
    job: BatchJob,
    source: Place,
    target: Place,
    cluster: Cluster,
    control: Control | None = None,
    watch: Callable[[Progress], None] = lambda _: None,
    tell: Callable[[str], None] = lambda _: None,
) -> Summary:
    """Does the whole job; where an earlier run of the same job ended early, goes on from there.

    Args:
        job: What to do; its folders are not used.
        source, target: The folders, as every node sees them.
        cluster: Where.
        control: Cancel.
        watch: Told after each picture.
        tell: Told of the cluster, and of what each node did.

    Raises:
        ExistingFilesError: Files would be replaced, and the job does not ask for that; nothing was done.
        DesktopError, BundleError: The folders, the name pattern, the model or the cluster will not do.
    """
    ray = import_ray()
    from desktop.engine.cluster.manifest import FOLDER, Manifest

    check_names(job)
    listing = source.list(left_out=target)
    if not listing.pictures:
        raise PictureError("{source} holds no pictures.", source=source)
    items = name_files(job, [each.path for each in listing.pictures])
    there = {name for name in target.names() if not name.startswith(f"{FOLDER}/")}
    wanted = hashlib.sha256(journal.fingerprint(job, str(source)).encode()).hexdigest()[:KEY_DIGITS]
    manifest = Manifest(target, wanted)
    known = {} if manifest.finished and job.overwrite else manifest.records()
    kept = _kept(items, listing, known, there)
    todo = [item for item in items if item.picture.as_posix() not in kept]
    if not (job.overwrite or manifest.began):
        _require_free(job, todo, there, target)
    manifest.begin(job.overwrite)
    work = _Work(job, control or Control(), watch, manifest, len(items), kept)
    with connected(ray, cluster, tell):
        watch(Progress(len(kept), 0, len(items), None))
        if todo:
            order, rows = _order(job, source, target), _rows(todo, listing)
            work.go(spread(ray, cluster, Worker, order, rows, AT_ONCE, job.asked != "cpu"))
    if "score" in job.outputs:
        target.send(score_table(job, work.records.values()), SCORES_FILE)
    if not work.stopped:
        manifest.finish()
    for node, count in sorted(work.nodes.items()):
        tell(f"{node}: {count:,} pictures, {count / max(work.seconds, 1e-9):.1f} a second.")
    return work.summary(len(kept), listing)


class _Work:
    """What came back so far."""

    def __init__(
        self,
        job: BatchJob,
        control: Control,
        watch: Callable[[Progress], None],
        manifest: Any,
        total: int,
        kept: dict[str, Record],
    ) -> None:
        self._job, self._control, self._watch, self._manifest, self._total = job, control, watch, manifest, total
        self._speed, self._fresh, self._noted = Speed(control), list[Record](), time.monotonic()
        self.records, self.failures, self.nodes = dict(kept), list[Failure](), Counter[str]()
        self.stopped, self.seconds, self._provider = False, 0.0, ""

    def go(self, results: Iterator[dict[str, Any]]) -> None:
        """Takes what the workers give until they are through, or it is cancelled.

        Raises:
            PictureError: The target has no room left, or takes nothing.
        """
        started = time.monotonic()
        try:
            for result in results:
                self._take(result)
                if self._control.cancelled:
                    self.stopped = len(self.records) + len(self.failures) < self._total
                    break
        finally:
            self.seconds = time.monotonic() - started
            self._note()

    def _take(self, result: dict[str, Any]) -> None:
        item = item_of(result["item"])
        self._provider = self._provider or result["provider"]
        record = journal.record_of(json.loads(result["record"])) if result["record"] else None
        if result["is_full"]:
            raise PictureError("{reason}", reason=result["reason"])
        if record is None:
            self.failures.append(Failure(item.picture, result["reason"]))
        else:
            self.records[record.picture] = record
            self._fresh.append(record)
            self.nodes[result["node"]] += 1
        if len(self._fresh) >= NOTED_EVERY or time.monotonic() - self._noted > NOTED_EVERY_S:
            self._note()
        self._speed.count()
        self._watch(Progress(len(self.records), len(self.failures), self._total, self._speed.per_second))

    def _note(self) -> None:
        self._manifest.add(self._fresh)
        self._fresh, self._noted = [], time.monotonic()

    def summary(self, kept: int, listing: Listing) -> Summary:
        """What came of it."""
        records = self.records.values()
        gains = [record.gained_db for record in records if record.gained_db is not None]
        unlisted = [Failure(path, f"{path}: {reason}.") for path, reason in listing.problems]
        return Summary(
            len(self.records) - kept,
            kept,
            tuple(sorted([*self.failures, *unlisted], key=lambda failure: failure.picture.parts)),
            self._total,
            self.stopped,
            self._provider,
            sum(gains) / len(gains) if gains else None,
            listing.passed_over_words,
            sum(record.is_part for record in records),
            sum(record.frames > 1 for record in records),
        )


def _order(job: BatchJob, source: Place, target: Place) -> Order:
    left_out = {"source", "target", "entry", "share"}
    options = {field.name: getattr(job, field.name) for field in dataclasses.fields(job) if field.name not in left_out}
    return Order(bundle_files(job.entry.require()), source, target, {**options, "overwrite": True}, threads=1)


def _rows(todo: list[Item], listing: Listing) -> list[dict[str, Any]]:
    facts = {each.path: each for each in listing.pictures}
    return [
        {
            "item": item_text(item),
            "size_bytes": facts[item.picture].size_bytes,
            "mtime_ns": facts[item.picture].changed_ns,
        }
        for item in todo
    ]


def _kept(items: list[Item], listing: Listing, known: dict[str, Record], there: set[str]) -> dict[str, Record]:
    """The records of pictures that need nothing more: they did not change, and all their files are there."""
    facts = {each.path: (each.size_bytes, each.changed_ns) for each in listing.pictures}
    kept = {}
    for item in items if known else ():
        record = known.get(item.picture.as_posix())
        if record is None or not all(path.as_posix() in there for path in item.files.values()):
            continue
        if facts[item.picture] == (record.size_bytes, record.mtime_ns):
            kept[record.picture] = record
    return kept


def _require_free(job: BatchJob, todo: list[Item], there: set[str], target: Place) -> None:
    """Raises:
    ExistingFilesError: Files that come of no run of this job would be replaced.
    """
    names = [path.as_posix() for item in todo for path in item.files.values()]
    if "score" in job.outputs:
        names.append(SCORES_FILE)
    existing = [name for name in names if name in there]
    if existing:
        raise ExistingFilesError([(target.local or job.target) / name for name in existing], target.local or job.target)
