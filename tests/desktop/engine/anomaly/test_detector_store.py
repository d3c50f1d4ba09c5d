"""Detectors are kept with the user's own of a model, found again, and given to others within a bundle."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from desktop.engine.anomaly import anomalies, detector_store
from desktop.engine.anomaly.detector import Detector
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import InspectionError
from desktop.engine.folder.index import Index
from desktop.engine.folder.update import update
from desktop.engine.picture_writer import save_png
from export.bundle import Bundle, BundleError, read_bundle
from tests.desktop.engine.conftest import varied


@pytest.fixture
def detector(index: Index, model: Autoencoder) -> Detector:
    """A detector fitted to all of the folder, by two scores."""
    update(index, model)
    wanted = anomalies.choose_scores(model.info, ["error", "neighbours"])
    return anomalies.fit_to_folder(index, index.folder, model, wanted, ["error", "neighbours"], 0.1).at(score="error")


def other_index(place: Path, model: Autoencoder, root: Path, good: bool = False) -> Index:
    """The index of another folder, with a sub-folder `good` or without."""
    (place / "good" if good else place).mkdir(parents=True)
    return Index(place, model.info, root=root)


def test_nothing_is_found_where_nothing_was_kept(index: Index, vector: Bundle, root: Path) -> None:
    """Neither for the folder, nor for the model, nor in the bundle."""
    assert detector_store.find(index, vector, root) is None


def test_a_kept_detector_is_found_again(index: Index, detector: Detector, vector: Bundle, root: Path) -> None:
    """With its rate, its score, its thresholds and what it said of the good pictures while they were held out."""
    detector_store.keep(detector.at(0.2), index, root)
    found = detector_store.find(index, vector, root)
    assert found is not None
    assert found.origin == detector.at(0.2).origin
    assert found.threshold() == detector.at(0.2).threshold()
    before, after = (anomalies.inspect(index, each).verdicts for each in (detector.at(0.2), found))
    assert np.array_equal(before.scores["neighbours"], detector.held_out["neighbours"].astype(np.float64))
    for name in before.scores:
        assert np.array_equal(before.scores[name], after.scores[name])
    assert np.array_equal(before.anomalous, after.anomalous)


def test_a_picture_that_changed_is_scored_anew(index: Index, detector: Detector, model: Autoencoder) -> None:
    """What was said of the file while it was held out is not said of another picture under its name."""
    row = int(index.rows()[0])
    save_png(index.path(row), 255 - varied(99))
    update(index, model)
    said = anomalies.inspect(index, detector).verdicts.scores["neighbours"][0]
    assert said != pytest.approx(float(detector.held_out["neighbours"][0]))


def test_another_folder_gets_the_models_detector(
    index: Index, detector: Detector, model: Autoencoder, vector: Bundle, root: Path, tmp_path: Path
) -> None:
    """But not one that has good pictures of its own, nor an index of another size."""
    detector_store.keep(detector, index, root)
    with other_index(tmp_path / "new", model, root) as new, other_index(tmp_path / "own", model, root, True) as own:
        found = detector_store.find(new, vector, root)
        assert found is not None
        assert found.origin.good == str(index.folder)
        assert detector_store.find(own, vector, root) is None
        new.size = dataclasses.replace(new.size, height=64)
        assert detector_store.find(new, vector, root) is None


def test_a_folder_keeps_its_own_detector(
    index: Index, detector: Detector, model: Autoencoder, vector: Bundle, root: Path, tmp_path: Path
) -> None:
    """One that was kept later for another folder does not take its place."""
    detector_store.keep(detector, index, root)
    later = dataclasses.replace(detector, origin=dataclasses.replace(detector.origin, good=str(tmp_path / "elsewhere")))
    with other_index(tmp_path / "new", model, root) as new:
        detector_store.keep(later, new, root)
        for each, expected in ((index, detector), (new, later)):
            found = detector_store.find(each, vector, root)
            assert found is not None
            assert found.origin.good == expected.origin.good


@pytest.mark.parametrize("name", ["folder.convae", "folder"])
def test_a_bundle_carries_a_detector(
    detector: Detector, vector: Bundle, model: Autoencoder, tmp_path: Path, name: str
) -> None:
    """The copy is sound, has the detector's thresholds, and scores pictures where the folder was never seen."""
    given = detector_store.write_bundle_with(detector, vector, tmp_path / name)
    given.verify()
    back = read_bundle(tmp_path / name)
    rates = {each.false_alarm_rate: each.mean_squared_error for each in back.info.thresholds}
    assert rates[0.1] == pytest.approx(detector.threshold("error"))
    with other_index(tmp_path / "new", model, tmp_path / "other-machine") as new:
        found = detector_store.find(new, back, tmp_path / "other-machine")
    assert found is not None
    assert found.threshold() == detector.threshold()
    assert str(tmp_path).encode() not in back.read(detector_store.DETECTOR_FILE)
    assert str(tmp_path) not in "".join(found.files.paths.tolist()) + found.origin.good


def test_something_else_is_not_written_over(detector: Detector, vector: Bundle, tmp_path: Path) -> None:
    """A file that is no bundle stays as it is."""
    (tmp_path / "letter.convae").write_text("dear")
    with pytest.raises(BundleError, match="not a bundle"):
        detector_store.write_bundle_with(detector, vector, tmp_path / "letter.convae")
    assert (tmp_path / "letter.convae").read_text() == "dear"


def test_a_broken_detector_is_said(index: Index, detector: Detector, vector: Bundle, root: Path) -> None:
    """Its file is named, and so is a pointer that is no name."""
    detector_store.keep(detector, index, root)
    detector_store.detector_place(detector.origin, root).write_bytes(b"nothing")
    with pytest.raises(InspectionError, match="broken"):
        detector_store.find(index, vector, root)
    (index.place / detector_store.POINTER).write_bytes(b"\xff\xfe")
    with pytest.raises(InspectionError, match="find the anomalies of the folder again"):
        detector_store.find(index, vector, root)
