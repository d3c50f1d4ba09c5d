"""The two graphs in another precision, proved before anything else is done with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from export.bundle import Parity, PrecisionCheck
from export.errors import ParityError, PrecisionError
from export.graphs.graphs import export_graphs
from export.graphs.half import to_half
from export.graphs.int8 import light_products, outer_products, to_int8
from export.graphs.precision import check_precision, graph_reconstruct, torch_reconstruct
from export.proof.parity import verify
from export.proof.tolerance import LIMITS
from export.runtime import Graph, load_graph
from export.sampling import batch_size, spread
from trainer.data import Data
from trainer.data.dataset import Progress
from trainer.run.checkpoint import Run

Precision = Literal["fp32", "fp16", "int8"]

CALIBRATION_PICTURES = 96  # trained on; their smallest and largest activations set int8's scales
NOISE_PICTURES = 2


@dataclass(frozen=True)
class ProvedGraphs:
    """Both graphs of a bundle, with what was proved of them."""

    encoder_file: bytes
    decoder_file: bytes
    encoder: Graph
    decoder: Graph
    parity: Parity
    check: PrecisionCheck

    @property
    def files(self) -> dict[str, bytes]:
        """Both files by their names."""
        return {"encoder.onnx": self.encoder_file, "decoder.onnx": self.decoder_file}

    def on_one_thread(self) -> tuple[Graph, Graph]:
        """Encoder and decoder loaded anew, a thread each, for whoever runs several batches side by side."""
        return _load((self.encoder_file, self.decoder_file), threads=1)


def export_proved(run: Run, data: Data, precision: Precision, max_loss_db: float, progress: Progress) -> ProvedGraphs:
    """Exports a network in one precision and compares it with the network in fp32.

    Args:
        run: What to export.
        data: Its pictures: those trained on calibrate int8, those held out measure the loss.
        precision: Of the graphs' weights and arithmetic.
        max_loss_db: By how much held-out PSNR may fall.
        progress: Told what is being done, and how far it is.

    Raises:
        ParityError: The graphs differ from the network by more than their precision explains.
        PrecisionError: Held-out pictures lose more than they may.
        GraphError: A graph cannot be made.
    """
    fp32_files = export_graphs(run.model, run.config.pictures.sides)
    fp32 = _load(fp32_files)
    refusal: ParityError | PrecisionError | None = None
    for files in _converted(fp32_files, fp32[0], precision, data):
        encoder, decoder = fp32 if files is fp32_files else _load(files)
        try:
            parity = verify(run.model, encoder, decoder, data.holdout, progress, LIMITS[precision])
            check = _check(run, fp32, (encoder, decoder), data, progress)
            if not check.psnr_loss_db <= max_loss_db:  # written so that NaN fails
                raise PrecisionError(
                    f"In {precision} held-out pictures lose {check.psnr_loss_db:.2f} dB of PSNR; --max-loss allows "
                    f"{max_loss_db:g}. Raise it, train for longer, or choose another --precision."
                )
            return ProvedGraphs(*files, encoder, decoder, parity, check)
        except (ParityError, PrecisionError) as error:
            refusal = error
    assert refusal is not None
    raise refusal


def _converted(
    files: tuple[bytes, bytes], encoder: Graph, precision: Precision, data: Data
) -> Iterator[tuple[bytes, bytes]]:
    """The graphs in another precision; int8 three times, each more carefully, until it is good enough."""
    if precision == "fp32":
        yield files
        return
    pictures = _calibration(data)
    latents: list[NDArray[Any]] = [encoder(batch) for batch in pictures]
    if precision == "fp16":
        noise = np.random.default_rng(0).integers(0, 256, (NOISE_PICTURES, *pictures[0].shape[1:]), dtype=np.uint8)
        yield (
            to_half(files[0], np.concatenate([pictures[0], noise])),
            to_half(files[1], np.concatenate([latents[0], encoder(noise)])),
        )
        return
    yield to_int8(files[0], pictures), to_int8(files[1], latents)
    for kept in (
        [outer_products(content) for content in files],
        [light_products(content, batches[0]) for content, batches in zip(files, (pictures, latents))],
    ):
        yield to_int8(files[0], pictures, kept[0]), to_int8(files[1], latents, kept[1])


def _calibration(data: Data) -> list[NDArray[np.uint8]]:
    """Pictures trained on, evenly spread, in batches of bounded size."""
    positions = spread(len(data.train), CALIBRATION_PICTURES)
    step = batch_size(*data.train.pixels.shape[1:3])
    return [data.train.batch(positions[start : start + step]) for start in range(0, len(positions), step)]


def _check(
    run: Run, fp32: tuple[Graph, Graph], graphs: tuple[Graph, Graph], data: Data, progress: Progress
) -> PrecisionCheck:
    reconstruct = graph_reconstruct(*graphs)
    fp32_reconstruct = reconstruct if graphs[0] is fp32[0] else graph_reconstruct(*fp32)
    return check_precision(torch_reconstruct(run.model), fp32_reconstruct, reconstruct, data.holdout, progress)


def _load(files: tuple[bytes, bytes], threads: int = 0) -> tuple[Graph, Graph]:
    return load_graph("encoder.onnx", files[0], threads), load_graph("decoder.onnx", files[1], threads)
