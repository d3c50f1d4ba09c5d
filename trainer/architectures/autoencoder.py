"""What every network of ConvAE offers: an encoder, a decoder that stands alone, and the sizes they take."""

from __future__ import annotations

from typing import Literal

from torch import Tensor, nn

LatentKind = Literal["vector", "map"]
Head = Literal["linear", "sigmoid"]


class Autoencoder(nn.Module):
    """An encoder and a decoder with nothing between them but the latent.

    Args:
        encoder: (B, 3, H, W) in [0, 1] -> latent, (B, D) or (B, C, H / multiple, W / multiple).
        decoder: latent -> (B, 3, H, W), unbounded.
        head: `linear` leaves the decoder's output as it is, `sigmoid` squeezes it into [0, 1].
        latent_kind: `vector` for (B, D), which fixes the picture size, or `map`.
        latent_size: D, or C.
        multiple: What the picture's height and width must be multiples of.
    """

    def __init__(
        self,
        encoder: nn.Module,
        decoder: nn.Module,
        *,
        head: Head,
        latent_kind: LatentKind,
        latent_size: int,
        multiple: int,
    ) -> None:
        super().__init__()
        self.encoder = encoder
        self.decoder = decoder
        self.head: nn.Module = nn.Sigmoid() if head == "sigmoid" else nn.Identity()
        self.latent_kind = latent_kind
        self.latent_size = latent_size
        self.multiple = multiple

    def encode(self, image: Tensor) -> Tensor:
        """(B, 3, H, W) in [0, 1] -> latent."""
        latent: Tensor = self.encoder(image)
        return latent

    def decode(self, latent: Tensor) -> Tensor:
        """Latent -> (B, 3, H, W); in [0, 1] with a sigmoid head, unbounded with a linear one."""
        image: Tensor = self.head(self.decoder(latent))
        return image

    def forward(self, image: Tensor) -> Tensor:
        """The reconstruction of (B, 3, H, W)."""
        return self.decode(self.encode(image))

    def latent_shape(self, height: int, width: int) -> tuple[int, ...]:
        """The latent's shape, without the batch, for pictures of this size in pixels."""
        if self.latent_kind == "vector":
            return (self.latent_size,)
        return (self.latent_size, height // self.multiple, width // self.multiple)
