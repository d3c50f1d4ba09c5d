"""Anomalies among built-in characters, by a linear model fitted to good ones."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from desktop.engine.anomaly import anomalies, heat, truth
from desktop.engine.anomaly.anomalies import Report
from desktop.engine.anomaly.detector import COMBINED
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import InspectionError
from desktop.engine.folder.index import Index
from desktop.engine.folder.update import update
from desktop.engine.picture_writer import save_png
from desktop.engine.pictures import Pixels
from export.bundle import read_bundle
from tests import planted

SIDE = 64
GOOD, BAD = 60, 24


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with good characters, and bad ones with a black bar, and masks; beside it a model of other good ones."""
    folder = tmp_path_factory.mktemp("characters")
    planted.write_set(folder / "set", "bar", GOOD, BAD, SIDE)
    planted.linear_model(folder / "model", planted.good(range(1000, 1400), SIDE), numbers=64)
    return folder


@pytest.fixture(scope="module")
def opened(place: Path) -> Iterator[tuple[Index, Autoencoder]]:
    """The set's index, up to date, and the model."""
    model = Autoencoder(read_bundle(place / "model"), "cpu")
    with Index(place / "set", model.info, root=place / "data") as index:
        update(index, model)
        yield index, model


@pytest.fixture(scope="module")
def report(opened: tuple[Index, Autoencoder]) -> Report:
    """Every picture scored by the good ones."""
    index, model = opened
    wanted = anomalies.choose_scores(model.info, None)
    combined = anomalies.default_combination(wanted)
    return anomalies.inspect(
        index, anomalies.fit_to_folder(index, index.folder / "good", model, wanted, combined, 0.05)
    )


def test_a_black_bar_is_found(report: Report) -> None:
    """AUROC of at least 0.95 between pictures with a bar and good ones, each of those scored while held out."""
    assert report.bad is not None
    assert (int(report.bad.sum()), len(report.rows)) == (BAD, GOOD + BAD)
    assert report.results[COMBINED].auroc >= 0.95
    assert report.verdicts.anomalous[report.bad].mean() >= 0.65
    assert report.verdicts.anomalous[~report.bad].mean() <= 0.05 + 0.05


def test_the_bar_is_found_where_it_is(report: Report, opened: tuple[Index, Autoencoder]) -> None:
    """Pixels under the masks are hotter than others: AUROC of at least 0.9 over all pixels, PRO beyond chance."""
    index, model = opened
    masks = truth.find_masks(index.folder)
    assert masks is not None
    results = anomalies.measure_masks(report, index, model, masks)
    pixel_auroc, pro = results[COMBINED].pixel_auroc, results[COMBINED].pro
    assert pixel_auroc is not None
    assert pixel_auroc >= 0.9
    assert pro is not None
    assert pro >= 0.5
    assert results["mahalanobis"].pixel_auroc is None


def test_good_pictures_have_what_was_said_while_they_were_held_out(report: Report) -> None:
    """The report does not flatter pictures that the detector was fitted to: their chances are spread over [0, 1]."""
    assert report.bad is not None
    chances = np.exp(report.verdicts.log_chances[COMBINED][~report.bad])
    assert chances.mean() == pytest.approx(0.5, abs=0.05)


def test_a_detector_of_another_model_or_size_is_refused(report: Report, opened: tuple[Index, Autoencoder]) -> None:
    """The sentence says why."""
    origin = report.detector.origin
    for change, text in (({"model": "0" * 16}, "another model"), ({"height": 32}, "fit it again")):
        other = dataclasses.replace(report.detector, origin=dataclasses.replace(origin, **change))
        with pytest.raises(InspectionError, match=text):
            anomalies.inspect(opened[0], other)


def test_an_unknown_score_is_refused(opened: tuple[Index, Autoencoder]) -> None:
    """The sentence lists those that there are; `cells` is not one of a vector's."""
    with pytest.raises(InspectionError, match="there are detail, error"):
        anomalies.choose_scores(opened[1].info, ["cells"])


def test_masks_are_paired_by_name_or_by_number(tmp_path: Path, opened: tuple[Index, Autoencoder]) -> None:
    """Same name, `_mask` behind it, or the same numbers with other letters and zeros; anything else is refused."""
    size, folder = opened[0].size, tmp_path / "mask"
    folder.mkdir()
    bad = [Path("D_01_2.png"), Path("D_02_2.png")]
    marks = [np.full((SIDE, SIDE, 3), 255, np.uint8) for _ in bad]
    for number, mark in enumerate(marks):
        mark[: 4 + number, :4] = 0
    for names in (["D_01_2.png", "D_02_2.png"], ["D_01_2_mask.png", "D_02_2_mask.png"], ["GT_1_2.png", "GT_2_2.png"]):
        for name, mark in zip(names, marks):
            save_png(folder / name, mark)
        found = truth.read_masks(bad, folder, size)
        assert [int(mask.sum()) for mask in found] == [16, 20]
        for name in names:
            (folder / name).unlink()
    save_png(folder / "other.png", marks[0])
    with pytest.raises(InspectionError, match="do not pair up"):
        truth.read_masks(bad, folder, size)


def test_heat_colours_only_what_is_hot() -> None:
    """A picture without heat stays grey; full heat is the end of the ramp."""
    pixels: Pixels = np.full((2, 2, 3), 100, np.uint8)
    cold = heat.overlay(pixels, np.zeros((2, 2), np.float32))
    assert (cold == 100).all()
    hot = heat.overlay(pixels, np.full((2, 2), heat.STRONG, np.float32))
    assert hot[0, 0, 0] > 200 > hot[0, 0, 2]
