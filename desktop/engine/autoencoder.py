"""A bundle's two graphs, ready to run."""

from __future__ import annotations

import dataclasses
import functools
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from desktop.engine.errors import ModelError, StoppedError
from desktop.engine.machine import providers, race, runs
from desktop.engine.machine.graphs import Graph, open_graph
from desktop.engine.machine.placement import Placement
from desktop.engine.machine.providers import Kind
from desktop.engine.machine.race import USUAL, Side, Way
from desktop.engine.pictures import Pixels
from export.bundle import Bundle
from export.bundle.reason import reason
from export.bundle.sentence import Sentence

CORES = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
ON_CPU = min(4, CORES)  # runs at a time on the processor, each with activations of its own
THREADS_OF_EACH = CORES // ON_CPU  # where several runs share the cores
ON_PROCESSOR = (providers.CPU.name, providers.OPENVINO.name)

Latents = NDArray[np.float32]
Answer = TypeVar("Answer")


@dataclasses.dataclass(frozen=True)
class Running:
    """Where the graphs run, as one picture through each of them has proved.

    Attributes:
        provider: Its name for people, such as "CUDA" or "CPU".
        reason: Why they do not run where they were asked to, as the end of a sentence; else None.
        encoder: How many of the encoder's nodes ran where.
        decoder: How many of the decoder's.
        offered: What this onnxruntime could be asked for, whether it works here or not.
        failed_at_work: Whether it was another provider that failed in the middle of its work.
    """

    provider: str
    reason: str | None
    encoder: Placement
    decoder: Placement
    offered: tuple[Kind, ...]
    failed_at_work: bool = False

    @property
    def placement(self) -> Placement:
        """Of both graphs together."""
        return self.encoder + self.decoder


