"""`python -m desktop.gate`, run as a production line runs it but within this process."""

from __future__ import annotations

import json
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest

from desktop.engine.anomaly import anomalies, detector_store
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.folder.index import Index
from desktop.engine.folder.update import update
from desktop.engine.picture_writer import save_png
from desktop.gate import command
from desktop.gate.command import main
from export.bundle import Bundle
from tests.desktop.engine.conftest import varied


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept goes nowhere near the user's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))


@pytest.fixture
def gated(vector: Bundle, tmp_path: Path) -> Path:
    """The tiny model with a detector in it, fitted to forty good pictures by two scores at one alarm in ten."""
    (tmp_path / "good").mkdir()
    for number in range(40):
        save_png(tmp_path / "good" / f"{number:02}.png", varied(number))
    model = Autoencoder(vector, "cpu")
    with Index(tmp_path / "good", model.info, root=tmp_path / "data") as index:
        update(index, model)
        wanted = anomalies.choose_scores(model.info, ["scales", "patch_distance"])
        detector = anomalies.fit_to_folder(index, index.folder, model, wanted, None, 0.05, whole=True)
    return detector_store.write_bundle_with(detector, vector, tmp_path / "gated").path


def place(folder: Path, number: int, spot: bool = False) -> Path:
    """A new picture, with a dark spot or without."""
    folder.mkdir(exist_ok=True)
    picture = varied(number).copy()
    if spot:
        picture[10:20, 10:20] = 0
    save_png(folder / f"{number}.png", picture)
    return folder / f"{number}.png"


def lines(said: str) -> list[dict[str, Any]]:
    """The JSON lines of standard output."""
    return [json.loads(line) for line in said.splitlines()]


def test_the_exit_status_is_the_verdict(gated: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """0 where all pass, 1 where one is anomalous, 2 where one cannot be read, however many are good."""
    good = tmp_path / "good" / "03.png"
    assert main([str(gated), str(good), "--provider", "cpu", "--false-alarms", "0.03"]) == 0
    bad = place(tmp_path / "line", 900, spot=True)
    assert main([str(gated), str(good), str(bad), "--provider", "cpu"]) == 1
    found = lines(capsys.readouterr().out)[-3:]
    assert [each.get("anomalous") for each in found] == [False, True, None]
    assert found[2]["summary"]["latency_p99_ms"] > 0
    (tmp_path / "line" / "torn.png").write_bytes(b"no picture")
    assert main([str(gated), str(tmp_path / "line"), "--provider", "cpu"]) == 2
    assert "1 anomalous, 1 not readable" in capsys.readouterr().err


def test_a_model_without_a_detector_is_refused(vector: Bundle, photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence that says how to get one, and status 2: nothing passes unseen."""
    assert main([str(vector.path), str(photo), "--provider", "cpu"]) == 2
    assert "has no detector" in capsys.readouterr().err


def test_junit_shows_failures_and_errors(gated: Path, tmp_path: Path) -> None:
    """An anomaly is a failure and a torn file an error, whatever is in its name."""
    place(tmp_path / "line", 901, spot=True)
    (tmp_path / "line" / "to\x1brn<&.png").write_bytes(b"no picture")
    assert main([str(gated), str(tmp_path / "line"), "--junit", str(tmp_path / "j.xml"), "--provider", "cpu"]) == 2
    suite = ElementTree.parse(tmp_path / "j.xml").getroot()
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("2", "1", "1")
    assert {child.tag for case in suite for child in case} == {"failure", "error"}


def test_a_watched_folder_is_scored_as_it_fills(
    gated: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A picture that comes while the gate watches is scored once, within a bounded delay; Ctrl+C ends it."""
    place(tmp_path / "line", 902)
    looks = list[float]()

    def wait(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 3:
            place(tmp_path / "line", 903, spot=True)
        if len(looks) == 8:
            raise KeyboardInterrupt

    clock = SimpleNamespace(time=time.time, sleep=wait)
    monkeypatch.setattr(command, "time", clock)
    status = main([str(gated), str(tmp_path / "line"), "--watch", "--for", "3600", "--provider", "cpu"])
    assert looks == [command.POLL_S] * 8
    *verdicts, last = lines(capsys.readouterr().out)
    assert status == 1
    assert sorted(Path(each["path"]).stem for each in verdicts) == ["902", "903"]
    assert 0 <= last["summary"]["longest_delay_ms"] < 60_000


def test_a_watch_ends_when_its_time_is_over(gated: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With no time to watch nothing is scored, and nothing is wrong."""
    place(tmp_path / "line", 902)
    assert main([str(gated), str(tmp_path / "line"), "--watch", "--for", "0", "--provider", "cpu"]) == 0
    (only,) = lines(capsys.readouterr().out)
    assert only["summary"]["passed"] == 0


def test_drift_is_told(gated: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Good pictures are like themselves; the same one again and again, as of a camera that is stuck, is not."""
    assert main([str(gated), str(tmp_path / "good"), "--provider", "cpu", "--false-alarms", "0.02"]) in (0, 1)
    assert not lines(capsys.readouterr().out)[-1]["summary"]["drifted"]
    stuck = [str(tmp_path / "good" / "07.png")] * 60
    main([str(gated), *stuck, "--provider", "cpu", "--false-alarms", "0.02"])
    said = capsys.readouterr()
    assert lines(said.out)[-1]["summary"]["drifted"]
    assert "no longer like the good ones" in said.err
