"""The seed's networks: torchvision's VGG features as encoder, a mirrored transposed-convolution decoder.

The encoder is VGG of Simonyan and Zisserman (2014), without batch norm and without its classifier. As in SegNet
(Badrinarayanan, Kendall and Cipolla, 2015) the decoder mirrors it, but it knows no pooling indices: it stands alone.
"""

from __future__ import annotations

import functools
from typing import Literal

from torch import nn

from trainer.architectures.autoencoder import Autoencoder, narrow_log_variance
from trainer.architectures.blueprint import Blueprint
from trainer.architectures.families import Family

LATENT_CHANNELS = 512
MULTIPLE = 32

_COLUMNS = {"vgg16": "D", "vgg13": "B"}  # of the paper's table
_CONVOLUTIONS = {"vgg16": (3, 3, 3, 2, 2), "vgg13": (2, 2, 2, 2, 2)}
_WIDTHS = (512, 512, 256, 128, 64)


def build_vgg(name: Literal["vgg16", "vgg13"], blueprint: Blueprint) -> Autoencoder:
    """A VGG autoencoder with the latent map (B, 512, H / 32, W / 32).

    The features end in ReLU and pooling, so their latent has no negative numbers. A variational one has another layer
    after them, since the mean of its latent must be free to be negative.
    """
    from torchvision.models.vgg import cfgs, make_layers  # slow to import, and most runs need none

    # Without the classifier, which has most of VGG's weights.
    encoder: nn.Sequential = make_layers(cfgs[_COLUMNS[name]])
    if blueprint.variational:
        encoder.append(nn.Conv2d(LATENT_CHANNELS, LATENT_CHANNELS, 1))
    model = Autoencoder(
        encoder,
        _decoder(_CONVOLUTIONS[name]),
        head=blueprint.head,
        latent_kind="map",
        latent_size=LATENT_CHANNELS,
        multiple=MULTIPLE,
        log_variance=nn.Conv2d(LATENT_CHANNELS, LATENT_CHANNELS, 1) if blueprint.variational else None,
    )
    model.apply(_initialise)
    if model.log_variance is not None:
        narrow_log_variance(model.log_variance)
    return model


def _decoder(convolutions: tuple[int, ...]) -> nn.Sequential:
    """Five stages, each of which doubles the size: (B, 512, h, w) -> (B, 3, 32 h, 32 w)."""
    stages: list[nn.Module] = []
    channels = LATENT_CHANNELS
    for width, count in zip(_WIDTHS, convolutions):
        stages.append(nn.ConvTranspose2d(channels, width, kernel_size=4, stride=2, padding=1))
        for _ in range(count):
            stages += [nn.Conv2d(width, width, 3, padding=1), nn.BatchNorm2d(width), nn.ReLU(inplace=True)]
        channels = width
    return nn.Sequential(*stages, nn.Conv2d(channels, 3, 3, padding=1))


def _initialise(module: nn.Module) -> None:
    """Kaiming normal over the fan out (He et al., 2015) and biases of 0, as the seed had them."""
    if isinstance(module, nn.Conv2d | nn.ConvTranspose2d):
        nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
        if module.bias is not None:
            nn.init.zeros_(module.bias)


def _family(name: Literal["vgg16", "vgg13"]) -> Family:
    return Family(
        summary=f"{name.upper()}, SegNet-like",
        build=functools.partial(build_vgg, name),
        latents={"map": LATENT_CHANNELS},
        fixed_latent=True,
        multiple=MULTIPLE,
        oblong=True,
        options=frozenset({"pretrained"}),
    )


VGG13, VGG16 = _family("vgg13"), _family("vgg16")