class Autoencoder:
    """Encoder and decoder of one bundle, on the execution provider that really works.

    Should that fail in the middle of its work (out of memory, device lost), the CPU takes over and repeats the step.

    Attributes:
        info: What the bundle says of itself.
        bundle: Whose graphs they are.
        running: Where the graphs run.
        threads: For each run on the CPU; 0 for as many as there are cores.
    """

    running: Running

    def __init__(
        self, bundle: Bundle, asked: providers.Asked = "auto", threads: int = 0, falls_back: bool = True
    ) -> None:
        """Opens both graphs and proves them by one run of each.

        Args:
            bundle: Whose graphs.
            asked: The provider to prefer.
            threads: For each run on the CPU; 0 for as many as there are cores.
            falls_back: Whether the CPU does the work where a provider that was asked for by name does not.

        Raises:
            BundleError: A file was altered or cannot be read.
            ModelError: A graph is broken, or is not what the contract says; or the provider does not work.
        """
        self.info = bundle.info
        self.bundle, self.threads, self._falls_back = bundle, threads, falls_back or asked == "auto"
        self.use(asked)

    @property
    def provider(self) -> str:
        """Where the graphs run: "CUDA", "CPU", ..."""
        return self.running.provider

    @property
    def at_once(self) -> int:
        """How many runs are made at a time, where there are several to make: one anywhere but on the processor."""
        return ON_CPU if self.provider in ON_PROCESSOR else 1

    def use(self, asked: providers.Asked) -> None:
        """Runs the graphs on another provider from now on; on the CPU where it does not work.

        On the CPU they run the way that won a race here, should there have been one (see `race`).

        Raises:
            BundleError: A file was altered or cannot be read.
            ModelError: A graph is broken, is not what the contract says, or there is no such provider.
        """
        kind, reason = providers.wanted(asked), None
        if kind is not providers.CPU:
            reason = providers.problem(kind)
            if reason is None:
                try:
                    self._open(Way(kind.key, kind), None)
                    return
                except ModelError as error:  # a broken graph fails again on the CPU, and is reported there
                    reason = error.sentence.clause()
            self._require_fallback(kind.name, reason)
        self._open_fastest(reason, (providers.OPENVINO, providers.CPU) if asked == "auto" else (providers.CPU,))

    def _open_fastest(self, reason: str | None, allowed: tuple[Kind, ...]) -> None:
        """Opens the graphs on the CPU in the way that won the race, if it is of a kind that is allowed."""
        result = race.kept(self.bundle, self.threads)
        if result is not None and result.way is not USUAL and result.way.kind in allowed:
            try:
                self._open(result.way, reason)
                return
            except ModelError:
                pass  # whatever it is, onnxruntime's usual way decides
        self._open(USUAL, reason)

    def leave_provider(self, reason: str) -> None:
        """Goes over to the CPU in the middle of the work; `reason` is the end of a sentence.

        Raises:
            BundleError: A file was altered since, or cannot be read any more.
            ModelError: The graphs do not run on the CPU either, or only the provider asked for will do.
        """
        self._require_fallback(self.provider, reason)
        self._open(USUAL, reason, failed_at_work=True)

    def _require_fallback(self, provider: str, reason: str) -> None:
        """Raises:
        ModelError: Another provider than the one asked for will not do.
        """
        if not self._falls_back:
            raise ModelError("{provider} was asked for, but {reason}.", provider=provider, reason=reason)

    def encode(self, images: Pixels) -> Latents:
        """Codes of pictures: uint8 `[N, H, W, 3]` to float32 `[N, C, h, w]` or `[N, D]`.

        Raises:
            ModelError: The shape or type is not what the model takes, or the graph failed.
        """
        if images.dtype != np.uint8 or images.ndim != 4 or images.shape[3] != 3:
            raise ModelError(
                "{name} takes uint8 pictures [N, H, W, 3], not {describe}.",
                name=self.info.name,
                describe=_describe(images),
            )
        if not self.info.size.accepts(*images.shape[1:3]):
            raise ModelError(
                "{name} does not take pictures of {width} × {height}.",
                name=self.info.name,
                width=images.shape[2],
                height=images.shape[1],
            )
        latents: Latents = self._run("encoder", images)
        self._check_codes(latents)
        if not np.isfinite(latents).all():
            raise ModelError("{name}: the encoder gave numbers that are not finite.", name=self.info.name)
        return latents

    def decode(self, latents: Latents) -> Pixels:
        """Pictures of codes: float32 `[N, C, h, w]` or `[N, D]` to uint8 `[N, H, W, 3]`.

        Raises:
            ModelError: The shape or type is not what the model takes, or the graph failed.
        """
        if latents.dtype != np.float32 or not self._accepts(latents):
            raise ModelError(
                "{name} takes float32 latents of another shape than {describe}.",
                name=self.info.name,
                describe=_describe(latents),
            )
        if not np.isfinite(latents).all():
            raise ModelError("{name} was given a latent with numbers that are not finite.", name=self.info.name)
        images: Pixels = self._run("decoder", latents)
        self._check_pictures(images, latents)
        return images

    def _open(self, way: Way, reason: str | None, failed_at_work: bool = False) -> None:
        """Opens both graphs, and keeps them once each has worked: libraries fail at the first run."""
        size = self.info.size
        picture, code = (
            np.zeros((1, size.height, size.width, 3), np.uint8),
            np.zeros((1, *self.info.latent.shape), np.float32),
        )
        provers = (
            functools.partial(self._prove, "encoder", way, picture, self._check_codes),
            functools.partial(self._prove, "decoder", way, code, lambda images: self._check_pictures(images, code)),
        )
        (encoder, of_encoder), (decoder, of_decoder) = _both(*provers, at_once=way.kind is providers.CPU)
        self._graphs = {"encoder": encoder, "decoder": decoder}
        self.running = Running(way.kind.name, reason, of_encoder, of_decoder, providers.offered(), failed_at_work)

    def _prove(
        self, side: Side, way: Way, batch: NDArray[Any], check: Callable[[NDArray[Any]], None]
    ) -> tuple[Graph, Placement]:
        """A graph that has run once, and where its nodes did; what came out is given to `check`."""
        kind, choice = way.of(side)
        try:
            graph = open_graph(self.bundle.read(f"{side}.onnx"), kind, self.threads, choice, side)
        except ModelError as error:
            raise ModelError("{name}, {side}.onnx: {error}.", name=self.info.name, side=side, error=error) from error
        try:
            check(self._execute(graph, side, batch))
        finally:
            placement = graph.placement()  # from here on it runs without being profiled
        if placement.total and kind.name not in placement.nodes:
            raise ModelError(
                "{name}: onnxruntime left every node of the {side} to the CPU.", name=self.info.name, side=side
            )
        return graph, placement

    def _check_codes(self, latents: NDArray[Any]) -> None:
        if latents.dtype != np.float32 or not self._accepts(latents):
            raise ModelError(
                "{name}: the encoder gave {describe}, which breaks the contract.",
                name=self.info.name,
                describe=_describe(latents),
            )

    def _check_pictures(self, images: NDArray[Any], latents: Latents) -> None:
        if images.dtype != np.uint8 or images.shape != (len(latents), *self._picture_size(latents), 3):
            raise ModelError(
                "{name}: the decoder gave {describe}, which breaks the contract.",
                name=self.info.name,
                describe=_describe(images),
            )

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

    def _run(self, side: Side, batch: NDArray[Any]) -> NDArray[Any]:
        """Runs one of the graphs; where another provider than the CPU fails, the CPU takes over for good."""
        try:
            return self._execute(self._graphs[side], side, batch)
        except ModelError as error:
            if self.provider == providers.CPU.name:
                raise
            why = error.sentence.clause()
        self.leave_provider(
            Sentence("{provider} failed in the middle of its work ({why})", provider=self.provider, why=why)
        )
        return self._execute(self._graphs[side], side, batch)

    def _execute(self, graph: Graph, side: Side, batch: NDArray[Any]) -> NDArray[Any]:
        try:
            result = graph.run(batch)
        except StoppedError:
            raise
        except Exception as error:  # exceptions of runtimes share no class of their own
            why = reason(error)
            raise ModelError(
                "{name}: the {side} failed: {reason}.", name=self.info.name, side=side, reason=why
            ) from error
        return np.asarray(result)


def _both(first: Callable[[], Answer], other: Callable[[], Answer], at_once: bool) -> tuple[Answer, Answer]:
    """What both calls give: side by side, as most of reading, hashing and opening a graph leaves Python alone, or one
    after another. What the first raises goes before what the other does.
    """
    if not at_once:
        return first(), other()
    providers.runtime()  # imported once, before two threads ask for it
    with ThreadPoolExecutor(1, "opening") as pool:
        beside = pool.submit(runs.carried(other))
        return first(), beside.result()


def _describe(array: NDArray[Any]) -> str:
    return f"{array.dtype} {list(array.shape)}"
