"""The commands that look at a whole folder: index, similar, duplicates."""

from __future__ import annotations

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
