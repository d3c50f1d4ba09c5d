"""Steps that several jobs have in common."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from desktop.window import Window
from tests.desktop.jobs.hands import Hands
from tests.pictures import gradient

MOUTH = (63, 80)  # in the pixels of the drawn face


def photo(folder: Path, name: str = "holiday.jpg", size: tuple[int, int] = (4000, 3000)) -> Path:
    """A picture with a sky, a horizon and some detail."""
    width, height = size
    small = gradient(height // 10, width // 10).astype(np.int64)
    small[: len(small) // 2] = (120, 170, 230)
    small[len(small) // 2 :: 7] //= 2
    path = folder / name
    Image.fromarray(small.astype(np.uint8)).resize(size).save(path)
    return path


def face(window: Window, folder: Path) -> Path:
    """A drawn face: one of the model's own training pictures."""
    model = window.services.steering.model
    assert model is not None
    assert model.gallery is not None
    path = folder / "face.png"
    Image.fromarray(model.gallery.thumbnails[3]).resize((128, 128)).save(path)
    return path


def use(hands: Hands, name: str) -> None:
    """The window as it was just opened, with a model; no action."""
    window = hands.window
    entry = next(each for each in window.services.models if each.name == name)
    window.open(entry)
    hands.wait(lambda: window.session.scene is not None and window.session.scene.request.model is entry)


def shown(hands: Hands) -> str:
    """The title of the Picture page."""
    return hands.window.picture_page.compare.title.text()


def opened(hands: Hands, path: Path) -> None:
    """Waits for a picture with its reconstruction."""
    session = hands.window.session
    hands.wait(lambda: session.scene is not None and session.scene.request.picture == path)
