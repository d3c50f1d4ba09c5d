"""Random numbers that follow from the seed and the step alone.

There is no state to save: a resumed run draws what the run never stopped would have drawn, and so does a batch that is
split over several processes or passes, because every part draws for the whole batch and keeps its own pictures'.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
import torch
from torch import Tensor

CPU = torch.device("cpu")


class Stream(IntEnum):
    """The kinds of draws; each has random numbers of its own."""

    NOISE = 1
    MASK = 2
    LATENT = 3
    HOLDOUT = 4
    REVIVAL = 5


@dataclass(frozen=True)
class Part:
    """Some neighbouring pictures of a step's batch: `count` from position `first`, of `total`."""

    seed: int
    step: int
    first: int
    count: int
    total: int
    held_out: bool = False
    """Whether `step` is the position of a held-out picture, which draws from a stream of its own."""

    def normal(self, shape: tuple[int, ...], stream: Stream, device: torch.device) -> Tensor:
        """Standard normal float32 (count, *shape)."""
        drawn = torch.randn(self.total, *shape, generator=self.generator(stream, device), device=device)
        return drawn[self.first : self.first + self.count]

    def uniform(self, numbers: int, stream: Stream) -> Tensor:
        """Uniform in [0, 1): float32 (count, numbers), on the CPU."""
        drawn = torch.rand(self.total, numbers, generator=self.generator(stream))
        return drawn[self.first : self.first + self.count]

    def within(self, first: int, count: int) -> Part:
        """A part of this part; `first` counts from its beginning."""
        return replace(self, first=self.first + first, count=count)

    def generator(self, stream: Stream, device: torch.device = CPU) -> torch.Generator:
        """Draws the numbers of one stream of this step; the same for every part of it."""
        entropy = (self.seed, self.step, stream, Stream.HOLDOUT if self.held_out else 0)
        state = np.random.SeedSequence(entropy).generate_state(1, np.uint64)
        return torch.Generator(device).manual_seed(int(state[0]))
