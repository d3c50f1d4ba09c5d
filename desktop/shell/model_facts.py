"""What there is to say of a model: on its card and on its page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from desktop.engine.library import ModelEntry
from desktop.i18n import mark, told, tr
from desktop.shell import words

if TYPE_CHECKING:
    from desktop.engine.machine.layers import Anatomy
    from export.bundle import Floor

LICENCE = re.compile(
    r"licensed under [„“\"']?([^”“\"'(;,]+)|\b(CC0|CC[ -]BY(?:-[A-Z]+)*(?: \d\.\d)?|public domain)\b", re.I
)
LONGEST_DATA = 90  # letters on the card


def card(entry: ModelEntry) -> list[tuple[str, str]]:
    """The few facts of the card, name and value."""
    if entry.bundle is None:
        return [(tr("Problem"), told(entry.problem or ""))]
    info = entry.bundle.info
    data = info.quality.data
    return [
        (tr("Trained on"), data if len(data) <= LONGEST_DATA else f"{data[: LONGEST_DATA - 1].rstrip()}…"),
        (tr("Pictures"), sizes(entry)),
        (tr("Latent"), latent(entry)),
        (tr("Held-out PSNR"), tr("{psnr} dB", psnr=f"{info.quality.psnr_db:.2f}")),
        (tr("Licence"), licence(entry)),
        (tr("Place"), f"{tr(words.ORIGINS[entry.origin])} · {entry.folder}"),
    ]


def page(entry: ModelEntry, anatomy: Anatomy | None) -> list[tuple[str, str]]:
    """All facts of the page, name and value; speed once it is measured."""
    if entry.bundle is None:
        return [(tr("Problem"), told(entry.problem or "")), (tr("Place"), str(entry.folder))]
    info = entry.bundle.info
    numbers = info.encoder_cost.parameters + info.decoder_cost.parameters
    size = (info.encoder_cost.file_bytes + info.decoder_cost.file_bytes) / 1e6
    quality = info.quality
    measured = tr(
        "{psnr} dB PSNR, {ssim} SSIM on {n:,} held-out pictures",
        psnr=f"{quality.psnr_db:.2f}",
        ssim=f"{quality.ssim:.3f}",
        n=quality.pictures,
    )
    return [
        (tr("Trained on"), quality.data),
        (tr("Pictures"), sizes(entry)),
        (tr("Latent"), latent(entry)),
        (tr("Quality"), measured),
        *((tr("Best linear code"), floor(each, quality.psnr_db)) for each in info.floors),
        (tr("Licence"), licence(entry)),
        (
            tr("Network"),
            tr(
                "{name}, {numbers} weights, {size} MB",
                name=info.architecture.name,
                numbers=f"{numbers:,}",
                size=f"{size:.1f}",
            ),
        ),
        (tr("Precision"), f"{info.precision} · ONNX opset {info.opset}"),
        (tr("Speed here"), speed(anatomy)),
        (tr("Place"), f"{tr(words.ORIGINS[entry.origin])} · {entry.folder}"),
    ]


def floor(linear: Floor, psnr_db: float) -> str:
    """What a linear code of as many numbers reaches, and how the network's PSNR compares with it."""
    kinds = {
        "whole": mark("PCA of whole pictures"),
        "blocks": mark("PCA of blocks"),
        "lapped": mark("overlapping windows"),
    }
    said = tr("{psnr} dB PSNR ({kind}, {numbers:,} numbers)", psnr=f"{linear.psnr_db:.2f}", kind=tr(kinds[linear.code]),
              numbers=linear.numbers)  # fmt: skip
    above = psnr_db - linear.psnr_db
    more = tr("the network is {gain} dB above", gain=f"{above:.2f}")
    return f"{said}; " + (more if above >= 0 else tr("the network is {loss} dB below", loss=f"{-above:.2f}"))


def sizes(entry: ModelEntry) -> str:
    """Which pictures it takes."""
    assert entry.bundle is not None
    rule = entry.bundle.info.size
    trained = f"{rule.width} × {rule.height}"
    return trained if rule.kind == "fixed" else tr("any size; trained at {size}", size=trained)


def latent(entry: ModelEntry) -> str:
    """Its shape, and how many times fewer numbers than pixels it has."""
    assert entry.bundle is not None
    info = entry.bundle.info
    ratio = info.size.height * info.size.width * 3 / info.latent.size
    shape = " × ".join(map(str, info.latent.shape))
    return tr("{shape}, {ratio} times fewer numbers than pixels have", shape=shape, ratio=f"{ratio:.0f}")


def licence(entry: ModelEntry) -> str:
    """What the description of its data says of the terms; where it says nothing, that the card is to be read."""
    assert entry.bundle is not None
    found = LICENCE.search(entry.bundle.info.quality.data)
    return next(filter(None, found.groups())).strip() if found else tr("see the model card")


def speed(anatomy: Anatomy | None) -> str:
    """How long a picture takes on this machine, and where."""
    if anatomy is None:
        return tr("measuring…")
    return tr(
        "encode {encode}, decode {decode}, on {provider}",
        encode=words.duration(anatomy.encode_ms),
        decode=words.duration(anatomy.decode_ms),
        provider=anatomy.provider,
    )


def layers(entry: ModelEntry, anatomy: Anatomy) -> list[tuple[str, tuple[int, ...], bool]]:
    """Name, shape and whether it is the latent, from the picture to the picture."""
    assert entry.bundle is not None
    rule = entry.bundle.info.size
    ends = (rule.height, rule.width, 3)
    return [
        (tr("Picture"), ends, False),
        *((layer.operator, layer.shape, False) for layer in anatomy.encoder),
        (tr("Latent"), entry.bundle.info.latent.shape, True),
        *((layer.operator, layer.shape, False) for layer in anatomy.decoder),
        (tr("Picture"), ends, False),
    ]
