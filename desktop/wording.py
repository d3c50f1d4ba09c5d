"""What the window says about a scene: plain text from plain values."""

from __future__ import annotations

import math

from desktop.engine.library import ModelEntry
from desktop.engine.pictures import Pixels
from desktop.engine.rendering import RandomCode, Scene, Subject

NO_PICTURE = ("Drop a picture here", "or press Open, or paste one with Ctrl+V")
NO_MODEL = ("No model yet", "Drop a model folder on this window,\nor press Add model")


def title(scene: Scene) -> str:
    """The picture's name, for the head of the window."""
    if isinstance(scene.request.picture, RandomCode):
        return f"A sample: a random code, decoded (seed {scene.request.picture.seed})"
    return scene.subject.picture.name if scene.subject.picture else "No picture yet"


def subtitle(scene: Scene) -> str:
    """The whole picture's size, the model, and how much it keeps of a picture."""
    code = f"{scene.subject.code.size:,} numbers"
    name = scene.request.model.name
    if scene.subject.picture is None:
        return f"{name} · the mean of its training pictures' codes, {code}"
    return f"{_size(scene.subject.picture.pixels)} · rebuilt by {name} from a code of {code}"


def original_facts(scene: Scene) -> str:
    """The size at which the model sees the picture."""
    return "" if scene.subject.original is None else _size(scene.subject.original)


def output_title(scene: Scene) -> str:
    """What the decoded picture is."""
    if scene.steered:
        return "Steered"
    return "Reconstruction" if scene.subject.picture else "Mean"


def output_facts(scene: Scene) -> str:
    """PSNR against the original, where there is one."""
    if scene.psnr_db is None:
        return ""
    return "no difference" if math.isinf(scene.psnr_db) else f"PSNR {scene.psnr_db:.1f} dB"


def difference_facts(scene: Scene) -> str:
    """The mean absolute difference from the original, in 8-bit levels."""
    return "" if scene.difference is None else f"mean {scene.difference.mean():.1f} of 255"


def provider(scene: Scene) -> str:
    """Where the graphs really run, and why not elsewhere."""
    autoencoder = scene.subject.model.autoencoder
    why = f": {autoencoder.fallback_reason}" if autoencoder.fallback_reason else ""
    return f"Running on {'the CPU' if autoencoder.provider == 'CPU' else autoencoder.provider}{why}"


def times(scene: Scene) -> str:
    """What encoding and the last decode took."""
    decoded = f"decoded in {milliseconds(scene.decode_ms)}"
    encode_ms = scene.subject.encode_ms
    return decoded.capitalize() if encode_ms is None else f"Encoded in {milliseconds(encode_ms)}, {decoded}"


def why_no_sliders(subject: Subject) -> str:
    """Why the sliders cannot steer this picture's code; empty when they can."""
    if subject.start is None:
        trained = subject.model.autoencoder.info.size
        return f"They steer pictures of {trained.width} × {trained.height} only, where they were measured."
    return "" if subject.start.size else "This model has no axes along which its codes vary."


def model_facts(entry: ModelEntry) -> str:
    """One line about a model in the list."""
    if entry.bundle is None:
        return "Broken"
    info = entry.bundle.info
    shape = " × ".join(map(str, info.latent.shape))
    pixels = f"{info.size.width} px" if info.size.kind == "fixed" else "any size"
    return f"{entry.origin.capitalize()} · {pixels} · code {shape}"


def milliseconds(value: float) -> str:
    """A time, finer where it is short."""
    return f"{value:.0f} ms" if value >= 10 else f"{value:.1f} ms"


def _size(pixels: Pixels) -> str:
    return f"{pixels.shape[1]} × {pixels.shape[0]}"
