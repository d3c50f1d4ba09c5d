"""The pictures beside a picture, and the orders in which pictures are shown."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from desktop.engine import measures, model_input, picture_formats
from desktop.engine.framing import FitMode
from desktop.engine.loaded_model import LoadedModel

Order = Literal["name", "date", "psnr"]
ORDERS: tuple[Order, ...] = ("name", "date", "psnr")


def siblings(path: Path) -> list[Path]:
    """The pictures in a picture's folder, itself among them, by name; nothing where the folder cannot be listed."""
    readable = picture_formats.readable()
    try:
        with os.scandir(path.parent) as entries:
            names = [entry.name for entry in entries if not entry.name.startswith(".") and entry.is_file()]
    except OSError:
        return []
    found = {name for name in names if Path(name).suffix.lower() in readable} | {path.name}
    return [path.parent / name for name in sorted(found, key=natural)]


def ordered(paths: Sequence[Path], order: Order, psnr_db: Mapping[Path, float] | None = None) -> list[Path]:
    """The pictures by name (those of a folder before those below it), the newest first, or the worst first.

    Args:
        paths: The pictures.
        order: By which they are sorted. A picture that is not there is as old as can be.
        psnr_db: What is known of their reconstructions; pictures of which nothing is known come last, by name.
    """
    by_name = sorted(paths, key=lambda path: (path.parts[:-1], natural(path.name)))
    if order == "date":
        return sorted(by_name, key=_age)
    if order == "psnr":
        known = psnr_db or {}
        return sorted(by_name, key=lambda path: known.get(path, float("inf")))
    return by_name


def natural(name: str) -> tuple[list[tuple[float, str]], str]:
    """A key that sorts numbers within names by their value, and before letters: 2.png, 10.png, a.png."""
    parts = re.findall(r"\d+|\D+", name.casefold())
    return [(int(part), "") if part.isdecimal() else (math.inf, part) for part in parts], name


def psnr_db(model: LoadedModel, path: Path, fit: FitMode) -> float:
    """How near the model's reconstruction comes to a picture, in dB.

    Raises:
        ModelError: The model does not run.
        PictureError: The picture cannot be read.
    """
    frame, prepared = model_input.read_prepared(path, model.autoencoder.info.size, fit)
    output = model.tiler.decode(model.tiler.encode(prepared))
    return measures.psnr_db(frame.visible(prepared), frame.visible(output))


def _age(path: Path) -> float:
    try:
        return -path.stat().st_mtime
    except OSError:
        return 0.0
