"""`python -m export.disentangle`, run as a user runs it but within this process."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from export import disentangle
from export.bundle import Bundle
from export.report.report import HEADINGS
from tests import bundles

PICTURES = 160


@pytest.fixture(scope="module")
def patterns() -> np.ndarray:
    """Two patterns of unit length that share no pixel: float32 [2, 32 * 32 * 3]."""
    halves = np.zeros((2, 32, 32, 3), np.float32)
    halves[0, :16], halves[1, 16:] = 1, 1
    return halves.reshape(2, -1) / np.float32(np.sqrt(16 * 32 * 3))


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pictures whose upper half is one of three greys, and whose lower half is any, with a table that says so."""
    folder = tmp_path_factory.mktemp("labelled")
    rng = np.random.default_rng(0)
    rows = [("file", "sky", "ground", "place")]
    for part, count in (("train", 2), ("test", PICTURES)):
        (folder / part).mkdir()
        for index in range(count):
            sky, ground = rng.integers(0, 3), rng.uniform()
            pixels = np.full((32, 32, 3), 60 + 60 * sky, np.uint8)
            pixels[16:] = round(255 * ground)
            Image.fromarray(pixels).save(folder / part / f"{index}.png", compress_level=1)
            rows.append((f"{part}/{index}.png", ("dark", "grey", "light")[sky], f"{ground:.4f}", f"place {index}"))
    with (folder / "labels.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    return folder


def _run(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr("sys.argv", ["export.disentangle", *map(str, words)])
    return disentangle.main()


def test_known_factors_and_mixed_ones(
    labelled: Path,
    patterns: np.ndarray,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A model whose numbers are the two factors scores near 1 by its raw numbers, and low along axes that mix them;
    the tables of both files hold what is printed."""
    bundle = bundles.vector_bundle(tmp_path / "known", basis=patterns)
    table, latex = tmp_path / "scores.csv", tmp_path / "scores.tex"
    status = _run(monkeypatch, bundle.path, "--labels", labelled, "--seeds", 2, "--csv", table, "--latex", latex)
    printed, error = capsys.readouterr()
    assert (status, error.strip()) == (0, "")
    with table.open(newline="") as file:
        rows = {(row["code"], row["score"]): row for row in csv.DictReader(file)}
    assert {code for code, _ in rows} == {"raw numbers", "principal"}
    for score in HEADINGS:
        raw = float(rows["raw numbers", score]["mean"])
        assert raw > 0.75, score
        assert f"{raw:.2f}" in printed
        assert f"${raw:.2f} \\pm" in latex.read_text()
    for score in ("dci_disentanglement", "mig", "info_m"):
        assert float(rows["principal", score]["mean"]) < float(rows["raw numbers", score]["mean"]) - 0.3, score
    assert latex.read_text().startswith(r"\begin{tabular}{lrrrrrrrr}")


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("map", "has a map for a latent"),
        ("no labels", "have no labels"),
        ("few", "too little is known"),
        ("seeds", "--seeds and --pictures must be at least 1"),
        ("missing", "is not a bundle"),
        ("disk", "could not be written"),
    ],
)
def test_bad_input_is_one_sentence(
    case: str,
    said: str,
    labelled: Path,
    vector: Bundle,
    free: Bundle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A map, pictures without labels or with too few, bad options, no bundle, a full disk: exit status 2 and why."""
    plain = tmp_path / "plain"
    plain.mkdir()
    for index in range(3):
        Image.fromarray(np.full((32, 32, 3), 80 * index, np.uint8)).save(plain / f"{index}.png")
    words: dict[str, tuple[object, ...]] = {
        "map": (free.path, "--labels", labelled),
        "no labels": (vector.path, "--labels", plain),
        "few": (vector.path, "--labels", labelled, "--pictures", 50),
        "seeds": (vector.path, "--labels", labelled, "--seeds", 0),
        "missing": (tmp_path / "none", "--labels", labelled),
        "disk": (vector.path, "--labels", labelled, "--seeds", 1, "--csv", tmp_path / "none" / "scores.csv"),
    }
    assert _run(monkeypatch, *words[case]) == 2
    error = capsys.readouterr().err.strip()  # a progress bar that is gone leaves a line end
    assert error.startswith("error: ")
    assert said in error
    assert len(error.splitlines()) == 1
