"""Lapped linear codes are better than blocks by themselves, and as local as they claim to be."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from tests.benchmarks.floor import fit_patches
from trainer.architectures.families import build_autoencoder
from trainer.data import Pictures
from trainer.options.config import TrainConfig
from trainer.start import lapped
from trainer.start.lapped import LappedCode, fit_lapped, start_from_lapped

NUMBERS = 3


def _smooth(count: int, seed: int) -> list[NDArray[np.uint8]]:
    """Pictures of soft blobs, uint8 [48, 64, 3]: noise without its high frequencies."""
    random = np.random.default_rng(seed)
    rows, columns = np.fft.fftfreq(48)[:, None], np.fft.fftfreq(64)
    kept = np.exp(-400 * (rows**2 + columns**2))[..., None]
    noise = np.fft.ifft2(np.fft.fft2(random.standard_normal((count, 48, 64, 3)), axes=(1, 2)) * kept, axes=(1, 2)).real
    return list((128 + 60 * noise / noise.std()).clip(0, 255).astype(np.uint8))


@pytest.fixture(scope="module")
def code() -> LappedCode:
    """Fitted in three rounds, which is enough to be better than blocks."""
    return fit_lapped(_smooth(20, seed=0), NUMBERS, rounds=3)


def _block_psnr(numbers: int) -> float:
    floor = fit_patches(_smooth(20, seed=0), 8, numbers)
    errors = [np.mean((floor.reconstruct(picture) / 255 - picture / 255) ** 2) for picture in _smooth(8, seed=1)]
    return float(np.mean(-10 * np.log10(errors)))


def test_overlap_gains_over_blocks(code: LappedCode) -> None:
    """On pictures that it was not fitted on the code is better than block PCA with as many numbers, by over 1 dB."""
    assert code.pictures == 20
    assert code.psnr(_smooth(8, seed=1)) > _block_psnr(NUMBERS) + 1


def test_each_round_gains() -> None:
    """Two rounds reconstruct the pictures that were fitted better than one does."""
    pictures = _smooth(20, seed=0)
    psnr = [fit_lapped(pictures, 1, rounds=rounds).psnr(pictures) for rounds in (1, 2)]
    assert psnr[1] > psnr[0]


def test_shapes_and_reach(code: LappedCode) -> None:
    """A picture of 48x64 pixels has 6x8 cells; a pixel is seen by the nine blocks around it, and no other; and a cell
    writes into nine blocks, and no other."""
    picture = _smooth(1, seed=2)[0]
    latent = code.encode(picture)
    assert (latent.shape, latent.dtype) == ((NUMBERS, 6, 8), np.float32)
    changed = picture.copy()
    changed[20, 30] = 255 - changed[20, 30]  # in the block of row 2 and column 3
    rows, columns = np.nonzero(np.abs(code.encode(changed) - latent).max(axis=0) > 1e-6)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (1, 3, 2, 4)
    plain = code.decode(np.zeros_like(latent))
    written = np.zeros_like(latent)
    written[:, 2, 3] = 1
    rows, columns, _ = np.nonzero(np.abs(code.decode(written) - plain) > 1e-3)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (8, 31, 16, 39)


def test_numbers_are_uncorrelated_and_of_unit_length(code: LappedCode) -> None:
    """What each number writes has length 1; numbers hardly vary together, the first the most."""
    assert np.sum(code.outward**2, axis=(0, 2, 3)) == pytest.approx(1, abs=1e-4)
    values = np.concatenate([code.encode(picture)[:, 1:-1, 1:-1].reshape(NUMBERS, -1) for picture in _smooth(20, 0)], 1)
    assert np.all(np.diff(values.var(axis=1)) < 0)
    assert np.abs(np.corrcoef(values) - np.eye(NUMBERS)).max() < 0.2


def test_one_colour_is_kept() -> None:
    """Pictures of one colour, which leave nothing to fit, come back as they are."""
    pictures = [np.full((16, 24, 3), 77, np.uint8)] * 2
    assert np.abs(fit_lapped(pictures, 1, rounds=1).reconstruct(pictures[0]) - 77).max() < 1e-3


def test_a_network_starts_as_the_code(code: LappedCode, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --init lapped the latent and the outputs of a fresh network are those of the code, edges included."""
    monkeypatch.setattr(lapped, "fit_lapped", lambda pictures, numbers: code)
    pictures = np.stack(_smooth(2, seed=3))
    model = build_autoencoder(
        TrainConfig.of(latent="map", latent_size=NUMBERS, size=32, width=0.25, init="lapped").blueprint
    ).eval()
    start_from_lapped(model, Pictures(pictures, np.arange(2)))
    with torch.inference_mode():
        latent = model.encode(torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 255)
        output = model.decode(latent).permute(0, 2, 3, 1).numpy() * 255
    for picture, found, reconstruction in zip(pictures, latent.numpy(), output):
        np.testing.assert_allclose(found, code.encode(picture), atol=1e-4)
        np.testing.assert_allclose(reconstruction.clip(0, 255), code.reconstruct(picture), atol=0.02)
