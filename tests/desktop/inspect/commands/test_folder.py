"""The commands that look at a whole folder: index, anomalies, similar, duplicates."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from desktop.engine import pictures
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.folder.notes import Notes, write_notes
from desktop.engine.session_file import SavedSession, write_session
from desktop.engine.similarity import neighbours
from desktop.engine.sliders import steering
from desktop.engine.sliders.steering import Origin, Steering
from desktop.inspect.commands.command import main
from export.bundle import Bundle
from tests.desktop.inspect.commands.conftest import Run


def test_index_counts(run: Run, parts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first run adds all, the second none; a broken file makes the exit status 1."""
    assert run("index", parts, "--json") == 0
    assert json.loads(capsys.readouterr().out)["added"] == 30
    (parts / "broken.jpg").write_bytes(b"nothing")
    assert run("index", parts) == 1
    said = capsys.readouterr()
    assert "0 added, 0 changed, 0 removed, 30 unchanged, 1 not readable" in said.out
    assert "broken.jpg" in said.err


def test_bad_pictures_are_anomalies(run: Run, parts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They come first in the list and the CSV, have heat-maps hot in the corner, and perfect figures are printed."""
    table, heat = tmp_path / "anomalies.csv", tmp_path / "heat"
    assert run("anomalies", parts, "--csv", table, "--heat", heat) == 0
    said = capsys.readouterr().out
    assert "pictures are anomalies at a false-alarm rate of 0.05" in said
    figures = next(line.split() for line in said.splitlines() if line.startswith("combined"))
    assert figures[1] == "1.000"
    assert float(figures[2]) > 0.9
    with table.open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == 30
    assert {line["path"] for line in lines[:6]} == {f"bad/{number:02}.png" for number in range(6)}
    assert all(line["anomalous"] == "1" for line in lines[:6])
    drawn = pictures.read(heat / "bad" / "00.png").pixels.astype(int)
    colour = np.ptp(drawn, axis=2)
    assert colour[:8, :8].mean() > 5 * colour[16:, 16:].mean() + 1


def test_a_kept_detector_says_it_too(run: Run, parts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Saved, and used on other pictures without the good folder, its scores and thresholds are those of before."""
    detector = tmp_path / "detector.npz"
    run("anomalies", parts, "--save-detector", detector, "--json")
    before = json.loads(capsys.readouterr().out)
    assert run("anomalies", parts / "bad", "--detector", detector, "--json") == 0
    after = json.loads(capsys.readouterr().out)
    assert after["thresholds"] == before["thresholds"]
    scores = {picture["path"]: picture["scores"]["combined"] for picture in before["pictures"]}
    assert all(picture["scores"]["combined"] == pytest.approx(scores[picture["path"]]) for picture in after["pictures"])


def test_a_saved_detector_is_reused(run: Run, parts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--save` keeps it with the model: a later run says the same of the folder, and scores another one with it."""
    choices = ("--false-alarms", "0.2", "--by", "scales")
    assert run("anomalies", parts, *choices, "--save", "--json") == 0
    before = json.loads(capsys.readouterr().out)
    assert run("anomalies", parts, "--json") == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == before
    assert "24 good pictures" in said.err
    (parts / "bad").rename(tmp_path / "new")
    assert run("anomalies", tmp_path / "new", "--json") == 0
    after = json.loads(capsys.readouterr().out)
    assert (after["false_alarm_rate"], after["score"]) == (0.2, "scales")
    assert after["thresholds"] == before["thresholds"]


def test_without_save_nothing_is_kept(run: Run, parts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another folder, without good pictures, is then not scored."""
    assert run("anomalies", parts) == 0
    assert run("anomalies", parts / "bad") == 2
    assert "no detector was saved for this model" in capsys.readouterr().err


def test_a_model_is_given_away_with_its_detector(
    run: Run, parts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The copy scores a folder by itself, without the good pictures."""
    given = tmp_path / "given.convae"
    assert run("anomalies", parts, "--save-model", given) == 0
    capsys.readouterr()
    assert main(["anomalies", str(parts / "bad"), "--model", str(given), "--provider", "cpu", "--json"]) == 0
    assert all(picture["anomalous"] for picture in json.loads(capsys.readouterr().out)["pictures"])


def test_anomalies_are_moved_and_moved_back(run: Run, parts: Path, tmp_path: Path) -> None:
    """`--move-to` takes the anomalies away, `undo` moves them back, and a second undo has nothing to do."""
    before = {path: path.read_bytes() for path in parts.rglob("*.png")}
    away = tmp_path / "away"
    assert run("anomalies", parts, "--move-to", away) == 0
    assert {path.name for path in (away / "bad").iterdir()} == {f"{number:02}.png" for number in range(6)}
    assert not list((parts / "bad").iterdir())
    assert run("undo") == 0
    assert {path: path.read_bytes() for path in parts.rglob("*.png")} == before
    assert run("undo") == 2


def test_scores_can_be_chosen(run: Run, parts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Those named are computed and combined, and no other; unknown ones are refused."""
    assert run("anomalies", parts, "--scores", "error,patch_pca", "--combine", "patch_pca", "--json") == 0
    pictures_found = json.loads(capsys.readouterr().out)["pictures"]
    assert set(pictures_found[0]["scores"]) == {"error", "patch_pca", "combined"}
    assert run("anomalies", parts, "--scores", "beauty") == 2
    assert "there is no score 'beauty'" in capsys.readouterr().err
    assert run("anomalies", parts, "--scores", "error", "--combine", "scales") == 2


def test_similar_finds_the_picture_itself_first(run: Run, parts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At distance 0, then others, farther and farther."""
    assert run("similar", parts, parts / "good" / "05.png", "--count", "4", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found[0] == {"distance": pytest.approx(0, abs=1e-5), "path": str(parts / "good" / "05.png")}
    distances = [each["distance"] for each in found]
    assert len(distances) == 4
    assert distances == sorted(distances)


def test_similar_takes_codes_of_every_kind(
    run: Run, parts: Path, vector: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A latent, a latent file and a session of one picture find that picture first; another model's code is refused."""
    picture = parts / "good" / "05.png"
    pixels = pictures.read(picture).pixels
    code = Autoencoder(vector, "cpu").encode(pixels[None])[0]
    np.savez(tmp_path / "code.npz", latent=code)
    run("encode", picture, tmp_path / "code.cvae", "--step", "0.01")
    steered = Steering(code, Origin("picture"))
    write_session(tmp_path / "code.json", SavedSession(vector.folder, None, arrays=steering.pack(steered)))
    write_session(tmp_path / "own.json", SavedSession(vector.folder, picture))
    capsys.readouterr()
    for name in ("code.npz", "code.cvae", "code.json", "own.json"):
        assert run("similar", parts, tmp_path / name, "--count", "2", "--json") == 0
        assert json.loads(capsys.readouterr().out)[0]["path"] == str(picture), name
    np.savez(tmp_path / "code.npz", latent=code[:-1])
    assert run("similar", parts, tmp_path / "code.npz") == 2
    assert "this latent has the shape [7]" in capsys.readouterr().err
    np.savez(tmp_path / "code.npz", other=code)
    assert run("similar", parts, tmp_path / "code.npz") == 2


def test_duplicates_finds_a_copy(run: Run, parts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A picture and its copy are a group, and the only one, until the window was told that they are none."""
    (parts / "good" / "copy.png").write_bytes((parts / "good" / "07.png").read_bytes())
    assert run("duplicates", parts, "--limit", "0.001", "--json") == 0
    assert json.loads(capsys.readouterr().out) == [[str(parts / "good" / "07.png"), str(parts / "good" / "copy.png")]]
    write_notes(parts, Notes().with_remark("no duplicates", ("good/07.png", "good/copy.png")))
    assert run("duplicates", parts, "--limit", "0.001", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_it_is_said_where_the_limit_of_duplicates_fell(
    run: Run, parts: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With more pairs than are held, the sentence names the limit that was asked for and the one that was reached."""
    monkeypatch.setattr(neighbours, "LARGEST_PAIRS", 4)
    assert run("duplicates", parts, "--limit", "0.9") == 0
    assert "the limit has fallen from 0.9 to 0." in capsys.readouterr().err
