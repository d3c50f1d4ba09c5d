"""More cores: what a second one brings to training by processes, and to a batch by threads."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks import networks
from tests.benchmarks.batch import write_pictures
from tests.benchmarks.measure import Remark, Row, Settings

BATCH = 32
LEAST_OF_TRAINING = 0.9
ON_CORES = (
    "import os, sys, time; os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:int(sys.argv[1])])\n"
    "from pathlib import Path; from desktop.engine import library; from desktop.engine.batch import run as batch\n"
    "from desktop.engine.batch.plan import BatchJob\n"
    "started = time.perf_counter(); batch.run(BatchJob(Path(sys.argv[2]), Path(sys.argv[3]), "
    "library.open_entry(Path(sys.argv[4])), asked='cpu')); print(time.perf_counter() - started)"
)


def run(settings: Settings) -> Iterator[Row | Remark]:
    """Everything pinned; the rival's figure is that of one core, doubled."""
    if not hasattr(os, "sched_setaffinity") or len(os.sched_getaffinity(0)) < 2:
        yield Remark("Scaling was not measured: it needs Linux and two cores.")
        return
    with tempfile.TemporaryDirectory() as scratch:
        yield from _batches(Path(scratch), 100 if settings.quick else 600)
        yield _training(Path(scratch), 12)


def _training(scratch: Path, steps: int) -> Row:
    one = _rate([sys.executable], scratch / "one", steps)
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    two = _rate(torchrun, scratch / "two", steps)
    note = f"compact, 128 px, global batch of {BATCH}; gloo"
    rival = "1 process on 1 core, twice"
    return Row("training, 2 processes on 2 cores", two, rival, 2 * one, "pictures/s", LEAST_OF_TRAINING, note=note)


def _rate(command: Sequence[str], file: Path, steps: int) -> float:
    """Median pictures a second, without the first step."""
    arguments = ["-m", "tests.benchmarks.pinned", str(steps + 1), str(BATCH), str(file)]
    subprocess.run(
        [*command, *arguments], check=True, env={**os.environ, "OMP_NUM_THREADS": "1"}, stdout=subprocess.DEVNULL
    )
    seconds = [float(line) for line in file.read_text(encoding="ascii").split()]
    return BATCH / statistics.median(seconds[1:])


def _batches(scratch: Path, count: int) -> Iterator[Row]:
    write_pictures(scratch / "pictures", count)
    for entry in networks.shipped():
        rates = {}
        for cores in (1, 2):
            target = scratch / f"{entry.name}-{cores}"
            arguments = [str(cores), str(scratch / "pictures"), str(target), str(entry.folder)]
            command = [sys.executable, "-c", ON_CORES, *arguments]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            rates[cores] = count / float(done.stdout)
        yield Row(
            f"batch of {count}, {entry.name}, 2 cores", rates[2], "1 core, twice", 2 * rates[1], "pictures/s",
            note="opening the model counted",
        )  # fmt: skip
