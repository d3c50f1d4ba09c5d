"""A small network in numpy, which learns in seconds to tell rows of numbers apart."""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desktop.engine.folder.index import Rows
from desktop.engine.gaussian import Floats

HIDDEN = (64, 32)
BATCH, EPOCHS, RATE, DECAY = 512, 10, 2e-3, 1e-4
BLOCK = 4096  # rows at once: so many that they stay in a processor's cache


@dataclasses.dataclass(frozen=True, eq=False)
class Network:
    """Two hidden layers with ReLU; one number for each row, the higher the more likely of the wanted kind.

    Attributes:
        mean, scale: By which features are standardised, `[F]`.
        weights_1, weights_2, weights_3: `[inputs, outputs]` of each layer.
        bias_1, bias_2, bias_3: `[outputs]`.
    """

    mean: Floats
    scale: Floats
    weights_1: Floats
    bias_1: Floats
    weights_2: Floats
    bias_2: Floats
    weights_3: Floats
    bias_3: Floats

    def __call__(self, features: Floats) -> Floats:
        """Log-odds `[N]` of features `[N, F]`."""
        return stacked([self]).odds(features)


@dataclasses.dataclass(frozen=True, eq=False)
class Networks:
    """Several networks over the same features, as one: each array of `Network` with one axis more, in front."""

    mean: Floats
    scale: Floats
    weights_1: Floats
    bias_1: Floats
    weights_2: Floats
    bias_2: Floats
    weights_3: Floats
    bias_3: Floats

    def __len__(self) -> int:
        return len(self.mean)

    def odds(self, features: Floats) -> Floats:
        """The mean of their log-odds, `[N]` of features `[N, F]`."""
        first = self.scale[:, :, None] * self.weights_1
        bias = self.bias_1 - np.einsum("mf,mfh->mh", self.mean, first)
        wide = np.ascontiguousarray(first.transpose(1, 0, 2)).reshape(features.shape[1], -1)
        result = np.empty(len(features), np.float32)
        for start in range(0, len(features), BLOCK):
            hidden = features[start : start + BLOCK] @ wide + bias.reshape(-1)
            np.maximum(hidden, 0, out=hidden)
            each = hidden.reshape(len(hidden), len(self), -1).transpose(1, 0, 2)
            narrow = each @ self.weights_2 + self.bias_2[:, None]
            np.maximum(narrow, 0, out=narrow)
            odds = np.einsum("mnh,mh->n", narrow, self.weights_3[:, :, 0]) + self.bias_3.sum()
            result[start : start + BLOCK] = odds / np.float32(len(self))
        return result


def stacked(members: Sequence[Network]) -> Networks:
    """Several networks as one."""
    names = [field.name for field in dataclasses.fields(Network)]
    return Networks(**{name: np.stack([getattr(each, name) for each in members]) for name in names})


def train_network(
    features: NDArray[np.floating], wanted: Floats, importance: Floats, rows: Rows, seed: int = 0
) -> Network:
    """Learns to tell those of some rows of `[N, F]` with `wanted` 1 from those with 0, by Adam (D. Kingma, J. Ba, 2015)
    on the cross-entropy, each weighted by its `importance`, with weight decay and a rate that falls along a cosine.

    No copy is made of the rows, which may be of half precision.
    """
    random = np.random.default_rng(seed)
    mean, scale = _standards(features, rows)
    sizes = (features.shape[1], *HIDDEN, 1)
    layers = [random.normal(0, math.sqrt(2 / a), (a, b)).astype(np.float32) for a, b in itertools.pairwise(sizes)]
    layers += [np.zeros(size, np.float32) for size in sizes[1:]]
    moments = [np.zeros_like(layer) for layer in layers], [np.zeros_like(layer) for layer in layers]
    batches = max(1, len(rows) // BATCH)
    for step in range(EPOCHS * batches):
        if step % batches == 0:
            order = random.permutation(rows)
        chosen = order[(step % batches) * BATCH : (step % batches + 1) * BATCH]
        inputs = (features[chosen].astype(np.float32) - mean) * scale
        slopes = _slopes(layers, inputs, wanted[chosen], importance[chosen])
        rate = RATE * (0.5 + 0.5 * math.cos(math.pi * step / (EPOCHS * batches)))
        for layer, slope, first, second in zip(layers, slopes, *moments):
            first += 0.1 * (slope - first)
            second += 0.001 * (np.square(slope) - second)
            root = np.sqrt(second / (1 - 0.999 ** (step + 1))) + np.float32(1e-8)
            layer -= np.float32(rate) * (first / np.float32(1 - 0.9 ** (step + 1)) / root + np.float32(DECAY) * layer)
    return Network(mean, scale, layers[0], layers[3], layers[1], layers[4], layers[2], layers[5])


def _standards(features: NDArray[np.floating], rows: Rows) -> tuple[Floats, Floats]:
    """The mean of some rows, and the inverse of their deviation, `[F]` each, a block at a time."""
    total, squares = np.zeros(features.shape[1]), np.zeros(features.shape[1])
    for start in range(0, len(rows), BLOCK):
        block = features[rows[start : start + BLOCK]].astype(np.float64)
        total, squares = total + block.sum(axis=0), squares + np.square(block).sum(axis=0)
    mean = total / len(rows)
    deviation = np.sqrt((squares / len(rows) - np.square(mean)).clip(0))
    return mean.astype(np.float32), (1 / (deviation + 1e-3)).astype(np.float32)


def _slopes(layers: list[Floats], inputs: Floats, wanted: Floats, importance: Floats) -> list[Floats]:
    """Of the mean weighted cross-entropy, for each layer's weights and then for each bias."""
    passed = [inputs]
    for weights, bias in zip(layers[:3], layers[3:]):
        linear = passed[-1] @ weights + bias
        passed.append(np.maximum(linear, 0) if len(passed) < 3 else linear)
    chance = 1 / (1 + np.exp(-passed[-1][:, 0].clip(-30, 30)))
    slope = ((chance - wanted) * importance / np.float32(len(inputs)))[:, None].astype(np.float32)
    of_weights, of_biases = [], []
    for layer in (2, 1, 0):
        of_weights.append(passed[layer].T @ slope)
        of_biases.append(slope.sum(axis=0))
        if layer:
            slope = (slope @ layers[layer].T) * (passed[layer] > 0)
    return [*reversed(of_weights), *reversed(of_biases)]
