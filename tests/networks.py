"""The VGG networks with few channels: every layer is there, and none of the half gigabyte of weights and moments."""

from __future__ import annotations

import pytest

from trainer.architectures import vgg

THINNER = 16


def thin_vgg(patch: pytest.MonkeyPatch) -> None:
    """Divides the channels of `vgg13` and `vgg16` by 16, but for the latent's."""
    for name, layers in vgg._LAYERS.items():
        *first, last, pool = (layer if isinstance(layer, str) else layer // THINNER for layer in layers)
        assert isinstance(last, int)
        patch.setitem(vgg._LAYERS, name, [*first, last * THINNER, pool])
    patch.setattr(vgg, "_WIDTHS", tuple(width // THINNER for width in vgg._WIDTHS))
