"""Many codes: open, search, memory, disk and time to build, of the exact search and of the lists of faiss.

    python -m tests.benchmarks.index [--codes 1000000] [--real FILE.npy] [--folder FOLDER]

Codes come from built-in characters through the shipped `characters` encoder (`--real` takes such codes from a file, and
keeps them there where it is missing). More than there are of them are drawn from a Gaussian mixture about them: each is
a real one with noise of half their covariance's deviations added. Every part runs in a process of its own, so that its
memory is its own; half a gigabyte of disk is needed for a million.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from desktop.engine import library
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.gaussian import Floats
from desktop.engine.similarity.approximate import ApproximateSearcher, build, list_count, recall_of
from desktop.engine.similarity.neighbours import Searcher
from tests.memory import peak_mib
from trainer.data.characters import choose, draw

REAL, SIDE, SEED = 8000, 128, 7
SHARE = 0.5  # of the real codes' deviations: the noise about each of them
BLOCK = 100_000
QUERIES, NEAREST = 200, 10
MODEL = Path(__file__).parents[2] / "models" / "characters"
FEWEST_REAL = 5  # parts of the real codes, one of which asks for neighbours in the others


def main() -> None:
    """Makes codes, has each part measured, and prints the table and what it comes to for 100 million."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--codes", type=int, default=1_000_000)
    parser.add_argument("--real", type=Path)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--part", choices=sorted(PARTS))
    arguments = parser.parse_args()
    if arguments.part:
        print(json.dumps(PARTS[arguments.part](arguments.folder)))
        return
    real = real_codes(arguments.real)
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        folder = Path(name)
        np.save(folder / "real.npy", real)
        _, made = _timed(lambda: mixture(folder, real, arguments.codes))
        found = {part: _measured(part, folder) for part in PARTS}
    _tell(arguments.codes, made, found)


def real_codes(file: Path | None) -> Floats:
    """Codes of built-in characters, float32 `[8000, 64]`."""
    if file is not None and file.is_file():
        return np.asarray(np.load(file), np.float32)
    model = Autoencoder(library.open_entry(MODEL).require(), "cpu")
    steps = (np.stack([draw(choose(SEED, index), SIDE) for index in range(at, at + 32)]) for at in range(0, REAL, 32))
    codes = np.concatenate([model.encode(pictures).reshape(len(pictures), -1) for pictures in steps])
    if file is not None:
        np.save(file, codes)
    return codes


def mixture(folder: Path, real: Floats, count: int) -> None:
    """Writes codes of the mixture to `codes.f32`, and others to look for."""
    factor = SHARE * np.linalg.cholesky(np.cov(real.T) + 1e-9 * np.eye(real.shape[1])).astype(np.float32)

    def drawn(random: np.random.Generator, number: int) -> Floats:
        noise = random.standard_normal((number, real.shape[1]), np.float32)
        found: Floats = real[random.integers(len(real), size=number)] + noise @ factor.T
        return found

    with (folder / "codes.f32").open("wb") as file:
        for start in range(0, count, BLOCK):
            drawn(np.random.default_rng(start), min(BLOCK, count - start)).tofile(file)
    np.save(folder / "queries.npy", drawn(np.random.default_rng(1 << 40), QUERIES))


def _real(folder: Path) -> dict[str, Any]:
    """Recall among real codes alone, of which a fifth asks."""
    real = np.load(folder / "real.npy")
    asked, kept = real[::FEWEST_REAL][:QUERIES], np.delete(real, np.s_[::FEWEST_REAL], axis=0)
    build(folder / "near-real", kept, np.arange(len(kept)))
    searcher = ApproximateSearcher(folder / "near-real", kept, np.arange(len(kept)))
    found, exact = searcher.nearest(asked, NEAREST)[1], Searcher(kept).nearest(asked, NEAREST)[1]
    return {
        "recall": recall_of(found, exact),
        "probes": searcher.probes,
        "count": len(kept),
        "lists": list_count(len(kept)),
    }


