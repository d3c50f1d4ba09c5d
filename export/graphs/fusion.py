"""Fewer and larger steps for the same result: what torch's exporter does not see by itself."""

from __future__ import annotations

import copy
import itertools

from torch import nn

from trainer.architectures.autoencoder import Autoencoder


def folded(model: Autoencoder) -> Autoencoder:
    """A copy of the network that computes the same with fewer steps; the network itself stays as it is."""
    model = copy.deepcopy(model)
    for module in [module for module in model.modules() if type(module) is nn.Sequential]:
        _fold_unshuffling(module)
    return model


def _fold_unshuffling(layers: nn.Sequential) -> None:
    """Space-to-depth by r and a 1x1 convolution become one r x r convolution of stride r.

    Channel c r^2 + i r + j of the first is row i and column j of an r x r patch of channel c, so that the weights
    (O, C r^2, 1, 1) need only be seen as (O, C, r, r). It saves a transposition of everything at every change of size:
    a quarter of the compact encoder's time on a CPU.
    """
    names = [name for name, _ in layers.named_children()]
    for name, following in itertools.pairwise(names):
        shuffle, convolution = layers.get_submodule(name), layers.get_submodule(following)
        if isinstance(shuffle, nn.PixelUnshuffle) and isinstance(convolution, nn.Conv2d) and _is_1x1(convolution):
            setattr(layers, name, nn.Identity())
            setattr(layers, following, _patchwise(convolution, shuffle.downscale_factor))


def _is_1x1(convolution: nn.Conv2d) -> bool:
    plain = (convolution.kernel_size, convolution.stride, convolution.padding, convolution.groups)
    return plain == ((1, 1), (1, 1), (0, 0), 1)


def _patchwise(convolution: nn.Conv2d, factor: int) -> nn.Conv2d:
    channels = convolution.in_channels // factor**2
    merged = nn.Conv2d(
        channels, convolution.out_channels, factor, stride=factor, bias=convolution.bias is not None
    ).eval()
    merged.weight = nn.Parameter(convolution.weight.detach().reshape(-1, channels, factor, factor))
    merged.bias = convolution.bias
    return merged
