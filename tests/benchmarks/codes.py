"""A hundred thousand pictures in an index: how long it takes to open, to search and to lay out, and in how much memory.

    python -m tests.benchmarks.codes [--pictures 100000] [--numbers 256] [--duplicates]

The codes are synthetic; the index is a real one, made by the engine's own tables and file of codes. A thousand of them
are others with a little noise: with `--duplicates` they are looked for, which compares every pair.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import importlib.util
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from desktop.engine.embedding.plane import lay_out
from desktop.engine.folder.index import Index
from desktop.engine.gaussian import Floats
from desktop.engine.similarity.neighbours import Searcher, near_pairs
from export.bundle import Bundle
from tests import bundles
from tests.memory import peak_mib

T = TypeVar("T")
STEP = 10_000
DUPLICATES = 100  # in each step


def main() -> None:
    """Fills an index, opens it anew and prints what each thing takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=100_000)
    parser.add_argument("--numbers", type=int, default=256)
    parser.add_argument("--duplicates", action="store_true")
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
        queries = np.random.default_rng(1).standard_normal((20, 1, arguments.numbers)).astype(np.float32)
        searcher, prepared = _timed(lambda: Searcher(codes))
        times = _search(searcher, queries)
        by_library = _search_by_usearch(codes, queries)
        _, planned = _timed(lambda: lay_out(codes))
        pairs, paired = _timed(lambda: near_pairs(codes, 0.1)) if arguments.duplicates else (None, 0.0)
        index.close()
    print(f"{len(rows):,} pictures, codes of {arguments.numbers} numbers")
    print(f"open the index           {1000 * opened:7.0f} ms")
    print(f"list its rows            {1000 * listed:7.0f} ms")
    print(f"read its scores          {1000 * read:7.0f} ms")
    print(f"prepare the search       {1000 * prepared:7.0f} ms")
    print(f"search, 100 nearest      {1000 * float(np.median(times)):7.1f} ms, at most {1000 * max(times):.1f}")
    if by_library:
        median, largest = 1000 * float(np.median(by_library)), 1000 * max(by_library)
        print(f"the same by usearch      {median:7.1f} ms, at most {largest:.1f}")
    print(f"lay out the map          {1000 * planned:7.0f} ms")
    if pairs is not None:
        print(
            f"find all duplicates      {paired:7.1f} s, {len(pairs.first):,} pairs in {len(pairs.groups(0.1)):,} groups"
        )
    print(f"peak memory              {peak_mib():7.0f} MiB ({before:.0f} before the index was opened)")


def fill(place: Path, bundle: Bundle, count: int, numbers: int) -> None:
    """Writes rows, scores and codes as indexing does, without pictures."""
    random = np.random.default_rng(0)
    with Index(place / "pictures", bundle.info, root=place) as index:
        for start in range(0, count, STEP):
            rows = range(start, min(start + STEP, count))
            codes = random.standard_normal((len(rows), numbers)).astype(np.float32)
            codes[-DUPLICATES:] = codes[:DUPLICATES] + random.normal(0, 0.01, (DUPLICATES, numbers))
            index.write_codes(rows, codes)
            lines = [(row, f"{row % 100:02}/{row:06}.jpg", 1, 1, *random.random(3).tolist(), None) for row in rows]
            with index.database:
                index.database.executemany("INSERT INTO pictures VALUES (?, ?, ?, ?, ?, ?, ?, ?)", lines)


def _widened(bundle: Bundle, numbers: int) -> Bundle:
    """The bundle said to have codes of so many numbers; its graphs are not run."""
    info = dataclasses.replace(bundle.info, latent=dataclasses.replace(bundle.info.latent, shape=(numbers,)))
    return dataclasses.replace(bundle, info=info)


def _search_by_usearch(codes: Floats, queries: Floats) -> list[float]:
    """The exact search of usearch, on all cores; nothing where it is not installed."""
    if importlib.util.find_spec("usearch") is None:
        return []
    usearch: Any = importlib.import_module("usearch.index")
    plain = codes.view(np.ndarray)
    return [_timed(lambda query=query: usearch.search(plain, query, 100, "l2sq", exact=True))[1] for query in queries]


def _search(searcher: Searcher, queries: Floats) -> list[float]:
    return [_timed(lambda query=query: searcher.nearest(query, 100))[1] for query in queries]


def _timed(function: Callable[[], T]) -> tuple[T, float]:
    started = time.perf_counter()
    return function(), time.perf_counter() - started


if __name__ == "__main__":
    main()
