"""Whether another model at hand knows a picture better than the one that shows it: a quick try of each."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from desktop.engine import measures, model_input
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import ModelError, StoppedError
from desktop.engine.library import ModelEntry
from desktop.engine.machine.runs import Stop
from desktop.engine.pictures import Picture
from desktop.engine.scene import Scene
from export.bundle import BundleError, BundleInfo

MOST_MODELS = 4  # that are tried
LARGEST_SIDE = 256  # pixels of the picture that is tried
USUAL_LOSS_DB = 6.0  # below what the model reaches on its held-out set, a picture is still one of its kind
GAIN_DB = 4.0  # by so much another model must be better
BEST_DB = 60.0  # at and above this no difference is seen
POOR_DB = 24.0  # at and above this, a reconstruction is no ghost


@dataclasses.dataclass(frozen=True)
class Opinion:
    """A model that knows the picture better.

    Attributes:
        entry: The model.
        psnr_db: With which it reconstructs the picture, made smaller, in dB.
    """

    entry: ModelEntry
    psnr_db: float


def is_unknown(scene: Scene) -> bool:
    """Whether a picture that is not steered comes back far worse than the model's own pictures do."""
    if scene.psnr_db is None or scene.steered:
        return False
    usual = scene.subject.model.autoencoder.info.quality.psnr_db - USUAL_LOSS_DB
    return scene.psnr_db < min(POOR_DB, usual)


def known(info: BundleInfo) -> str | None:
    """The folder of pictures that a model was trained on, by its name; None for the built-in drawn faces."""
    data = info.training.get("data")
    if data is None and info.training.get("characters"):
        return None
    return Path(str(data)).name if data else info.name


def ask_others(
    entries: Sequence[ModelEntry], shown: ModelEntry, picture: Picture, psnr_db: float, stop: Stop
) -> Opinion | None:
    """The model that reconstructs the picture best, if that is clearly better than `psnr_db`; None for none.

    Each is loaded on one thread of the CPU and let go of again, so that what is shown is not held up.

    Raises:
        StoppedError: `stop` was set.
    """
    small = _small(picture)
    others = [each for each in entries if each.problem is None and each.identity != shown.identity][:MOST_MODELS]
    best: Opinion | None = None
    with stop.watch():
        for entry in others:
            if stop.is_set():
                raise StoppedError("Stopped before its end, as you asked.")
            found = _try(entry, small)
            if found is not None and found >= max(psnr_db + GAIN_DB, best.psnr_db if best else 0.0):
                best = Opinion(entry, found)
    return best


def _try(entry: ModelEntry, picture: Picture) -> float | None:
    """PSNR in dB; None for a model that does not run."""
    try:
        model = Autoencoder(entry.require(), "cpu", threads=1)
        frame, prepared = model_input.prepare(picture, model.info.size)
        output = model.decode(model.encode(prepared[None]))[0]
    except (ModelError, BundleError):
        return None
    return min(BEST_DB, measures.psnr_db(frame.visible(prepared), frame.visible(output)))


def _small(picture: Picture) -> Picture:
    image = Image.fromarray(picture.pixels)
    image.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.BOX, reducing_gap=2.0)
    return Picture(picture.name, np.array(image))
