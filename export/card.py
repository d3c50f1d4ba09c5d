"""The model card: what a person must know before using a bundle."""

from __future__ import annotations

from export.bundle import BundleInfo, Parity, SizeRule
from trainer.command_line import training_command
from trainer.config import TrainConfig


def write_card(info: BundleInfo, config: TrainConfig, trained_pictures: int, steps_done: int) -> str:
    """The bundle's `README.md`, as Markdown.

    Args:
        info: What `bundle.json` will say.
        config: What the network was trained with; of `data` only the folder's name is told.
        trained_pictures: How many pictures it was trained on.
        steps_done: How many steps of training it had.
    """
    latent = " x ".join(map(str, info.latent.shape))
    quality = info.quality
    return f"""\
# {info.name}

A convolutional autoencoder (`{info.architecture.name}`, {config.head} head) made with ConvAE.
`encoder.onnx` turns a picture into {_latent_words(info.latent.kind, latent)}; `decoder.onnx` turns it back.
Open this folder in `convae-desktop`, or run the two files with any ONNX runtime.

| | |
| --- | --- |
| picture | uint8 `[N, H, W, 3]`, RGB, 0 to 255; {_size_words(info.size)} |
| latent | float32 `[N, {latent.replace(" x ", ", ")}]`, of one picture of the trained size |
| precision | {info.precision}, ONNX opset {info.opset} |

Scaling to [0, 1], clamping and rounding are inside the graphs: give pixels, get pixels.

## Data

Trained on {trained_pictures:,} pictures. Source: {quality.data}

The terms under which those pictures may be used hold for what is made from this model, too.

## Training

{steps_done:,} steps of AdamW on the mean squared error of pixels, seed {config.seed}. To repeat it:

    {training_command(config)}

Every option is in `bundle.json`, under `training`.

## Quality

Measured through these very files, on {quality.pictures:,} pictures held out from training, averaged over pictures:

| PSNR | SSIM |
| --- | --- |
| {quality.psnr_db:.2f} dB | {quality.ssim:.4f} |

## Parity

{_parity_words(info.parity)}

## Limits

- It rebuilds best what resembles its training pictures; others come back blurred or changed towards those.
- Squared error favours smooth pictures: fine texture is the first thing lost.
- Sliders follow the directions of most variance in the latents. They need not stand for one property each.
"""


def _latent_words(kind: str, latent: str) -> str:
    return f"a feature map of {latent} numbers" if kind == "map" else f"{latent} numbers"


def _size_words(size: SizeRule) -> str:
    trained = f"{size.height}x{size.width} pixels"
    if size.kind == "fixed":
        return f"{trained} and no other size"
    return f"trained at {trained}, takes any height and width that are multiples of {size.multiple}"


def _parity_words(parity: Parity) -> str:
    sizes = ", ".join(f"{height}x{width}" for height, width in parity.sizes)
    batches = ", ".join(map(str, parity.batch_sizes))
    return f"""\
Compared with the trained network in torch, on held-out pictures and on noise, at {sizes} pixels, in batches of
{batches}, with onnxruntime's {parity.provider}:

| | largest difference | mean difference |
| --- | --- | --- |
| latent, in standard deviations | {parity.latent_largest:.2g} | {parity.latent_mean:.2g} |
| picture, in levels of 0 to 255 | {parity.image_largest:.2g} | {parity.image_mean:.2g} |"""
