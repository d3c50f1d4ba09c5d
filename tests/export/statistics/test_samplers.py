"""Samplers on their way from a run to a bundle."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from export.errors import SamplersError
from export.statistics.samplers import read_samplers, take_samplers
from trainer.data import Data
from trainer.run.checkpoint import Run

WIDTH, AXES, PARTS = 6, 4, 3


@pytest.fixture
def arrays() -> dict[str, Any]:
    """What the trainer writes."""
    rng = np.random.default_rng(0)
    shapes = {"mean": (WIDTH,), "axes": (AXES, WIDTH), "spread": (AXES,), "mixture_weights": (PARTS,)}
    shapes |= {"mixture_means": (PARTS, AXES), "mixture_factors": (PARTS, AXES, AXES)}
    return {name: rng.random(shape).astype(np.float32) for name, shape in shapes.items()}


def write(folder: Path, arrays: dict[str, Any], listed: Any) -> None:
    """Puts both files into a run folder."""
    np.savez(folder / "samplers.npz", **arrays)
    (folder / "samplers.json").write_text(json.dumps(listed))


LISTED = [{"name": "gaussian", "distance": 0.8}, {"name": "mixture", "distance": 0.5}]


def test_samplers_are_copied(arrays: dict[str, Any], tmp_path: Path) -> None:
    """Names, distances and every array."""
    write(tmp_path, arrays, LISTED)
    found = read_samplers(tmp_path, WIDTH)
    assert found is not None
    assert [(info.name, info.distance) for info in found[0]] == [("gaussian", 0.8), ("mixture", 0.5)]
    with np.load(io.BytesIO(found[1]), allow_pickle=False) as stored:
        assert set(stored.files) == set(arrays)
        np.testing.assert_array_equal(stored["mixture_factors"], arrays["mixture_factors"])


def test_an_older_run_gets_samplers_now(vector_run: Run, data: Data) -> None:
    """By the trainer's own function, and nothing is put into its folder."""
    found = take_samplers(vector_run, data.train)
    assert found is not None
    assert {info.name for info in found[0]} == {"gaussian", "mixture", "uniform"}
    assert not (vector_run.folder / "samplers.npz").exists()


def test_a_run_without_samplers_has_none(tmp_path: Path) -> None:
    """An older run, for instance."""
    assert read_samplers(tmp_path, WIDTH) is None


@pytest.mark.parametrize(
    ("spoil", "listed"),
    [
        (lambda arrays: arrays.pop("mixture_means"), LISTED),
        (lambda arrays: arrays.update(axes=arrays["axes"][:, :-1]), LISTED),
        (lambda arrays: arrays.update(spread=np.full(AXES, np.nan, np.float32)), LISTED),
        (lambda arrays: arrays.update(mean=np.array([{}], dtype=object)), LISTED),
        (lambda arrays: None, [{"name": "magic", "distance": 1.0}]),
        (lambda arrays: None, [{"name": "gaussian"}]),
        (lambda arrays: None, {"name": "gaussian"}),
    ],
)
def test_broken_samplers_are_refused(spoil: Any, listed: Any, arrays: dict[str, Any], tmp_path: Path) -> None:
    """In one sentence that names the folder; nothing is unpickled."""
    spoil(arrays)
    write(tmp_path, arrays, listed)
    with pytest.raises(SamplersError, match=r"The samplers in .* cannot be used"):
        read_samplers(tmp_path, WIDTH)
