"""Labels as a guide: a latent from which they can be read off in straight lines.

A plain autoencoder keeps what costs most in pixels, and winds it up as it likes: glasses are few pixels, and a turned
head bends their trace in the latent. With --label-weight a linear reading of every labelled property is trained
beside the network, and its error is added to the loss, so that there is a direction for each. At the end the reading
is thrown away; nothing in the network needs labels.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from trainer.data import Data
from trainer.data.properties import Property, read_properties
from trainer.errors import DataError

FLAG = "--label-weight"


@dataclass(frozen=True)
class Targets:
    """The labels of the training pictures as targets."""

    values: NDArray[np.float32]
    """[N, P]: 1 or 0 for a value that a picture has or has not, a number in deviations from its mean; NaN where it is
    not known."""
    shares: NDArray[np.float32]
    """[P]: the share of pictures that have a value; NaN for a number."""


def read_targets(data: Data) -> Targets:
    """The properties that the exporter will look for, too.

    Raises:
        DataError: The pictures have no labels, or too few to learn from.
    """
    properties = read_properties(data.factors or {}, data.train.rows, data.holdout.rows)
    if not properties:
        raise DataError(
            "{flag} needs labels: a labels.csv beside the pictures with enough of each value, or built-in characters.",
            flag=FLAG,
        )
    values = np.stack([_values(each, data.train.rows) for each in properties], axis=1).astype(np.float32)
    known = np.array([each.measure == "accuracy" for each in properties])
    return Targets(values, np.where(known, np.nanmean(values, axis=0), np.nan).astype(np.float32))


class Guide(nn.Module):
    """A linear reading of latents, and how far it is from the labels.

    Args:
        numbers: Of a latent vector, or channels of a map.
        shares: [P], as in `Targets`.
    """

    def __init__(self, numbers: int, shares: NDArray[np.float32]) -> None:
        super().__init__()
        self.reading = nn.Linear(numbers, len(shares))
        self.register_buffer("shares", torch.from_numpy(shares), persistent=False)

    def forward(self, latent: Tensor) -> Tensor:
        """(B, D), or (B, C, h, w), which is read by its mean over cells -> (B, P)."""
        vector = latent if latent.ndim == 2 else latent.flatten(2).mean(dim=2)
        readings: Tensor = self.reading(vector)
        return readings

    def loss(self, readings: Tensor, targets: Tensor) -> Tensor:
        """Mean over pictures and properties of (B, P) and (B, P): a scalar, where what is not known counts as 0.

        Cross-entropy of a value, with those that have it and those that have not weighing alike; squared error, in
        variances, of a number.
        """
        shares = self.get_buffer("shares")
        known = ~targets.isnan()
        wanted = targets.nan_to_num()
        entropy = nn.functional.binary_cross_entropy_with_logits(readings, wanted, reduction="none")
        share = shares.nan_to_num(0.5)  # of a number: not used, but no NaN may come near the gradient
        balance = torch.where(wanted > 0, 0.5 / share, 0.5 / (1 - share))
        each = torch.where(shares.isnan(), (readings - wanted).square(), entropy * balance)
        return torch.where(known, each, 0.0).mean()


def _values(each: Property, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    target = each.target[rows]
    if each.measure == "accuracy":
        return target
    values: NDArray[np.float64] = (target - np.nanmean(target)) / np.nanstd(target)
    return values
