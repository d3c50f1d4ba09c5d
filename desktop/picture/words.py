"""What the window says about a scene: text in the language of the window from plain values."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop.engine.pictures import Pixels
from desktop.engine.scene import RandomCode, Scene
from desktop.engine.sliders.steering import Origin
from desktop.i18n import mark, tr
from desktop.widgets.facts_bar import Fact

NO_PICTURE = (mark("Drop a picture here"), mark("or press Open, or paste one with Ctrl+V"))
NO_MODEL = (mark("No model yet"), mark("Drop a model folder on this window,\nor press Add model"))


def title(scene: Scene) -> str:
    """What is shown, for the head of the window: the picture's name, or what the sliders start from."""
    if isinstance(scene.request.picture, RandomCode):
        return tr("A sample: a random latent, decoded (seed {seed})", seed=scene.request.picture.seed)
    if scene.is_of_picture and scene.subject.picture is not None:
        return scene.subject.picture.name
    if scene.request.steering is None:
        return tr("No picture yet")
    return start(scene.request.steering.origin)


def start(origin: Origin) -> str:
    """What the sliders start from, as a title."""
    texts = {
        "picture": origin.detail or tr("The picture"),
        "mean": tr("Mean latent"),
        "random": tr("Random latent"),
        "gallery": tr("Training picture {number}", number=origin.detail),
        "snapshot": tr("Snapshot {name}", name=origin.detail),
        "mix": tr("Mix of snapshots ({detail})", detail=origin.detail),
        "kept": origin.detail or tr("Kept latent"),
    }
    return texts[origin.kind]


def stem(scene: Scene) -> str:
    """What a file of the scene is called, without its ending."""
    if scene.is_of_picture and scene.subject.picture is not None:
        return f"{Path(scene.subject.picture.name).stem}-reconstruction".replace("/", "-")
    kind = "mean" if scene.request.steering is None else scene.request.steering.origin.kind
    return f"{scene.request.model.name}-{kind}".replace("/", "-")


def subtitle(scene: Scene) -> str:
    """The whole picture's size and the model."""
    numbers, name = f"{scene.code.size:,}", scene.request.model.name
    if scene.is_of_picture and scene.subject.picture is not None:
        size, facts = _size(scene.subject.picture.pixels), scene.subject.picture.facts
        if facts is not None and facts.frames > 1:
            number, count = f"{facts.frame + 1:,}", f"{facts.frames:,}"
            size = tr("{size}, picture {number} of {count} in this file", size=size, number=number, count=count)
        return tr("{size} · reconstructed by {name}", size=size, name=name)
    origin = Origin("mean") if scene.request.steering is None else scene.request.steering.origin
    if origin.kind == "mean":
        return tr("{name} · the mean latent of its training set, {numbers} numbers", name=name, numbers=numbers)
    text = tr("decoded by {name} from {numbers} numbers", name=name, numbers=numbers)
    return f"{origin.detail} · {text}" if origin.kind == "random" and origin.detail else text


def original_facts(scene: Scene) -> str:
    """The size at which the model sees the picture."""
    return "" if scene.original is None else _size(scene.original)


def output_title(scene: Scene) -> str:
    """What the decoded picture is."""
    if scene.is_of_picture:
        return tr("Steered") if scene.steered else tr("Reconstruction")
    steering = scene.request.steering
    if steering is not None and steering.is_moved:
        return tr("Steered")
    return tr("Mean latent") if steering is None or steering.origin.kind == "mean" else tr("Decoded")


def output_facts(scene: Scene) -> str:
    """PSNR against the original; the size alone, where there is none."""
    if scene.psnr_db is None:
        return "" if scene.subject.picture is None else _size(scene.output)
    return tr("no difference") if math.isinf(scene.psnr_db) else tr("PSNR {db} dB", db=f"{scene.psnr_db:.1f}")


def difference_facts(scene: Scene) -> str:
    """The mean absolute difference from the original, in 8-bit levels."""
    return "" if scene.error is None else tr("mean {levels} of 255", levels=f"{scene.error.mean:.1f}")


