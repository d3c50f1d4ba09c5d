"""Which way of computing a model is the fastest on this machine: raced once, and kept by the content of its graphs.

A way is a runtime and how it runs a graph. One is taken in the place of onnxruntime's usual one where it answers the
pictures of the bundle's proof as onnxruntime does, and is faster by 5 % or more in one picture there and back.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import hashlib
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import platformdirs
from numpy.typing import NDArray

from desktop.engine.disk.file_writer import write_file
from desktop.engine.errors import DesktopError, ModelError, StoppedError
from desktop.engine.machine import providers, runs
from desktop.engine.machine.graphs import Graph, open_graph
from desktop.engine.machine.providers import CPU, OPENVINO, Kind
from export.bundle import PROOF_FILE, Bundle, BundleError
from export.bundle.arrays import read_arrays

Side = Literal["encoder", "decoder"]

LEAST_GAIN = 1.05
ROUNDS, CALLS = 15, 3  # in each round every way has its turn of so many calls, of which the fastest counts
QUIET = 1.5  # times its fastest round may the usual way take in the middle; else other programs decided the race
LARGEST_RESULT_BYTES = 1 << 16
# What the export allows between onnxruntime and the network in fp32; see `export/README.md`.
LATENT_LARGEST, LATENT_MEAN = 1e-3, 1e-4  # of the latents' standard deviation
LEVELS_LARGEST, LEVELS_MEAN = 1, 0.02
NO_WORSE = 1.02  # an int8 graph may be that many times as far from the network as onnxruntime is


@dataclasses.dataclass(frozen=True)
class Way:
    """A runtime, and which of its ways to run a graph (see `open_graph`): of both graphs, or of the decoder alone.

    Attributes:
        key: Its name in the file that keeps the result.
        kind: The runtime.
        choice: A level or a precision; empty for the usual.
        decoder_alone: Whether the encoder runs the usual way: a runtime may be faster at the decoder and slower there.
    """

    key: str
    kind: Kind
    choice: str = ""
    decoder_alone: bool = False

    def of(self, side: Side) -> tuple[Kind, str]:
        """The runtime of one of the graphs, and how it runs it."""
        return (CPU, "") if self.decoder_alone and side == "encoder" else (self.kind, self.choice)


USUAL = Way("usual", CPU)
WAYS = (
    USUAL,
    Way("extended", CPU, "extended"),
    Way("openvino", OPENVINO),
    Way("openvino-bf16", OPENVINO, "bf16"),
    Way("openvino-decoder", OPENVINO, decoder_alone=True),
)


@dataclasses.dataclass(frozen=True)
class Result:
    """What a race came to.

    Attributes:
        way: The winner.
        ratios: How many times as fast as the usual way each was that gave the same answers.
    """

    way: Way
    ratios: Mapping[str, float]


def kept(bundle: Bundle, threads: int = 0) -> Result | None:
    """The result for these graphs on this machine, with the runtimes that are installed; None where none is known."""
    try:
        path = _place(bundle, threads)
        if path.stat().st_size > LARGEST_RESULT_BYTES:
            return None
        found = json.loads(path.read_bytes())
        ways = {way.key: way for way in WAYS}
        return Result(ways[found["way"]], {key: float(ratio) for key, ratio in found["ratios"].items() if key in ways})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def race(bundle: Bundle, threads: int = 0, is_stopped: Callable[[], bool] = lambda: False) -> Result:
    """Races all ways there are; takes a few seconds. Without a proof nothing is raced.

    The result is kept unless other programs computed so much meanwhile that it says little.

    Raises:
        BundleError: A file was altered or cannot be read.
        ModelError: The model does not run in onnxruntime.
        StoppedError: `is_stopped` said so.
    """
    samples = _samples(bundle)
    pairs = {USUAL: _open(bundle, USUAL, threads)}
    for way in _others() if samples else ():
        try:
            pair = _open(bundle, way, threads)
            if all(_agree(pairs[USUAL], pair, sample) for sample in samples):
                pairs[way] = pair
        except StoppedError:
            raise
        except Exception:  # a runtime that cannot do it, whatever it raises, has lost
            continue
    times = _times(pairs, bundle, is_stopped)
    result = _winner({way: times[USUAL] / each for way, each in times.items() if way is not USUAL})
    if np.median(times[USUAL]) > QUIET * times[USUAL].min():
        return result
    ratios = {key: round(ratio, 4) for key, ratio in result.ratios.items()}
    content = json.dumps({"way": result.way.key, "ratios": ratios}).encode()
    with contextlib.suppress(DesktopError):  # it is raced again the next time
        write_file(_place(bundle, threads), content, ModelError)
    return result


def _winner(ratios: Mapping[Way, NDArray[np.float64]]) -> Result:
    """The fastest way, if three of four rounds say that it gains enough; the usual one otherwise."""
    middle = {way: float(np.median(each)) for way, each in ratios.items()}
    clear = [way for way, each in ratios.items() if np.quantile(each, 0.25) >= LEAST_GAIN]
    best = max(clear, key=lambda way: middle[way], default=USUAL)
    return Result(best, {way.key: ratio for way, ratio in middle.items()})


def _times(
    pairs: Mapping[Way, tuple[Graph, Graph]], bundle: Bundle, is_stopped: Callable[[], bool]
) -> dict[Way, NDArray[np.float64]]:
    """Seconds of each way in each round, one after another: what else computes slows all of a round."""
    size = bundle.info.size
    picture = np.random.default_rng(0).integers(0, 256, (1, size.height, size.width, 3), np.uint8)
    rounds = ROUNDS if len(pairs) > 1 else 1
    times = {way: np.empty(rounds) for way in pairs}
    for number in range(rounds):
        if is_stopped():
            raise StoppedError(runs.GIVEN_UP)
        for way, pair in pairs.items():
            times[way][number] = min(_seconds(pair, picture) for _ in range(CALLS))
    return times


def _seconds(pair: tuple[Graph, Graph], picture: NDArray[np.uint8]) -> float:
    began = time.perf_counter()
    pair[1].run(pair[0].run(picture))
    return time.perf_counter() - began


def _others() -> list[Way]:
    """The ways besides the usual one that this machine may have."""
    if not providers.has_openvino():
        return [way for way in WAYS[1:] if way.kind is CPU]
    from desktop.engine.machine.openvino_graph import can_bf16

    return [way for way in WAYS[1:] if way.choice != "bf16" or can_bf16()]


def _open(bundle: Bundle, way: Way, threads: int) -> tuple[Graph, Graph]:
    """Encoder and decoder."""
    size, latent = bundle.info.size, bundle.info.latent.shape
    batches: tuple[NDArray[Any], NDArray[Any]] = (
        np.zeros((1, size.height, size.width, 3), np.uint8),
        np.zeros((1, *latent), np.float32),
    )
    opened = []
    for side, batch in zip(get_args(Side), batches):
        kind, choice = way.of(side)
        graph = open_graph(bundle.read(f"{side}.onnx"), kind, threads, choice, side)
        graph.run(batch)
        graph.placement()  # onnxruntime profiles its runs until it is asked
        opened.append(graph)
    return opened[0], opened[1]


def _samples(bundle: Bundle) -> list[dict[str, NDArray[Any]]]:
    """Pictures, and what the network made of them; see `export.proof.proof`, which writes them."""
    if PROOF_FILE not in bundle.info.sha256:
        return []
    arrays = read_arrays(bundle, PROOF_FILE)
    names = ("pictures", "latents", "images")
    count = sum(name.startswith("pictures_") for name in arrays)
    try:
        return [{name: arrays[f"{name}_{index}"] for name in names} for index in range(count)]
    except KeyError as error:
        raise BundleError("{path}: the array {name} is missing.", path=bundle.path / PROOF_FILE, name=error) from error


def _agree(usual: tuple[Graph, Graph], other: tuple[Graph, Graph], sample: Mapping[str, NDArray[Any]]) -> bool:
    """Whether another way answers as onnxruntime does, or is as near to the network, where 8 bits round differently."""
    pictures, latents, images = sample["pictures"], sample["latents"], sample["images"]
    spread = float(latents.std()) or 1.0
    ours, theirs = (pair[0].run(pictures) / spread for pair in (usual, other))
    ours_seen, theirs_seen = (pair[1].run(latents).astype(np.float32) for pair in (usual, other))
    code, seen = np.abs(ours - theirs), np.abs(ours_seen - theirs_seen)
    if not np.isfinite(code).all():
        return False
    is_same_code = code.max() <= LATENT_LARGEST and code.mean() <= LATENT_MEAN
    is_same_picture = seen.max() <= LEVELS_LARGEST and seen.mean() <= LEVELS_MEAN
    return (is_same_code or _as_near(ours, theirs, latents / spread)) and (
        is_same_picture or _as_near(ours_seen, theirs_seen, images)
    )


def _as_near(ours: NDArray[Any], theirs: NDArray[Any], network: NDArray[Any]) -> bool:
    """Whether `theirs` lies no farther from the network's answer, by root mean square, than ours does."""
    own, other = (float(np.sqrt(np.mean(np.square(each - network, dtype=np.float64)))) for each in (ours, theirs))
    return other <= NO_WORSE * own


