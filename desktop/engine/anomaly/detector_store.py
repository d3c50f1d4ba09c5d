"""Where detectors are kept, with their thresholds: with the user's own of a model, and in bundles given to others.

    judges/MODEL/KEY.npz   a detector of that model (`model_key`), one for each good folder and size
    indexes/.../judge      the name of the detector that an indexed folder was last scored by
    judge.npz              in a bundle that somebody saved with a detector in it

All but the last are in the user's data folder, as the user's concepts are: bundles that ship are read-only, and the
same model may lie anywhere.
"""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

from desktop.engine.anomaly.detector import Detector, Origin
from desktop.engine.anomaly.detector_file import load_detector, pack_detector, save_detector, unpack_detector
from desktop.engine.disk.file_writer import write_file
from desktop.engine.errors import InspectionError
from desktop.engine.folder.index import Index, data_folder, model_key
from export.bundle import Bundle, ErrorThreshold, write_bundle

DETECTOR_FILE = "judge.npz"
POINTER = "judge"
LARGEST_POINTER = 64  # bytes


def detector_place(origin: Origin, root: Path | None = None) -> Path:
    """Where a detector is kept: one for each model, size and good folder."""
    key = f"{origin.good}\n{origin.height}x{origin.width}"
    name = hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:24]
    return (root or data_folder()) / "judges" / origin.model / f"{name}.npz"


def keep(detector: Detector, index: Index | None = None, root: Path | None = None) -> None:
    """Keeps a detector with the user's own of its model; with an index, as the detector of that folder too.

    Raises:
        InspectionError: The disk refused.
    """
    place = detector_place(detector.origin, root)
    save_detector(detector, place)
    if index is not None:
        write_file(index.place / POINTER, place.name.encode())


def find(index: Index, bundle: Bundle, root: Path | None = None) -> Detector | None:
    """The detector that was kept for an indexed folder.

    That is the one that the folder was last scored by; or that of its own sub-folder `good`; or, where it has no such
    sub-folder, the one that was kept last for the model at this size; or the one in the bundle.

    Raises:
        InspectionError: Its file is broken, or of another version.
    """
    folder, good = (root or data_folder()) / "judges" / index.about["model"], index.folder / "good"
    own = [folder / _pointed(index), detector_place(_origin(index, good), root)]
    for place in own:
        if place.is_file():
            return load_detector(place)
    if good.is_dir():
        return None
    for place in sorted(folder.glob("*.npz"), key=lambda each: each.stat().st_mtime_ns, reverse=True):
        detector = load_detector(place)
        if _fits(detector, index):
            return detector
    return _bundled(index, bundle)


def find_for_model(bundle: Bundle, root: Path | None = None) -> Detector | None:
    """The detector in a bundle, or else the one of the user's own that was kept last for the model.

    Raises:
        InspectionError: Its file is broken, or of another version.
    """
    if DETECTOR_FILE in bundle.info.sha256:
        return unpack_detector(bundle.read(DETECTOR_FILE), bundle.path / DETECTOR_FILE)
    kept = list(((root or data_folder()) / "judges" / model_key(bundle.info)).glob("*.npz"))
    return load_detector(max(kept, key=lambda each: each.stat().st_mtime_ns)) if kept else None


def write_bundle_with(detector: Detector, bundle: Bundle, target: Path) -> Bundle:
    """Writes a copy of a bundle with a detector in it, and the thresholds of its reconstruction error in `bundle.json`.

    The copy names no folder of this machine. The thresholds are at the rates that the bundle has already and at the
    detector's own; a detector without that score leaves them as they are.

    Args:
        target: A folder, or a file that ends in `.convae`.

    Raises:
        BundleError: The bundle cannot be read, or the target holds something that is not a bundle.
        InspectionError: The disk refused.
    """
    info = bundle.info
    if "error" in detector.scorers:
        rates = {each.false_alarm_rate for each in info.thresholds} | {detector.origin.false_alarm_rate}
        tail = detector.tails["error"]
        kept = tuple(ErrorThreshold(rate, tail.threshold(rate)) for rate in sorted(rates, reverse=True))
        info = dataclasses.replace(info, thresholds=kept)
    files = {name: bundle.read(name) for name in info.sha256}
    try:
        return write_bundle(target, info, {**files, DETECTOR_FILE: pack_detector(detector.to_give())})
    except OSError as error:
        raise InspectionError(
            "{target} cannot be written ({strerror}).", target=target, strerror=error.strerror or error
        ) from error


def _bundled(index: Index, bundle: Bundle) -> Detector | None:
    if DETECTOR_FILE not in bundle.info.sha256:
        return None
    detector = unpack_detector(bundle.read(DETECTOR_FILE), bundle.path / DETECTOR_FILE)
    return detector if _fits(detector, index) else None


def _fits(detector: Detector, index: Index) -> bool:
    origin, size = detector.origin, index.size
    return (origin.model, origin.height, origin.width) == (index.about["model"], size.height, size.width)


def _origin(index: Index, good: Path) -> Origin:
    """As much of an origin as a place is made of."""
    return Origin(index.about["model"], "", str(good), 0, index.size.height, index.size.width, 0.5)


def _pointed(index: Index) -> str:
    """The name of the file that the folder was last scored by; one that cannot be where it was not."""
    path = index.place / POINTER
    try:
        with path.open("rb") as file:
            name = file.read(LARGEST_POINTER).decode()
    except OSError:
        return "none"
    except UnicodeDecodeError as error:
        raise InspectionError("{path} is broken; find the anomalies of the folder again.", path=path) from error
    return name if "/" not in name and "\\" not in name else "none"
