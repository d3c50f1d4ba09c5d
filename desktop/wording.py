"""What the window says about a scene: text in the language of the window from plain values."""

from __future__ import annotations

import math

from desktop.engine.library import ModelEntry, Origin
from desktop.engine.pictures import Pixels
from desktop.engine.rendering import RandomCode, Scene, Subject
from desktop.i18n import mark, told, tr

NO_PICTURE = (mark("Drop a picture here"), mark("or press Open, or paste one with Ctrl+V"))
NO_MODEL = (mark("No model yet"), mark("Drop a model folder on this window,\nor press Add model"))

ORIGINS: dict[Origin, str] = {"shipped": mark("Shipped"), "yours": mark("Yours"), "opened": mark("Opened")}


def title(scene: Scene) -> str:
    """The picture's name, for the head of the window."""
    if isinstance(scene.request.picture, RandomCode):
        return tr("A sample: a random code, decoded (seed {seed})", seed=scene.request.picture.seed)
    return scene.subject.picture.name if scene.subject.picture else tr("No picture yet")


def subtitle(scene: Scene) -> str:
    """The whole picture's size, the model, and how much it keeps of a picture."""
    numbers, name = f"{scene.subject.code.size:,}", scene.request.model.name
    if scene.subject.picture is None:
        return tr("{name} · the mean of its training pictures' codes, {numbers} numbers", name=name, numbers=numbers)
    size = _size(scene.subject.picture.pixels)
    return tr("{size} · rebuilt by {name} from a code of {numbers} numbers", size=size, name=name, numbers=numbers)


def original_facts(scene: Scene) -> str:
    """The size at which the model sees the picture."""
    return "" if scene.subject.original is None else _size(scene.subject.original)


def output_title(scene: Scene) -> str:
    """What the decoded picture is."""
    if scene.steered:
        return tr("Steered")
    return tr("Reconstruction") if scene.subject.picture else tr("Mean")


def output_facts(scene: Scene) -> str:
    """PSNR against the original, where there is one."""
    if scene.psnr_db is None:
        return ""
    return tr("no difference") if math.isinf(scene.psnr_db) else tr("PSNR {db} dB", db=f"{scene.psnr_db:.1f}")


def difference_facts(scene: Scene) -> str:
    """The mean absolute difference from the original, in 8-bit levels."""
    return "" if scene.difference is None else tr("mean {levels} of 255", levels=f"{scene.difference.mean():.1f}")


def provider(scene: Scene) -> str:
    """Where the graphs really run, and why not elsewhere."""
    autoencoder = scene.subject.model.autoencoder
    running = (
        tr("Running on the CPU")
        if autoencoder.provider == "CPU"
        else tr("Running on {provider}", provider=autoencoder.provider)
    )
    why = autoencoder.fallback_reason
    return tr("{running}: {why}", running=running, why=told(why)) if why else running


def times(scene: Scene) -> str:
    """What encoding and the last decode took."""
    decoded, encode_ms = milliseconds(scene.decode_ms), scene.subject.encode_ms
    if encode_ms is None:
        return tr("Decoded in {time}", time=decoded)
    return tr("Encoded in {first}, decoded in {second}", first=milliseconds(encode_ms), second=decoded)


def why_no_sliders(subject: Subject) -> str:
    """Why the sliders cannot steer this picture's code; empty when they can."""
    if subject.start is None:
        trained = subject.model.autoencoder.info.size
        return tr(
            "They steer pictures of {width} × {height} only, where they were measured.",
            width=trained.width,
            height=trained.height,
        )
    return "" if subject.start.size else tr("This model has no axes along which its codes vary.")


def model_facts(entry: ModelEntry) -> str:
    """One line about a model in the list."""
    if entry.bundle is None:
        return tr("Broken")
    info = entry.bundle.info
    shape = " × ".join(map(str, info.latent.shape))
    pixels = tr("{width} px", width=info.size.width) if info.size.kind == "fixed" else tr("any size")
    return tr("{origin} · {pixels} · code {shape}", origin=tr(ORIGINS[entry.origin]), pixels=pixels, shape=shape)


def milliseconds(value: float) -> str:
    """A time, finer where it is short."""
    return tr("{time} ms", time=f"{value:.0f}" if value >= 10 else f"{value:.1f}")


def _size(pixels: Pixels) -> str:
    return f"{pixels.shape[1]} × {pixels.shape[0]}"
