"""What is shown, in a file: model, picture, steered code, snapshots and the row of the morph, and so for every other
model as it was left.

It names files and holds numbers, and runs nothing.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.engine.disk.file_writer import write_file
from desktop.engine.disk.files import read_bounded
from desktop.engine.errors import DesktopError
from desktop.engine.framing import FIT_MODES, FitMode

FORMAT, VERSION = "convae-session", 3
READABLE = (1, 2, 3)  # the first had no snapshots and no morph, the second no other models
LARGEST_BYTES = 64 << 20
DTYPES = ("float32", "float64")
MOST_MARKS = 65536  # locked sliders
LONGEST_TEXT = 4096
MOST_OTHERS = 64

Arrays = Mapping[str, NDArray[Any]]
Mark = tuple[str, int]  # a slider: its group's name, and its place in it from 0


@dataclasses.dataclass(frozen=True, eq=False)
class NamedCode:
    """A code of the session's model, float32 `[C, h, w]` or `[D]`, and what it is called."""

    name: str
    code: NDArray[np.float32]


@dataclasses.dataclass(frozen=True, eq=False)
class SavedSession:
    """What a session file holds.

    Attributes:
        model: The model's folder; None where there was no model.
        picture: The picture's file; None for the mean, and for a picture that was in no file.
        fit: What becomes of a picture whose aspect is not the model's.
        origin: Where the steered code came from: its kind and a detail; see `steering.Origin`.
        arrays: The steered code, as `steering.pack` gives it; empty where the code is the picture's own.
        snapshots: The codes that were kept, by their names, in their order.
        morph: The pictures of the morph, in their order.
        is_derived: Whether the steered code was made from the picture's; see `steering.Origin`.
        related: The names of the snapshots that were made from the picture's code.
        frame: Which picture of the file is meant, from 0.
        others: The same of other models, as each was left; those have no others.
        locked: The sliders that reset, random and the mean leave alone.
        solo: The one slider that acts for now; None for all.
    """

    model: Path | None
    picture: Path | None
    fit: FitMode = "crop"
    origin: tuple[str, str] = ("picture", "")
    arrays: Arrays = dataclasses.field(default_factory=dict)
    snapshots: Mapping[str, NDArray[np.float32]] = dataclasses.field(default_factory=dict)
    morph: Sequence[NamedCode] = ()
    is_derived: bool = False
    related: Sequence[str] = ()
    frame: int = 0
    others: Sequence[SavedSession] = ()
    locked: Sequence[Mark] = ()
    solo: Mark | None = None


class SessionFileError(DesktopError):
    """A session file that cannot be read or written."""


def write_session(path: Path, session: SavedSession) -> None:
    """Writes a session beside its place and renames it there.

    Raises:
        SessionFileError: The disk refused, or the session is too large; a file already there stays whole.
    """
    others = [_content(each) for each in session.others[:MOST_OTHERS]]
    content = {"format": FORMAT, "version": VERSION, **_content(session), "others": others}
    text = json.dumps(content, indent=1, ensure_ascii=True) + "\n"
    if len(text) > LARGEST_BYTES:
        raise SessionFileError(
            "{path} would be larger than {largest_bytes} MiB, and so was not written.",
            path=path,
            largest_bytes=LARGEST_BYTES >> 20,
        )
    write_file(path, text.encode(), SessionFileError)


def read_session(path: Path) -> SavedSession:
    """Reads a session and checks it. Whether the code fits the model is found out by `steering.unpack`.

    Raises:
        SessionFileError: It is not there, too large, of another version, or no session file.
    """
    try:
        content = json.loads(read_bounded(path, LARGEST_BYTES))
    except OSError as error:
        raise SessionFileError(
            "{path} cannot be read ({strerror}).", path=path, strerror=error.strerror or error
        ) from error
    except (ValueError, RecursionError) as error:
        raise SessionFileError("{path} is not a session file.", path=path) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise SessionFileError("{path} is not a session file.", path=path)
    if content.get("version") not in READABLE:
        raise SessionFileError(
            "{path} is a session file of version {get}; this program reads {version}.",
            path=path,
            get=content.get("version"),
            version=VERSION,
        )
    try:
        return _whole_session(content)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError, binascii.Error) as error:
        raise SessionFileError("{path} is a damaged session file ({error}).", path=path, error=error) from error


