"""Many pictures in shards: memory and processor time to list them, to split them, and what stays afterwards.

    python -m tests.benchmarks.listing [--pictures 10000000] [--shards 1000] [--classes 10]

No picture is written or read: the shards are empty files in a store, and what the trainer would remember of them after
its first look is put into a cache of its own, some 60 bytes a picture of disk. With `--classes` each picture has one of
so many as its label.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.memory import peak_mib
from trainer.data import open_data
from trainer.data.remembered import _index, _keep, _stamp
from trainer.data.shards import expand
from trainer.options.config import TrainConfig

MEMBER_BYTES = 12_288  # from a picture to the next


def main() -> None:
    """Makes what is remembered, opens it in this process, and prints what that took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=10_000_000)
    parser.add_argument("--shards", type=int, default=1000)
    parser.add_argument("--classes", type=int, default=0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ["CONVAE_CACHE"] = str(Path(name, "cache"))
        if os.fork() == 0:  # so that its memory is not counted
            _make(Path(name), arguments.pictures // arguments.shards, arguments.shards, arguments.classes)
            sys.stdout.flush()
            os._exit(0)
        os.wait()
        _tell(Path(f"file://{name}", f"s-{{00000..{arguments.shards - 1:05d}}}.tar"))


def _make(folder: Path, each: int, shards: int, classes: int) -> None:
    for path in expand(folder / f"s-{{00000..{shards - 1:05d}}}.tar"):
        path.touch()
        first = int(path.stem[2:]) * each
        pictures = [
            (
                f"{first + n:09d}.jpg",
                512 + n * MEMBER_BYTES,
                9_000 + n % 997,
                {"class": str(n % classes)} if classes else {},
            )
            for n in range(each)
        ]
        with _index() as index:
            stamp = _stamp(Path(f"file://{path}"))
            _keep(index, "members", [(stamp, json.dumps({"pictures": pictures, "faults": []}))])


def _tell(data: Path) -> None:
    config = TrainConfig.of(data=data, size=32, no_cache=True, near_duplicates="anywhere")
    before, own, began = peak_mib(), _own_mib(), time.process_time()
    opened = open_data(config, lambda *_: None)
    took, most = time.process_time() - began, peak_mib() - before
    gc.collect()
    stays = _own_mib() - own
    count = len(opened.train) + len(opened.holdout)
    print(
        f"{count:,} pictures: {took:.1f} s of processor; at the peak {most:.0f} MiB more than before, afterwards "
        f"{stays:.0f} MiB, {stays * 2**20 / count:.1f} bytes a picture; labels: {', '.join(opened.factors or ['none'])}"
    )


def _own_mib() -> float:
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("RssAnon:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
