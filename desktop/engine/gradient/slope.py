"""A picture's squared error and its gradient with respect to the latent, by a second graph beside a model's two."""

from __future__ import annotations

import threading
import weakref
from typing import Any

import numpy as np

from desktop.engine.autoencoder import Autoencoder, Latents
from desktop.engine.errors import ModelError, StoppedError
from desktop.engine.gradient.graph import GRADIENT, TARGET, gradient_graph
from desktop.engine.gradient.rules import UnknownOperatorError
from desktop.engine.machine import providers, runs
from desktop.engine.pictures import Pixels
from desktop.engine.tiles import Progress, Span, Tiler
from export.bundle import BundleError
from export.bundle.reason import reason

PROOF_BLOCK = 16  # pixels
PROOF_AWAY = 0.5  # deviations of a code, from what the encoder reads off blocks of colour
PROOF_STEP = 0.05  # deviations of a code, along its gradient
PROOF_RATIO = 0.5, 1.5  # of what the error really falls by, to what the gradient says
FURTHER = 2  # cells beyond the decoder's reach that tiles see: what is missing is 0.03 % of the gradient

_open: weakref.WeakKeyDictionary[Autoencoder, Slope | None] = weakref.WeakKeyDictionary()
_opening = threading.Lock()


class Slope:
    """The gradient of a model's decoder; pictures of any size, in the tiles in which they are decoded."""

    def __init__(self, autoencoder: Autoencoder) -> None:
        """Makes the graph and opens it where the model runs.

        Raises:
            BundleError: The decoder's file was altered or cannot be read.
            ModelError: The graph does not open.
            UnknownOperatorError: The decoder has an operator that there is no rule for.
        """
        graph = gradient_graph(autoencoder.bundle.read("decoder.onnx"))
        kind = next(each for each in providers.KINDS if each.name == autoencoder.provider)
        kind = kind if kind.provider else providers.CPU
        self._session: Any = providers.create_session(graph, kind, threads=autoencoder.threads)
        self._latent, self._image = self._session.get_inputs()[0].name, self._session.get_outputs()[0].name
        self._name = autoencoder.info.name

    def __call__(self, tiler: Tiler, code: Latents, image: Pixels, progress: Progress) -> tuple[float, Latents]:
        """Half the sum of (D(z) - x)^2 in levels, and its gradient with respect to z.

        Args:
            tiler: Of the same model.
            code: z, float32 `[C, h, w]` or `[D]`.
            image: x, uint8 `[H, W, 3]`.
            progress: Told of the tiles of a large picture; it may raise, which stops the work.

        Returns:
            The error, and the gradient: float32 of the code's shape.

        Raises:
            ModelError: The graph failed.
        """
        if not tiler.is_tiled(*image.shape[:2]):
            gradient, picture = self._run(code, image)
            return float(_errors(picture, image).sum(dtype=np.float64)), gradient
        s, channels = tiler.scale, code.shape[0]
        found = np.empty((channels + 1, *code.shape[1:]), np.float32)

        def tile(y: Span, x: Span) -> Latents:
            part = np.ascontiguousarray(code[:, y.first : y.last, x.first : x.last])
            pixels = np.ascontiguousarray(image[y.first * s : y.last * s, x.first * s : x.last * s])
            with tiler.turns:
                gradient, picture = self._run(part, pixels)
            errors = _errors(picture, pixels).reshape(part.shape[1], s, part.shape[2], s).sum(axis=(1, 3))
            return np.concatenate([gradient, errors[None]])

        tiler.each(found, (1, 2), 1, tiler.reach.decoder + FURTHER, tile, "Refining", progress)
        return float(found[channels].sum(dtype=np.float64)), found[:channels]

    def _run(self, code: Latents, image: Pixels) -> tuple[Latents, Pixels]:
        from onnxruntime.capi.onnxruntime_pybind11_state import RunOptions

        options, batch = RunOptions(), {self._latent: code[None], TARGET: image[None]}
        with runs.one(options):
            try:
                gradient, picture = self._session.run([GRADIENT, self._image], batch, options)
            except Exception as error:  # onnxruntime's exceptions share no class of their own
                if options.terminate:
                    raise StoppedError(runs.GIVEN_UP) from error
                raise ModelError(
                    "{name}: the decoder's gradient failed: {reason}.", name=self._name, reason=reason(error)
                ) from error
        return gradient[0], picture[0]


def slope_of(tiler: Tiler) -> Slope | None:
    """A model's gradient, opened and proved once; None where there is none that can be relied on.

    It is proved at a random code: a small step against the gradient must lower the error by about what that says.
    """
    model = tiler.autoencoder
    with _opening:
        if model not in _open:
            try:
                slope = Slope(model)
                _open[model] = slope if _is_right(slope, tiler) else None
            except (BundleError, ModelError, UnknownOperatorError):
                _open[model] = None
        return _open[model]


def _is_right(slope: Slope, tiler: Tiler) -> bool:
    random, size = np.random.default_rng(0), tiler.autoencoder.info.size
    blocks = random.integers(32, 224, (-(-size.height // PROOF_BLOCK), -(-size.width // PROOF_BLOCK), 3), np.uint8)
    large = blocks.repeat(PROOF_BLOCK, axis=0).repeat(PROOF_BLOCK, axis=1)
    read = tiler.encode(np.ascontiguousarray(large[: size.height, : size.width]))
    spread = float(read.std()) or 1.0
    image = tiler.decode(read)
    code = (read + random.normal(0, PROOF_AWAY * spread, read.shape)).astype(np.float32)
    before, gradient = slope(tiler, code, image, lambda *_: None)
    length = float(np.sqrt(np.mean(np.square(gradient, dtype=np.float64))))
    if gradient.shape != code.shape or not np.isfinite(length):
        return False
    if length == 0:
        return True
    step = PROOF_STEP * spread / length
    after, _ = slope(tiler, (code - step * gradient).astype(np.float32), image, lambda *_: None)
    foretold = step * length**2 * gradient.size
    least, most = PROOF_RATIO
    return least * foretold <= before - after <= most * foretold


def _errors(picture: Pixels, image: Pixels) -> Latents:
    """Half the squared differences of pixels, over their channels: float32 `[H, W]`."""
    away = picture.astype(np.float32) - image
    errors: Latents = np.einsum("hwc,hwc->hw", away, away) / np.float32(2)
    return errors
