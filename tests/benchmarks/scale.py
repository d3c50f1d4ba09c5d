"""More cores: two processes of torchrun on two cores against one process on one core, each pinned to its core."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.measure import Row, Settings
from trainer.metrics import read_metrics

PIN = "import os, runpy, sys; os.sched_setaffinity(0, {int(os.environ.get('LOCAL_RANK', 0)) % os.cpu_count()})"
RUN = "sys.argv = ['trainer.train', *sys.argv[1:]]; runpy.run_module('trainer.train', run_name='__main__')"


def run(settings: Settings) -> Iterator[Row]:
    """The default network; the rival's figure is that of one process, doubled."""
    if not hasattr(os, "sched_setaffinity") or (os.cpu_count() or 1) < 2:
        print("   not measured: it needs Linux and two cores", file=sys.stderr)
        return
    steps = 12 if settings.quick else 40
    with tempfile.TemporaryDirectory() as scratch:
        script = Path(scratch, "pinned.py")
        script.write_text(f"{PIN}\n{RUN}\n", encoding="utf-8")
        one = _rate([sys.executable, str(script)], Path(scratch, "one"), steps)
        torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
        two = _rate([*torchrun, str(script)], Path(scratch, "two"), steps)
    note = "same global batch of 32; gloo"
    yield Row("training, 2 processes on 2 cores", two, "1 process on 1 core, twice", 2 * one, "pictures/s", note=note)


def _rate(command: Sequence[str], out: Path, steps: int) -> float:
    """Median pictures a second over the steps after the first two."""
    options = ["--characters", "200", "--steps", str(steps), "--out", str(out)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(Path.cwd())}
    subprocess.run([*command, *options], check=True, env=environment, stdout=subprocess.DEVNULL)
    return statistics.median(row.images_per_second for row in read_metrics(out)[2:])
