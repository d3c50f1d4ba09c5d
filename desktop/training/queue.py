"""Trainings that wait for their turn, in one file that every window shares. No Qt."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import filelock

from desktop.engine.disk.file_writer import make_folder, write_file
from desktop.engine.disk.files import read_bounded
from desktop.engine.errors import TrainingError
from desktop.training import launch
from desktop.training.launch import Plan
from desktop.training.plans import from_json, to_json
from trainer.run import contract

LARGEST_BYTES = 1 << 20
MOST_ENTRIES = 100
LOCK_S = 5.0  # another window holds the lock while it starts a process


@dataclasses.dataclass(frozen=True)
class Entry:
    """A training that waits; its key is its own, whatever its place."""

    key: str
    plan: Plan


@dataclasses.dataclass(frozen=True)
class _Started:
    """The entry that was taken last, and the process that trains it; until there is one, the process that took it."""

    entry: Entry
    pid: int


class TrainingQueue:
    """A list of trainings and the one that was started last; changed under a lock, and written whole or not at all."""

    def __init__(self, path: Path | None) -> None:
        """The queue in a file; None keeps it in memory, for a window that remembers nothing."""
        self.path = path
        self._fleeting: tuple[list[Entry], _Started | None] = ([], None)

    @property
    def entries(self) -> list[Entry]:
        """Those that wait, the next one first."""
        return self._read()[0]

    @property
    def was_cut_short(self) -> bool:
        """Whether an entry was taken by a window that was killed before it could start it."""
        started = self._read()[1]
        return started is not None and _was_never_started(started)

    def add(self, plan: Plan) -> Entry:
        """Appends a training.

        Raises:
            TrainingError: The queue is full, the disk refused, or another window keeps the file.
        """
        with self._locked():
            entries, started = self._read()
            if len(entries) >= MOST_ENTRIES:
                raise TrainingError("The queue is full: it has {count} trainings.", count=MOST_ENTRIES)
            entry = Entry(secrets.token_hex(8), plan)
            self._write([*entries, entry], started)
        return entry

    def remove(self, key: str) -> None:
        """Takes an entry out; one that has gone is no matter.

        Raises:
            TrainingError: The disk refused, or another window keeps the file.
        """
        with self._locked():
            entries, started = self._read()
            self._write([entry for entry in entries if entry.key != key], started)

    def move(self, key: str, places: int) -> None:
        """Moves an entry by so many places towards the end; one that has gone is no matter.

        Raises:
            TrainingError: The disk refused, or another window keeps the file.
        """
        with self._locked():
            entries, started = self._read()
            at = next((place for place, entry in enumerate(entries) if entry.key == key), None)
            if at is not None:
                entries.insert(max(0, min(len(entries) - 1, at + places)), entries.pop(at))
                self._write(entries, started)

    def start_next(self, start: Callable[[Plan], int], is_busy: Callable[[], bool]) -> Plan | None:
        """Starts the first entry where nothing trains, and says which one.

        The entry leaves the file before its process is there: of two windows one starts it. Where the one that took it
        was killed before it came to that, it is put back.

        Args:
            start: Starts a training and returns its process id.
            is_busy: Whether something trains that the queue did not start.

        Raises:
            TrainingError: The disk refused, another window keeps the file, or there is no process; the entry waits on.
        """
        with self._locked():
            entries, started = self._read()
            if started is not None and _was_never_started(started):
                entries = [started.entry, *entries]
            elif started is not None and _goes_on(started):
                return None
            if not entries or is_busy():
                return None
            first, *rest = entries
            out = launch.free_name(first.plan.out.parent, first.plan.out.name)
            taken = Entry(first.key, dataclasses.replace(first.plan, out=out))
            self._write(rest, _Started(taken, os.getpid()))
            try:
                pid = start(taken.plan)
            except TrainingError:
                self._write(entries, None)
                raise
            self._write(rest, _Started(taken, pid))
        return taken.plan

    def _read(self) -> tuple[list[Entry], _Started | None]:
        if self.path is None:
            return list(self._fleeting[0]), self._fleeting[1]
        try:
            content = json.loads(read_bounded(self.path, LARGEST_BYTES))
            entries = [_entry(value) for value in content["entries"][:MOST_ENTRIES]]
            started = content["started"]
            taken = None if started is None else _entry(started["entry"])
            pid = 0 if started is None else int(started["pid"])
        except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return [], None
        return [entry for entry in entries if entry is not None], None if taken is None else _Started(taken, pid)

    def _write(self, entries: Sequence[Entry], started: _Started | None) -> None:
        if self.path is None:
            self._fleeting = list(entries), started
            return
        taken = None if started is None else {"entry": _as_json(started.entry), "pid": started.pid}
        content = {"entries": [_as_json(entry) for entry in entries], "started": taken}
        write_file(self.path, json.dumps(content, indent=1).encode(), TrainingError)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        if self.path is None:
            yield
            return
        make_folder(self.path.parent, TrainingError)
        lock = filelock.FileLock(self.path.with_suffix(".lock"), timeout=LOCK_S)
        try:
            lock.acquire()
        except filelock.Timeout as error:
            raise TrainingError("{path} is kept by another window; try again.", path=self.path) from error
        except OSError as error:
            strerror = error.strerror or error
            raise TrainingError("{path} cannot be written ({strerror}).", path=self.path, strerror=strerror) from error
        try:
            yield
        finally:
            lock.release()


def _goes_on(started: _Started) -> bool:
    """Whether the training that was started last has not ended."""
    status = contract.read_status(started.entry.plan.out)
    return contract.is_running(started.pid) and (status is None or not status.ended)


def _was_never_started(started: _Started) -> bool:
    """Whether whoever took the entry was killed before there was a process, whose first deed is its log."""
    out = started.entry.plan.out
    return not contract.is_running(started.pid) and not out.exists() and not launch.log_file(out).exists()


def _entry(value: Any) -> Entry | None:
    plan = from_json(value["plan"])
    return None if plan is None or not isinstance(value["key"], str) else Entry(value["key"], plan)


def _as_json(entry: Entry) -> dict[str, Any]:
    return {"key": entry.key, "plan": to_json(entry.plan)}
