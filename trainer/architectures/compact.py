"""`compact`: a small residual autoencoder without normalisation, wide where pixels are few.

Sizes change by space-to-depth and depth-to-space (Shi et al., 2016), so no pixel is dropped or interpolated. Residual
branches end in a convolution that starts at zero (as in Fixup, Zhang et al., 2019): the network starts as a linear
map, and needs no batch norm to train.
"""

from __future__ import annotations

from typing import cast

from torch import Tensor, nn

from trainer.architectures.autoencoder import Autoencoder, narrow_log_variance
from trainer.architectures.blueprint import Activation, Blueprint
from trainer.architectures.families import OPTIONAL, Family
from trainer.architectures.grey import from_colours, to_colours
from trainer.architectures.patches import (
    PATCH,
    Beside,
    Corrected,
    patch_decoder,
    patch_encoder,
    whole_decoder,
    whole_encoder,
)

FIRST_FACTOR = 4  # pixels are folded 4x4 into channels before the first convolution

# Channels and residual blocks at 1/4, 1/8, 1/16 and 1/32 of the size.
VECTOR_WIDTHS = (64, 96, 128, 192)
VECTOR_BLOCKS = (2, 2, 1, 1)
# At 1/4 and 1/8: a map keeps its detail, so the work is done where the latent is.
MAP_WIDTHS = (64, 160)
MAP_BLOCKS = (1, 3)

VECTOR_MULTIPLE = FIRST_FACTOR * 2 ** (len(VECTOR_WIDTHS) - 1)
MAP_MULTIPLE = FIRST_FACTOR * 2 ** (len(MAP_WIDTHS) - 1)
assert MAP_MULTIPLE == PATCH  # so that a linear path fits beside the network


LINEAR_SPANS = {"pca": 1, "lapped": 3}  # patches a side that each number of a linear path sees, by --init
CHANNELS_STEP = 8  # --width rounds to what memory and vector units like


def build_compact(blueprint: Blueprint) -> Autoencoder:
    """The default network, with a vector or a map for a latent, as wide and as deep as the blueprint says."""
    return _build_vector(blueprint) if blueprint.latent_kind == "vector" else _build_map(blueprint)


