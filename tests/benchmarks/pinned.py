"""Some steps of training, each process pinned to a core: `[torchrun -m] tests.benchmarks.pinned STEPS BATCH FILE`.

The first process writes the seconds of each step, a line each.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.benchmarks.runs import take_steps
from trainer.machine.distributed import joined
from trainer.options.config import TrainConfig


def main() -> None:
    """Takes the steps, on one thread for each process, as OMP_NUM_THREADS=1 must say."""
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[int(os.environ.get("LOCAL_RANK", "0"))]})
    steps, batch, file = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    with joined() as processes:
        seconds = take_steps(TrainConfig.of(size=128, batch_size=batch), steps, processes).seconds
        if processes.writes:
            file.write_text("".join(f"{each}\n" for each in seconds), encoding="ascii")


if __name__ == "__main__":
    main()
