"""Figures by the command, in each format."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.engine import measures, pictures
from desktop.engine.library import open_entry
from desktop.engine.loaded_model import load_model
from desktop.engine.rendering import encode
from desktop.figures import content, drawing
from desktop.figures.command import main
from export.bundle import Bundle
from tests import bundles


def table(path: Path) -> list[dict[str, str]]:
    """The numbers beside a figure."""
    with path.with_suffix(".csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


pytestmark = pytest.mark.usefixtures("qapp")  # fonts need an application


@pytest.mark.parametrize("suffix", drawing.SUFFIXES)
def test_reconstructions_with_their_psnr(
    suffix: str, tmp_path: Path, vector: Bundle, photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file is of its format, and its PSNR is that of the model's own reconstruction, in the CSV and the caption."""
    out = tmp_path / f"figure{suffix}"
    assert main(["reconstructions", str(photo), str(photo), "--model", str(vector.path), "--out", str(out)]) == 0
    model = load_model(open_entry(vector.path), "cpu")
    subject = encode(model, photo)
    assert subject.original is not None
    expected = measures.psnr_db(subject.original, model.tiler.decode(subject.code))
    assert [float(row["psnr_db"]) for row in table(out)] == [pytest.approx(expected, abs=1e-3)] * 2
    assert f"PSNR is {expected:.2f} dB on average" in capsys.readouterr().out
    beginning = {".pdf": b"%PDF-", ".svg": b"<?xml", ".png": b"\x89PNG"}[suffix]
    assert out.read_bytes().startswith(beginning)
    if suffix == ".svg":
        text = out.read_text(encoding="utf-8")
        assert "Reconstruction" in text
        assert len(re.findall("<image ", text)) == 4
    if suffix == ".png":
        with Image.open(out) as image:
            assert image.width == round(drawing.WIDTH * drawing.DOTS_PER_INCH / 72)
            assert round(image.info["dpi"][0]) == drawing.DOTS_PER_INCH


def test_traversals_and_interpolation(tmp_path: Path, vector: Bundle, photo: Path) -> None:
    """A row for each slider and a picture for each place; the start of a way differs from its end."""
    model = ["--model", str(bundles.enriched(vector).path), "--out"]
    out = tmp_path / "rows.pdf"
    assert main(["traversals", "--group", "axes", "--sliders", "3", "--steps", "5", *model, str(out)]) == 0
    rows = table(out)
    assert [row["position_sd"] for row in rows[:5]] == ["-2.0", "-1.0", "0.0", "1.0", "2.0"]
    assert len({row["slider"] for row in rows}) == 3
    assert all(float(row["mean_difference"]) == 0 for row in rows if row["position_sd"] == "0.0")  # from the mean
    assert max(float(row["mean_difference"]) for row in rows) > 0
    other = tmp_path / "other.png"
    Image.fromarray(np.flip(pictures.read(photo).pixels, axis=0)).save(other)
    assert main(["interpolation", str(photo), str(other), "--steps", "4", *model, str(out)]) == 0
    assert [row["way"] for row in table(out)] == ["line"] * 4 + ["sphere"] * 4
    assert sum(float(row["step_difference"]) for row in table(out)) > 0


def test_curves_of_a_run(tmp_path: Path) -> None:
    """Every step is in the table; the best held-out PSNR is in the caption."""
    lines = ["step,loss,holdout_psnr", "1,0.5,", "2,0.04,21.5", "3,0.005,20.5"]
    (tmp_path / "metrics.csv").write_text("\n".join(lines) + "\n")
    figure = content.curves(tmp_path)
    assert "3 steps, the last with a loss of 0.005" in figure.caption
    assert "21.50 dB, was reached at step 2" in figure.caption
    out = tmp_path / "curves.png"
    assert main(["curves", str(tmp_path), "--out", str(out)]) == 0
    assert len(table(out)) == 5
    with Image.open(out) as image:
        blue = (np.abs(np.asarray(image).astype(int) - [11, 110, 153]).sum(axis=2) < 30).sum()
    assert blue > 500  # the curves


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["curves", "nowhere", "--out", "figure.pdf"], "has no curves"),
        (["traversals", "--group", "concepts", "--out", "figure.pdf"], "has no concepts to move"),
        (["traversals", "--out", "figure.gif"], "must end in .pdf, .svg, .png"),
    ],
)
def test_bad_use_is_one_sentence(
    arguments: list[str], said: str, vector: Bundle, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 2, and nothing is written."""
    model = [] if arguments[0] == "curves" else ["--model", str(vector.path)]
    assert main([*arguments, *model]) == 2
    assert said in capsys.readouterr().err
    assert not Path(arguments[-1]).exists()
