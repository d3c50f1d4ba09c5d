"""Where it is known which pictures are bad, and where: how well each score tells them from good ones."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop.engine import pictures
from desktop.engine.anomaly.detector import Verdicts
from desktop.engine.anomaly.ranking import Truth, auroc, pro
from desktop.engine.errors import InspectionError
from desktop.engine.folder.encoding import read_fitted
from desktop.engine.folder.maps import Maps
from desktop.engine.picture_files import MASK_FOLDERS, list_pictures
from desktop.engine.pictures import Pixels
from export.bundle import SizeRule

MaskColour = Literal["auto", "black", "white"]


@dataclasses.dataclass(frozen=True)
class Result:
    """How well one score does.

    Attributes:
        auroc: Of pictures.
        pixel_auroc: Of pixels; None without masks, or for a score without a map.
        pro: Per-region overlap; None likewise.
        reason: Why there is none over pixels although there are masks, as the end of a sentence; else empty.
    """

    auroc: float
    pixel_auroc: float | None = None
    pro: float | None = None
    reason: str = ""


def measure_pictures(verdicts: Verdicts, bad: Truth) -> dict[str, Result]:
    """AUROC of each score over pictures, `bad` bool `[N]`."""
    return {name: Result(auroc(values, bad)) for name, values in verdicts.scores.items()}


def measure_pixels(
    heats: Mapping[str, Sequence[Maps]], masks: Sequence[Truth], results: dict[str, Result]
) -> dict[str, Result]:
    """The results with AUROC and PRO over pixels, for scores that have maps; a reason where these cannot be told.

    Args:
        heats: Of each picture, `[H, W]`, by score.
        masks: Of each picture, `[H, W]`, True on defects.
        results: Of the pictures.
    """
    measured = dict(results)
    truth = np.concatenate([mask.reshape(-1) for mask in masks])
    if not truth.any() or truth.all():
        reason = "no pixel of the masks is good" if truth.any() else "no mask marks a defect at the size looked at"
        return {name: dataclasses.replace(result, reason=reason) for name, result in measured.items()}
    for name, maps in heats.items():
        flat = np.concatenate([heat.reshape(-1) for heat in maps])
        measured[name] = dataclasses.replace(
            results[name], pixel_auroc=auroc(flat, truth), pro=pro(list(maps), list(masks))
        )
    return measured


def reduced(values: NDArray[Any], side: int) -> NDArray[Any]:
    """The largest of each block of `[H, W]`, so that neither side has more than `side` blocks."""
    block = max(1, -(-max(values.shape) // side))
    rows, columns = (np.arange(0, length, block) for length in values.shape)
    return np.maximum.reduceat(np.maximum.reduceat(values, rows, axis=0), columns, axis=1)


def resized_mask(mask: Truth, height: int, width: int) -> Truth:
    """A mask at another size; a pixel of it is True where any of the mask's own within it is, so that none vanishes."""
    if mask.shape == (height, width):
        return mask
    image = Image.fromarray(mask.astype(np.float32)).resize((width, height), Image.Resampling.BOX)
    result: Truth = np.asarray(image) > 0
    return result


def find_masks(folder: Path) -> Path | None:
    """The folder of masks beside a folder of bad pictures; None where there is none."""
    return next((folder / name for name in sorted(MASK_FOLDERS) if (folder / name).is_dir()), None)


def read_masks(bad: Sequence[Path], folder: Path, size: SizeRule | None, colour: MaskColour = "auto") -> list[Truth]:
    """The mask of each bad picture, True on defects, `[H, W]`: framed as the picture is, or of its own size.

    A mask has its picture's name, or that with `_mask` behind it; or else the same numbers in its name, as in
    `sheet_D_02_1.png` and `sheet_GT_2_1.png`. Which colour marks a defect is `colour`; by `auto` it is the rarer one
    over all masks.

    Raises:
        InspectionError: A picture has no mask.
        PictureError: A mask cannot be read.
    """
    paired = _paired(bad, [folder / each.path for each in list_pictures(folder, without_masks=True).pictures])
    if paired is None:
        raise InspectionError(
            "the masks in {folder} do not pair up: name each as its picture in the bad folder.", folder=folder
        )
    bright = [_read_mask(path, size).mean(axis=2) >= 128 for path in paired]
    white = colour == "white" or (colour == "auto" and float(np.mean([mask.mean() for mask in bright])) < 0.5)
    return [mask if white else ~mask for mask in bright]


def _read_mask(path: Path, size: SizeRule | None) -> Pixels:
    return pictures.read(path).pixels if size is None else read_fitted(path, size)


def _paired(bad: Sequence[Path], found: Sequence[Path]) -> list[Path] | None:
    """The mask of each picture, by name or by the numbers in it; None where one has none, or more than one."""
    for key in (_bare_name, _numbers):
        masks: dict[Hashable, list[Path]] = {}
        for path in found:
            masks.setdefault(key(path), []).append(path)
        chosen = [masks.get(key(path), []) for path in bad]
        if all(len(each) == 1 for each in chosen) and len({key(path) for path in bad}) == len(bad):
            return [each[0] for each in chosen]
    return None


def _bare_name(path: Path) -> Hashable:
    return path.stem.removesuffix("_mask")


def _numbers(path: Path) -> Hashable:
    return tuple(map(int, re.findall(r"[0-9]+", path.stem)))
