"""A bundle's two graphs, ready to run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from desktop.engine import providers
from desktop.engine.errors import ModelError
from desktop.engine.pictures import Pixels
from export.bundle import Bundle

if TYPE_CHECKING:
    from onnxruntime.capi.onnxruntime_inference_collection import InferenceSession

Latents = NDArray[np.float32]


class Autoencoder:
    """Encoder and decoder of one bundle, on the execution provider that really works.

    Attributes:
        info: What the bundle says of itself.
        provider: Where the graphs run: "CUDA" or "CPU".
        fallback_reason: Why they do not run on CUDA though they might have, as the end of a sentence; else None.
    """

    def __init__(self, bundle: Bundle, asked: providers.Asked = "auto") -> None:
        """Opens both graphs and proves them by one decode.

        Raises:
            BundleError: A file was altered or cannot be read.
            ModelError: A graph is broken, or is not what the contract says.
        """
        self.info = bundle.info
        self.provider: providers.Provider = "CPU"
        self.fallback_reason: str | None = None
        graphs = (bundle.read("encoder.onnx"), bundle.read("decoder.onnx"))
        if asked != "cpu":
            self.fallback_reason = providers.cuda_problem()
            if self.fallback_reason is None:
                try:
                    self._open(graphs, "CUDA")
                    return
                except ModelError as error:  # a broken graph fails again on the CPU, and is reported there
                    self.fallback_reason = str(error).rstrip(".")
        self._open(graphs, "CPU")

    def encode(self, images: Pixels) -> Latents:
        """Codes of pictures: uint8 `[N, H, W, 3]` to float32 `[N, C, h, w]` or `[N, D]`.

        Raises:
            ModelError: The shape or type is not what the model takes, or the graph failed.
        """
        if images.dtype != np.uint8 or images.ndim != 4 or images.shape[3] != 3:
            raise ModelError(f"{self.info.name} takes uint8 pictures [N, H, W, 3], not {_describe(images)}.")
        if not self.info.size.accepts(*images.shape[1:3]):
            raise ModelError(f"{self.info.name} does not take pictures of {images.shape[2]} × {images.shape[1]}.")
        latents: Latents = self._run(self._encoder, "encoder", images)
        if latents.dtype != np.float32 or not self._accepts(latents):
            raise ModelError(f"{self.info.name}: the encoder gave {_describe(latents)}, which breaks the contract.")
        if not np.isfinite(latents).all():
            raise ModelError(f"{self.info.name}: the encoder gave numbers that are not finite.")
        return latents

    def decode(self, latents: Latents) -> Pixels:
        """Pictures of codes: float32 `[N, C, h, w]` or `[N, D]` to uint8 `[N, H, W, 3]`.

        Raises:
            ModelError: The shape or type is not what the model takes, or the graph failed.
        """
        if latents.dtype != np.float32 or not self._accepts(latents):
            raise ModelError(f"{self.info.name} takes float32 latents of another shape than {_describe(latents)}.")
        images: Pixels = self._run(self._decoder, "decoder", latents)
        if images.dtype != np.uint8 or images.shape != (len(latents), *self._picture_size(latents), 3):
            raise ModelError(f"{self.info.name}: the decoder gave {_describe(images)}, which breaks the contract.")
        return images

    def _open(self, graphs: tuple[bytes, bytes], provider: providers.Provider) -> None:
        sessions = []
        for side, graph in zip(("encoder", "decoder"), graphs):
            try:
                session = providers.create_session(graph, provider)
            except ModelError as error:
                raise ModelError(f"{self.info.name}, {side}.onnx: {error}.") from error
            if len(session.get_inputs()) != 1 or len(session.get_outputs()) != 1:
                raise ModelError(f"{self.info.name}: {side}.onnx must have one input and one output.")
            sessions.append(session)
        self._encoder, self._decoder = sessions
        self.provider = provider
        self.decode(np.zeros((1, *self.info.latent.shape), np.float32))  # the proof: libraries fail at the first run

    def _accepts(self, latents: NDArray[Any]) -> bool:
        """Whether the shape is `[N, *latent.shape]`; a free-size map may be of any height and width."""
        shape = self.info.latent.shape
        if self.info.latent.kind == "map" and self.info.size.kind == "multiple":
            return latents.ndim == 4 and latents.shape[1] == shape[0]
        return latents.shape[1:] == shape

    def _picture_size(self, latents: Latents) -> tuple[int, int]:
        """Height and width of the pictures that the latents decode to, in pixels."""
        size, shape = self.info.size, self.info.latent.shape
        if self.info.latent.kind == "vector":
            return size.height, size.width
        return latents.shape[2] * size.height // shape[1], latents.shape[3] * size.width // shape[2]

    def _run(self, session: InferenceSession, side: str, batch: NDArray[Any]) -> NDArray[Any]:
        try:
            result = session.run(None, {session.get_inputs()[0].name: batch})[0]
        except Exception as error:  # onnxruntime's exceptions share no class of their own
            raise ModelError(f"{self.info.name}: the {side} failed: {providers.reason(error)}.") from error
        return np.asarray(result)


def _describe(array: NDArray[Any]) -> str:
    return f"{array.dtype} {list(array.shape)}"