def _exact(folder: Path) -> dict[str, Any]:
    codes, queries = _codes(folder)
    searcher, opened = _timed(lambda: Searcher(codes))
    facts = _searched(searcher, queries[: max(20, min(QUERIES, 100_000_000 // len(codes)))])
    _, positions = searcher.nearest(queries, NEAREST)
    np.save(folder / "exact.npy", positions)
    return {"open": opened, **facts, "disk": codes.nbytes}


def _build(folder: Path) -> dict[str, Any]:
    codes, _ = _codes(folder)
    began = time.process_time()
    _, built = _timed(lambda: build(folder / "near", codes, np.arange(len(codes))))
    return {"built": built, "processor": time.process_time() - began, "peak": peak_mib(), "own": _own_mib()}


def _lists(folder: Path) -> dict[str, Any]:
    codes, queries = _codes(folder)
    searcher, opened = _timed(lambda: ApproximateSearcher(folder / "near", codes, np.arange(len(codes))))
    facts = _searched(searcher, queries)
    recall = recall_of(searcher.nearest(queries, NEAREST)[1], np.load(folder / "exact.npy"))
    disk = sum(path.stat().st_size for path in (folder / "near").iterdir())
    return {
        "open": opened,
        **facts,
        "recall": recall,
        "probes": searcher.probes,
        "disk": disk,
        "lists": list_count(len(codes)),
    }


PARTS = {"real": _real, "exact": _exact, "build": _build, "lists": _lists}


def _codes(folder: Path) -> tuple[Floats, Floats]:
    queries = np.load(folder / "queries.npy")
    codes = np.memmap(folder / "codes.f32", np.float32, "r")
    return codes.reshape(-1, queries.shape[1]), queries


def _searched(searcher: Searcher | ApproximateSearcher, queries: Floats) -> dict[str, float]:
    """One query after the other, the first of them not counted."""
    searcher.nearest(queries[:1], NEAREST)
    began = time.process_time()
    times = [_timed(lambda query=query: searcher.nearest(query[None], NEAREST))[1] for query in queries]
    processor = (time.process_time() - began) / len(queries)
    half, most = np.percentile(times, [50, 99])
    return {"p50": float(half), "p99": float(most), "processor": processor, "peak": peak_mib(), "own": _own_mib()}


def _own_mib() -> float:
    """Memory that is no page of a mapped file, now."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("RssAnon:"))
    return int(line.split()[1]) / 1024


def _measured(part: str, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.index", "--part", part, "--folder", str(folder)]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    print(part, found, file=sys.stderr, flush=True)
    return found


def _tell(count: int, made: float, found: dict[str, dict[str, Any]]) -> None:
    real, exact, lists, built = (found[name] for name in ("real", "exact", "lists", "build"))
    print(f"{count:,} codes, drawn in {made:.0f} s; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(
        f"{real['count']:,} real codes alone: recall at 10 of {real['recall']:.3f}, {real['probes']} lists looked into"
    )
    for name, each in (("exact", exact), ("lists", lists)):
        print(
            f"{name}: open {each['open']:.2f} s; search p50 {1000 * each['p50']:.1f} ms, p99 {1000 * each['p99']:.1f} "
            f"ms, {1000 * each['processor']:.1f} ms of processor; {each['own']:.0f} MiB of its own, with mapped pages "
            f"{each['peak']:.0f} MiB; {each['disk'] / 2**20:.0f} MiB on disk"
        )
    print(f"lists: recall at 10 of {lists['recall']:.3f}, {lists['probes']} of {list_count(count)} looked into")
    print(f"build: {built['built']:.0f} s, {built['processor']:.0f} s of processor, peak {built['peak']:.0f} MiB")
    times, more = 100_000_000 / count, list_count(100_000_000) / list_count(count)
    gib = times / 2**30
    print(
        f"100 million, on paper: {lists['disk'] * gib:.1f} GiB of lists, {exact['disk'] * gib:.1f} GiB of codes; exact "
        f"search {exact['p50'] * times:.1f} s; lists, as many opened, {1000 * lists['p50'] * times / more:.0f} ms; "
        f"build {built['built'] * times * more / 3600:.1f} h at most (codes x lists)"
    )


def _timed(function: Any) -> tuple[Any, float]:
    started = time.perf_counter()
    return function(), time.perf_counter() - started


if __name__ == "__main__":
    main()
