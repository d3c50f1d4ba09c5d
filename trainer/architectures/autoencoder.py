"""The interface of every network of ConvAE: an encoder, a decoder that stands alone, and the sizes they take."""

from __future__ import annotations

from torch import Tensor, nn

from trainer.architectures.blueprint import Head, LatentKind
from trainer.architectures.patches import Beside
from trainer.architectures.quantiser import Quantiser

LOG_VARIANCES = (-20.0, 10.0)  # within these limits no exponential overflows, and no gradient with it


class Autoencoder(nn.Module):
    """An encoder and a decoder with nothing between them but the latent.

    Args:
        encoder: (B, 3, H, W) in [0, 1] -> latent, (B, D) or (B, C, H / multiple, W / multiple).
        decoder: latent -> (B, 3, H, W), unbounded.
        head: `linear` leaves the decoder's output as it is, `sigmoid` squeezes it into [0, 1], `clamp` cuts it off
            there in evaluation mode, and in training mode leaves it as it is, so that gradients pass.
        latent_kind: `vector` for (B, D), which fixes the picture size, or `map`.
        latent_size: D, or C.
        multiple: What the picture's height and width must be multiples of.
        log_variance: For a variational autoencoder: takes what the encoder's last layer takes, and gives the logarithm
            of the variance of each latent number, where that layer gives its mean. The latent is the mean.
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
        log_variance: nn.Module | None = None,
    ) -> None:
        super().__init__()
        self.encoder = encoder
        self.decoder = decoder
        self.head: nn.Module = _HEADS[head]()
        self.latent_kind = latent_kind
        self.latent_size = latent_size
        self.multiple = multiple
        self.log_variance = log_variance
        self.quantiser: Quantiser | None = None
        """What rounds the numbers of a vector latent, if anything does."""

    def encode(self, image: Tensor) -> Tensor:
        """(B, 3, H, W) in [0, 1] -> latent."""
        latent: Tensor = self.encoder(image)
        return latent if self.quantiser is None else self.quantiser(latent)

    def decode(self, latent: Tensor) -> Tensor:
        """Latent -> (B, 3, H, W); in [0, 1] with a sigmoid head or, in evaluation, a clamp; unbounded otherwise."""
        image: Tensor = self.head(self.decoder(latent))
        return image

    def forward(self, image: Tensor) -> Tensor:
        """The reconstruction of (B, 3, H, W)."""
        return self.decode(self.encode(image))

    def posterior(self, image: Tensor) -> tuple[Tensor, Tensor]:
        """The mean and the logarithm of the variance of each latent number; a variational autoencoder's alone."""
        main = self.encoder.main if isinstance(self.encoder, Beside) else self.encoder
        assert isinstance(main, nn.Sequential)
        assert self.log_variance is not None
        features: Tensor = main[:-1](image)
        mean: Tensor = main[-1](features)
        if isinstance(self.encoder, Beside):
            mean = mean + self.encoder.of_linear(image)
        return mean, self.log_variance(features).float().clamp(*LOG_VARIANCES)

    def latent_shape(self, height: int, width: int) -> tuple[int, ...]:
        """The latent's shape, without the batch, for pictures of this size in pixels."""
        if self.latent_kind == "vector":
            return (self.latent_size,)
        return (self.latent_size, height // self.multiple, width // self.multiple)


class Clamp(nn.Module):
    """Cuts values off at 0 and 1 in evaluation mode; in training mode, where it would stop gradients, does nothing."""

    def forward(self, image: Tensor) -> Tensor:
        """(B, 3, H, W) -> (B, 3, H, W)."""
        return image if self.training else image.clamp(0, 1)


_HEADS: dict[Head, type[nn.Module]] = {"linear": nn.Identity, "sigmoid": nn.Sigmoid, "clamp": Clamp}


def narrow_log_variance(layer: nn.Module, start: float = -6.0) -> nn.Module:
    """Makes a layer start with the same small variance everywhere, e^-6: noise that a fresh decoder can see through."""
    assert isinstance(layer, nn.Linear | nn.Conv2d)
    assert layer.bias is not None
    nn.init.zeros_(layer.weight)
    nn.init.constant_(layer.bias, start)
    return layer
