"""Latent numbers that take few values each, so that every value must mean the same in all pictures.

Quantised latents of Hsu, Dorrell, Whittington, Wu and Finn (Disentanglement via latent quantization, 2023): a scalar
codebook for each number, learnt, and a strong decay of the weights. A network that can write a factor into any mixture
of numbers finds it cheapest to give it few of them.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

FIRST_LIMIT = 1.0  # codebooks begin as values evenly spread from -1 to 1
PULL = 0.01  # of each of the two distances in the loss, as the authors have it


class Quantiser(nn.Module):
    """Rounds each number of a vector to the nearest value of its own codebook.

    Args:
        numbers: D, of a latent vector.
        levels: L, the values that each number may take.
    """

    def __init__(self, numbers: int, levels: int) -> None:
        super().__init__()
        self._shape = numbers, levels
        # Flat, so that the optimizer takes it for what it is: no kernel to make orthogonal, and nothing to decay.
        self.codebook = nn.Parameter(torch.linspace(-FIRST_LIMIT, FIRST_LIMIT, levels).repeat(numbers))

    def nearest(self, latent: Tensor) -> Tensor:
        """(B, D) -> float32 (B, D): the nearest values, which gradients reach the codebook through."""
        numbers, levels = self._shape
        values = self.codebook.float()
        apart = latent.detach().float().unsqueeze(2) - values.detach().view(self._shape)
        return values[apart.abs().argmin(dim=2) + levels * torch.arange(numbers, device=values.device)]

    def forward(self, latent: Tensor) -> Tensor:
        """(B, D) -> float32 (B, D): the nearest values.

        Gradients go straight through to what was rounded, as if nothing had been (Bengio, Leonard and Courville, 2013).
        """
        rounded = self.nearest(latent)
        if not self.training:
            return rounded
        exact = latent.float()
        return exact + (rounded - exact).detach()

    def cost(self, latent: Tensor) -> Tensor:
        """What keeps codebooks near to what is rounded, and that near to them: (B, D) -> a scalar.

        PULL (|q - sg(z)|² + |sg(q) - z|²), with q the nearest values of z, sg no gradient, and means for the norms
        (van den Oord, Vinyals and Kavukcuoglu, 2017).
        """
        rounded, exact = self.nearest(latent), latent.float()
        return PULL * (functional.mse_loss(rounded, exact.detach()) + functional.mse_loss(exact, rounded.detach()))
