"""Rounded latents: few values, gradients as if nothing were rounded, and codebooks that follow what is rounded."""

from __future__ import annotations

import pytest
import torch

from trainer.architectures.blueprint import Blueprint
from trainer.architectures.families import build_autoencoder
from trainer.architectures.quantiser import PULL, Quantiser


def test_each_number_is_rounded_by_its_own_codebook() -> None:
    """A value in between goes to the nearer one, values beyond the ends to the ends, whatever the other number has."""
    quantiser = Quantiser(2, 3).eval()
    with torch.no_grad():
        quantiser.codebook.copy_(torch.tensor([-1.0, 0.0, 1.0, 10.0, 20.0, 40.0]))
    latent = torch.tensor([[-7.0, 29.0], [0.4, 31.0], [0.6, 0.0]])
    assert quantiser(latent).tolist() == [[-1, 20], [0, 40], [1, 10]]


def test_gradients_go_straight_through() -> None:
    """What is rounded in training has the gradient of what comes after it, and the value that is used otherwise."""
    quantiser = Quantiser(4, 5)
    latent, weight = torch.randn(6, 4, requires_grad=True), torch.randn(6, 4)
    rounded = quantiser(latent)
    (rounded * weight).sum().backward()
    assert latent.grad is not None
    assert torch.equal(latent.grad, weight)
    assert torch.allclose(rounded, quantiser.eval()(latent), atol=1e-6)


def test_cost_draws_codebook_and_latent_together() -> None:
    """Both have gradients towards each other, and the cost is the squared distance, counted twice."""
    quantiser = Quantiser(1, 2)
    latent = torch.tensor([[0.6]], requires_grad=True)
    cost = quantiser.cost(latent)
    cost.backward()  # type: ignore[no-untyped-call]
    assert cost.item() == pytest.approx(2 * PULL * 0.4**2)
    assert latent.grad is not None
    assert quantiser.codebook.grad is not None
    assert latent.grad.item() == pytest.approx(-2 * PULL * 0.4)
    assert quantiser.codebook.grad.tolist() == pytest.approx([0, 2 * PULL * 0.4])


def test_codebooks_find_the_values_of_a_known_factor() -> None:
    """A number that has three values in the pictures is given these three, to within a hundredth."""
    torch.manual_seed(0)
    values = torch.tensor([-0.8, 0.3, 0.7])
    latent = values[torch.randint(3, (200, 1))]
    quantiser = Quantiser(1, 3)
    optimizer = torch.optim.Adam(quantiser.parameters(), 0.05)
    for _ in range(100):
        optimizer.zero_grad()
        quantiser.cost(latent).backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    assert torch.allclose(quantiser.codebook.sort().values, values, atol=0.01)


def test_a_network_of_any_family_is_rounded() -> None:
    """A blueprint with levels gives latents of so many values, and one without has no codebook."""
    plain = Blueprint("compact", 32, "vector", 6, width=0.25)
    assert build_autoencoder(plain).quantiser is None
    model = build_autoencoder(Blueprint("compact", 32, "vector", 6, width=0.25, levels=4)).eval()
    with torch.no_grad():
        latent = model.encode(torch.rand(20, 3, 32, 32))
    assert set(latent.unique().tolist()) <= set(torch.linspace(-1, 1, 4).tolist())
