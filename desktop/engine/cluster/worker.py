"""What one process of a cluster does: pictures through a model, with the code that one machine uses."""

from __future__ import annotations

import dataclasses
import json
import shutil
import socket
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop.engine import library
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.batch.journal import Record, fields_of
from desktop.engine.batch.model import BatchModel
from desktop.engine.batch.plan import BatchJob, Item
from desktop.engine.batch.run import BUDGET_BYTES, FULL
from desktop.engine.batch.work import Budget, load, write
from desktop.engine.cluster.place import Place
from desktop.engine.errors import EXPECTED
from export.bundle.store import write_store

Row = dict[str, Any]


@dataclasses.dataclass(frozen=True)
class Order:
    """What every worker is told.

    Attributes:
        bundle: The model's files by their names.
        source, target: Where pictures are, and where files go.
        options: The other fields of the `BatchJob`.
        threads: For each run of a graph on the CPU.
    """

    bundle: Mapping[str, bytes]
    source: Place
    target: Place
    options: Mapping[str, Any]
    threads: int


class Worker:
    """One session of the model, in a process of its own."""

    def __init__(self, order: Order) -> None:
        """Opens the model.

        Raises:
            BundleError, ModelError: It does not run here.
        """
        self._scratch = tempfile.TemporaryDirectory(prefix="convae-")
        folder = Path(self._scratch.name)
        write_store(folder / "model", order.bundle)
        entry = library.open_entry(folder / "model")
        self._order = order
        self._job = BatchJob(
            order.source.local or folder / "source",
            order.target.local or folder / "target",
            entry,
            **order.options,
        )
        self._model = BatchModel(Autoencoder(entry.require(), self._job.asked, order.threads, self._job.falls_back))
        self._budget = Budget(BUDGET_BYTES)
        self._where = socket.gethostname()

    def __call__(self, batch: Mapping[str, Any]) -> dict[str, list[Any]]:
        """Does some pictures.

        Args:
            batch: Columns `item` (see `item_text`), `size_bytes` and `mtime_ns`.

        Returns:
            Columns `item`, `record` (JSON, empty where nothing came of it), `reason` (why nothing did), `is_full`
            (whether the target takes nothing more), `node` and `provider`.
        """
        columns = batch["item"], batch["size_bytes"], batch["mtime_ns"]
        rows = [self._one(str(text), int(size), int(changed)) for text, size, changed in zip(*columns)]
        return {name: [row[name] for row in rows] for name in rows[0]}

    def _one(self, text: str, size_bytes: int, mtime_ns: int) -> Row:
        item, order = item_of(text), self._order
        told = {"item": text, "node": self._where, "provider": self._model.autoencoder.provider}
        try:
            record = self._do(item)
        except EXPECTED as error:
            full = isinstance(error.__cause__, OSError) and error.__cause__.errno in FULL
            return {**told, "record": "", "reason": str(error), "is_full": full}
        finally:
            for place, folder in ((order.source, self._job.source), (order.target, self._job.target)):
                if place.local is None:
                    shutil.rmtree(folder, ignore_errors=True)
        if order.source.local is None:  # as the store tells them, and not the copy here
            record = dataclasses.replace(record, size_bytes=size_bytes, mtime_ns=mtime_ns)
        return {**told, "record": json.dumps(fields_of(record)), "reason": "", "is_full": False}

    def _do(self, item: Item) -> Record:
        if self._order.source.local is None:
            self._order.source.fetch(item.picture.as_posix(), self._job.source / item.picture)
        loaded = load(self._job, item, self._model.autoencoder.info.size, self._budget)
        try:
            made = self._model.reconstruct(loaded.prepared, self._job.refine, lambda *_: None)
            record = write(self._job, loaded, made)
        finally:
            self._budget.give_back(loaded.taken)
        if self._order.target.local is None:
            for path in item.files.values():
                self._order.target.send((self._job.target / path).read_bytes(), path.as_posix())
        return record


def item_text(item: Item) -> str:
    """An item as text: JSON, which holds names of any bytes too."""
    return json.dumps({"picture": str(item.picture), "files": {kind: str(path) for kind, path in item.files.items()}})


def item_of(text: str) -> Item:
    """The item that `item_text` wrote."""
    fields = json.loads(text)
    return Item(Path(fields["picture"]), {kind: Path(path) for kind, path in fields["files"].items()})
