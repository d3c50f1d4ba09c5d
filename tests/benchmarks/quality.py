"""How well a bundle rebuilds pictures: `python -m tests.benchmarks.quality --model NAME|PATH --data FOLDER`.

Every figure is the mean over pictures, through onnxruntime and the files that ship. Beside it stands PCA with as many
numbers (see `tests.benchmarks.floor`). Without --data the held-out built-in characters are measured.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import tyro
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from desktop.engine import library
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import EXPECTED, DesktopError
from desktop.engine.pictures import SUFFIXES, read
from export.bundle import BundleInfo
from export.quality import ssim
from tests.benchmarks.floor import PatchFloor, PictureFloor, fit_patches, fit_pictures
from trainer.config import TrainConfig
from trainer.data import Data, open_data
from trainer.data.reading import read_picture
from trainer.errors import TrainerError
from trainer.evaluation import psnr_db

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class QualityConfig:
    """Measure a bundle on pictures, beside PCA with as many numbers."""

    model: str = "characters"
    """Name of a model, or the path of a bundle."""
    data: Path | None = None
    """Folder of pictures to measure on; without it, the held-out built-in characters."""
    fit: Path | None = None
    """Folder of pictures to fit PCA on; without it and with --data, PCA is left out."""


@dataclass
class Means:
    """Means over the pictures added so far."""

    pictures: int = 0
    psnr_db: float = 0.0
    ssim: float = 0.0

    def add(self, original: Pixels, rebuilt: NDArray[np.generic]) -> None:
        """Adds one picture: uint8 [H, W, 3], and its reconstruction in [0, 255]."""
        target, output = _planes(original), _planes(rebuilt)
        self.pictures += 1
        self.psnr_db += (float(psnr_db(output, target)) - self.psnr_db) / self.pictures
        self.ssim += (float(ssim(output, target)) - self.ssim) / self.pictures


def main() -> int:
    """The command; its exit status is 0, or 2 after one sentence about what is wrong."""
    config = tyro.cli(QualityConfig, prog="python -m tests.benchmarks.quality")
    try:
        _report(config)
    except (*EXPECTED, TrainerError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


def _report(config: QualityConfig) -> None:
    bundle = library.choose(library.find_models(), config.model).require()
    network = Autoencoder(bundle, "cpu")
    data = _characters(network.info) if config.data is None else None
    floor = _fit_floor(network.info, config.fit, data)
    ours, theirs = Means(), Means()
    for picture in _held_out(data) if data else _folder(config.data, network.info):
        ours.add(picture, network.decode(network.encode(picture[None]))[0])
        if floor:
            theirs.add(picture, floor.rebuild(picture))
    if not ours.pictures:
        raise DesktopError(f"{config.data} holds no pictures; name a folder of pictures with --data.")
    table = Table(f"{ours.pictures} pictures", "numbers", "PSNR, dB", "SSIM")
    for name, means in ((bundle.info.name, ours), ("PCA", theirs)):
        if means.pictures:
            table.add_row(name, _numbers(network.info), f"{means.psnr_db:.2f}", f"{means.ssim:.4f}")
    Console().print(table)


def _fit_floor(info: BundleInfo, folder: Path | None, data: Data | None) -> PatchFloor | PictureFloor | None:
    """PCA with the numbers of the bundle's latent, on a folder or on the built-in characters trained on."""
    if folder is None and data is None:
        return None
    if info.latent.kind == "map":
        pictures = (read(path).pixels for path in _files(folder)) if folder else _rows(data)
        return fit_patches(pictures, info.size.multiple, info.latent.shape[0])
    stack = np.stack(list(_folder(folder, info))) if folder else np.stack(list(_rows(data)))
    return fit_pictures(stack, info.latent.size)


def _characters(info: BundleInfo) -> Data:
    return open_data(TrainConfig(size=info.size.height), lambda *_: None)


def _rows(data: Data | None) -> Iterator[Pixels]:
    assert data is not None
    return (data.train.batch(np.array([position]))[0] for position in range(len(data.train)))


def _held_out(data: Data) -> Iterator[Pixels]:
    return (data.holdout.batch(np.array([position]))[0] for position in range(len(data.holdout)))


def _folder(folder: Path | None, info: BundleInfo) -> Iterator[Pixels]:
    """The folder's pictures as the model takes them: cropped to its multiple, or as the trainer prepares them."""
    assert folder is not None
    for path in _files(folder):
        if info.size.kind == "fixed":
            yield read_picture(path, info.size.height)
        else:
            pixels, step = read(path).pixels, info.size.multiple
            yield pixels[: pixels.shape[0] // step * step, : pixels.shape[1] // step * step]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)


def _numbers(info: BundleInfo) -> str:
    if info.latent.kind == "vector":
        return f"{info.latent.size} a picture"
    return f"{info.latent.shape[0]} per {info.size.multiple}x{info.size.multiple} block"


def _planes(pixels: NDArray[np.generic]) -> torch.Tensor:
    """[H, W, 3] in [0, 255] -> float32 (1, 3, H, W) in [0, 1]."""
    return torch.from_numpy(pixels.astype(np.float32).transpose(2, 0, 1)[None] / 255)


if __name__ == "__main__":
    sys.exit(main())
