"""The inner layers of a model: what each gives for a picture, and the picture without some of its units.

It takes the graphs that `python -m export.layers` writes: further outputs `layer-NN` are what the activations give,
and further inputs `units-NN`, which need not be given, are factors for their units.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from desktop.engine.autoencoder import Latents
from desktop.engine.errors import ModelError
from desktop.engine.machine import providers
from desktop.engine.machine.race import Side
from desktop.engine.pictures import Pixels
from export.bundle.reason import reason

if TYPE_CHECKING:
    from onnxruntime.capi.onnxruntime_inference_collection import InferenceSession

FILE = "{side}-layers.onnx"
LARGEST_BYTES = 512 << 20
SIDES: tuple[Side, ...] = ("encoder", "decoder")
LAYER, UNITS = "layer-", "units-"


@dataclasses.dataclass(frozen=True)
class Place:
    """A layer: of which graph, and its number there, from 1."""

    side: Side
    number: int


Off = Mapping[Place, frozenset[int]]
"""The units that are switched off, from 0, of each layer that has any."""


@dataclasses.dataclass(frozen=True, eq=False)
class Looked:
    """A picture seen through all layers.

    Attributes:
        layers: What each gives, float32 `[C, h, w]`, in the order of the computation.
        latent: float32 `[C, h, w]` or `[D]`.
        picture: uint8 `[H, W, 3]`.
    """

    layers: Mapping[Place, NDArray[np.float32]]
    latent: Latents
    picture: Pixels


class Units:
    """Both graphs, on the CPU."""

    def __init__(self, folder: Path) -> None:
        """Opens them.

        Raises:
            ModelError: One is missing, or cannot be used.
        """
        self._sessions = {side: _open(folder / FILE.format(side=side)) for side in SIDES}

    @property
    def places(self) -> list[Place]:
        """Every layer, in the order of the computation."""
        return [Place(side, number) for side in SIDES for number in range(1, self._count(side) + 1)]

    def look(self, image: Pixels, off: Off) -> Looked:
        """Takes a picture of the trained size through both graphs, with some units switched off.

        Raises:
            ModelError: A graph failed.
        """
        layers: dict[Place, NDArray[np.float32]] = {}
        latent = self._run("encoder", image[None], off, layers)
        picture = self._run("decoder", latent, off, layers)
        return Looked(layers, latent[0], picture[0])

    def _count(self, side: Side) -> int:
        return sum(each.name.startswith(LAYER) for each in self._sessions[side].get_outputs())

    def _run(self, side: Side, batch: NDArray[Any], off: Off, layers: dict[Place, NDArray[np.float32]]) -> NDArray[Any]:
        session = self._sessions[side]
        given: dict[str, Any] = {session.get_inputs()[0].name: batch}
        for switch in session.get_overridable_initializers():
            units = off.get(Place(side, int(switch.name.removeprefix(UNITS))), frozenset())
            if units:
                factors = np.ones(switch.shape, np.float32)
                factors[:, sorted(units)] = 0
                given[switch.name] = factors
        try:
            found = session.run(None, given)
        except Exception as error:  # onnxruntime's exceptions share no class of their own
            raise ModelError(
                "The layers of the {side} do not run: {reason}.", side=side, reason=reason(error)
            ) from error
        for output, value in zip(session.get_outputs(), found):
            if output.name.startswith(LAYER):
                layers[Place(side, int(output.name.removeprefix(LAYER)))] = np.asarray(value)[0]
        return np.asarray(found[0])


def levels(layer: NDArray[np.float32]) -> NDArray[np.uint8]:
    """A layer as pictures, uint8 `[C, h, w]`: each unit from its least, black, to its largest, white."""
    low, high = layer.min(axis=(1, 2), keepdims=True), layer.max(axis=(1, 2), keepdims=True)
    found: NDArray[np.uint8] = ((layer - low) / np.maximum(high - low, 1e-12) * 255).round().astype(np.uint8)
    return found


def _open(path: Path) -> InferenceSession:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise ModelError("{path} is too large.", path=path)
        content = path.read_bytes()
    except OSError as error:
        raise ModelError("{path} cannot be read ({strerror}).", path=path, strerror=error.strerror or error) from error
    return providers.create_session(content, providers.CPU)
