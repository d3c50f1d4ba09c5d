"""Lapped linear codes: the best linear code of overlapping windows, for pictures of any size.

Block PCA keeps each 8x8 block by itself. Here every number is read from a window of 24x24 pixels around its block and
written back over one, so that neighbours share what they have in common: a principal component filter bank (Tsatsanis
and Giannakis, 1995) of filters three blocks long, fitted by alternating least squares.

All that the fit needs is how pixels vary together, at distances of up to 39 pixels and wherever they lie: a block's
place among pixels means nothing. So blocks x(n) of 192 values have covariances R(d) = E[x(n) x(n + d)^T] that follow
from one function of the distance, and both halves of a step are closed forms in R. With the code c(n) = sum of
E(a) x(n + a) over the nine neighbours a, and the reconstruction y(n) = sum of D(a) c(n + a):

- D given E is the regression of x(n) on the codes of nine blocks;
- E given D solves linear equations in all nine E(a) at once, by conjugate gradients from the E before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from trainer.architectures.autoencoder import Autoencoder
from trainer.architectures.patches import PATCH, PATCH_VALUES, beside, set_linear_code
from trainer.data import Pictures

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float64]
Place = tuple[int, int]
Field = dict[Place, Floats]
"""A matrix for each displacement in blocks, (rows, columns)."""

LARGEST_SAMPLE = 256  # pictures trained on that a network's start is fitted to
LARGEST_SIDE = 256  # pixels of each picture that are looked at, around its middle
SMALLEST_SIDE = 64  # pixels of a picture, below which too few are at the largest distances to fit a code to
LONGEST = 5 * PATCH - 1  # pixels between what two blocks' windows can meet in: four blocks and the rest of a fifth
FAST_LENGTH = 32  # a multiple of it has a quick Fourier transform
ROUNDING = 1 / 12 / 255**2  # variance of rounding to 8 bits, which no code can know
LEAST_ERROR = 1e-10  # as PSNR is measured elsewhere: at most 100 dB
ROUNDS, STEPS = 20, 15  # of alternation, and of conjugate gradients within each

NEIGHBOURS: tuple[Place, ...] = tuple((row, column) for row in (-1, 0, 1) for column in (-1, 0, 1))


@dataclass(frozen=True)
class LappedCode:
    """A linear code of overlapping windows.

    Attributes:
        mean: float32 [3], the mean colour, 0 to 1.
        inward: float32 [C, 192, 3, 3], what each number reads from nine blocks, laid out as `nn.PixelUnshuffle` does.
        outward: float32 [192, C, 3, 3], what the numbers of nine blocks write into the middle one.
        pictures: How many it was fitted on.
    """

    mean: NDArray[np.float32]
    inward: NDArray[np.float32]
    outward: NDArray[np.float32]
    pictures: int

    def encode(self, picture: Pixels) -> NDArray[np.float32]:
        """uint8 [H, W, 3], H and W multiples of 8 -> float32 [C, H / 8, W / 8]; beyond its edges blocks repeat."""
        image = torch.from_numpy((picture / 255 - self.mean).astype(np.float32)).permute(2, 0, 1)[None]
        latent: NDArray[np.float32] = _convolve(functional.pixel_unshuffle(image, PATCH), self.inward)[0].numpy()
        return latent

    def decode(self, latent: NDArray[np.float32]) -> NDArray[np.float32]:
        """float32 [C, h, w] -> float32 [8 h, 8 w, 3], clipped to [0, 255]."""
        image = functional.pixel_shuffle(_convolve(torch.from_numpy(latent)[None], self.outward), PATCH)
        pixels: NDArray[np.float32] = (255 * (image[0].permute(1, 2, 0).numpy() + self.mean)).clip(0, 255)
        return pixels

    def reconstruct(self, picture: Pixels) -> NDArray[np.float32]:
        """uint8 [H, W, 3], H and W multiples of 8 -> float32 [H, W, 3], clipped to [0, 255]."""
        return self.decode(self.encode(picture))

    def psnr(self, pictures: Iterable[Pixels]) -> float:
        """Mean over pictures of their PSNR in dB; each uint8 [H, W, 3], H and W multiples of 8."""
        errors = [np.mean((self.reconstruct(picture) / 255 - picture / 255) ** 2) for picture in pictures]
        return float(np.mean(-10 * np.log10(np.maximum(errors, LEAST_ERROR))))


def fit_lapped(
    pictures: Iterable[Pixels], numbers: int, rounds: int = ROUNDS, enough: Callable[[], bool] | None = None
) -> LappedCode:
    """The best `numbers` for each 8x8 block, read and written over 24x24 pixels.

    Some 15 seconds on one core for 16 numbers and 256 pictures of 256x256 pixels.

    Args:
        pictures: At least one, each uint8 [H, W, 3] of any size; the middle 256x256 pixels are looked at.
        numbers: From 1 to 192.
        rounds: Of alternation; each takes as long as the next, and brings less.
        enough: Asked before every round but the first; True ends the fit there.
    """
    mean, likeness, count = _pixel_covariances(pictures)
    covariances = _block_covariances(likeness)
    covariances[0, 0][np.diag_indices(PATCH_VALUES)] += ROUNDING
    encoder, decoder = _alternate(covariances, numbers, rounds, enough)
    inward = _kernel(encoder)
    outward = _kernel({place: part.T for place, part in decoder.items()}).transpose(1, 0, 2, 3)
    return LappedCode(mean.astype(np.float32), inward, np.ascontiguousarray(outward), count)


def start_from_lapped(model: Autoencoder, pictures: Pictures) -> None:
    """Fits the linear paths to evenly spread training pictures; the network is then as good as the lapped code.

    Args:
        model: Built with `init` as `lapped`, on the CPU.
        pictures: Those to train on.
    """
    count = min(len(pictures), LARGEST_SAMPLE)
    set_lapped(model, fit_lapped(pictures.batch(np.arange(count) * len(pictures) // count), model.latent_size))


def set_lapped(model: Autoencoder, code: LappedCode) -> None:
    """Makes the linear paths of a network built with `init` as `lapped`, on the CPU, those of a code."""
    encoder, decoder = beside(model.encoder), beside(model.decoder)
    mean = torch.from_numpy(code.mean).repeat_interleave(PATCH**2)
    set_linear_code(encoder, decoder, torch.from_numpy(code.inward), torch.from_numpy(code.outward), mean)


def _pixel_covariances(pictures: Iterable[Pixels]) -> tuple[Floats, Floats, int]:
    """The mean colour [3], covariances of colours at each distance [79, 79, 3, 3], and the count of pictures.

    Entry [y + 39, x + 39, i, j] is that of a pixel's colour i with colour j of the pixel y rows and x columns on.
    """
    cut = [_middle(picture) for picture in pictures]
    values = sum(picture.reshape(-1, 3).sum(axis=0, dtype=np.float64) for picture in cut)
    mean: Floats = np.asarray(values) / 255 / sum(picture.shape[0] * picture.shape[1] for picture in cut)
    distances = np.arange(-LONGEST, LONGEST + 1)
    side = len(distances)
    sums, pairs = np.zeros((3, 3, side, side)), np.zeros((side, side))
    for picture in cut:
        height, width, _ = picture.shape
        padded = [-(-(length + LONGEST) // FAST_LENGTH) * FAST_LENGTH for length in (height, width)]
        spectrum = np.fft.rfft2((picture / 255 - mean).transpose(2, 0, 1), padded)
        products = np.fft.irfft2(spectrum.conj()[:, None] * spectrum[None], padded)
        sums += products[:, :, distances[:, None], distances]  # negative distances lie at the end
        rows, columns = ((length - np.abs(distances)).clip(0) for length in (height, width))
        pairs += np.outer(rows, columns)
    return mean, (sums / np.maximum(pairs, 1)).transpose(2, 3, 0, 1), len(cut)


def _middle(picture: Pixels) -> Pixels:
    top, left = (max(0, length - LARGEST_SIDE) // 2 for length in picture.shape[:2])
    return picture[top : top + LARGEST_SIDE, left : left + LARGEST_SIDE]


def _block_covariances(likeness: Floats) -> Field:
    """R(d) for displacements of up to four blocks: [192, 192] each, of pixels row by row with their colours last."""
    row, column = np.divmod(np.arange(PATCH**2), PATCH)
    found: Field = {}
    for place in _within(4):
        down = PATCH * place[0] + row[None, :] - row[:, None] + LONGEST
        right = PATCH * place[1] + column[None, :] - column[:, None] + LONGEST
        found[place] = likeness[down, right].transpose(0, 2, 1, 3).reshape(PATCH_VALUES, PATCH_VALUES)
    return found


def _alternate(covariances: Field, numbers: int, rounds: int, enough: Callable[[], bool] | None) -> tuple[Field, Field]:
    """Encoder [C, 192] and decoder [192, C] for each neighbour, from block PCA on."""
    encoder = {place: np.zeros((numbers, PATCH_VALUES)) for place in NEIGHBOURS}
    encoder[0, 0] = np.linalg.eigh(covariances[0, 0])[1][:, ::-1][:, :numbers].T
    for done in range(rounds):
        if done and enough is not None and enough():
            break
        encoder = _best_encoder(encoder, _best_decoder(encoder, covariances), covariances)
    return _straightened(encoder, _best_decoder(encoder, covariances), covariances)


def _best_decoder(encoder: Field, covariances: Field) -> Field:
    """The regression of a block on the codes of its neighbours."""
    with_codes = _with_codes(encoder, covariances)
    among = {
        place: _sum(encoder[a] @ with_codes[_less(place, a)] for a in NEIGHBOURS) for place in _within(2)
    }  # of codes at such a distance
    codes = np.block([[among[_less(b, a)] for b in NEIGHBOURS] for a in NEIGHBOURS])
    codes[np.diag_indices(len(codes))] += 1e-9 * np.trace(codes) / len(codes) + np.finfo(float).tiny
    found = np.linalg.solve(codes, np.concatenate([with_codes[place] for place in NEIGHBOURS], axis=1).T)
    return {place: part.T for place, part in zip(NEIGHBOURS, np.split(found, len(NEIGHBOURS)))}


def _with_codes(encoder: Field, covariances: Field) -> Field:
    """E[x(n) c(n + d)^T], [192, C], for displacements d of up to three blocks."""
    return {place: _sum(covariances[_more(place, a)] @ encoder[a].T for a in NEIGHBOURS) for place in _within(3)}


def _best_encoder(encoder: Field, decoder: Field, covariances: Field) -> Field:
    """The best encoder for a decoder, by conjugate gradients from the encoder before.

    The derivative of the squared error by E(a) is zero where sum over d of D(d)^T E[y(n - d) x(n + a)^T] equals that
    with x(n - d) for y(n - d); y follows from E by the decoder's correlations with itself.
    """
    overlap = {
        place: _sum(decoder[a].T @ decoder[_more(a, place)] for a in NEIGHBOURS if _more(a, place) in decoder)
        for place in _within(2)
    }

    def applied(values: Floats) -> Floats:
        seen = _with_codes(dict(zip(NEIGHBOURS, values)), covariances)
        return np.stack(
            [_sum(overlap[d] @ seen[_less(d, a)].T for d in _within(2)) for a in NEIGHBOURS],
        )

    wanted = [_sum(decoder[d].T @ covariances[_more(d, a)] for d in NEIGHBOURS) for a in NEIGHBOURS]
    found = _stacked(encoder)
    rest = np.stack(wanted) - applied(found)
    direction, size = rest.copy(), float(np.sum(rest**2))
    for _ in range(STEPS):
        change = applied(direction)
        curvature = float(np.sum(direction * change))
        if curvature <= 0:  # nothing left to gain, or covariances of too few pixels
            break
        found = found + size / curvature * direction
        rest = rest - size / curvature * change
        smaller = float(np.sum(rest**2))
        direction, size = rest + smaller / size * direction, smaller
    return dict(zip(NEIGHBOURS, found))


def _straightened(encoder: Field, decoder: Field, covariances: Field) -> tuple[Field, Field]:
    """The same code with numbers that are uncorrelated, most variance first, each written with unit length."""
    length, turned = np.linalg.eigh(_sum(part.T @ part for part in decoder.values()))
    length = np.sqrt(np.maximum(length, np.finfo(float).tiny))
    root, inverse = (turned * length) @ turned.T, (turned / length) @ turned.T
    with_codes = _with_codes(encoder, covariances)
    variance = _sum(encoder[a] @ with_codes[_less((0, 0), a)] for a in NEIGHBOURS)
    axes = np.linalg.eigh(root @ variance @ root)[1][:, ::-1]
    return (
        {place: axes.T @ root @ part for place, part in encoder.items()},
        {place: part @ inverse @ axes for place, part in decoder.items()},
    )


def _convolve(values: torch.Tensor, kernel: NDArray[np.float32]) -> torch.Tensor:
    """3x3, where what lies beyond an edge is what lies at it."""
    return functional.conv2d(functional.pad(values, (1, 1, 1, 1), mode="replicate"), torch.from_numpy(kernel))


def _sum(parts: Iterable[Floats]) -> Floats:
    """The sum of at least one matrix."""
    total: Any = sum(parts)
    return np.asarray(total)


def _kernel(parts: Field) -> NDArray[np.float32]:
    """[C, 192] for each neighbour -> float32 [C, 192, 3, 3], values laid out as `nn.PixelUnshuffle` does."""
    values = _stacked(parts).reshape(3, 3, -1, PATCH, PATCH, 3).transpose(2, 5, 3, 4, 0, 1)
    return np.ascontiguousarray(values, np.float32).reshape(-1, PATCH_VALUES, 3, 3)


def _stacked(parts: Mapping[Place, Floats]) -> Floats:
    """[9, ...]: as the neighbours lie in a 3x3 kernel."""
    return np.stack([parts[place] for place in NEIGHBOURS])


def _within(reach: int) -> tuple[Place, ...]:
    """Displacements of up to so many blocks in each direction."""
    span = range(-reach, reach + 1)
    return tuple((row, column) for row in span for column in span)


def _more(a: Place, b: Place) -> Place:
    return a[0] + b[0], a[1] + b[1]


def _less(a: Place, b: Place) -> Place:
    return a[0] - b[0], a[1] - b[1]
