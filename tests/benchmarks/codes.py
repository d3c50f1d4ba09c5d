"""A hundred thousand pictures in an index: how long it takes to open, to search and to lay out, and in how much memory.

    python -m tests.benchmarks.codes [--pictures 100000] [--numbers 256]

The codes are synthetic; the index is a real one, made by the engine's own tables and file of codes.
"""

from __future__ import annotations

import argparse
import dataclasses
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np

from desktop.engine.inspect.index import Index
from desktop.engine.inspect.neighbours import Searcher
from desktop.engine.inspect.plane import lay_out
from export.bundle import Bundle
from tests import bundles
from tests.memory import peak_mib

T = TypeVar("T")
STEP = 10_000


def main() -> None:
    """Fills an index, opens it anew and prints what each thing takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=100_000)
    parser.add_argument("--numbers", type=int, default=256)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        bundle = bundles.vector_bundle(place / "model", side=32, numbers=8)
        bundle = _widened(bundle, arguments.numbers)
        (place / "pictures").mkdir()
        fill(place, bundle, arguments.pictures, arguments.numbers)
        before = peak_mib()
        index, opened = _timed(lambda: Index(place / "pictures", bundle.info, root=place))
        rows, listed = _timed(index.rows)
        _, read = _timed(lambda: index.stored(rows))
        codes = index.codes()[: len(rows)]
        searcher, prepared = _timed(lambda: Searcher(codes))
        queries = np.random.default_rng(1).standard_normal((20, 1, arguments.numbers)).astype(np.float32)
        times = [_timed(lambda query=query: searcher.nearest(query, 100))[1] for query in queries]
        _, planned = _timed(lambda: lay_out(codes))
        index.close()
    print(f"{len(rows):,} pictures, codes of {arguments.numbers} numbers")
    print(f"open the index           {1000 * opened:7.0f} ms")
    print(f"list its rows            {1000 * listed:7.0f} ms")
    print(f"read its scores          {1000 * read:7.0f} ms")
    print(f"prepare the search       {1000 * prepared:7.0f} ms")
    print(f"search, 100 nearest      {1000 * float(np.median(times)):7.1f} ms, at most {1000 * max(times):.1f}")
    print(f"lay out the map          {1000 * planned:7.0f} ms")
    print(f"peak memory              {peak_mib():7.0f} MiB ({before:.0f} before the index was opened)")


def fill(place: Path, bundle: Bundle, count: int, numbers: int) -> None:
    """Writes rows, scores and codes as indexing does, without pictures."""
    random = np.random.default_rng(0)
    with Index(place / "pictures", bundle.info, root=place) as index:
        for start in range(0, count, STEP):
            rows = range(start, min(start + STEP, count))
            index.write_codes(rows, random.standard_normal((len(rows), numbers)).astype(np.float32))
            lines = [(row, f"{row % 100:02}/{row:06}.jpg", 1, 1, *random.random(3).tolist(), None) for row in rows]
            with index.database:
                index.database.executemany("INSERT INTO pictures VALUES (?, ?, ?, ?, ?, ?, ?, ?)", lines)


def _widened(bundle: Bundle, numbers: int) -> Bundle:
    """The bundle said to have codes of so many numbers; its graphs are not run."""
    info = dataclasses.replace(bundle.info, latent=dataclasses.replace(bundle.info.latent, shape=(numbers,)))
    return dataclasses.replace(bundle, info=info)


def _timed(function: Callable[[], T]) -> tuple[T, float]:
    started = time.perf_counter()
    return function(), time.perf_counter() - started


if __name__ == "__main__":
    main()
