"""The blueprint of a network."""

from __future__ import annotations

from trainer.architectures.blueprint import Blueprint
from trainer.architectures.families import build_autoencoder


def test_a_grey_network_works_on_one_channel() -> None:
    """Its first convolution has that many inputs fewer; its pictures have three channels all the same."""
    colour = Blueprint("compact", 32, "vector", 8, width=0.25)
    grey = Blueprint("compact", 32, "vector", 8, width=0.25, grey=True)
    assert (colour.colours, grey.colours) == (3, 1)
    numbers = [sum(each.numel() for each in build_autoencoder(one).parameters()) for one in (grey, colour)]
    assert numbers[0] < numbers[1]
