"""`python -m trainer.probe RUN`: what a finished run's network does that its folder does not say, for those who learn.

It writes `probe.json` into the run folder, with

    units, silent          units between the convolutions of residual blocks, and how many of them are negative for
                           every held-out picture, so that a ReLU lets nothing of them through
    lowest, highest        the decoder's least and largest value on the first held-out pictures, where black is 0 and
                           white is 1
    psnr_db                of those pictures as they are shown: cut off at 0 and 1
    stretched_psnr_db      of the same pictures stretched from their least to their largest value, as many displays do
    shown_slope            of the line from the originals' values to those shown, by least squares
    slope, offset          the same line to the stretched ones: a slope below 1 is a veil
    sees_px, half_px       of a map: the side of the square that one latent cell reads, and of the square around its
                           middle from which half of it comes
    paints_px              of a map: the side of the square that one latent cell paints

and the pictures `probe-stretched.png` (originals, shown, stretched) and, of a map, `probe-sees.png`.
"""

from __future__ import annotations

import dataclasses
import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import tyro
from numpy.typing import NDArray
from PIL import Image

from trainer.terminal import exit_status, printable

if TYPE_CHECKING:
    from torch import Tensor

    from trainer.data import Pictures
    from trainer.loop.revival import Block
    from trainer.machine.device import Device
    from trainer.run.checkpoint import Run

PROBE_FILE, STRETCHED_FILE, SEES_FILE = "probe.json", "probe-stretched.png", "probe-sees.png"
SHOWN = 8
FIELD_SIDE = 256  # pixels of the noise on which receptive fields are measured
NEGLIGIBLE = 1e-6  # of the largest influence; below it is rounding


@dataclass(frozen=True)
class ProbeConfig:
    """Measure what a finished run's network does, and write it into the run folder."""

    run: tyro.conf.Positional[Path]
    """A run folder, such as `runs/latest`."""


@dataclass(frozen=True)
class Range:
    """The decoder's values on the first held-out pictures, and what a stretched display makes of them."""

    lowest: float
    highest: float
    psnr_db: float
    stretched_psnr_db: float
    shown_slope: float
    slope: float
    offset: float


@dataclass(frozen=True)
class Fields:
    """Sides of squares in pixels: what a cell of a map reads, where half of it comes from, what it paints."""

    sees_px: int
    half_px: int
    paints_px: int


def probe(folder: Path, progress: Callable[[str, int, int], None]) -> Path:
    """Measures a run, and writes what the module's text says.

    Returns:
        The file of the figures.

    Raises:
        TrainerError: No run, no weights, or its pictures are gone.
        OSError: The disk refused.
    """
    from trainer.data import open_data
    from trainer.machine.device import choose_device
    from trainer.machine.files import write_text
    from trainer.run.checkpoint import load_run

    run = load_run(folder)
    data, device = open_data(run.config, progress), choose_device(run.config)
    run.model.to(device.name)
    silent, units = silent_units(run, data.holdout, device)
    figures: dict[str, float] = {"units": units, "silent": silent}
    figures |= dataclasses.asdict(_look_at_range(run, data.holdout, device))
    if run.config.network.latent_kind == "map":
        figures |= dataclasses.asdict(_look_at_fields(run, device))
    write_text(run.folder / PROBE_FILE, json.dumps(figures, indent=2) + "\n")
    return run.folder / PROBE_FILE


def silent_units(run: Run, pictures: Pictures, device: Device) -> tuple[int, int]:
    """How many units between the convolutions of residual blocks are negative everywhere on pictures, and of how many.

    The network must be on the device.
    """
    import torch

    from trainer.evaluation import evaluating, to_input

    blocks = [
        cast("Block", each) for each in run.model.modules() if isinstance(each, run.config.network.family.revivable)
    ]
    highest = [torch.full((block.inner.out_channels,), -torch.inf) for block in blocks]

    def watch(place: int) -> Callable[[object, object, Tensor], None]:
        def look(_layer: object, _inputs: object, output: Tensor) -> None:
            highest[place] = torch.maximum(highest[place], output.detach().float().amax(dim=(0, 2, 3)).cpu())

        return look

    hooks = [block.inner.register_forward_hook(watch(place)) for place, block in enumerate(blocks)]
    with evaluating(run.model), torch.inference_mode():
        for start in range(0, len(pictures), SHOWN):
            run.model(to_input(pictures.batch(slice(start, start + SHOWN)), device))
    for hook in hooks:
        hook.remove()
    return sum(int((each <= 0).sum()) for each in highest), sum(map(len, highest))


