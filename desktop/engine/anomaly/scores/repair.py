"""What the networks that come with a model, taught on made-up defects by `export.repair`, take for a defect."""

from __future__ import annotations

import dataclasses
import functools
import json
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from desktop.engine.anomaly.scores.base import Score, Scorer, Seen, mark, peak
from desktop.engine.errors import InspectionError
from desktop.engine.folder.maps import Maps
from desktop.engine.gaussian import Floats
from desktop.engine.machine import providers
from desktop.engine.pictures import Pixels
from export.bundle import Bundle

if TYPE_CHECKING:
    from onnxruntime.capi.onnxruntime_inference_collection import InferenceSession

GRAPH_FILE, FACTS_FILE = "repair.onnx", "repair.json"
VERSION = 1
LARGEST_FACTS = 8 << 20  # bytes
MULTIPLE, STRIDE = 16, 4  # pixels that sides are multiples of, and between two places of the map


@dataclasses.dataclass(frozen=True, eq=False)
class Repair:
    """The place most like a defect, by the mean of two networks, or by the one that has not seen the picture.

    Attributes:
        graph: The ONNX file, uint8 `[bytes]`.
        known: Digests of the pictures that each network was taught on, text `[2, K]`, filled up with empty ones.
    """

    graph: NDArray[np.uint8]
    known: NDArray[np.str_]

    def scores(self, seen: Seen) -> Floats:
        """The largest over the picture, in log-odds."""
        return peak(self.maps(seen))

    def maps(self, seen: Seen) -> Maps:
        """On a grid of every fourth pixel, `[N, h, w]`."""
        strangers = [not (seen.digest and seen.digest in each) for each in self.known]
        chosen = np.flatnonzero(strangers) if any(strangers) else np.arange(len(self.known))
        return np.stack([self._odds(picture)[chosen].mean(axis=0) for picture in seen.pixels])

    def _odds(self, picture: Pixels) -> Floats:
        height, width = picture.shape[:2]
        sides = [max(2 * MULTIPLE, -(-length // MULTIPLE) * MULTIPLE) for length in (height, width)]
        margins = [(0, side - length) for side, length in zip(sides, (height, width))]
        padded = np.pad(picture, [*margins, (0, 0)], mode="symmetric")
        odds = np.asarray(self._session.run(None, {"image": padded[None]})[0], np.float32)
        result: Floats = odds[0, :, : -(-height // STRIDE), : -(-width // STRIDE)]
        return result

    @functools.cached_property
    def _session(self) -> InferenceSession:
        return providers.create_session(self.graph.tobytes(), providers.CPU)


def load(bundle: Bundle) -> Score:
    """The score with the networks of a bundle.

    Raises:
        BundleError: A file was altered or cannot be read.
        InspectionError: The facts beside the networks are broken.
    """
    try:
        facts = json.loads(bundle.read(FACTS_FILE))
        first, second = facts["known"]
        if facts["version"] != VERSION:
            raise ValueError("another version")
        length = max(len(first), len(second))
        known = np.array([[*map(str, each), *[""] * (length - len(each))] for each in (first, second)], np.str_)
    except (KeyError, TypeError, ValueError) as error:
        raise InspectionError(
            "{path} is broken ({error}); make the copy of the model again.", path=bundle.path / FACTS_FILE, error=error
        ) from error
    repair = Repair(np.frombuffer(bundle.read(GRAPH_FILE), np.uint8), known)
    return dataclasses.replace(SCORE, fit=lambda _: repair)


def _without_model(_: Seen) -> Scorer:
    raise InspectionError("this model has no repair network; add one with `python -m export.repair`.")


SCORE = Score(
    "repair",
    mark("Repair network"),
    mark("Networks that came with the model, taught on defects made up in good pictures: the place most like one"),
    need="pixels",
    scorer=Repair,
    fit=_without_model,
    local=True,
    load=load,
    file=GRAPH_FILE,
)