def _place(bundle: Bundle, threads: int) -> Path:
    """Where the result for these graphs is kept: its name is a hash of all that it depends on."""
    hashes = [bundle.info.sha256[f"{side}.onnx"] for side in ("encoder", "decoder")]
    text = json.dumps([*hashes, threads, *_machine()])
    chosen = os.environ.get("CONVAE_CACHE")
    folder = Path(chosen) if chosen else platformdirs.user_cache_path("convae")
    return folder / "runtimes" / f"{hashlib.sha256(text.encode()).hexdigest()[:32]}.json"


@functools.cache
def _machine() -> tuple[str, ...]:
    """The processor, its cores, and the versions of the runtimes."""
    from importlib.metadata import version

    openvino = version("openvino") if providers.has_openvino() else ""
    runtime: str = providers.runtime().__version__
    return _processor(), str(os.cpu_count()), runtime, openvino


def _processor() -> str:
    """The processor's name, where the system tells it."""
    if sys.platform == "linux":
        try:
            with Path("/proc/cpuinfo").open(encoding="utf-8", errors="replace") as file:
                lines = [line for line in file.read(1 << 14).splitlines() if line.startswith(("model name", "flags"))]
            return "".join(lines[:2])
        except OSError:
            pass
    return f"{platform.machine()} {platform.processor()}"
