"""A batch on Ray against the plain one at equal cores, and how much memory Ray takes of few and of many pictures.

    python -m tests.benchmarks.cluster [--pictures 400] [--few 1000] [--many 20000]

The overhead is measured with the shipped `characters` and pictures of 128 pixels, in processor time of all processes
that belong to the run as well as by the clock: on a shared machine the clock says little. Starting Ray and opening the
model are said apart. The memory is measured with a tiny model and pictures of 32 pixels. Every run is a process of its
own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from desktop.engine import library
from desktop.engine.batch.plan import BatchJob
from desktop.engine.batch.progress import Progress
from desktop.engine.batch.run import run
from desktop.engine.cluster.connection import Cluster
from desktop.engine.cluster.place import parse_place
from desktop.engine.cluster.run import run_on_cluster
from tests import bundles
from tests.benchmarks.batch import write_pictures

MODEL = Path(__file__).parents[2] / "models" / "characters"
TICK_S = 1 / os.sysconf("SC_CLK_TCK")
EVERY_S = 0.5


class Watch:
    """Processor time and memory of this process and of all that it started, looked at twice a second."""

    def __init__(self) -> None:
        self.seconds: dict[int, float] = {}
        self.driver_mib = self.others_mib = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._go, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Looks for the last time."""
        self._ended.set()
        self._thread.join()

    def now(self) -> float:
        """Processor time so far, in seconds."""
        self._look()
        return sum(self.seconds.values())

    def _go(self) -> None:
        while not self._ended.wait(EVERY_S):
            self._look()

    def _look(self) -> None:
        others = 0.0
        for process in _family():
            try:
                fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
                status = Path(f"/proc/{process}/status").read_text()
            except OSError:
                continue
            self.seconds[process] = (int(fields[11]) + int(fields[12])) * TICK_S
            own = next((int(line.split()[1]) / 1024 for line in status.splitlines() if line[:8] == "RssAnon:"), 0.0)
            if process == os.getpid():
                self.driver_mib = max(self.driver_mib, own)
            else:
                others += own
        self.others_mib = max(self.others_mib, others)


def _family() -> list[int]:
    """This process and all that come of it."""
    parents = {}
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                parents[int(each.name)] = int((each / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
    found = [os.getpid()]
    for process in found:
        found += [child for child, parent in parents.items() if parent == process]
    return found


def _once(arguments: argparse.Namespace) -> dict[str, Any]:
    """One batch: how long it took from its first picture to its last, and what it took of the machine."""
    watch, began = Watch(), time.perf_counter()
    first: list[tuple[float, float, int]] = []

    def told(progress: Progress) -> None:
        if progress.done and not first:
            first.append((time.perf_counter(), watch.now(), progress.done))

    job = BatchJob(
        arguments.source, arguments.target, library.open_entry(arguments.model), asked="cpu", falls_back=False
    )
    if arguments.part == "plain":
        summary = run(job, watch=told)
    else:
        places = parse_place(str(job.source)), parse_place(str(job.target))
        summary = run_on_cluster(job, *places, Cluster("auto", arguments.cores), watch=told)
    ended = time.perf_counter()
    watch.end()
    wall, processor, done = first[0]
    return {
        "written": summary.written, "pictures": summary.total - done,
        "start_s": wall - began, "start_processor_s": processor,
        "wall_s": ended - wall, "processor_s": sum(watch.seconds.values()) - processor,
        "driver_mib": watch.driver_mib, "others_mib": watch.others_mib,
    }  # fmt: skip


def main() -> None:
    """Makes pictures, runs all of it, and prints what it came to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=400)
    parser.add_argument("--few", type=int, default=1000)
    parser.add_argument("--many", type=int, default=20_000)
    parser.add_argument("--cores", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--part", choices=["plain", "ray"])
    for name in ("source", "target", "model"):
        parser.add_argument(f"--{name}", type=Path)
    arguments = parser.parse_args()
    if arguments.part:
        print(json.dumps(_once(arguments)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_pictures(folder / "characters", arguments.pictures, 128)
        plain, ray = (_run(folder, part, "characters", MODEL, arguments.cores) for part in ("plain", "ray"))
        _tell_overhead(plain, ray, arguments.cores)
        bundles.vector_bundle(folder / "model", side=32, numbers=8)
        for count in (arguments.few, arguments.many):
            write_pictures(folder / f"small-{count}", count, 32)
            found = _run(folder, "ray", f"small-{count}", folder / "model", arguments.cores)
            print(
                f"{count:,} pictures of 32 pixels on Ray: driver {found['driver_mib']:.0f} MiB, all other processes "
                f"{found['others_mib']:.0f} MiB, {found['written'] / found['wall_s']:.0f} pictures a second",
                flush=True,
            )


def _run(folder: Path, part: str, source: str, model: Path, cores: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.cluster", "--part", part, "--model", str(model)]
    places = ["--source", str(folder / source), "--target", str(folder / f"{source}-{part}"), "--cores", str(cores)]
    output = subprocess.run([*command, *places], check=True, stdout=subprocess.PIPE).stdout
    found: dict[str, Any] = json.loads(output.splitlines()[-1])
    print(part, source, found, file=sys.stderr, flush=True)
    return found


def _tell_overhead(plain: dict[str, Any], ray: dict[str, Any], cores: int) -> None:
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {cores} workers")
    each = []
    for name, found in (("plain", plain), ("Ray", ray)):
        wall, processor = (1000 * found[key] / found["pictures"] for key in ("wall_s", "processor_s"))
        each.append((wall, processor))
        print(
            f"{name}: {processor:.1f} ms of processor and {wall:.1f} ms by the clock a picture; to the first picture "
            f"{found['start_processor_s']:.1f} s of processor, {found['start_s']:.1f} s by the clock"
        )
    print(
        f"overhead: {each[1][1] / each[0][1] - 1:.1%} of processor, {each[1][0] / each[0][0] - 1:.1%} by the clock",
        flush=True,
    )


if __name__ == "__main__":
    main()
