"""Failures of the machine become sentences."""

from __future__ import annotations

import pytest

from trainer.errors import NoMemoryError, TrainerError
from trainer.options.config import TrainConfig
from trainer.run.explanations import explained


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (MemoryError(), "try --batch-size 16, or --accumulate 2"),
        (
            RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried"),
            "--batch-size 32 at 128",
        ),
    ],
)
def test_no_memory_is_one_sentence(error: Exception, says: str) -> None:
    """Running out of memory on the CPU is told with the batch size tried and one to try; other errors pass."""
    with pytest.raises(TrainerError, match=says), explained(TrainConfig()):
        raise error
    with pytest.raises(RuntimeError, match="another"), explained(TrainConfig()):
        raise RuntimeError("another")


@pytest.mark.parametrize(
    ("options", "cure"),
    [
        ({"batch_size": 16}, "--batch-size 8"),
        ({"batch_size": 1}, "--size 64"),
        ({"batch_size": 8, "accumulate": 2}, "--accumulate 4"),
    ],
)
def test_no_memory_comes_with_its_cure(options: dict[str, int], cure: str) -> None:
    """The options to type, for a program that offers them."""
    with pytest.raises(NoMemoryError) as raised, explained(TrainConfig.of(**options)):
        raise MemoryError
    assert raised.value.cure == cure
    assert cure in str(raised.value)