def facts(scene: Scene, ssim: float | None) -> list[Fact]:
    """What is known about the picture and its code; `ssim` is None until it is measured."""
    return [*_picture_facts(scene), *_quality_facts(scene, ssim), *_code_facts(scene)]


def _picture_facts(scene: Scene) -> list[Fact]:
    picture = scene.subject.picture
    if picture is None or not scene.is_of_picture:
        return []
    parts = [_size(picture.pixels)]
    tips = [tr("The picture's own size")]
    if picture.facts is not None:
        parts.append(picture.facts.format)
        if picture.facts.frames > 1:
            number, count = f"{picture.facts.frame + 1:,}", f"{picture.facts.frames:,}"
            parts.append(tr("frame or page {number} of {count}", number=number, count=count))
            tips.append(tr("the file holds several pictures"))
        tips.append(tr("{size} on disk", size=_bytes(picture.facts.size_bytes)))
        if picture.facts.profile is not None:
            tips.append(tr("carried to sRGB from {profile}", profile=picture.facts.profile))
    if picture.alpha is not None:
        tips.append(tr("transparent in places; the transparency is restored when it is saved"))
    return [Fact(tr("Picture"), " · ".join(parts), "; ".join(tips))]


def _quality_facts(scene: Scene, ssim: float | None) -> list[Fact]:
    if scene.error is None or scene.psnr_db is None:
        return []
    exact = math.isinf(scene.psnr_db)
    return [
        Fact(
            tr("PSNR"),
            tr("no difference") if exact else tr("{db} dB", db=f"{scene.psnr_db:.1f}"),
            tr("Peak signal-to-noise ratio; more is better, and 30 dB and more is good for a photograph"),
        ),
        Fact(
            tr("SSIM"),
            "…" if ssim is None else f"{ssim:.3f}",
            tr("Structural similarity, at most 1; measured once the sliders rest"),
        ),
        Fact(
            tr("Difference"),
            tr("{mean} levels", mean=f"{scene.error.mean:.1f}"),
            tr("Mean difference of a channel, of 255; the largest is {largest}", largest=scene.error.largest),
        ),
    ]


def _code_facts(scene: Scene) -> list[Fact]:
    code, pixels = scene.code, scene.output.size
    return [
        Fact(
            tr("Latent size"),
            f"{code.size:,}",
            tr(
                "Numbers in the latent: {bytes} in 32 bits each, where the pixels are {pixels}",
                bytes=_bytes(code.nbytes),
                pixels=_bytes(pixels),
            ),
        ),
        Fact(
            tr("Ratio"),
            tr("{ratio} : 1", ratio=_ratio(pixels / code.size)),
            tr(
                "Numbers in the pixels for each number in the latent; in bytes it is {ratio} : 1",
                ratio=_ratio(pixels / code.nbytes),
            ),
        ),
    ]


def reading(x: float, y: float, values: Mapping[str, Sequence[int] | None]) -> str:
    """What is under the cursor: the pixel's place, counted from 0, and its levels in each picture that has one there.

    `values` are by name: `original`, `output` and `difference`.
    """
    parts = [f"x {int(x // 1)}, y {int(y // 1)}"]
    for key, name in (("original", tr("original")), ("output", tr("output")), ("difference", tr("difference"))):
        levels = values.get(key)
        if levels is not None:
            parts.append(f"{name} {' '.join(map(str, levels))}")
    return " · ".join(parts)


def percent(value: float) -> str:
    """A scale, finer where it is small."""
    return f"{value:.0f} %" if value >= 10 else f"{value:.1f} %"


def _size(pixels: Pixels) -> str:
    return f"{pixels.shape[1]} × {pixels.shape[0]}"


def _ratio(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def _bytes(count: int) -> str:
    """A number of bytes, in the unit that reads best."""
    if count < 1000:
        return tr("{n:,} bytes", n=count)
    if count < 1_000_000:
        return f"{count / 1e3:.0f} kB" if count >= 10_000 else f"{count / 1e3:.1f} kB"
    return f"{count / 1e6:.0f} MB" if count >= 10_000_000 else f"{count / 1e6:.1f} MB"