def _build_vector(blueprint: Blueprint) -> Autoencoder:
    """One global code (B, D), which fixes the picture's size."""
    widths, blocks, deeper = _stages(VECTOR_WIDTHS, VECTOR_BLOCKS, blueprint)
    size, colours = blueprint.latent_size, blueprint.colours
    rows, columns = (side // VECTOR_MULTIPLE for side in blueprint.sides)
    flat = widths[-1] * rows * columns
    encoder: nn.Module = nn.Sequential(_encoder(widths, deeper, blueprint), nn.Flatten(), nn.Linear(flat, size))
    decoder: nn.Module = nn.Sequential(
        nn.Linear(size, flat), nn.Unflatten(1, (widths[-1], rows, columns)), _decoder(widths, blocks, blueprint)
    )
    if blueprint.init != "random":
        alone = blueprint.linear
        encoder = Beside(None if alone else encoder, whole_encoder(size, blueprint.sides, colours))
        decoder = Beside(None if alone else decoder, whole_decoder(size, blueprint.sides, colours))
    log_variance = narrow_log_variance(nn.Linear(flat, size)) if blueprint.variational else None
    return _autoencoder(encoder, _corrected(decoder, widths, blueprint), blueprint, VECTOR_MULTIPLE, log_variance)


def _build_map(blueprint: Blueprint) -> Autoencoder:
    """A map (B, C, H / 8, W / 8), for pictures of any size."""
    widths, blocks, deeper = _stages(MAP_WIDTHS, MAP_BLOCKS, blueprint)
    channels, colours = blueprint.latent_size, blueprint.colours
    encoder: nn.Module = nn.Sequential(_encoder(widths, deeper, blueprint), nn.Conv2d(widths[-1], channels, 1))
    decoder: nn.Module = nn.Sequential(nn.Conv2d(channels, widths[-1], 1), _decoder(widths, blocks, blueprint))
    if blueprint.init != "random":
        span = LINEAR_SPANS[blueprint.init]
        encoder = Beside(encoder, patch_encoder(channels, span, colours))
        decoder = Beside(decoder, patch_decoder(channels, span, colours))
    log_variance = narrow_log_variance(nn.Conv2d(widths[-1], channels, 1)) if blueprint.variational else None
    return _autoencoder(encoder, _corrected(decoder, widths, blueprint), blueprint, MAP_MULTIPLE, log_variance)


def _autoencoder(
    encoder: nn.Module, decoder: nn.Module, blueprint: Blueprint, multiple: int, log_variance: nn.Module | None
) -> Autoencoder:
    return Autoencoder(
        encoder,
        decoder,
        head=blueprint.head,
        latent_kind=blueprint.latent_kind,
        latent_size=blueprint.latent_size,
        multiple=multiple,
        log_variance=log_variance,
    )


def _stages(
    widths: tuple[int, ...], blocks: tuple[int, ...], blueprint: Blueprint
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Channels of each stage after --width; its blocks in the decoder, and in the encoder, which may have more."""
    deeper = blueprint.depth * blueprint.encoder_depth
    return _widths(widths, blueprint), _blocks(blocks, blueprint.depth), _blocks(blocks, deeper)


def _widths(widths: tuple[int, ...], blueprint: Blueprint) -> tuple[int, ...]:
    """Channels of each stage, after --width."""
    return tuple(max(1, round(width * blueprint.width / CHANNELS_STEP)) * CHANNELS_STEP for width in widths)


def _blocks(blocks: tuple[int, ...], depth: float) -> tuple[int, ...]:
    """Residual blocks of each stage, after a factor."""
    return tuple(max(1, round(count * depth)) for count in blocks)


_ACTIVATIONS: dict[Activation, type[nn.Module]] = {"relu": nn.ReLU, "leaky": nn.LeakyReLU}


class Residual(nn.Module):
    """x + f(x), where f starts at zero: (B, C, H, W) -> (B, C, H, W)."""

    def __init__(self, channels: int, activation: Activation = "relu") -> None:
        super().__init__()
        last = nn.Conv2d(channels, channels, 3, padding=1)
        for parameter in last.parameters():
            nn.init.zeros_(parameter)
        self.branch = nn.Sequential(
            _ACTIVATIONS[activation](),
            nn.Conv2d(channels, channels, 3, padding=1),
            _ACTIVATIONS[activation](),
            last,
        )

    @property
    def inner(self) -> nn.Conv2d:
        """The convolution whose outputs are the branch's units, before their activation."""
        return cast(nn.Conv2d, self.branch[1])

    @property
    def outer(self) -> nn.Conv2d:
        """The convolution that adds those units up."""
        return cast(nn.Conv2d, self.branch[3])

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) -> (B, C, H, W)."""
        change: Tensor = self.branch(x)
        return x + change


class Centre(nn.Module):
    """[0, 1] -> [-1, 1], so that inputs have about zero mean and unit spread."""

    def forward(self, image: Tensor) -> Tensor:
        """(B, 3, H, W) -> (B, 3, H, W)."""
        return image * 2 - 1


class Uncentre(nn.Module):
    """[-1, 1] -> [0, 1]: what `Centre` did, undone."""

    def forward(self, image: Tensor) -> Tensor:
        """(B, 3, H, W) -> (B, 3, H, W)."""
        return image / 2 + 0.5


def _encoder(widths: tuple[int, ...], blocks: tuple[int, ...], blueprint: Blueprint) -> nn.Sequential:
    """(B, 3, H, W) in [0, 1] -> (B, widths[-1], H / multiple, W / multiple)."""
    layers: list[nn.Module] = [*from_colours(blueprint.colours), Centre()]
    channels, factor = blueprint.colours, FIRST_FACTOR
    for width, count in zip(widths, blocks):
        layers += [nn.PixelUnshuffle(factor), nn.Conv2d(channels * factor**2, width, 1)]
        layers += [Residual(width, blueprint.activation) for _ in range(count)]
        channels, factor = width, 2
    return nn.Sequential(*layers)


def _decoder(widths: tuple[int, ...], blocks: tuple[int, ...], blueprint: Blueprint) -> nn.Sequential:
    """(B, widths[-1], h, w) -> (B, 3, multiple * h, multiple * w), about [0, 1].

    A linear path beside it gives pixels in [0, 1] as they are; then the network has no part in their middle.
    """
    layers: list[nn.Module] = []
    for stage in reversed(range(len(widths))):
        layers += [Residual(widths[stage], blueprint.activation) for _ in range(blocks[stage])]
        factor = 2 if stage else FIRST_FACTOR
        narrower = widths[stage - 1] if stage else blueprint.colours
        kernel = 1 if stage else 3
        layers += [nn.Conv2d(widths[stage], narrower * factor**2, kernel, padding=kernel // 2)]
        layers += [nn.PixelShuffle(factor)]
    if blueprint.init == "random":
        layers.append(Uncentre())
    return nn.Sequential(*layers, *to_colours(blueprint.colours))


def _corrected(decoder: nn.Module, widths: tuple[int, ...], blueprint: Blueprint) -> nn.Module:
    """The decoder with what --correction asks for after it, which starts as nothing."""
    if not blueprint.correction:
        return decoder
    width, values = widths[0], blueprint.colours * FIRST_FACTOR**2
    last = nn.Conv2d(width, values, 3, padding=1)
    for parameter in last.parameters():
        nn.init.zeros_(parameter)
    correction = nn.Sequential(
        *from_colours(blueprint.colours),
        Centre(),
        nn.PixelUnshuffle(FIRST_FACTOR),
        nn.Conv2d(values, width, 3, padding=1),
        *(Residual(width, blueprint.activation) for _ in range(blueprint.correction)),
        _ACTIVATIONS[blueprint.activation](),
        last,
        nn.PixelShuffle(FIRST_FACTOR),
        *to_colours(blueprint.colours),
    )
    return Corrected(decoder, correction)


COMPACT = Family(
    summary="small and modern",
    build=build_compact,
    latents={"vector": 64, "map": 16},
    oblong=True,
    options=OPTIONAL - {"pretrained"},
    inits=LINEAR_SPANS,
    vector_inits=("pca",),
    optimizer="muon",
    blocks=(Residual,),
    revivable=(Residual,),
)
