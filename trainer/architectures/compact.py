"""`compact`: a small residual autoencoder without normalisation, wide where pixels are few.

Sizes change by space-to-depth and depth-to-space (Shi et al., 2016), so no pixel is dropped or interpolated. Residual
branches end in a convolution that starts at zero (as in Fixup, Zhang et al., 2019): the network starts as a linear
map, and needs no batch norm to train.
"""

from __future__ import annotations

from torch import Tensor, nn

from trainer.architectures.autoencoder import Autoencoder, Head, LatentKind

FIRST_FACTOR = 4  # pixels are folded 4x4 into channels before the first convolution

# Channels and residual blocks at 1/4, 1/8, 1/16 and 1/32 of the size.
VECTOR_WIDTHS = (64, 96, 128, 192)
VECTOR_BLOCKS = (2, 2, 1, 1)
# At 1/4 and 1/8: a map keeps its detail, so the work is done where the latent is.
MAP_WIDTHS = (64, 160)
MAP_BLOCKS = (1, 3)

VECTOR_MULTIPLE = FIRST_FACTOR * 2 ** (len(VECTOR_WIDTHS) - 1)
MAP_MULTIPLE = FIRST_FACTOR * 2 ** (len(MAP_WIDTHS) - 1)


def build_compact(head: Head, latent_kind: LatentKind, latent_size: int, size: int) -> Autoencoder:
    """The default network.

    Args:
        head: What follows the decoder.
        latent_kind: `vector` for one global code, `map` for (B, C, H / 8, W / 8).
        latent_size: D of the vector, or C of the map.
        size: Height and width in pixels of the pictures; only a vector latent depends on it.
    """
    if latent_kind == "vector":
        grid = size // VECTOR_MULTIPLE
        encoder: nn.Module = nn.Sequential(
            _encoder(VECTOR_WIDTHS, VECTOR_BLOCKS),
            nn.Flatten(),
            nn.Linear(VECTOR_WIDTHS[-1] * grid * grid, latent_size),
        )
        decoder: nn.Module = nn.Sequential(
            nn.Linear(latent_size, VECTOR_WIDTHS[-1] * grid * grid),
            nn.Unflatten(1, (VECTOR_WIDTHS[-1], grid, grid)),
            _decoder(VECTOR_WIDTHS, VECTOR_BLOCKS),
        )
        multiple = VECTOR_MULTIPLE
    else:
        encoder = nn.Sequential(_encoder(MAP_WIDTHS, MAP_BLOCKS), nn.Conv2d(MAP_WIDTHS[-1], latent_size, 1))
        decoder = nn.Sequential(nn.Conv2d(latent_size, MAP_WIDTHS[-1], 1), _decoder(MAP_WIDTHS, MAP_BLOCKS))
        multiple = MAP_MULTIPLE
    return Autoencoder(encoder, decoder, head=head, latent_kind=latent_kind, latent_size=latent_size, multiple=multiple)


class Residual(nn.Module):
    """x + f(x), where f starts at zero: (B, C, H, W) -> (B, C, H, W)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        last = nn.Conv2d(channels, channels, 3, padding=1)
        nn.init.zeros_(last.weight)
        self.branch = nn.Sequential(
            nn.ReLU(),
            nn.Conv2d(channels, channels, 3, padding=1),
            nn.ReLU(),
            last,
        )

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


def _encoder(widths: tuple[int, ...], blocks: tuple[int, ...]) -> nn.Sequential:
    """(B, 3, H, W) in [0, 1] -> (B, widths[-1], H / multiple, W / multiple)."""
    layers: list[nn.Module] = [Centre()]
    channels, factor = 3, FIRST_FACTOR
    for width, count in zip(widths, blocks):
        layers += [nn.PixelUnshuffle(factor), nn.Conv2d(channels * factor**2, width, 1)]
        layers += [Residual(width) for _ in range(count)]
        channels, factor = width, 2
    return nn.Sequential(*layers)


def _decoder(widths: tuple[int, ...], blocks: tuple[int, ...]) -> nn.Sequential:
    """(B, widths[-1], h, w) -> (B, 3, multiple * h, multiple * w), about [0, 1]."""
    layers: list[nn.Module] = []
    for stage in reversed(range(len(widths))):
        layers += [Residual(widths[stage]) for _ in range(blocks[stage])]
        factor = 2 if stage else FIRST_FACTOR
        narrower = widths[stage - 1] if stage else 3
        kernel = 1 if stage else 3
        layers += [nn.Conv2d(widths[stage], narrower * factor**2, kernel, padding=kernel // 2)]
        layers += [nn.PixelShuffle(factor)]
    return nn.Sequential(*layers, Uncentre())