def _content(session: SavedSession) -> dict[str, Any]:
    """What a file holds of one model."""
    return {
        "model": None if session.model is None else str(session.model),
        "picture": None if session.picture is None else str(session.picture),
        "frame": session.frame,
        "fit": session.fit,
        "origin": list(session.origin),
        "is_derived": session.is_derived,
        "related": list(session.related),
        "arrays": {name: _packed(array) for name, array in session.arrays.items()},
        "snapshots": {name: _packed(code) for name, code in session.snapshots.items()},
        "morph": [{"name": each.name, "code": _packed(each.code)} for each in session.morph],
        "locked": [list(mark) for mark in session.locked],
        "solo": None if session.solo is None else list(session.solo),
    }


def _whole_session(content: dict[str, Any]) -> SavedSession:
    """The session, and those of other models."""
    version, others = content["version"], content.get("others", [])
    if not isinstance(others, list) or len(others) > MOST_OTHERS:
        raise ValueError("the other models are no list, or too many")
    return dataclasses.replace(_session(content, version), others=[_session(each, version) for each in others])


def _session(content: dict[str, Any], version: int) -> SavedSession:
    """What a file holds of one model."""
    kind, detail = (_text(each) for each in content["origin"])
    fit = next(mode for mode in FIT_MODES if mode == content["fit"]) if content["fit"] in FIT_MODES else None
    if fit is None:
        raise ValueError(f"there is no fit {content['fit']!r}")
    arrays = {_text(name): _unpacked(packed) for name, packed in content["arrays"].items()}
    model, picture = _path(content["model"]), _path(content["picture"])
    if version == 1:
        return SavedSession(model, picture, fit, (kind, detail), arrays)
    snapshots = {_text(name): _code(packed) for name, packed in content["snapshots"].items()}
    morph = [NamedCode(_text(each["name"]), _code(each["code"])) for each in content["morph"]]
    is_derived, related = content.get("is_derived") is True, [_text(name) for name in content.get("related", [])]
    frame = content.get("frame", 0)
    if not isinstance(frame, int) or frame < 0:
        raise ValueError("a picture of a file has no number")
    saved = SavedSession(model, picture, fit, (kind, detail), arrays, snapshots, morph, is_derived, related, frame)
    locked, solo = content.get("locked", []), content.get("solo")  # sessions were written without them at first
    if not isinstance(locked, list) or len(locked) > MOST_MARKS:
        raise ValueError("the locked sliders are no list, or too many")
    return dataclasses.replace(
        saved, locked=[_mark(each) for each in locked], solo=None if solo is None else _mark(solo)
    )


def _mark(value: object) -> Mark:
    if not isinstance(value, list) or len(value) != 2 or type(value[1]) is not int or value[1] < 0:
        raise ValueError("a slider has no group and place")
    return _text(value[0]), value[1]


def _code(packed: dict[str, Any]) -> NDArray[np.float32]:
    with np.errstate(over="ignore"):  # a number too large is infinite, and refused as one
        code = _unpacked(packed).astype(np.float32)
    if not np.isfinite(code).all():
        raise ValueError("a number is not finite")
    return code


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise ValueError("a text is missing or too long")
    return value


def _path(value: object) -> Path | None:
    if value is None:
        return None
    text = _text(value)
    if "\0" in text or not Path(text).is_absolute():
        raise ValueError("a file is named without its whole path")
    return Path(text)


def _packed(array: NDArray[Any]) -> dict[str, Any]:
    return {
        "dtype": array.dtype.name,
        "shape": list(array.shape),
        "base64": base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii"),
    }


def _unpacked(packed: dict[str, Any]) -> NDArray[Any]:
    if packed["dtype"] not in DTYPES:
        raise ValueError("numbers of an unknown kind")
    shape = [int(side) for side in packed["shape"]]
    if any(side < 0 for side in shape) or len(shape) > 4:
        raise ValueError("numbers of an impossible shape")
    array = np.frombuffer(base64.b64decode(packed["base64"], validate=True), packed["dtype"]).reshape(shape).copy()
    if not np.isfinite(array).all():
        raise ValueError("a number is not finite")
    return array
