"""The blueprint of a network: everything that its weights depend on. Nothing heavy is imported here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LatentKind = Literal["vector", "map"]
Head = Literal["linear", "sigmoid", "clamp"]
Activation = Literal["relu", "leaky"]


@dataclass(frozen=True)
class Blueprint:
    """One network, as its family's `build` takes it."""

    arch: str
    """The family's name."""
    size: int
    """Height and width in pixels of the pictures in training; their height alone where `size_across` is given."""
    latent_kind: LatentKind
    latent_size: int
    """Numbers in a vector, or channels of a map."""
    head: Head = "linear"
    """What follows the decoder."""
    variational: bool = False
    width: float = 1.0
    """Factor on the channels of every layer."""
    depth: float = 1.0
    """Factor on the number of residual blocks."""
    encoder_depth: float = 1.0
    """One more such factor for the encoder alone."""
    activation: Activation = "relu"
    linear: bool = False
    """Whether its code is that of its linear path alone: no network beside it."""
    correction: int = 0
    """Residual blocks of the network that corrects the decoder's picture; 0 for none."""
    init: str = "random"
    """How it starts: a network that starts as a linear code has a path for it."""
    levels: int = 0
    """Values that each number of a vector is rounded to; 0 for any value."""
    grey: bool = False
    """Whether it works on one channel, the mean of red, green and blue, and gives three that are equal."""
    size_across: int | None = None
    """Width in pixels of pictures that are not square; only families that say so are given it."""

    @property
    def sides(self) -> tuple[int, int]:
        """Height and width in pixels of the pictures in training."""
        return self.size, self.size if self.size_across is None else self.size_across

    @property
    def colours(self) -> int:
        """Channels of the pictures that it works on."""
        return 1 if self.grey else 3
