"""The contract between a run and whoever watches it: what its folder holds, how far it is, and how it is steered.

A run folder has

    config.json         everything that the run was told, written once
    status.json         `Status`, written anew at most twice a second, beside its place and renamed
    request             one word, from whoever watches: `pause`, `resume` or `stop`; the run looks between steps
    metrics.csv         a row for each step, a header first; a last line without an end is half a row
    units.csv           every tenth step the share of silent units in each layer; some networks have none
    epochs.csv          what was measured at the end of each epoch
    grids/              held-out pictures above their reconstructions, one PNG for each epoch
    weights.safetensors the best weights so far, or the last
    checkpoint.safetensors   what `--resume` goes on from
    report.html         written at the end

A training that fails before its folder is a run has no place for its status: it writes one to the file that the
environment variable `CONVAE_FAILURE` names, where whoever started it named one.

`status.json` has the fields of `Status`; beside `message`, `sentence` has the template and the values that it was made
of, and `notes` are such sentences (see `sentence`). Both may be missing: an older trainer had neither.

Standard library only, so that a program without torch can watch a run and steer it. `tables` reads the tables.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import math
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Literal, get_args

from trainer.run.contract.sentence import from_json, to_json

VERSION = 2
READABLE = (1, 2)
STATUS_FILE, REQUEST_FILE = "status.json", "request"
CONFIG_FILE, METRICS_FILE, WEIGHTS_FILE = "config.json", "metrics.csv", "weights.safetensors"
UNITS_FILE = "units.csv"
FAILURE_VARIABLE = "CONVAE_FAILURE"
CHECKPOINT_FILE, REPORT_FILE, GRIDS_FOLDER = "checkpoint.safetensors", "report.html", "grids"
LARGEST_STATUS_BYTES = 1 << 16
LARGEST_REQUEST_BYTES = 64
MOST_NOTES = 12
NO_SENTENCE = (KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError)  # of what another wrote

State = Literal["preparing", "training", "paused", "finishing", "done", "stopped", "failed"]
Request = Literal["pause", "resume", "stop"]
Failure = Literal["", "memory", "disk", "diverged", "data", "install"]
STATES: tuple[State, ...] = get_args(State)
REQUESTS: tuple[Request, ...] = get_args(Request)
FAILURES: tuple[Failure, ...] = get_args(Failure)
FIELDS_OF_2 = frozenset(("gradient_norm", "active_latents", "failure", "cure"))
ENDED: frozenset[State] = frozenset({"done", "stopped", "failed"})


@dataclasses.dataclass(frozen=True)
class Status:
    """The state and progress of a run.

    Attributes:
        state: What it does now. A run whose state has not ended and whose process is gone was killed, and resumes.
        pid: The process that trains.
        step, total_steps: Steps done, of so many planned; 0 while pictures are prepared.
        epoch: The epoch of the last step, counted from 1.
        loss: Of the last step; None before the first.
        holdout_psnr: Of the last measurement, in dB; None before the first.
        images_per_second: Pictures of the last step a second.
        seconds: Trained so far, over all resumptions.
        seconds_left: An estimate; None where it is not known.
        memory_mib: The most memory that the process has had, in MiB.
        message: A sentence, a `Sentence` where its parts are known: what is prepared, or why it failed.
        updated: Seconds since 1970, when this was written.
        gradient_norm: Of the last step, before it was clipped; None before the first, or where it was no number.
        active_latents: Numbers of a vector, or channels of a map, that the last batch used; None before the first.
        failure: What kind of failure it is: no `memory`, a full `disk`, a training that `diverged`, `data` that is
            missing or cannot be used, packages to `install`, or anything else.
        cure: Options, as they are typed, with which the same training may not fail; "" where there are none.
        version: Of this contract. Everything from `gradient_norm` on came with version 2.
        notes: Sentences of the trainer: what it chose and why, and at the end what the run came to.
    """

    state: State
    pid: int
    step: int = 0
    total_steps: int = 0
    epoch: int = 0
    loss: float | None = None
    holdout_psnr: float | None = None
    images_per_second: float = 0.0
    seconds: float = 0.0
    seconds_left: float | None = None
    memory_mib: float = 0.0
    message: str = ""
    updated: float = 0.0
    version: int = VERSION
    gradient_norm: float | None = None
    active_latents: int | None = None
    failure: Failure = ""
    cure: str = ""
    notes: tuple[str, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether nothing more will be done without a resumption."""
        return self.state in ENDED

    @property
    def alive(self) -> bool:
        """Whether the run goes on: its state has not ended, and its process is there."""
        return not self.ended and is_running(self.pid)


def write_status(folder: Path, status: Status) -> None:
    """Writes `status.json` beside its place and renames it there.

    Raises:
        OSError: The disk refused; the status before stays whole.
    """
    _write(folder / STATUS_FILE, status)


