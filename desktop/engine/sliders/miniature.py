"""A large picture in small: what sliders do to it, without decoding all of it each time."""

from __future__ import annotations

import functools

import numpy as np
from PIL import Image

from desktop.engine.autoencoder import Latents
from desktop.engine.loaded_model import LoadedModel
from desktop.engine.pictures import Pixels
from desktop.engine.sliders.resizing import resized
from desktop.engine.sliders.steering import Knob, Steering


class Miniature:
    """The decoded picture of a state at about the trained size, encoded anew: sliders act on it as on the large one.

    For models that take any size. Each group's directions are drawn out over any map (`Linear`), so one more step of a
    slider is that step on the small map too.
    """

    def __init__(self, model: LoadedModel, state: Steering, output: Pixels) -> None:
        """Of a state and its picture, uint8 `[H, W, 3]`; nothing is computed yet."""
        self._model, self._state, self._output = model, state, output

    @functools.cached_property
    def code(self) -> Latents:
        """The small picture's latent, float32 `[C, h, w]`; encoded at the first use.

        Raises:
            ModelError: The encoder failed.
        """
        size = self._model.autoencoder.info.size
        height, width = self._output.shape[:2]
        share = max(size.height, size.width) / max(height, width)
        rows, columns = (max(1, round(side * share / size.multiple)) * size.multiple for side in (height, width))
        small = Image.fromarray(self._output).resize((columns, rows), Image.Resampling.BOX, reducing_gap=3.0)
        code: Latents = self._model.autoencoder.encode(np.array(small)[None])[0]
        return code

    def moved(self, knob: Knob, position: float) -> Pixels:
        """The small picture, uint8 `[h, w, 3]`, with one slider at another position than in the state.

        Raises:
            ModelError: A graph failed.
            ValueError: The slider does not fit the state.
        """
        space, state = self._model.space, self._state
        moved = state.moved(space, knob, position)
        step = moved.offsets[knob.group] - state.offsets.get(knob.group, 0.0)
        change = state.directions(space, knob.group).change(step, self.code.shape)
        if state.mask is not None:
            change = change * resized(state.mask, self.code.shape)
        image: Pixels = self._model.autoencoder.decode((self.code + change)[None].astype(np.float32))[0]
        return image
