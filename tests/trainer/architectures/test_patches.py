"""A linear path beside a network."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from trainer.architectures.patches import (
    PATCH,
    Beside,
    patch_decoder,
    patch_encoder,
    set_linear_code,
    set_whole_code,
    whole_decoder,
    whole_encoder,
)


class Blind(nn.Module):
    """A network that gives its last layer's bias, whatever it sees: once it is silenced, nothing."""

    def __init__(self, layer: nn.Module, shape: tuple[int, ...]) -> None:
        super().__init__()
        self.layer, self.shape = layer, shape

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The bias, in the shape of the linear path's output."""
        bias: torch.Tensor = self.layer(torch.zeros(1, 1)).sum()
        return bias * torch.ones(len(x), *self.shape)


def orthonormal(rows: int, columns: int) -> torch.Tensor:
    """Rows at right angles, of length 1."""
    return torch.linalg.qr(torch.from_numpy(np.random.default_rng(0).standard_normal((columns, rows))))[0].T.float()


@pytest.mark.parametrize("colours", [1, 3])
def test_a_linear_code_of_patches_is_the_whole_network_at_first(colours: int) -> None:
    """Pictures that lie in the code's space come back as they were; the network beside it is silent."""
    basis, mean = orthonormal(12, 3 * PATCH**2), torch.rand(3 * PATCH**2)
    if colours == 1:  # grey pictures: every colour has the same patch
        basis = orthonormal(12, PATCH**2).repeat(1, 3) / 3**0.5
        mean = mean[: PATCH**2].repeat(3)
    encoder = Beside(Blind(nn.Linear(1, 1), (12, 2, 3)), patch_encoder(12, 1, colours))
    decoder = Beside(Blind(nn.Linear(1, 1), (3, 16, 24)), patch_decoder(12, 1, colours))
    set_linear_code(encoder, decoder, basis[:, :, None, None], basis.T[:, :, None, None], mean)
    codes = torch.randn(2, 12, 2, 3)
    pictures = nn.functional.pixel_shuffle(torch.einsum("bkhw,kp->bphw", codes, basis) + mean[:, None, None], PATCH)
    with torch.no_grad():
        assert torch.allclose(encoder(pictures), codes, atol=1e-4)
        assert torch.allclose(decoder(codes), pictures, atol=1e-4)


def test_a_linear_code_of_whole_pictures_keeps_what_it_spans() -> None:
    """Fewer components than numbers leave the others at zero; the scale cancels out, and the path is not trained."""
    components, mean = orthonormal(4, 3 * 64).reshape(4, 3, 8, 8), torch.rand(3, 8, 8)
    encoder = Beside(Blind(nn.Linear(1, 1), (6,)), whole_encoder(6, (8, 8), 3))
    decoder = Beside(Blind(nn.Linear(1, 1), (3, 8, 8)), whole_decoder(6, (8, 8), 3))
    set_whole_code(encoder, decoder, components, mean, scale=2.5)
    weights = torch.randn(5, 4)
    pictures = torch.einsum("bk,kchw->bchw", weights, components) + mean
    with torch.no_grad():
        codes = encoder(pictures)
        assert torch.allclose(codes[:, :4], weights / 2.5, atol=1e-5)
        assert not codes[:, 4:].any()
        assert torch.allclose(decoder(codes), pictures, atol=1e-4)
    assert not any(parameter.requires_grad for parameter in encoder.linear.parameters())


def test_the_linear_path_is_exact_where_the_network_is_not() -> None:
    """Under bf16 it computes in float32, as rounding would cost a good code a decibel."""
    path = Beside(Blind(nn.Linear(1, 1), (6,)), whole_encoder(6, (8, 8), 3))
    pictures = torch.rand(2, 3, 8, 8)
    exact = path.of_linear(pictures)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert torch.equal(path.of_linear(pictures), exact)
        assert path.of_linear(pictures).dtype == torch.float32


def test_what_lies_at_an_edge_goes_on_beyond_it() -> None:
    """A code of overlapping windows gives a plain picture the same numbers everywhere."""
    wide = patch_encoder(2, 3)
    with torch.no_grad():
        codes = wide(torch.full((1, 3, 32, 32), 0.7))
    assert torch.allclose(codes, codes[:, :, :1, :1].expand_as(codes), atol=1e-5)
