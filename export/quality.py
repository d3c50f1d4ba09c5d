"""How well a bundle rebuilds pictures that it was not trained on, through the graphs that it ships."""

from __future__ import annotations

from torch import Tensor
from torchmetrics.functional.image import structural_similarity_index_measure

from export.bundle import Quality
from export.runtime import Graph
from export.sampling import batches, spread
from trainer.data import Pictures
from trainer.data.dataset import Progress
from trainer.device import Device
from trainer.evaluation import psnr_db, to_input

LARGEST_SAMPLE = 2_000

_CPU = Device("cpu", bf16=False)


def measure_quality(encoder: Graph, decoder: Graph, pictures: Pictures, source: str, progress: Progress) -> Quality:
    """Rebuilds held-out pictures, at most 2,000 evenly spread ones, and averages each picture's PSNR and SSIM.

    Args:
        encoder: The exported encoder.
        decoder: The exported decoder.
        pictures: Held out from training, at least one.
        source: What the pictures are, for people.
        progress: Told how many pictures are rebuilt.

    Raises:
        GraphError: A graph does not run.
    """
    positions = spread(len(pictures), LARGEST_SAMPLE)
    psnr_total_db = ssim_total = 0.0
    done = 0
    for batch in batches(pictures, positions):
        original, rebuilt = to_input(batch, _CPU), to_input(decoder(encoder(batch)), _CPU)
        psnr_total_db += float(psnr_db(rebuilt, original).sum())
        ssim_total += float(ssim(rebuilt, original).sum())
        done += len(batch)
        progress("Rebuilding held-out pictures", done, len(positions))
    return Quality(psnr_total_db / done, ssim_total / done, done, source)


def ssim(rebuilt: Tensor, original: Tensor) -> Tensor:
    """Structural similarity of each picture, -1 to 1: (B, 3, H, W) in [0, 1] twice -> (B,).

    Wang, Bovik, Sheikh and Simoncelli (2004), with their 11x11 Gaussian window of deviation 1.5.
    """
    index = structural_similarity_index_measure(rebuilt, original, data_range=1.0, reduction="none")
    assert isinstance(index, Tensor)  # and no pair with the whole map, which was not asked for
    return index
