"""Neighbours among very many codes, by lists of near ones."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from desktop.engine.errors import InspectionError, StoppedError
from desktop.engine.folder.index import Index
from desktop.engine.gaussian import Floats
from desktop.engine.similarity import approximate
from desktop.engine.similarity.approximate import ApproximateSearcher, build, find_pairs, recall_of
from desktop.engine.similarity.neighbours import Searcher, near_pairs
from desktop.engine.similarity.similar import gather_crowd
from export.bundle import Bundle

COUNT, NUMBERS = 3000, 8
needs_faiss = pytest.mark.skipif(not approximate.is_installed(), reason="needs the extra: cluster")


def codes(count: int = COUNT, numbers: int = NUMBERS) -> Floats:
    """Codes in forty heaps, the last fifty of them copies of the first fifty with a little noise."""
    random = np.random.default_rng(0)
    heaps = 3 * random.standard_normal((40, numbers))
    found = heaps[random.integers(40, size=count)] + random.standard_normal((count, numbers))
    found[-50:] = found[:50] + random.normal(0, 1e-3, (50, numbers))
    return found.astype(np.float32)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits at which a few thousand codes are many, in several parts and blocks."""
    for name, value in {"LARGEST_EXACT": 100, "LARGEST_COMPARED": 100, "PART": 1300, "BLOCK": 400}.items():
        monkeypatch.setattr(approximate, name, value)


def index_of(root: Path, bundle: Bundle, found: Floats) -> Index:
    """An index of as many pictures as there are codes, of which every seventh was taken out again."""
    (root / "pictures").mkdir()
    index = Index(root / "pictures", bundle.info, root=root)
    index.write_codes(range(len(found)), found.reshape(-1, *index.shape))
    # Names in another order than rows, as where pictures are added to a folder.
    lines = [(row, f"{len(found) - row:06}.png", 1, 1, 0.0, 0.0, 0.0, None) for row in range(len(found))]
    index.write_lines(lines, [])
    index.forget(range(0, len(found) - 50, 7))
    return index


@needs_faiss
@pytest.mark.usefixtures("small")
def test_nearly_all_of_the_nearest_are_found(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Of the ten nearest of each of a hundred codes 95 in a hundred, at their true distances and in their order; and
    nothing is printed where commands print what they found."""
    points, rows = codes(), np.arange(0, COUNT, 2)
    build(tmp_path / "near", points, rows)
    searcher = ApproximateSearcher(tmp_path / "near", points, rows)
    queries = points[1:201:2]
    distances, found = searcher.nearest(queries, 10)
    exact_distances, exact = Searcher(points[rows]).nearest(queries, 10)
    assert capfd.readouterr().out == ""
    assert recall_of(found, exact) >= 0.95
    assert searcher.recall >= 0.95
    assert np.allclose(distances, np.linalg.norm(points[rows][found] - queries[:, None], axis=2), atol=1e-5)
    assert (np.diff(distances, axis=1) >= 0).all()
    assert (distances >= exact_distances - 1e-5).all()
    assert sorted(path.name for path in (tmp_path / "near").iterdir()) == ["0.faiss", "1.faiss", "about.json"]


@needs_faiss
@pytest.mark.usefixtures("small")
def test_an_index_of_many_is_searched_by_lists(tmp_path: Path, vector: Bundle) -> None:
    """Similar pictures come from the lists, which are kept; they are made anew once a picture was taken out."""
    points = codes(numbers=math.prod(vector.info.latent.shape))
    with index_of(tmp_path, vector, points) as index:
        crowd = gather_crowd(index)
        assert isinstance(crowd.searcher, ApproximateSearcher)
        made = (index.place / "near" / "about.json").read_bytes()
        gone = int(crowd.nearest(points[1].reshape(index.shape), 1)[0][0])
        assert gone == 1
        assert (index.place / "near" / "about.json").read_bytes() == made
        gather_crowd(index)
        index.forget([gone])
        rows, _ = gather_crowd(index).nearest(points[1].reshape(index.shape), 5)
        assert gone not in rows
        assert (index.place / "near" / "about.json").read_bytes() != made


@needs_faiss
@pytest.mark.usefixtures("small")
def test_planted_duplicates_are_found_by_lists(tmp_path: Path, vector: Bundle) -> None:
    """Nine in ten at least of the pairs that comparing each with each finds, no others, and it is said that some may
    be missing."""
    points = codes(numbers=math.prod(vector.info.latent.shape))
    with index_of(tmp_path, vector, points) as index:
        rows = index.rows()
        exact = near_pairs(index.codes(rows).reshape(len(rows), -1), 0.01)
        found = find_pairs(index, rows, 0.01)
    expected = set(zip(exact.first.tolist(), exact.second.tolist()))
    pairs = list(zip(found.first.tolist(), found.second.tolist()))
    assert len(expected) >= 40
    assert len(pairs) == len(set(pairs))
    assert len(expected & set(pairs)) >= 0.9 * len(expected)
    assert all(gap <= 0.01 for gap in found.distances)
    assert (exact.is_complete, found.is_complete) == (True, False)


@needs_faiss
@pytest.mark.usefixtures("small")
def test_it_can_be_stopped_and_leaves_nothing(tmp_path: Path) -> None:
    """Between two blocks."""
    with pytest.raises(StoppedError):
        build(tmp_path / "near", codes(), np.arange(COUNT), stopped=lambda: True)
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("small")
def test_without_faiss_it_says_what_brings_it(tmp_path: Path, vector: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search is refused in one sentence; duplicates are found by comparing every pair."""
    monkeypatch.setattr(approximate, "is_installed", lambda: False)
    with index_of(tmp_path, vector, codes(200, math.prod(vector.info.latent.shape))) as index:
        with pytest.raises(InspectionError, match=r"needs faiss: .*cluster"):
            gather_crowd(index)
        assert find_pairs(index, index.rows(), 0.01).is_complete


@needs_faiss
@pytest.mark.usefixtures("small")
def test_broken_lists_are_named(tmp_path: Path) -> None:
    """With what to do about them."""
    build(tmp_path / "near", codes(), np.arange(COUNT))
    (tmp_path / "near" / "1.faiss").write_bytes(b"nothing")
    with pytest.raises(InspectionError, match="near cannot be read"):
        ApproximateSearcher(tmp_path / "near", codes(), np.arange(COUNT))
