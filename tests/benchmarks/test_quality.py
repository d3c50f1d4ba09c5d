"""The command that the cards' figures come from."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from desktop.engine.picture_writer import save_png
from export.bundle import Bundle
from tests import bundles
from tests.benchmarks import quality
from tests.benchmarks.quality import QualityConfig, measure
from tests.benchmarks.reconstruction import Means, decode_times
from tests.pictures import gradient
from trainer.objective.perceptual import STAGES, Lpips


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three pictures of other sizes than any model's, one of them in a folder within."""
    (tmp_path / "pictures" / "more").mkdir(parents=True)
    for name, height, width in (("a", 40, 52), ("b", 64, 33), ("more/c", 48, 48)):
        save_png(tmp_path / "pictures" / f"{name}.png", gradient(height, width))
    return tmp_path / "pictures"


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """Random weights of AlexNet, with LPIPS's heads."""
    torch.manual_seed(0)
    heads = {
        f"lpips.{stage}.weight": torch.rand(1, width, 1, 1) for stage, width in enumerate(STAGES["alexnet"].channels)
    }
    layers = {name: torch.randn_like(each) * 0.05 for name, each in Lpips("alexnet").state_dict().items()}
    save_file(layers | heads, tmp_path / "alexnet.safetensors")
    return tmp_path / "alexnet.safetensors"


def test_models_stand_beside_pca_of_their_own_kind(vector: Bundle, free: Bundle, folder: Path, weights: Path) -> None:
    """Two models, their floors and a lapped code for the map give five rows; one that is PCA is below PCA."""
    config = QualityConfig((str(vector.path), str(free.path)), folder, folder, lpips=weights, seconds=0.001, rounds=1)
    rows = list(measure(config))
    assert [(row.what, row.numbers) for row in rows] == [
        ("tiny", "8 a picture"),
        ("tiny-map", "4 per 8x8 block"),
        ("PCA", "8 a picture"),
        ("PCA", "4 per 8x8 block"),
        ("lapped linear code", "4 per 8x8 block"),
    ]
    assert {row.pictures for row in rows} == {3}
    assert [list(row.decode_ms) for row in rows] == [["32x32"], ["256x256", "768x512"], [], [], []]
    assert [row.fitted_on for row in rows] == [None, None, "3 pictures", "3 pictures", "3 pictures"]
    assert rows[3].psnr_db > rows[1].psnr_db  # fitted on these very pictures
    assert rows[2].psnr_db > 60  # three pictures lie in a plane
    assert all(row.lpips is not None and row.lpips >= 0 for row in rows)


def test_refined_codes_have_a_row_of_their_own(folder: Path, tmp_path: Path) -> None:
    """With --refine a model whose encoder reads too weakly stands twice, the second time better."""
    hasty = bundles.hasty_bundle(tmp_path / "hasty")
    plain, refined = measure(QualityConfig((str(hasty.path),), folder, refine=True, seconds=0))
    assert (plain.what, refined.what) == ("tiny-hasty", "tiny-hasty, refined")
    assert refined.psnr_db > plain.psnr_db + 1


def test_more_numbers_reconstruct_better(folder: Path) -> None:
    """--floor gives a row for each count without any model, the one with all 192 numbers without loss."""
    rows = list(measure(QualityConfig(data=folder, fit=folder, floor=(1, 4, 192), rounds=0)))
    assert [row.numbers for row in rows] == ["1 per 8x8 block", "4 per 8x8 block", "192 per 8x8 block"]
    assert rows[0].psnr_db < rows[1].psnr_db < rows[2].psnr_db
    assert rows[2].psnr_db > 90
    assert rows[0].lpips is None


def test_means_are_those_of_the_single_pictures() -> None:
    """A picture that is off by 51 levels everywhere has 13.98 dB; one without fault counts as 100 dB."""
    grey = np.full((32, 32, 3), 100, np.uint8)
    means = Means()
    means.add(grey, grey + 51, None)
    means.add(grey, grey, None)
    assert means.pictures == 2
    assert means.psnr_db == pytest.approx((13.979 + 100) / 2, abs=0.01)
    assert means.lpips == 0


def test_a_decode_is_timed_at_the_sizes_of_its_kind(tmp_path: Path) -> None:
    """Every time is a positive number of milliseconds."""
    times = decode_times(bundles.map_bundle(tmp_path / "m"), 0.001)
    assert set(times) == {"256x256", "768x512"}
    assert all(each > 0 for each in times.values())


def test_the_command_prints_and_saves(
    free: Bundle, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table names the pictures, the model and its figures, and --json keeps the same ones."""
    saved = tmp_path / "figures.json"
    words = ["--model", str(free.path), "--data", str(folder), "--seconds", "0", "--json", str(saved)]
    monkeypatch.setattr("sys.argv", ["quality", *words])
    assert quality.main() == 0
    (row,) = json.loads(saved.read_text(encoding="utf-8"))
    printed = capsys.readouterr().out
    assert "pictures: 3 pictures" in printed
    assert f"{row['psnr_db']:.2f}" in printed
    assert row["decode_ms"] == {}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--data", "{tmp}/none"), "is no folder"),
        (("--data", "{tmp}/empty"), "holds no pictures"),
        (("--data", "{tmp}/small"), "smaller than 32 pixels"),
        (("--data", "{tmp}/broken"), "bad.png"),
        (("--data", "{tmp}/small", "--floor", "4"), "--floor needs --fit"),
        (("--data", "{tmp}/small", "--lpips", "{tmp}/none"), "--lpips: there is no file"),
        (("--seconds", "-1"), "--seconds"),
        (("--rounds", "-1"), "--rounds"),
    ],
)
def test_bad_input_is_one_sentence(
    words: tuple[str, ...],
    said: str,
    free: Bundle,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Folders without pictures, pictures too small or broken, and options that do not go together: exit status 2."""
    for name in ("empty", "small", "broken"):
        (tmp_path / name).mkdir()
    save_png(tmp_path / "small" / "a.png", gradient(16, 16))
    (tmp_path / "broken" / "bad.png").write_bytes(b"no picture")
    given = [word.format(tmp=tmp_path) for word in words]
    monkeypatch.setattr("sys.argv", ["quality", "--model", str(free.path), *given])
    assert quality.main() == 2
    error = capsys.readouterr().err
    assert error.startswith("error: ")
    assert said in error
    assert len(error.splitlines()) == 1
