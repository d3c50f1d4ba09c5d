"""What is said of each slider."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.engine.picture_writer import save_png
from export.bundle import Bundle
from tests import bundles
from tests.benchmarks import axes
from tests.benchmarks.axes import explain


def test_a_number_is_read_by_its_line_and_names_by_their_groups() -> None:
    """What follows a number is explained wholly, half of what is half noise is, and chance explains nothing."""
    random = np.random.default_rng(0)
    number, noise = random.standard_normal((2, 4000))
    sex = random.choice(["f", "m"], 4000)
    factors = {
        "age": [str(each) for each in number],
        "sex": list(sex),
        "luck": [str(each) for each in noise],
        "file": [f"picture {row}" for row in range(4000)],
    }
    assert explain(3 - 2 * number, factors)[0] == ("age", pytest.approx(1))
    half = (sex == "m") * 2.0 + number  # a variance of 1 between the two, and 1 within
    shares = dict(explain(half, factors))
    assert shares["sex"] == pytest.approx(0.5, abs=0.03)
    assert shares["age"] == pytest.approx(0.5, abs=0.03)
    assert shares["luck"] < 0.01
    assert shares["file"] == 0


def test_pictures_of_which_nothing_is_known_do_not_count() -> None:
    """A factor known of three pictures alone explains what it does of those."""
    assert explain(np.array([1.0, 2.0, 1.0, 50.0]), {"kind": ["a", "b", "a", ""]}) == (("kind", pytest.approx(1)),)
    assert explain(np.ones(3), {"kind": ["a", "b", "a"]}) == (("kind", 0.0),)


@pytest.mark.parametrize("group", ["axes", "independent"])
def test_the_command_explains_and_draws(
    vector: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, group: str
) -> None:
    """Brightness explains an axis of either kind of a linear model; the sheet has seven pictures for each axis."""
    vector = bundles.with_independent(vector)
    place, random = tmp_path / "pictures", np.random.default_rng(0)
    place.mkdir()
    with (place / "labels.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "brightness"])
        for number in range(400):
            level = int(random.integers(0, 256))
            save_png(place / f"{number}.png", np.full((32, 32, 3), level, np.uint8))
            writer.writerow([f"{number}.png", level + 0.5])
    strip, saved = tmp_path / "strip.png", tmp_path / "axes.json"
    words = ["--model", str(vector.path), "--data", str(place), "--axes", "4", "--group", group]
    monkeypatch.setattr("sys.argv", ["axes", *words, "--strip", str(strip), "--json", str(saved)])
    assert axes.main() == 0
    found = json.loads(saved.read_text(encoding="utf-8"))
    assert [axis["number"] for axis in found] == [1, 2, 3, 4]
    assert max(axis["explained"][0][1] for axis in found) > 0.9
    with Image.open(strip) as image:
        assert image.size == (7 * 32, 4 * 32)


def test_what_cannot_be_explained_is_refused(
    vector: Bundle, free: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Models of any size, and pictures without labels: exit status 2 and one sentence."""
    for number in range(3):
        save_png(tmp_path / f"{number}.png", np.full((32, 32, 3), 90 * number, np.uint8))
    for model, said in ((free, "no latent of one size"), (vector, "no labels")):
        monkeypatch.setattr("sys.argv", ["axes", "--model", str(model.path), "--data", str(tmp_path)])
        assert axes.main() == 2
        assert said in capsys.readouterr().err


def test_a_model_without_independent_axes_says_so(
    vector: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit status 2 and one sentence."""
    (tmp_path / "labels.csv").write_text("file,level\n" + "".join(f"{number}.png,{number}\n" for number in range(3)))
    for number in range(3):
        save_png(tmp_path / f"{number}.png", np.full((32, 32, 3), 90 * number, np.uint8))
    words = ["--model", str(vector.path), "--data", str(tmp_path), "--group", "independent"]
    monkeypatch.setattr("sys.argv", ["axes", *words])
    assert axes.main() == 2
    assert "has no sliders of the group independent" in capsys.readouterr().err
