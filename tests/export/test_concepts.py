"""`python -m export.concepts`, run as a user runs it but within this process."""

from __future__ import annotations

import csv
import dataclasses
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from export import concepts
from export.bundle import Bundle, read_bundle, write_bundle
from tests import bundles

PICTURES = 60  # in either part


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pictures whose upper half is dark or light, and whose lower half is any grey, with a table that says so."""
    folder = tmp_path_factory.mktemp("labelled")
    rng = np.random.default_rng(0)
    rows = [("file", "sky", "ground")]
    for part in ("train", "test"):
        (folder / part).mkdir()
        for index in range(PICTURES):
            light, ground = rng.integers(0, 2), rng.uniform()
            pixels = np.full((32, 32, 3), 60 + 120 * light, np.uint8)
            pixels[16:] = round(255 * ground)
            Image.fromarray(pixels).save(folder / part / f"{index}.png", compress_level=1)
            rows.append((f"{part}/{index}.png", ("dark", "light")[light], f"{ground:.4f}"))
    with (folder / "labels.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    return folder


@pytest.fixture
def adopted(tmp_path: Path) -> Bundle:
    """A bundle whose two numbers are the halves of a picture, of a model that was not trained here."""
    halves = np.zeros((2, 32, 32, 3), np.float32)
    halves[0, :16], halves[1, 16:] = 1, 1
    made = bundles.vector_bundle(tmp_path / "made", basis=halves.reshape(2, -1) / np.float32(np.sqrt(16 * 32 * 3)))
    files = {name: made.read(name) for name in made.info.sha256}
    files["README.md"] = b"# tiny\n\n## Concepts\n\nOld ones.\n\n## Limits\n\nMany.\n"
    return write_bundle(tmp_path / "adopted", dataclasses.replace(made.info, training={}), files)


def _run(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr("sys.argv", ["export.concepts", *map(str, words)])
    return concepts.main()


def test_a_bundle_has_the_concepts_of_its_labels(
    labelled: Path, adopted: Bundle, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both factors have a direction that leaves the other alone; card and record say so; graphs and the rest stay."""
    before = {name: adopted.read(name) for name in adopted.info.sha256}
    assert _run(monkeypatch, adopted.path, "--labels", labelled) == 0
    found = read_bundle(adopted.path)
    assert [each.name for each in found.info.concepts] == ["sky: dark", "sky: light", "ground"]
    assert all(each.leak < 0.1 < 0.9 < each.score for each in found.info.concepts)
    card = found.read("README.md").decode()
    assert "| ground |" in card
    assert "Old ones" not in card
    assert card.endswith("## Limits\n\nMany.\n")
    same = set(before) - {"README.md", "latents.npz"}
    assert all(found.read(name) == before[name] for name in same)
    assert "Concepts: 3" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("no labels", "have no labels"),
        ("unnamed", "was not trained on built-in characters; name its pictures with --labels"),
        ("missing", "is not a bundle"),
        ("luck", "No label of these pictures can be read"),
    ],
)
def test_bad_input_is_one_sentence_and_changes_nothing(
    case: str,
    said: str,
    labelled: Path,
    adopted: Bundle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Pictures without labels or with ones of nothing that is seen, pictures not named, no bundle: status 2 and why."""
    plain = tmp_path / "plain"
    plain.mkdir()
    for index in range(3):
        Image.fromarray(np.full((32, 32, 3), 80 * index, np.uint8)).save(plain / f"{index}.png")
    words: dict[str, tuple[object, ...]] = {
        "no labels": (adopted.path, "--labels", plain),
        "unnamed": (adopted.path,),
        "missing": (tmp_path / "none", "--labels", labelled),
        "luck": (adopted.path, "--labels", labelled),
    }
    if case == "luck":
        monkeypatch.setattr("export.statistics.concepts.SMALLEST_SCORE", {"accuracy": 2.0, "r2": 2.0})
    before = adopted.read("latents.npz"), adopted.read("README.md")
    assert _run(monkeypatch, *words[case]) == 2
    error = capsys.readouterr().err.strip()
    assert error.startswith("error: ")
    assert said in error
    assert len(error.splitlines()) == 1
    kept = read_bundle(adopted.path)
    assert (kept.read("latents.npz"), kept.read("README.md")) == before
