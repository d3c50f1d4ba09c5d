"""What is said of random pictures."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from safetensors.torch import save_file

from desktop.engine.picture_writer import save_png
from export.bundle import Bundle
from tests.benchmarks import samples
from tests.benchmarks.likeness import describe, frechet, nearest
from trainer.objective.perceptual import Lpips

PICTURES = 720  # of which a tenth is held out


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """AlexNet with random weights."""
    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("weights") / "alexnet.safetensors"
    save_file({name: torch.randn_like(each) * 0.05 for name, each in Lpips("alexnet").state_dict().items()}, path)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pictures of 32 x 32 pixels, each a colour that fades into another."""
    place = tmp_path_factory.mktemp("pictures")
    random = np.random.default_rng(0)
    fade = np.linspace(0, 1, 32)[:, None, None]
    for number in range(PICTURES):
        first, last = random.integers(0, 256, (2, 1, 1, 3))
        pixels = np.broadcast_to(first + (last - first) * fade, (32, 32, 3)).astype(np.uint8)
        save_png(place / f"{number}.png", np.ascontiguousarray(pixels))
    return place


def test_a_distance_between_normal_distributions_is_its_formula() -> None:
    """Means three apart add 9; deviations of 1 and 3 along one axis add (3 - 1)²; rotations change nothing."""
    random = np.random.default_rng(0)
    points = random.standard_normal((20_000, 4))
    points = (points - points.mean(axis=0)) @ np.linalg.inv(np.linalg.cholesky(np.cov(points, rowvar=False))).T
    moved = points * [3, 1, 1, 1] + [0, 3, 0, 0]
    turn = np.linalg.qr(random.standard_normal((4, 4)))[0]
    assert frechet(points, points) == pytest.approx(0, abs=1e-6)
    assert frechet(points, moved) == pytest.approx(9 + 4)
    assert frechet(moved @ turn, points @ turn) == pytest.approx(9 + 4)


@settings(max_examples=10)
@given(st.integers(1, 600), st.integers(1, 5))
def test_the_nearest_is_found_in_any_block(asked: int, width: int) -> None:
    """As by trying every pair, but for the rounding of squares in 32 bits, which may take another that is as near."""
    random = np.random.default_rng(asked)
    known, rows = random.random((40, width), np.float32), random.random((asked, width), np.float32)
    rows[0] = known[7]
    found = nearest(rows, known)
    pairs = np.square(rows[:, None].astype(float) - known[None]).mean(axis=2).min(axis=1) ** 0.5
    np.testing.assert_allclose(found**2, pairs**2, atol=5e-6)


def test_pictures_are_reduced_by_area(weights: Path) -> None:
    """A picture of one colour has that colour at 32x32, too; there is a row for each picture of each batch."""
    grey = np.full((2, 64, 64, 3), 100, np.uint8)
    features, pixels = describe(iter([grey, grey[:1]]), samples.load_lpips(weights))
    assert features.shape == (3, 256)
    assert pixels.shape == (3, 32 * 32 * 3)
    np.testing.assert_allclose(pixels, 100, atol=1e-4)


def test_drawn_pictures_stand_beside_real_ones(
    vector: Bundle, folder: Path, weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two real kinds, both reconstructed, and every sampler; real pictures are nearest, and the grid has 64."""
    grid, saved = tmp_path / "grid.png", tmp_path / "figures.json"
    words = ["--model", str(vector.path), "--data", str(folder), "--lpips", str(weights), "--count", "70"]
    monkeypatch.setattr("sys.argv", ["samples", *words, "--grid", str(grid), "--json", str(saved)])
    assert samples.main() == 0
    rows = {row["what"]: row for row in json.loads(saved.read_text(encoding="utf-8"))}
    assert list(rows)[:4] == ["trained on", "trained on, reconstructed", "held out, reconstructed", "held out"]
    assert {"gaussian", "uniform"} <= set(rows)
    assert rows["held out"]["frechet"] is None
    assert rows["trained on"]["frechet"] < rows["uniform"]["frechet"]
    assert 0 < rows["held out, reconstructed"]["pixel_share"] <= 0.05
    assert all(row["pictures"] == 70 for row in rows.values())
    with Image.open(grid) as image:
        assert image.size == (8 * 32, 8 * 32)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--count", "10"), "--count must be at least 64"),
        (("--lpips", "none.safetensors"), "--lpips: there is no file"),
        (("--model", "nobody"), "there is no model nobody"),
    ],
)
def test_bad_input_is_one_sentence(
    words: tuple[str, ...],
    said: str,
    vector: Bundle,
    weights: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Too few pictures, no weights, no such model: exit status 2."""
    monkeypatch.setattr("sys.argv", ["samples", "--model", str(vector.path), "--lpips", str(weights), *words])
    assert samples.main() == 2
    assert said in capsys.readouterr().err


def test_models_of_any_size_are_refused(free: Bundle, weights: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Their latents have no one size to draw."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["samples", "--model", str(free.path), "--lpips", str(weights)])
        assert samples.main() == 2
    assert "no latent of one size" in capsys.readouterr().err
