"""Random numbers follow from the seed and the step alone."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from trainer.machine.randomness import CPU, Part, Stream

WHOLE = Part(seed=3, step=7, first=0, count=8, total=8)


@given(st.integers(0, 7), st.data())
def test_a_batch_that_is_split_draws_what_the_whole_draws(first: int, data: st.DataObject) -> None:
    """Each part has its own pictures' numbers, and so has a part of a part."""
    count = data.draw(st.integers(1, 8 - first))
    part = WHOLE.within(first, count)
    everything = WHOLE.normal((2, 3), Stream.NOISE, CPU)
    assert torch.equal(part.normal((2, 3), Stream.NOISE, CPU), everything[first : first + count])
    assert torch.equal(
        part.within(count - 1, 1).uniform(4, Stream.MASK), WHOLE.uniform(4, Stream.MASK)[first + count - 1 :][:1]
    )


@pytest.mark.parametrize(
    "other",
    [Part(4, 7, 0, 8, 8), Part(3, 8, 0, 8, 8), Part(3, 7, 0, 8, 8, held_out=True)],
    ids=["seed", "step", "share"],
)
def test_every_seed_step_and_share_draws_its_own(other: Part) -> None:
    """And so does every stream."""
    assert not torch.equal(other.uniform(4, Stream.MASK), WHOLE.uniform(4, Stream.MASK))
    assert not torch.equal(WHOLE.uniform(4, Stream.LATENT), WHOLE.uniform(4, Stream.MASK))
    assert torch.equal(WHOLE.uniform(4, Stream.MASK), WHOLE.uniform(4, Stream.MASK))