def stretched(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Values of any range, stretched from their least and largest to 0 and 1; those that are all alike become 0."""
    low, high = float(values.min()), float(values.max())
    result: NDArray[np.float32] = (values - low) / max(high - low, 1e-12)
    return result


def _look_at_range(run: Run, pictures: Pictures, device: Device) -> Range:
    import torch

    from trainer.evaluation import evaluating, to_input

    pixels = pictures.batch(slice(0, SHOWN))
    with evaluating(run.model), torch.inference_mode():
        raw = run.model(to_input(pixels, device)).float().cpu().numpy().transpose(0, 2, 3, 1)
    target, wide = pixels.astype(np.float32) / np.float32(255), stretched(raw)
    shown = raw.clip(0, 1)
    slope, offset = np.polyfit(target.ravel(), wide.ravel(), 1).tolist()
    rows = [np.concatenate(list(row), axis=1) for row in (target, shown, wide)]
    _save(run.folder / STRETCHED_FILE, np.concatenate(rows, axis=0))
    return Range(
        lowest=float(raw.min()),
        highest=float(raw.max()),
        psnr_db=_psnr_db(shown, target),
        stretched_psnr_db=_psnr_db(wide, target),
        shown_slope=np.polyfit(target.ravel(), shown.ravel(), 1).tolist()[0],
        slope=slope,
        offset=offset,
    )


def _look_at_fields(run: Run, device: Device) -> Fields:
    import torch

    generator = torch.Generator().manual_seed(0)
    image = torch.rand(1, 3, FIELD_SIDE, FIELD_SIDE, generator=generator).to(device.name)
    reads = _influence(run.model.encode, image)
    cells = FIELD_SIDE // run.model.multiple
    with torch.inference_mode():
        latent = run.model.encode(image)
        other = latent.clone()
        other[:, :, cells // 2, cells // 2] += latent.std()
        paints = (run.model.decode(other) - run.model.decode(latent)).abs().sum(dim=(0, 1)).cpu().numpy()
    _save(run.folder / SEES_FILE, np.repeat(np.sqrt(reads / reads.max())[..., None], 3, axis=2).astype(np.float32))
    return Fields(extent(reads), half_extent(reads), extent(paints))


def _influence(encode: Callable[[Tensor], Tensor], image: Tensor) -> NDArray[np.float32]:
    """How much each pixel moves the latent cell in the middle, summed over channels and colours: [H, W]."""
    import torch

    total = np.zeros(image.shape[2:], np.float32)
    source = image.clone().requires_grad_(True)
    latent = encode(source)
    row, column = latent.shape[2] // 2, latent.shape[3] // 2
    for channel in range(latent.shape[1]):
        gradient = torch.autograd.grad(latent[0, channel, row, column], source, retain_graph=True)[0]
        total += gradient.abs().sum(dim=(0, 1)).cpu().numpy()
    return total


def extent(influence: NDArray[np.float32]) -> int:
    """The longer side of the rectangle of [H, W] beyond which there is no influence, in pixels."""
    there = influence > NEGLIGIBLE * influence.max()
    sides = [np.flatnonzero(there.any(axis=axis)) for axis in (0, 1)]
    return max(int(side[-1] - side[0] + 1) for side in sides) if there.any() else 0


def half_extent(influence: NDArray[np.float32]) -> int:
    """The side of the smallest square around the centre of mass of [H, W] that holds half of the influence."""
    rows, columns = np.indices(influence.shape)
    total = influence.sum()
    middle = [round(float((each * influence).sum() / total)) for each in (rows, columns)]
    distance = np.maximum(abs(rows - middle[0]), abs(columns - middle[1])).ravel()
    order = np.argsort(distance)
    held = np.cumsum(influence.ravel()[order])
    return int(2 * distance[order][np.searchsorted(held, total / 2)] + 1)


def _psnr_db(output: NDArray[np.float32], target: NDArray[np.float32]) -> float:
    errors = np.square(output - target).mean(axis=(1, 2, 3), dtype=np.float64)
    return float((-10 * np.log10(errors.clip(min=1e-10))).mean())


def _save(path: Path, values: NDArray[np.float32]) -> None:
    """Values [H, W, 3] in [0, 1] as PNG."""
    from trainer.machine.files import write_bytes

    content = io.BytesIO()
    Image.fromarray((values * 255).round().astype(np.uint8)).save(content, format="PNG")
    write_bytes(path, content.getvalue())


def main() -> int:
    """The command; returns its exit status: 0, or 2 after one sentence about what is wrong."""
    config = tyro.cli(ProbeConfig, prog="python -m trainer.probe")

    def command() -> int:
        path = probe(config.run, lambda _doing, _done, _total: None)
        print(printable(f"Probe     {path}"))
        return 0

    return exit_status(command, lambda: "stopped; nothing was written")


if __name__ == "__main__":
    sys.exit(main())