def tell_early_failure(message: str, failure: Failure = "", cure: str = "") -> None:
    """Writes why a training failed before its folder was a run, where whoever started it named a file for that."""
    path = os.environ.get(FAILURE_VARIABLE)
    if path:
        with contextlib.suppress(OSError, ValueError):
            _write(Path(path), Status("failed", os.getpid(), message=message, failure=failure, cure=cure))


def read_status(folder: Path) -> Status | None:
    """The status of a run; None where there is none, or it is not one of a version that is known here."""
    return read_status_file(folder / STATUS_FILE)


def read_status_file(path: Path) -> Status | None:
    """The status in a file; None as `read_status` has it. What version 1 did not have is as it is by default."""
    try:
        raw = json.loads(_read(path, LARGEST_STATUS_BYTES))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(raw, dict) or raw.get("version") not in READABLE or raw.get("state") not in STATES:
        return None
    later = {"notes", *(FIELDS_OF_2 if raw["version"] == 1 else ())}
    fields = [field for field in dataclasses.fields(Status) if field.name not in later]
    try:
        values: dict[str, Any] = {field.name: _checked(field, raw[field.name]) for field in fields}
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    return Status(**values | _sentences(raw, values["message"]))


def _sentences(raw: dict[str, Any], message: str) -> dict[str, Any]:
    """The message with what it was made of, where that is known and gives the same; and the notes that can be read."""
    found: dict[str, Any] = {"notes": ()}
    with contextlib.suppress(*NO_SENTENCE):
        made = from_json(raw["sentence"])
        found["message"] = made if made == message else message
    with contextlib.suppress(*NO_SENTENCE):
        found["notes"] = tuple(from_json(note) for note in raw["notes"][:MOST_NOTES])
    return found


def ask(folder: Path, request: Request) -> None:
    """Asks a run to pause, to go on, or to save and leave.

    Raises:
        OSError: The disk refused.
    """
    _replace(folder / REQUEST_FILE, request)


def asked(folder: Path) -> Request | None:
    """The last request to a run, if any."""
    try:
        text = _read(folder / REQUEST_FILE, LARGEST_REQUEST_BYTES).strip()
    except (OSError, ValueError):
        return None
    return next((request for request in REQUESTS if request == text), None)


def forget_request(folder: Path) -> None:
    """Takes the request away, as a run does when it starts."""
    with contextlib.suppress(OSError):
        (folder / REQUEST_FILE).unlink(missing_ok=True)


def is_running(pid: int) -> bool:
    """Whether a process of that number is there, and is not a dead one that nobody has collected."""
    if pid <= 0:
        return False
    with contextlib.suppress(OSError, IndexError):
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rsplit(") ", 1)[1][0]
        return state not in "ZX"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return os.name != "nt"


def is_run(folder: Path) -> bool:
    """Whether a folder looks like a run."""
    return (folder / CONFIG_FILE).is_file() and ((folder / STATUS_FILE).exists() or (folder / METRICS_FILE).exists())


def find_runs(folder: Path) -> list[Path]:
    """The runs in a folder of runs, the newest first; links such as `latest` are left out."""
    try:
        inside = [path for path in folder.iterdir() if not path.is_symlink() and is_run(path)]
    except OSError:
        return []
    return sorted(inside, key=lambda path: (path / CONFIG_FILE).stat().st_mtime, reverse=True)


def find_grids(folder: Path) -> list[tuple[int, Path]]:
    """The pictures of each epoch, in order: the epoch's number and the PNG."""
    found = []
    with contextlib.suppress(OSError):
        for path in (folder / GRIDS_FOLDER).glob("*.png"):
            digits = "".join(letter for letter in path.stem if letter.isdigit())
            if digits:
                found.append((int(digits[:9]), path))
    return sorted(found)


def _checked(field: dataclasses.Field[object], value: object) -> object:
    """A value of the field's type, finite and of a sane size."""
    kind = str(field.type)
    if value is None and kind.endswith("None"):
        return None
    if kind == "Failure":  # of a later version: a failure of no kind
        return value if value in FAILURES else ""
    if kind in ("str", "State"):
        if not isinstance(value, str):
            raise TypeError(field.name)
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(field.name)
    if not math.isfinite(value):
        raise ValueError(field.name)
    return int(value) if kind.startswith("int") else float(value)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A regular file, opened without waiting for anything: a pipe or a device in its place is refused."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not path.is_file():
            raise OSError(f"{path} is no regular file")
        yield file


def _read(path: Path, limit: int) -> str:
    with opened(path) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise ValueError(f"{path} has more than {limit} bytes")
    return content.decode("utf-8")


def _write(path: Path, status: Status) -> None:
    written = dataclasses.replace(status, updated=time.time())
    said = {"sentence": to_json(status.message), "notes": [to_json(note) for note in status.notes[:MOST_NOTES]]}
    _replace(path, json.dumps(dataclasses.asdict(written) | said))


def _replace(path: Path, text: str) -> None:
    partial = path.with_name(f".{path.name}-{secrets.token_hex(8)}.partial")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    try:
        with os.fdopen(os.open(partial, flags, 0o666), "w", encoding="utf-8") as file:
            file.write(text)
        partial.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        raise
