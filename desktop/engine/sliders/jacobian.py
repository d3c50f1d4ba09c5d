"""How a decoder's picture changes with its latent: the Jacobian along some directions, by finite differences."""

from __future__ import annotations

import dataclasses

import numpy as np

from desktop.engine.autoencoder import Autoencoder, Latents
from desktop.engine.pictures import Pixels
from desktop.engine.sliders.latents import LatentSpace
from desktop.engine.sliders.resizing import Floats, resized

DIRECTIONS = 64  # decodes for one Jacobian
BATCH = 4  # decodes at a time, so that whoever needs the thread gets it soon
STEP = 0.5  # of each direction: 8-bit pictures round away what is much smaller
SMALLEST = 1e-6  # of the largest: what varies less than this is no direction


@dataclasses.dataclass(frozen=True, eq=False)
class Jacobian:
    """How the picture changes at one latent.

    Attributes:
        code: float32, the latent at which it was measured, `[C, h, w]` or `[D]`.
        picture: uint8 `[H, W, 3]`, what it decodes to.
        directions: float32 `[n, *code.shape]`, each as long as training pictures spread along it.
        columns: float32 `[n, H, W, 3]`, by how many levels of 255 the picture changes for a whole direction, to first
            order.
    """

    code: Latents
    picture: Pixels
    directions: Floats
    columns: Floats


def probes(space: LatentSpace, code: Latents, mask: Floats | None = None, count: int = DIRECTIONS) -> Floats:
    """Directions to measure along, float32 `[n, *code.shape]` with `n` at most `count`.

    For a vector, the principal axes of most variance, which for a latent of at most `count` numbers are all of it. For
    a map, each channel in some patterns: everywhere alike, and as the picture's own main contrasts are spread over it.

    Args:
        space: What the latents of training pictures are like.
        code: float32, the latent.
        mask: float32 `[h, w]` in [0, 1]: where in a map everything acts; None for everywhere.
        count: How many at most.
    """
    if code.ndim == 1:
        return _axes(space, count)
    fields = _contrasts(code, mask, max(1, count // len(code)))
    if len(code) <= count:
        mixtures = np.diag(space.numbers.std)
    else:  # random mixtures of the channels stand in for each of them
        normal = np.random.default_rng(0).standard_normal((count, len(code)))
        mixtures = normal * space.numbers.std / np.sqrt(len(code))
    found = fields[:, None, None] * mixtures[None, :, :, None, None]
    probed: Floats = found.reshape(-1, *code.shape).astype(np.float32)
    return probed[:count]


def decoded_columns(autoencoder: Autoencoder, code: Latents, directions: Floats, picture: Pixels) -> Floats:
    """A batch of columns, float32 `[n, H, W, 3]`: the picture of the latent a step along each direction, less its own.

    Raises:
        ModelError: The decoder failed.
        StoppedError: It was cut off.
    """
    moved = autoencoder.decode((code[None] + np.float32(STEP) * directions).astype(np.float32))
    columns: Floats = (moved.astype(np.float32) - picture) / np.float32(STEP)
    return columns


def jacobian(autoencoder: Autoencoder, code: Latents, directions: Floats) -> Jacobian:
    """The whole of it at once.

    Raises:
        ModelError: The decoder failed.
        StoppedError: It was cut off.
    """
    picture = autoencoder.decode(code[None])[0]
    batches = [directions[first : first + BATCH] for first in range(0, len(directions), BATCH)]
    columns = [decoded_columns(autoencoder, code, batch, picture) for batch in batches]
    return Jacobian(code, picture, directions, np.concatenate(columns))


def _axes(space: LatentSpace, count: int) -> Floats:
    """The principal axes, each as long as its spread; a latent's own numbers where there are too few of them."""
    if len(space.axes.spread) < min(count, space.mean.size):
        order = np.argsort(-space.std, kind="stable")[:count]
        kept = order[space.std[order] > SMALLEST * space.std.max(initial=0.0)]
        numbers: Floats = (np.eye(space.mean.size, dtype=np.float32)[kept] * space.std[kept, None]).astype(np.float32)
        return numbers
    vectors: Floats = space.axes.vectors[:count] * space.axes.spread[:count, None]
    return vectors


def _contrasts(code: Latents, mask: Floats | None, count: int) -> Floats:
    """Patterns over a map's cells, float32 `[count, h, w]`: even, then how the picture's cells differ most.

    These are the scores of the cells' main components (the channels being the variables), smoothed, of root mean square
    1 where everything acts.
    """
    channels, rows, columns = code.shape
    share = np.ones((rows, columns), np.float32) if mask is None else mask
    weight = share.reshape(-1) / max(float(share.sum()), 1e-6)
    cells = code.reshape(channels, -1).astype(np.float64)
    cells = cells - (cells * weight).sum(axis=1, keepdims=True)
    _, vectors = np.linalg.eigh((cells * weight) @ cells.T)
    fields = [share]
    for vector in vectors.T[::-1][: count - 1]:
        scores = _smooth((vector @ cells).reshape(rows, columns).astype(np.float32))
        length = float(np.sqrt((scores.reshape(-1) ** 2 * weight).sum()))
        if length > SMALLEST:
            fields.append(scores / np.float32(length) * share)
    return np.stack(fields)


def _smooth(field: Floats) -> Floats:
    """A field without its finest detail, so that no cell's edge is seen: through a map of a third of its sides."""
    rows, columns = field.shape
    small = resized(field, (max(1, rows // 3), max(1, columns // 3)))
    return resized(small, (rows, columns))
