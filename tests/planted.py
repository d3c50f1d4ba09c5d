"""Built-in characters with planted oddities, and a linear model fitted to good ones."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import numpy as np
from PIL import Image, ImageFilter

from desktop.engine.picture_writer import save_png
from desktop.engine.pictures import Pixels
from export.bundle import Bundle
from tests import bundles
from trainer.data import characters

Defect = Literal["bar", "blur", "moustache"]
DEFECTS: tuple[Defect, ...] = ("bar", "blur", "moustache")
SEED = 7


def good(numbers: Iterable[int], side: int) -> Pixels:
    """Characters without a beard: uint8 `[N, side, side, 3]`."""
    return np.stack([characters.draw(_beardless(number), side) for number in numbers])


def anomalous(number: int, side: int, defect: Defect) -> tuple[Pixels, Pixels]:
    """One such character with something wrong, and its mask: 255 where it differs from what it would have been."""
    factors = _beardless(number)
    plain = characters.draw(factors, side)
    if defect == "moustache":
        changed = characters.draw(dataclasses.replace(factors, beard="moustacheTwirl"), side)
    elif defect == "blur":
        changed = np.asarray(Image.fromarray(plain).filter(ImageFilter.GaussianBlur(side / 24)))
    else:
        changed = plain.copy()
        top, left = np.random.default_rng((SEED, number)).integers(side // 8, side // 2, 2)
        changed[top : top + side // 8, left : left + side // 2] = 0
    differs = (changed != plain).any(axis=2, keepdims=True)
    return changed, np.repeat(differs, 3, axis=2).astype(np.uint8) * 255


def write_set(folder: Path, defect: Defect, good_count: int, bad_count: int, side: int) -> None:
    """Writes `good`, `bad` and `mask` folders."""
    for name in ("good", "bad", "mask"):
        (folder / name).mkdir(parents=True)
    for number, picture in enumerate(good(range(good_count), side)):
        save_png(folder / "good" / f"{number:03}.png", picture)
    for number in range(bad_count):
        picture, mask = anomalous(500 + number, side, defect)
        save_png(folder / "bad" / f"{number:03}.png", picture)
        save_png(folder / "mask" / f"{number:03}.png", mask)


def linear_model(folder: Path, pictures: Pixels, numbers: int) -> Bundle:
    """A bundle of the principal axes of pictures `[N, side, side, 3]` around mid-grey, with their statistics."""
    flat = (pictures.reshape(len(pictures), -1) / 255 - 0.5).astype(np.float32)
    _, vectors = np.linalg.eigh(flat @ flat.T)
    basis = np.linalg.qr(flat.T @ vectors[:, ::-1][:, :numbers])[0].T
    bundle = bundles.vector_bundle(folder, pictures.shape[1], name="characters", basis=basis)
    codes = flat @ basis.T
    own = np.linalg.svd(codes - codes.mean(axis=0), full_matrices=False)[2]
    along = (codes - codes.mean(axis=0)) @ own.T
    low, high = np.percentile(along, (0.5, 99.5), axis=0)
    arrays = {
        "mean": codes.mean(axis=0),
        "std": codes.std(axis=0),
        "axes": own,
        "spread": along.std(axis=0),
        "low": low,
        "high": high,
        "effect": np.linspace(20, 1, numbers),
    }
    content = bundles.npz({name: array.astype(np.float32) for name, array in arrays.items()})
    return bundles.rewrite(bundle, latents_npz=content)


def _beardless(number: int) -> characters.Factors:
    return dataclasses.replace(characters.choose(SEED, number), beard=characters.NONE)
