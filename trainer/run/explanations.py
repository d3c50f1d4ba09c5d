"""Failures of the machine, as sentences that say what to change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from trainer.errors import NoMemoryError, TrainerError
from trainer.options.config import TrainConfig
from trainer.options.options import MULTIPLE
from trainer.options.values import size_option
from trainer.run.contract.sentence import Sentence

_NO_CPU_MEMORY = ("can't allocate memory", "not enough memory")


@contextmanager
def explained(config: TrainConfig) -> Iterator[None]:
    """Turns running out of memory, and a compiler that fails, into a `TrainerError`."""
    try:
        yield
    except (torch.OutOfMemoryError, MemoryError) as error:
        raise _no_memory(config) from error
    except RuntimeError as error:
        if any(words in str(error) for words in _NO_CPU_MEMORY):
            raise _no_memory(config) from error
        if config.run.compile and type(error).__module__.startswith(("torch._dynamo", "torch._inductor")):
            reason = str(error).strip().split("\n")[0][:200]
            raise TrainerError(
                "The network could not be compiled ({reason}); leave --compile out.", reason=reason
            ) from error
        raise


def _no_memory(config: TrainConfig) -> NoMemoryError:
    training, sides = config.training, config.pictures.sides
    tried = Sentence(
        "Out of memory with --batch-size {count} at {size} pixels",
        count=training.batch_size,
        size=config.pictures.words,
    )
    if training.accumulate < training.batch_size:
        smaller = f"--batch-size {training.batch_size // 2}" if training.batch_size > 1 else ""
        parts = f"--accumulate {min(training.batch_size, 2 * training.accumulate)}"
        other = Sentence("{smaller}, or {parts}", smaller=smaller, parts=parts) if smaller else parts
        return NoMemoryError(
            "{tried}; try {other}, which takes the same steps with less memory.",
            parts if training.accumulate > 1 else smaller or parts,
            tried=tried,
            other=other,
        )
    height, width = (max(MULTIPLE, side // 2 // MULTIPLE * MULTIPLE) for side in sides)
    less = f"--size {size_option((height, width))}"
    return NoMemoryError("{tried}; try {less}.", less, tried=tried, less=less)
