"""Training over a network of 1 Gbit/s: bytes and seconds of a step, and what they come to for more processes.

    sudo python -m tests.benchmarks.network [--rate 1gbit] [--steps 8] [--compress]

Two machines are played by network namespaces, joined by a pair of virtual cards, each of which sends no faster than
`--rate` (Linux, root, iproute2). Each has one process on a core of its own: `compact`, 128 pixels, a batch of 32.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.pinned import COMPRESS

BATCH = 32
NAMES = ("convae-one", "convae-two")


def main() -> None:
    """Makes the network, measures, takes it away, and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", default="1gbit")
    parser.add_argument("--steps", type=int, default=8)
    parser.add_argument("--compress", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        alone = _alone(folder / "one", arguments.steps)
        try:
            _make(arguments.rate)
            seconds = _together(folder / "two", arguments.steps, arguments.compress)
            sent = _sent() / (arguments.steps + 1)
        finally:
            for each in NAMES:
                subprocess.run(["ip", "netns", "delete", each], check=False, stderr=subprocess.DEVNULL)
    print(
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {arguments.rate}, compressed: {arguments.compress}"
    )
    print(f"one process, batch of {BATCH // 2}: {alone:.2f} s a step")
    print(f"two processes, batch of {BATCH}: {seconds:.2f} s a step, {sent / 1e6:.1f} MB sent by each")
    print(f"efficiency of 2: {alone / seconds:.0%}")


def _alone(file: Path, steps: int) -> float:
    """Seconds of a step of half the batch, by one process that exchanges nothing."""
    command = [sys.executable, "-m", "tests.benchmarks.pinned", str(steps + 1), str(BATCH // 2), str(file)]
    subprocess.run(command, check=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
    return _median(file)


def _together(file: Path, steps: int, compress: bool) -> float:
    """Seconds of a step of two processes, one in each namespace."""
    running, environment = [], {**os.environ, "OMP_NUM_THREADS": "1"}
    for number, (name, core) in enumerate(zip(NAMES, sorted(os.sched_getaffinity(0)))):
        torchrun = [sys.executable, "-m", "torch.distributed.run", "--nnodes", "2", "--node-rank", str(number)]
        meeting = ["--master-addr", "10.77.0.1", "--master-port", "29400"]
        measured = ["-m", "tests.benchmarks.pinned", str(steps + 1), str(BATCH), str(file)]
        inside = ["ip", "netns", "exec", name, "taskset", "--cpu-list", str(core)]
        more = {"GLOO_SOCKET_IFNAME": f"convae{number}", **({COMPRESS: "1"} if compress else {})}
        running.append(subprocess.Popen([*inside, *torchrun, *meeting, *measured], env={**environment, **more}))
    for each in running:
        if each.wait():
            raise SystemExit("one of the processes failed")
    return _median(file)


def _make(rate: str) -> None:
    for name in NAMES:
        _do("ip", "netns", "add", name)
    _do("ip", "link", "add", "convae0", "netns", NAMES[0], "type", "veth", "peer", "convae1", "netns", NAMES[1])
    for number, name in enumerate(NAMES):
        card = f"convae{number}"
        _do("ip", "-n", name, "address", "add", f"10.77.0.{number + 1}/24", "dev", card)
        for each in ("lo", card):
            _do("ip", "-n", name, "link", "set", each, "up")
        shaped = ("tc", "qdisc", "add", "dev", card, "root", "tbf", "rate", rate, "burst", "256kb", "latency", "50ms")
        _do("ip", "netns", "exec", name, *shaped)


def _sent() -> int:
    """Bytes that the first machine sent, headers counted."""
    file = "/sys/class/net/convae0/statistics/tx_bytes"
    return int(
        subprocess.run(["ip", "netns", "exec", NAMES[0], "cat", file], check=True, stdout=subprocess.PIPE).stdout
    )


def _do(*command: str) -> None:
    subprocess.run(command, check=True)


def _median(file: Path) -> float:
    return statistics.median([float(line) for line in file.read_text(encoding="ascii").split()][1:])


if __name__ == "__main__":
    main()
