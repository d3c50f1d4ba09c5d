"""A network's weights in a deeper one."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from trainer.start.growth import take_over


class Block(nn.Module):
    """A residual block that adds nothing at first."""

    def __init__(self) -> None:
        super().__init__()
        self.inner = nn.Linear(4, 4)
        nn.init.zeros_(self.inner.weight)
        nn.init.zeros_(self.inner.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """`x` and what the block adds."""
        return x + self.inner(x)


def network(*blocks: int, width: int = 4) -> nn.Sequential:
    """Stages of so many blocks, each after a layer of its own."""
    return nn.Sequential(*[nn.Sequential(nn.Linear(4, width), *(Block() for _ in range(count))) for count in blocks])


def test_a_deeper_network_computes_the_same() -> None:
    """Blocks are matched in order, stage by stage; those that come on top add nothing."""
    shallow, deep = network(1, 2), network(3, 2)
    with torch.no_grad():
        for parameter in shallow.parameters():
            parameter.normal_()
    take_over(shallow, deep, (Block,))
    x = torch.randn(5, 4)
    assert torch.equal(deep(x), shallow(x))


@pytest.mark.parametrize(
    ("shallow", "deep", "said"),
    [
        (network(2), network(1), "has no place"),
        (network(1), network(1, 1), "is missing"),
        (network(0, width=4), network(0, width=6), "of another size"),
    ],
)
def test_networks_that_differ_in_more_are_refused(shallow: nn.Module, deep: nn.Module, said: str) -> None:
    """Blocks too many, a stage too few, and layers of another size."""
    with pytest.raises(ValueError, match=said):
        take_over(shallow, deep, (Block,))
