"""Nearest neighbours among very many codes: candidates from lists of faiss, measured by the codes themselves.

    near/about.json    what it was made of, and how many lists a search looks into
    near/0.faiss ...   the codes in 8 bits a number, list after list, a few million in each file, memory-mapped

It is made in a stream, one file's codes in memory at a time; the lists of all files have the same centres. How many
lists a search looks into follows from the codes: as many as give 97 of 100 neighbours that an exact search of a sample
finds. See J. Johnson, M. Douze and H. Jégou, Billion-scale similarity search with GPUs, 2017.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
import math
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.engine.disk.file_writer import new_folder, write_file
from desktop.engine.errors import InspectionError, StoppedError
from desktop.engine.folder import code_file
from desktop.engine.folder.index import CODES_FILE, Index, Rows
from desktop.engine.gaussian import Floats
from desktop.engine.machine.extras import install_line
from desktop.engine.similarity.neighbours import Distances, Found, Pairs, Positions, Searcher, few, near_pairs, smallest
from desktop.engine.watch import Progress, Stopped, never, silent

LARGEST_EXACT = 20_000_000  # codes that are searched one by one
LARGEST_COMPARED = 200_000  # codes of which every pair is compared, where faiss is installed
FOLDER, ABOUT_FILE = "near", "about.json"
VERSION = 1
PART = 4_000_000  # codes of a part that is held in memory while the lists are made
BLOCK = 1 << 16  # codes that are read at once
LEARNT_OF = 64  # codes for each list, from which its centre is learnt
FEWEST_LISTS = 16
TRIED, NEAREST, WANTED = 64, 10, 0.97  # codes that are looked for, how many of their neighbours, the share to be found
TYPICAL_PAIRS = 4000
PARTNERS = 16  # neighbours of a picture among which its duplicates are looked for
AT_ONCE = 4096  # pictures whose duplicates are looked for together


def is_installed() -> bool:
    """Whether faiss is."""
    return importlib.util.find_spec("faiss") is not None


class ApproximateSearcher:
    """Euclidean search among `[N, D]`, of which a few lists of near codes are looked into."""

    def __init__(self, folder: Path, codes: Floats, rows: Rows) -> None:
        """Opens what `build` made.

        Args:
            folder: Where it is.
            codes: float32 `[M, D]`, memory-mapped.
            rows: int64 `[N]`, those of the codes that count, rising.

        Raises:
            InspectionError: faiss is not installed, or the files cannot be read.
        """
        faiss = _faiss(len(rows))
        try:
            about = json.loads((folder / ABOUT_FILE).read_text(encoding="utf-8"))
            self.probes, self.recall = int(about["probes"]), float(about["recall"])
            self._typical = float(about["typical"])
            self._parts = [_opened(faiss, _part_file(folder, number)) for number in range(int(about["parts"]))]
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise InspectionError(
                "{path} cannot be read ({strerror}); delete that folder and search again.", path=folder, strerror=error
            ) from error
        self._faiss, self._codes, self._rows = faiss, codes.view(np.ndarray), rows

    def nearest(self, queries: Floats, count: int) -> tuple[Distances, Positions]:
        """The nearest `count` (at most N) of each query `[Q, D]`: distances and positions, `[Q, count]`, rising.

        Where the lists that are looked into hold fewer, the rest of a row has an infinite distance.
        """
        return _measured(self._faiss, self._parts, self._codes, self._rows, queries, count, self.probes)

    def typical_distance(self) -> float:
        """The median distance of two codes picked at random: see `Searcher.typical_distance`."""
        return self._typical


def searcher_of(index: Index, rows: Rows, progress: Progress = silent, stopped: Stopped = never) -> ApproximateSearcher:
    """The lists of an index, made where they are missing or out of date.

    Args:
        index: The index.
        rows: int64 `[N]`, rising: the pictures that are searched.
        progress: Told how many codes are in the lists.
        stopped: Asked between two blocks.

    Raises:
        InspectionError: faiss is not installed, or the disk refused.
        StoppedError: It was stopped.
    """
    codes = index.codes()
    codes = codes.reshape(len(codes), -1)
    folder, key = index.place / FOLDER, _key(index, rows)
    if _known_key(folder) != key:
        build(folder, codes, rows, key, progress, stopped)
    return ApproximateSearcher(folder, codes, rows)


def build(
    folder: Path, codes: Floats, rows: Rows, key: str = "", progress: Progress = silent, stopped: Stopped = never
) -> None:
    """Makes the lists of codes `[M, D]` in the rows that count, and learns how many of them a search has to look into.

    Raises:
        InspectionError: faiss is not installed, or the disk refused.
        StoppedError: It was stopped.
    """
    faiss, codes = _faiss(len(rows)), codes.view(np.ndarray)
    shutil.rmtree(folder, ignore_errors=True)
    with new_folder(folder, InspectionError) as scratch:
        try:
            lists = faiss.index_factory(codes.shape[1], f"IVF{list_count(len(rows))},SQ8")
            lists.train(codes[_even(rows, LEARNT_OF * lists.nlist)])
            for start in range(0, len(rows), PART):
                part = faiss.clone_index(lists)
                for begin in range(start, min(start + PART, len(rows)), BLOCK):
                    if stopped():
                        raise StoppedError("the search for neighbours was cancelled.")
                    ids = np.arange(begin, min(begin + BLOCK, start + PART, len(rows)))
                    part.add_with_ids(codes[rows[ids]], ids)
                    progress(int(ids[-1]) + 1, len(rows))
                faiss.write_index(part, str(_part_file(scratch, start // PART)))
                del part
            count = -(-len(rows) // PART)
            parts = [_opened(faiss, _part_file(scratch, number)) for number in range(count)]
        except RuntimeError as error:  # what faiss makes of a full disk
            raise InspectionError("{target} cannot be written ({strerror}).", target=folder, strerror=error) from error
        probes, recall = _calibrated(faiss, parts, codes, rows)
        typical = Searcher(codes[_even(rows, TYPICAL_PAIRS)]).typical_distance()
        about = {"key": key, "parts": count, "probes": probes, "recall": recall, "typical": typical}
        write_file(scratch / ABOUT_FILE, json.dumps(about).encode())


def list_count(count: int) -> int:
    """How many lists so many codes are kept in: about the square root of them, a power of two."""
    return max(FEWEST_LISTS, 2 ** math.ceil(math.log2(math.sqrt(count)))) if count > LEARNT_OF * FEWEST_LISTS else 1


def find_pairs(index: Index, rows: Rows, limit: float, progress: Progress = silent, stopped: Stopped = never) -> Pairs:
    """Pairs of pictures up to `limit` apart; of more than `LARGEST_COMPARED`, those among each other's 16 nearest.

    Positions are those of `rows`. Without faiss every pair is compared, however many there are.

    Raises:
        InspectionError: The disk refused.
        StoppedError: It was stopped.
    """
    if len(rows) <= LARGEST_COMPARED or not is_installed():
        return near_pairs(index.codes(rows).reshape(len(rows), -1), limit, progress, stopped)
    order = np.argsort(rows)
    found = pairs_by_lists(
        searcher_of(index, rows[order], stopped=stopped), index, rows[order], limit, progress, stopped
    )
    ends = np.sort(np.stack([order[found.first], order[found.second]]), axis=0)
    return Pairs(ends[0], ends[1], found.distances, found.count, found.limit, is_complete=False)


def pairs_by_lists(
    searcher: ApproximateSearcher, index: Index, rows: Rows, limit: float, progress: Progress, stopped: Stopped
) -> Pairs:
    """Pairs up to `limit` apart among the nearest that the lists give of each picture.

    Raises:
        StoppedError: It was stopped.
    """
    typical = searcher.typical_distance()
    found = Found(np.float32(limit * typical))
    for start in range(0, len(rows), AT_ONCE):
        if stopped():
            raise StoppedError("the search for duplicates was cancelled.")
        here = rows[start : start + AT_ONCE]
        gaps, others = searcher.nearest(index.codes(here).reshape(len(here), -1), min(PARTNERS + 1, len(rows)))
        own = np.broadcast_to(np.arange(start, start + len(here))[:, None], others.shape)
        near = (gaps <= found.limit) & (others != own) & (others >= 0)
        ends = np.sort(np.stack([own[near], others[near]]), axis=0)
        found.add((ends[0], ends[1], gaps[near]))
        progress(min(start + AT_ONCE, len(rows)), len(rows))
    first, second, gaps = found.joined()
    _, once = np.unique(first * len(rows) + second, return_index=True)
    reached = min(limit, float(found.limit) / typical)
    return Pairs(first[once], second[once], gaps[once] / np.float32(typical), len(rows), reached, is_complete=False)


def _part_file(folder: Path, number: int) -> Path:
    return folder / f"{number}.faiss"


def _opened(faiss: Any, file: Path) -> Any:
    """Lists from a file, memory-mapped where faiss can do that."""
    return faiss.read_index(str(file), 0 if sys.platform == "win32" else faiss.IO_FLAG_MMAP)


def _measured(
    faiss: Any, parts: list[Any], codes: Floats, rows: Rows, queries: Floats, count: int, probes: int
) -> tuple[Distances, Positions]:
    """The nearest by the codes themselves, of twice as many candidates that the lists give."""
    queries, wanted = np.ascontiguousarray(queries, np.float32), min(len(rows), 2 * count + 8)
    how = faiss.SearchParametersIVF(nprobe=probes)
    found = [part.search(queries, wanted, params=how) for part in parts]
    near, ids = (np.concatenate(each, axis=1) for each in zip(*found))
    _, where = few(near, ids, wanted)
    exact = np.linalg.norm(codes[rows[where]] - queries[:, None], axis=2).astype(np.float32)
    exact[where < 0] = np.inf  # the lists held no more
    return smallest(exact, where, min(count, where.shape[1]))


def _calibrated(faiss: Any, parts: list[Any], codes: Floats, rows: Rows) -> tuple[int, float]:
    """How many lists to look into, and the share of the nearest ten, themselves left out, that are found so."""
    tried = codes[_even(rows, TRIED)]
    wanted = min(NEAREST + 1, len(rows))
    exhaustive = importlib.import_module("faiss.contrib.exhaustive_search")
    _, exact = exhaustive.knn_ground_truth(tried, _blocks(codes, rows), wanted)
    probes, recall = 1, 0.0
    while True:
        _, found = _measured(faiss, parts, codes, rows, tried, wanted, probes)
        recall = recall_of(found[:, 1:], exact[:, 1:])
        if recall >= WANTED or probes >= parts[0].nlist:
            return probes, recall
        probes = min(2 * probes, parts[0].nlist)


def recall_of(found: Positions, exact: Positions) -> float:
    """The share of the exact neighbours `[Q, K]` that are among those found, in [0, 1]."""
    return float(np.mean([np.isin(one, other).mean() for one, other in zip(exact, found)])) if exact.size else 1.0


def _blocks(codes: Floats, rows: Rows) -> Iterator[Floats]:
    for start in range(0, len(rows), BLOCK):
        yield codes[rows[start : start + BLOCK]]


def _even(rows: Rows, count: int) -> NDArray[np.int64]:
    """At most so many of the rows, spread evenly."""
    return rows[np.linspace(0, len(rows) - 1, min(count, len(rows))).astype(np.int64)]


def _key(index: Index, rows: Rows) -> str:
    """What stands for the codes: the file's length and time of change, and the rows that count."""
    length, changed = code_file.stamp(index.place / CODES_FILE)
    return f"{VERSION}-{length}-{changed}-{hashlib.sha256(np.ascontiguousarray(rows).data).hexdigest()[:16]}"


def _known_key(folder: Path) -> str:
    try:
        return str(json.loads((folder / ABOUT_FILE).read_text(encoding="utf-8"))["key"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _faiss(count: int) -> Any:
    """The module.

    Raises:
        InspectionError: It is not installed.
    """
    if not is_installed():
        raise InspectionError(
            "{count:,} pictures are more than are searched one by one; a search among them needs faiss: {command}",
            count=count,
            command=install_line("cluster"),
        )
    return importlib.import_module("faiss")
