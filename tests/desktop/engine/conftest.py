"""What the tests of inspection share: a folder of pictures, a model, and a place that is not the user's own."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.folder.index import Index
from desktop.engine.picture_writer import save_png
from desktop.engine.pictures import Pixels
from export.bundle import Bundle
from tests.pictures import gradient


def varied(number: int, side: int = 32) -> Pixels:
    """A smooth picture, another one for each number: uint8 `[side, side, 3]`."""
    random = np.random.default_rng(number)
    shaded = gradient(side, side) * random.uniform(0.4, 1.0, 3) + random.uniform(0, 40)
    noise = random.normal(0, 2, (side, side, 3))
    return (shaded + noise).clip(0, 255).astype(np.uint8)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Where inspection keeps its things in place of the user's data folder."""
    return tmp_path / "data"


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A folder of twelve pictures, some in a sub-folder."""
    folder = tmp_path / "photos"
    (folder / "more").mkdir(parents=True)
    for number in range(12):
        save_png(folder / ("more" if number % 3 == 0 else "") / f"{number:02}.png", varied(number))
    return folder


@pytest.fixture
def model(vector: Bundle) -> Autoencoder:
    """The tiny model of fixed size, running."""
    return Autoencoder(vector, "cpu")


@pytest.fixture
def index(photos: Path, model: Autoencoder, root: Path) -> Iterator[Index]:
    """An empty index of the folder."""
    with Index(photos, model.info, root=root) as index:
        yield index


def lock(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Has the system refuse to list a folder, which it would not refuse to root by its permissions."""
    scandir = os.scandir

    def refused(path: Any = ".") -> Any:
        if str(path) == str(folder):
            raise PermissionError(errno.EACCES, "Permission denied", str(folder))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)
