"""Maps by t-SNE and UMAP, and back from their points to codes."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest

from desktop.engine.embedding import methods
from desktop.engine.embedding.methods import Method
from desktop.engine.errors import InspectionError, StoppedError
from desktop.engine.gaussian import Floats

needs_library = pytest.mark.skipif(importlib.util.find_spec("openTSNE") is None, reason="openTSNE is not installed")


def heaps() -> Floats:
    """Three heaps of twenty codes of eight numbers."""
    random = np.random.default_rng(0)
    return (np.repeat(np.eye(8)[:3] * 20, 20, axis=0) + random.standard_normal((60, 8))).astype(np.float32)


@needs_library
def test_heaps_stay_apart_and_points_have_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each picture's nearest on the map is of its heap, and the code of its point is nearly its own."""
    monkeypatch.setattr(methods, "ITERATIONS", (50, 50))
    told = list[tuple[int, int]]()
    codes = heaps()
    found = methods.embed(codes, "tsne", lambda done, total: told.append((done, total)))
    gaps = np.linalg.norm(found.points[:, None] - found.points[None], axis=2) + 1e9 * np.eye(60)
    assert (gaps.argmin(axis=1) // 20 == np.arange(60) // 20).all()
    assert np.allclose(found.code(*map(float, found.points[7])), codes[7], atol=0.05)
    assert told[-1] == (100, 100)


@needs_library
def test_the_rest_is_placed_into_the_map_of_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many, a third is laid out; each of the others is among those of its heap."""
    for name, value in {"ITERATIONS": (50, 50), "LARGEST_WHOLE": 40, "SAMPLE": 20, "PLACED_AT_ONCE": 7}.items():
        monkeypatch.setattr(methods, name, value)
    codes = heaps()
    told = list[tuple[int, int]]()
    found = methods.embed(codes, "tsne", lambda done, total: told.append((done, total)))
    middles = np.stack([found.points[start : start + 20].mean(axis=0) for start in (0, 20, 40)])
    gaps = np.linalg.norm(found.points[:, None] - middles[None], axis=2)
    assert (gaps.argmin(axis=1) == np.arange(60) // 20).all()
    assert np.isfinite(found.points).all()
    assert told[-1] == (60, 60)


@needs_library
def test_it_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """After some steps; nothing comes of it."""
    monkeypatch.setattr(methods, "ITERATIONS", (50, 50))
    asked = iter([False] * 3 + [True] * 100)
    with pytest.raises(StoppedError):
        methods.embed(heaps(), "tsne", stopped=lambda: next(asked))


@pytest.mark.slow
def test_umap_keeps_heaps_together_and_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is installed: neighbours are of one heap, it counts its epochs, gives the same again, and stops."""
    pytest.importorskip("numba", reason="UMAP is not installed")
    monkeypatch.setattr(methods, "EPOCHS", 60)
    told, codes = list[tuple[int, int]](), heaps()
    found = methods.embed(codes, "umap", lambda done, total: told.append((done, total)))
    gaps = np.linalg.norm(found.points[:, None] - found.points[None], axis=2) + 1e9 * np.eye(60)
    assert (gaps.argmin(axis=1) // 20 == np.arange(60) // 20).all()
    assert told[-1] == (60, 60)
    assert np.array_equal(methods.embed(codes, "umap").points, found.points)
    asked = iter([False] * 3 + [True] * 100)
    with pytest.raises(StoppedError):
        methods.embed(codes, "umap", stopped=lambda: next(asked))


@pytest.mark.parametrize(("method", "extra"), [("tsne", "map"), ("umap", "umap")])
def test_without_the_library_it_is_said_what_to_install(
    monkeypatch: pytest.MonkeyPatch, method: Method, extra: str
) -> None:
    """One sentence with the command."""
    monkeypatch.setattr(methods, "is_installed", lambda _: False)
    with pytest.raises(InspectionError, match=rf": .*{extra}"):
        methods.embed(heaps(), method)
