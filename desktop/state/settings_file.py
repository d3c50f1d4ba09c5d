"""The settings' file: JSON that can hold data alone, shared by every window that is open."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from desktop.engine.disk.files import read_bounded, write_whole
from desktop.state import old_settings

Value = str | bool | list[str]
Change = Callable[[Value | None], Value | None]  # from what the file holds to what it shall hold; None for nothing

LARGEST_BYTES = 1 << 20
LONGEST_NAME, LONGEST_TEXT, LONGEST_LIST = 200, 1 << 16, 100
LOCK_S = 1.0  # another window holds the lock for a few milliseconds


class SettingsFile:
    """What the file held when it was opened, and what was changed since; `write` brings the changes to the file.

    Two windows share one file: what either changes is applied to what is there at that time.
    """

    def __init__(self, path: Path) -> None:
        """Reads the file once; where there is none, what an older version left in the `.ini` beside it."""
        self.path = path
        self._changes: dict[str, list[Change]] = {}
        self._is_cleared = False
        self.values = _read(path)

    def change(self, name: str, change: Change) -> None:
        """Changes a value, here now and in the file by the next `write`; one that is too long is left as it is."""
        if len(name) <= LONGEST_NAME and _applied(self.values, name, change):
            self._changes.setdefault(name, []).append(change)

    def clear(self) -> None:
        """Nothing is left of what is set, here now and in the file by the next `write`."""
        self.values, self._changes, self._is_cleared = {}, {}, True

    def write(self) -> None:
        """Applies what was changed to what the file holds now.

        What is there and is no settings file is put aside under the ending `.broken`.

        Raises:
            OSError: The disk refused; the file stays as it is, and the changes wait for the next time.
        """
        if not self._changes and not self._is_cleared:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(self.path):
            values = {} if self._is_cleared else _read(self.path)
            for name, changes in self._changes.items():
                for change in changes:
                    _applied(values, name, change)
            _put_aside(self.path)
            write_whole(self.path, _encoded(values))
        self.values, self._changes, self._is_cleared = values, {}, False


def _applied(values: dict[str, Value], name: str, change: Change) -> bool:
    """Whether a change gave a value that may be kept."""
    value = change(values.get(name))
    if value is None:
        values.pop(name, None)
    elif _is_value(value):
        values[name] = value
    else:
        return False
    return True


def _is_value(value: object) -> bool:
    if isinstance(value, list):
        return len(value) <= LONGEST_LIST and all(isinstance(each, str) and _is_value(each) for each in value)
    return isinstance(value, bool) or (isinstance(value, str) and len(value) <= LONGEST_TEXT)


def _read(path: Path) -> dict[str, Value]:
    if not os.path.lexists(path):
        return {name: value for name, value in old_settings.read(path.with_suffix(".ini")).items() if _is_value(value)}
    return _content(path) or {}


def _content(path: Path) -> dict[str, Value] | None:
    """What a settings file holds, without what is no value; None where it is none."""
    try:
        content = json.loads(read_bounded(path, LARGEST_BYTES))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(content, dict):
        return None
    return {name: value for name, value in content.items() if len(name) <= LONGEST_NAME and _is_value(value)}


def _put_aside(path: Path) -> None:
    """Keeps what stands at the place and cannot be read as settings: a slip of the pen is no reason to lose a file."""
    if os.path.lexists(path) and _content(path) is None:
        path.replace(path.with_suffix(".broken"))


def _encoded(values: Mapping[str, Value]) -> bytes:
    """As JSON of at most `LARGEST_BYTES`; where there is too much, the longest values are left out."""
    kept = dict(sorted(values.items(), key=lambda item: len(json.dumps(item[1]))))
    while len(encoded := (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode("ascii")) > LARGEST_BYTES:
        kept.popitem()
    return encoded


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """While no other window writes; one that holds on to the file is not waited for."""
    import filelock  # a window opens without it

    with contextlib.ExitStack() as held:
        with contextlib.suppress(filelock.Timeout):
            held.enter_context(filelock.FileLock(path.with_suffix(".lock"), timeout=LOCK_S))
        yield
