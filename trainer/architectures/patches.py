"""A linear path beside a network: a linear code of whole pictures, or of 8x8 patches, by themselves or with others.

With the network's last layers at zero the whole begins as this path alone, which is the best linear code; what the
network then learns is what is better than that.
"""

from __future__ import annotations

import math
from typing import Literal

import torch
from torch import Tensor, nn

from trainer.architectures.grey import from_colours, to_colours

PATCH = 8  # pixels: a cell of the map
PATCH_VALUES = 3 * PATCH**2


class Beside(nn.Module):
    """The sum of a network and a linear path: x -> main(x) + linear(x); without a network the linear path alone."""

    def __init__(self, main: nn.Module | None, linear: nn.Module) -> None:
        super().__init__()
        self.main = main
        self.linear = linear

    def forward(self, x: Tensor) -> Tensor:
        """The sum of the network and the linear path."""
        if self.main is None:
            return self.of_linear(x)
        total: Tensor = self.main(x) + self.of_linear(x)
        return total

    def of_linear(self, x: Tensor) -> Tensor:
        """The output of the linear path, in float32 whatever the network beside it computes in.

        Rounding to bf16 would cost a good linear code a decibel.
        """
        if x.is_meta or not torch.is_autocast_enabled(x.device.type):
            found: Tensor = self.linear(x)
            return found
        with torch.autocast(x.device.type, enabled=False):
            exact: Tensor = self.linear(x.float())
        return exact


class Corrected(nn.Module):
    """A decoder, and a network that corrects its picture: z -> x + correction(x), with x = first(z)."""

    def __init__(self, first: nn.Module, correction: nn.Module) -> None:
        super().__init__()
        self.first = first
        self.correction = correction

    def forward(self, z: Tensor) -> Tensor:
        """The corrected picture."""
        picture: Tensor = self.first(z)
        corrected: Tensor = picture + self.correction(picture)
        return corrected


def beside(half: nn.Module) -> Beside:
    """The network and the linear path of an encoder or a decoder that has one, whatever corrects it."""
    found = half.first if isinstance(half, Corrected) else half
    assert isinstance(found, Beside)
    return found


def patch_encoder(channels: int, span: int, colours: int = 3) -> nn.Sequential:
    """(B, 3, H, W) -> (B, C, H / 8, W / 8): a matrix for every `span` x `span` patches, `span` odd."""
    return nn.Sequential(*from_colours(colours), nn.PixelUnshuffle(PATCH), _across(colours * PATCH**2, channels, span))


def patch_decoder(channels: int, span: int, colours: int = 3) -> nn.Sequential:
    """(B, C, h, w) -> (B, 3, 8 h, 8 w): a patch from `span` x `span` codes, `span` odd."""
    return nn.Sequential(_across(channels, colours * PATCH**2, span), nn.PixelShuffle(PATCH), *to_colours(colours))


def whole_encoder(numbers: int, sides: tuple[int, int], colours: int) -> nn.Sequential:
    """(B, 3, *sides) -> (B, numbers): one matrix, which stays as it is set; see `whole_decoder`."""
    return _fixed(nn.Sequential(*from_colours(colours), nn.Flatten(), nn.Linear(colours * math.prod(sides), numbers)))


def whole_decoder(numbers: int, sides: tuple[int, int], colours: int) -> nn.Sequential:
    """(B, numbers) -> (B, 3, *sides): one matrix, which stays as it is set.

    It has more weights than the network beside it, and some hundred pictures are not enough to train them: they would
    be learnt by heart within a few steps.
    """
    pixels = nn.Unflatten(1, (colours, *sides))
    return _fixed(nn.Sequential(nn.Linear(numbers, colours * math.prod(sides)), pixels, *to_colours(colours)))


def _fixed(path: nn.Sequential) -> nn.Sequential:
    path.requires_grad_(False)
    return path


def _across(inputs: int, outputs: int, span: int) -> nn.Conv2d:
    """A convolution for which what lies at an edge goes on beyond it."""
    mode: Literal["zeros", "replicate"] = "replicate" if span > 1 else "zeros"
    return nn.Conv2d(inputs, outputs, span, padding=span // 2, padding_mode=mode)


@torch.no_grad()
def set_linear_code(encoder: Beside, decoder: Beside, inward: Tensor, outward: Tensor, mean: Tensor) -> None:
    """Makes both linear paths those of a linear code, and the networks beside them silent.

    Args:
        encoder: Its linear path is a `patch_encoder` of span K.
        decoder: Its linear path is a `patch_decoder` of span K.
        inward: (C, 192, K, K), over patches as `nn.PixelUnshuffle` lays them out.
        outward: (192, C, K, K).
        mean: (192,), of patches.

    Paths of one colour take the sum over colours of what is read, and the mean of what is written.
    """
    first, last = _last_layer(encoder.linear), _last_layer(decoder.linear)
    if first.weight.shape[1] < inward.shape[1]:
        inward = inward.reshape(len(inward), 3, -1, *inward.shape[2:]).sum(dim=1)
        outward, mean = outward.reshape(3, -1, *outward.shape[1:]).mean(dim=0), mean.reshape(3, -1).mean(dim=0)
    first.weight.copy_(inward)
    _bias(first).copy_(-inward.sum(dim=(2, 3)) @ mean)
    last.weight.copy_(outward)
    _bias(last).copy_(mean)
    _silence(encoder, decoder)


@torch.no_grad()
def set_whole_code(encoder: Beside, decoder: Beside, components: Tensor, mean: Tensor, scale: float) -> None:
    """Makes both linear paths those of a linear code of whole pictures, and the networks beside them silent.

    Args:
        encoder: Its linear path is a `whole_encoder`.
        decoder: Its linear path is a `whole_decoder`.
        components: (K, 3, H, W), K at most the numbers of the latent; the rest of them start at zero.
        mean: (3, H, W), the mean picture.
        scale: What the code's numbers are divided by in the latent.
    """
    first, last = _last_layer(encoder.linear), _last_layer(decoder.linear)
    count = len(components)
    if first.weight.shape[1] < mean.numel():  # one colour
        read, written, mean = components.sum(dim=1), components.mean(dim=1), mean.mean(dim=0)
    else:
        read = written = components
    for layer in (first, last):
        layer.weight.zero_()
        _bias(layer).zero_()
    first.weight[:count] = read.flatten(1) / scale
    _bias(first)[:count] = -(read.flatten(1) @ mean.flatten()) / scale
    last.weight[:, :count] = written.flatten(1).T * scale
    _bias(last).copy_(mean.flatten())
    _silence(encoder, decoder)


def _silence(encoder: Beside, decoder: Beside) -> None:
    for network in (encoder.main, decoder.main):
        if network is None:
            continue
        last = _last_layer(network)
        last.weight.zero_()
        _bias(last).zero_()


def _last_layer(network: nn.Module) -> nn.Conv2d | nn.Linear:
    return [module for module in network.modules() if isinstance(module, nn.Conv2d | nn.Linear)][-1]


def _bias(layer: nn.Conv2d | nn.Linear) -> Tensor:
    assert layer.bias is not None
    return layer.bias
