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
    """The model, and what it makes of a picture."""
    info = scene.subject.model.autoencoder.info
    code, output = scene.subject.code.size, scene.output
    return f"{info.name} · {output.size:,} values to a code of {code:,} and back"


def original_facts(scene: Scene) -> str:
    """The size that the model sees, and the picture's own where they differ."""
    original, picture = scene.subject.original, scene.subject.picture
    if original is None or picture is None:
        return ""
    fitted = _size(original)
    whole = _size(picture.pixels)
    return fitted if fitted == whole else f"{fitted}, from {whole}"


def output_title(scene: Scene) -> str:
    """What the decoded picture is."""
    if scene.steered:
        return "Steered"
    return "Reconstruction" if scene.subject.picture else "Mean"


def output_facts(scene: Scene) -> str:
    """PSNR against the original, where there is one, and the time of the decode."""
    took = milliseconds(scene.decode_ms)
    if scene.psnr_db is None:
        return took
    psnr = "no difference" if math.isinf(scene.psnr_db) else f"PSNR {scene.psnr_db:.1f} dB"
    return f"{psnr} · {took}"


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
        return (
            f"The sliders were measured on pictures of {trained.width} × {trained.height}. "
            "This picture has another size, so its code has another shape."
        )
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
    """A time with two or three digits that mean something."""
    return f"{value:.0f} ms" if value >= 100 else f"{value:.1f} ms"


def _size(pixels: Pixels) -> str:
    return f"{pixels.shape[1]} × {pixels.shape[0]}"
