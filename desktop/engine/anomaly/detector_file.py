"""A detector as the bytes of one npz file, written whole and read within limits."""

from __future__ import annotations

import dataclasses
import typing
from pathlib import Path
from typing import Any

from desktop.engine.anomaly.calibration import Tail
from desktop.engine.anomaly.corrections import NO_CORRECTIONS, Corrections
from desktop.engine.anomaly.detector import COMBINED, Detector, Origin, checked_rate
from desktop.engine.anomaly.scores import registry
from desktop.engine.anomaly.selection import Found, MadeUp
from desktop.engine.disk.arrays import Arrays, from_arrays, pack_arrays, read_arrays, to_arrays, unpack_arrays
from desktop.engine.disk.file_writer import write_file
from desktop.engine.errors import InspectionError
from desktop.engine.folder.index import Files

VERSION = 6


def save_detector(detector: Detector, path: Path) -> None:
    """Writes a detector as one npz file.

    Raises:
        InspectionError: The disk refused.
    """
    write_file(path, pack_detector(detector))


def pack_detector(detector: Detector) -> bytes:
    """A detector as the bytes of one npz file."""
    corrections = detector.corrections
    facts = {
        "version": VERSION,
        **dataclasses.asdict(detector.origin),
        "combined": detector.combined,
        "weights": dict(detector.weights),
        "chosen_names": detector.chosen_names,
        "kinds": detector.made_up.kinds,
        "found": [dataclasses.astuple(each) for each in detector.found],
        "aligned": detector.aligned,
        "fixed": detector.fixed,
        "scores": list(detector.scorers),
        "pixel_tails": list(detector.pixel_tails),
        "corrected": corrections.steps,
    }
    arrays: dict[str, Any] = {}
    groups = (("score", detector.scorers), ("tail", detector.tails), ("pixels", detector.pixel_tails))
    for group, members in groups:
        for name, member in typing.cast("dict[str, Any]", members).items():
            arrays |= to_arrays(member, f"{group}.{name}")
    values = {"held_out": detector.held_out, "made_up": detector.made_up.values, "corrected": corrections.scores}
    arrays |= {f"{group}.{name}": each for group, members in values.items() for name, each in members.items()}
    arrays |= to_arrays(detector.files, "files") | to_arrays(corrections.files, "corrected_files")
    return pack_arrays(facts, {**arrays, "corrected_bad": corrections.bad})


def load_detector(path: Path) -> Detector:
    """Reads what `save_detector` wrote.

    Raises:
        InspectionError: There is no such file, or it is broken or of another version.
    """
    return _read_detector(*read_arrays(path), path)


def unpack_detector(packed: bytes, path: Path) -> Detector:
    """The detector in the bytes that `pack_detector` gave; `path` is named where something is wrong.

    Raises:
        InspectionError: They are broken or of another version.
    """
    return _read_detector(*unpack_arrays(packed, path), path)


def _read_detector(facts: dict[str, Any], arrays: Arrays, path: Path) -> Detector:
    if facts.get("version") != VERSION:
        raise InspectionError(
            "{path} was written by another version of this program; fit the detector again.", path=path
        )
    try:
        origin = Origin(**{field.name: facts[field.name] for field in dataclasses.fields(Origin)})
        checked_rate(origin.false_alarm_rate)
        known, names = registry.every(), facts["scores"]
        scorers = {name: from_arrays(known[name].scorer, arrays, f"score.{name}") for name in names}
        tails = {name: from_arrays(Tail, arrays, f"tail.{name}") for name in (*names, COMBINED)}
        pixel_tails = {name: from_arrays(Tail, arrays, f"pixels.{name}") for name in facts["pixel_tails"]}
        held_out = {name: arrays[f"held_out.{name}"] for name in tails}
        if {len(each) for each in held_out.values()} != {origin.pictures} or origin.score not in tails:
            raise ValueError("its parts do not belong together")
        return Detector(
            origin,
            scorers,
            tails,
            pixel_tails,
            tuple(facts["combined"]),
            held_out,
            from_arrays(Files, arrays, "files"),
            {name: float(weight) for name, weight in facts["weights"].items() if name in tails},
            tuple(Found(*each) for each in facts["found"]),
            float(facts["aligned"]),
            tuple(facts["fixed"]),
            tuple(facts["chosen_names"]),
            _read_made_up(facts, arrays, names),
            _read_corrections(facts, arrays, names),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InspectionError("{path} is broken ({error}); fit the detector again.", path=path, error=error) from error


def _read_made_up(facts: dict[str, Any], arrays: Arrays, names: list[str]) -> MadeUp:
    kinds = tuple(str(kind) for kind in facts["kinds"])
    values = {name: arrays[f"made_up.{name}"] for name in names} if kinds else {}
    if any(each.shape != (len(kinds),) for each in values.values()):
        raise ValueError("its made-up defects do not belong together")
    return MadeUp(kinds, values)


def _read_corrections(facts: dict[str, Any], arrays: Arrays, names: list[str]) -> Corrections:
    steps = tuple(int(step) for step in facts["corrected"])
    if not steps:
        return NO_CORRECTIONS
    bad, files = arrays["corrected_bad"].astype(bool), from_arrays(Files, arrays, "corrected_files")
    scores = {name: arrays[f"corrected.{name}"] for name in names}
    count = sum(steps)
    if (
        {len(each) for each in (bad, *scores.values())} != {count}
        or min(steps) < 1
        or len(files.paths) not in (0, count)
    ):
        raise ValueError("its corrections do not belong together")
    return Corrections(bad, scores, files, steps)
