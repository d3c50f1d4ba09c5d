"""The VGG networks with few channels: every layer is there, and none of the half gigabyte of weights and moments."""

from __future__ import annotations

import pytest
from torchvision.models.vgg import cfgs

from trainer.architectures import vgg

THINNER = 16


def thin_vgg(patch: pytest.MonkeyPatch) -> None:
    """Divides the channels of `vgg13` and `vgg16` by 16, but for the latent's."""
    for column in vgg._COLUMNS.values():
        *first, last, pool = (layer if isinstance(layer, str) else layer // THINNER for layer in cfgs[column])
        assert isinstance(last, int)
        patch.setitem(cfgs, column, [*first, last * THINNER, pool])
    patch.setattr(vgg, "_WIDTHS", tuple(width // THINNER for width in vgg._WIDTHS))
