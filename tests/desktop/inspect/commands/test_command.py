"""`python -m desktop.inspect`, run as a user runs it but within this process."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from desktop.engine import pictures
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.machine import providers
from desktop.engine.picture_writer import save_png
from desktop.engine.session_file import SavedSession, write_session
from desktop.engine.similarity import neighbours
from desktop.engine.sliders import steering
from desktop.engine.sliders.steering import Origin, Steering
from desktop.inspect.commands.command import main
from export.bundle import Bundle
from tests import bundles
from tests.desktop.engine.conftest import varied

Run = Callable[..., int]
LINE_ENDS = b"a\r\x0b\x0c\xc2\x85\xe2\x80\xa8b.png"


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept goes nowhere near the user's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))


@pytest.fixture
def run(vector: Bundle) -> Run:
    """Runs a command with the tiny model on the CPU, and gives its exit status."""

    def command(*arguments: str | Path) -> int:
        with_model = arguments[0] != "undo"
        more = ["--model", str(vector.folder), "--provider", "cpu"] if with_model else []
        return main([*map(str, arguments), *more])

    return command


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    """Good and bad pictures: the bad ones have a black corner, and masks."""
    folder = tmp_path / "parts"
    for name in ("good", "bad", "mask"):
        (folder / name).mkdir(parents=True)
    for number in range(24):
        save_png(folder / "good" / f"{number:02}.png", varied(number))
    for number in range(6):
        picture, mask = varied(100 + number), np.zeros((32, 32, 3), np.uint8)
        picture[:8, :8] = 0
        mask[:8, :8] = 255
        save_png(folder / "bad" / f"{number:02}.png", picture)
        save_png(folder / "mask" / f"{number:02}.png", mask)
    return folder


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
    """A picture and its copy are a group, and the only one."""
    (parts / "good" / "copy.png").write_bytes((parts / "good" / "07.png").read_bytes())
    assert run("duplicates", parts, "--limit", "0.001", "--json") == 0
    assert json.loads(capsys.readouterr().out) == [[str(parts / "good" / "07.png"), str(parts / "good" / "copy.png")]]


def test_it_is_said_where_the_limit_of_duplicates_fell(
    run: Run, parts: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With more pairs than are held, the sentence names the limit that was asked for and the one that was reached."""
    monkeypatch.setattr(neighbours, "LARGEST_PAIRS", 4)
    assert run("duplicates", parts, "--limit", "0.9") == 0
    assert "the limit has fallen from 0.9 to 0." in capsys.readouterr().err


def test_a_concept_becomes_a_slider(run: Run, parts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Made from bad and good pictures, it moves a latent file's picture to a darker corner; forgotten, it is gone."""
    more = [parts / "bad" / f"{number:02}.png" for number in range(5)]
    less = [parts / "good" / f"{number:02}.png" for number in range(5)]
    assert run("concept", "dark corner", "--more", *more, "--less", *less) == 0
    assert "dark corner: " in capsys.readouterr().out
    small, plain, moved = tmp_path / "a.cvae", tmp_path / "a.png", tmp_path / "b.png"
    assert run("encode", less[0], small) == 0
    assert run("decode", small, plain) == 0
    assert run("decode", small, moved, "--move", "dark corner=3") == 0
    before, after = (pictures.read(path).pixels[:8, :8].mean() for path in (plain, moved))
    assert after < before - 5
    assert run("concept", "dark corner", "--forget") == 0
    assert run("decode", small, moved, "--move", "dark corner=3") == 2


def test_independent_axes_move_a_small_file(photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They go by `independent-1` and on beside the numbers of principal axes; a model without them says so."""
    model = ["--model", str(bundles.with_independent(bundles.vector_bundle(tmp_path / "with")).folder)]
    small, moved, same = tmp_path / "a.cvae", tmp_path / "a.png", tmp_path / "b.png"
    assert main(["encode", str(photo), str(small), *model]) == 0
    assert main(["decode", str(small), str(same), *model, "--move", "independent-2=0"]) == 0
    assert main(["decode", str(small), str(moved), *model, "--move", "independent-2=2"]) == 0
    assert (pictures.read(moved).pixels != pictures.read(same).pixels).any()
    capsys.readouterr()
    assert main(["decode", str(small), str(moved), *model, "--move", "independent-5=1"]) == 2
    assert "axes are 1 to 8, independent-1 to independent-4, concepts: none" in capsys.readouterr().err


def test_a_map_is_a_table_and_a_picture(
    run: Run, parts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each picture's point is its code's on the principal plane, with its label; the colours are said."""
    (parts / "labels.csv").write_text("file,shade\n" + "".join(f"good/{n:02},{n % 2}\n" for n in range(20)), "utf-8")
    table, drawn = tmp_path / "map.csv", tmp_path / "map.png"
    assert run("map", parts, "--out", table, "--out", drawn, "--colour", "shade", "--size", "320x240") == 0
    said = capsys.readouterr().out
    assert "30 pictures by pca" in said
    assert "grey: 0 other kinds, 10 pictures" in said
    assert pictures.read(drawn).pixels.shape == (240, 320, 3)
    lines = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert len(lines) == 30
    assert {line["shade"] for line in lines} == {"0", "1", ""}
    assert run("map", parts, "--out", table, "--colour", "mahalanobis") == 2
    assert "no such factor (shade) or score (none: find the anomalies" in capsys.readouterr().err
    assert run("anomalies", parts, "--save", "--json") == 0
    assert run("map", parts, "--out", table, "--colour", "mahalanobis") == 0


def test_films_go_along_the_map_and_from_picture_to_picture(run: Run, parts: Path, tmp_path: Path) -> None:
    """There and back on the map, as many frames as asked for between two pictures, ending where they begin."""
    assert run("path", parts, "--points", "-1,0 1,0.5", "--frames", "3", "--out", tmp_path / "walk") == 0
    frames = sorted((tmp_path / "walk").iterdir())
    assert len(frames) == 8
    assert frames[0].read_bytes() == frames[-1].read_bytes() != frames[3].read_bytes()
    ends = [parts / "good" / f"{number:02}.png" for number in (1, 2)]
    how = ("--repeat", "there-and-back", "--frames", "3")
    assert run("morph", *ends, *how, "--out", tmp_path / "film") == 0
    assert len(list((tmp_path / "film").iterdir())) == 6


def test_encode_says_where_jpeg_stands(
    run: Run, photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bytes, bits per pixel and PSNR are those of the file written; JPEG at that size is measured beside it."""
    out = tmp_path / "photo.cvae"
    assert run("encode", photo, out, "--json") == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["bytes"] == out.stat().st_size
    assert facts["bits_per_pixel"] == pytest.approx(8 * out.stat().st_size / 32**2)
    assert facts["psnr_db"] <= facts["unquantised_psnr_db"] + 0.5
    assert facts["jpeg_of_that_size"] is None  # a few dozen bytes: no JPEG is so small


def test_encode_refines(photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--refine writes a better code, and says by how much."""
    hasty = bundles.hasty_bundle(tmp_path / "hasty")
    command = ["encode", str(photo), str(tmp_path / "photo.cvae"), "--step", "0.01", "--model", str(hasty.folder)]
    assert main([*command, "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert main([*command, "--json", "--refine"]) == 0
    refined = json.loads(capsys.readouterr().out)
    assert plain["refined_db"] is None
    assert refined["refined_db"] > 1
    gained = refined["unquantised_psnr_db"] - plain["unquantised_psnr_db"]
    assert gained == pytest.approx(refined["refined_db"])
    assert refined["psnr_db"] > plain["psnr_db"] + 1
    assert main([*command, "--refine"]) == 0
    assert f"Refining brought {gained:.2f} dB before rounding." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("index", "missing"), "is not a folder"),
        (("anomalies", "."), "name a folder of good pictures with --good"),
        (("anomalies", ".", "--good", "."), "at least 10 are needed"),
        (("anomalies", ".", "--detector", "missing.npz"), "cannot be read"),
        (("similar", ".", "missing.png"), "does not exist"),
        (("duplicates", ".", "--limit", "2"), "--limit must be"),
        (("concept", "x"), "name pictures with --more and with --less"),
        (("concept", "x", "--more", "photo.png", "--less", "photo.png"), "at least 3 are needed"),
        (("encode", "photo.png", "out.cvae", "--step", "0"), "the step must be"),
        (("decode", "photo.png", "out.png"), "not a latent file"),
        (("map", ".", "--out", "map.txt"), "a map is a table"),
        (("map", ".", "--out", "map.png", "--size", "big"), "write WIDTHxHEIGHT"),
        (("path", ".", "--points", "0,0 1", "--out", "a.gif"), "'1' is no point"),
        (("path", ".", "--points", "0,0", "--out", "a.gif"), "two points or more"),
        (("path", ".", "--points", "0,0 1,1", "--out", "a.txt"), "a film ends in"),
        (("morph", "photo.png", "--out", "a.gif"), "two pictures or more"),
        (("morph", "photo.png", "photo.png", "--frames", "0", "--out", "a.gif"), "must be at least 1"),
        (("nonsense",), "see --help"),
    ],
)
def test_bad_use_is_one_sentence(
    run: Run, photo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...], said: str,
) -> None:  # fmt: skip
    """Exit status 2, one line on stderr that names the thing, after what was said of the folder."""
    monkeypatch.chdir(photo.parent)
    assert run(*arguments) == 2
    (error,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("desktop.inspect: ")]
    assert said in error


def test_a_file_of_another_model_is_refused(
    run: Run, photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence names the model that it was given."""
    run("encode", photo, tmp_path / "a.cvae")
    other = bundles.vector_bundle(tmp_path / "other", numbers=5, name="other")
    command = ["decode", str(tmp_path / "a.cvae"), str(tmp_path / "a.png"), "--model", str(other.folder)]
    assert main(command) == 2
    assert "another model than other" in capsys.readouterr().err


def test_it_runs_as_a_module(tmp_path: Path) -> None:
    """`python -m desktop.inspect` is the command."""
    command = [sys.executable, "-m", "desktop.inspect", "index", str(tmp_path / "missing"), "--model", "none"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=dict(os.environ))
    assert done.returncode == 2
    assert "there is no model none" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("index", "."),
        ("morph", "photo.png", "photo.png", "--out", "a.gif"),
        ("encode", "photo.png", "a.cvae"),
        ("concept", "x", "--more", "a", "--less", "b"),
    ],
)
def test_a_provider_that_does_not_work_is_an_error(
    photo: Path, vector: Bundle, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
) -> None:  # fmt: skip
    """Asked for by name, by any of those that there are, it is one sentence with status 2."""
    monkeypatch.chdir(photo.parent)
    monkeypatch.setattr(providers, "problem", lambda _: "no driver was found")
    for name in ("cuda", "tensorrt", "openvino"):
        assert main([*command, "--model", str(vector.folder), "--provider", name]) == 2
        assert "was asked for, but no driver was found" in capsys.readouterr().err
    assert main(["index", ".", "--model", str(vector.folder)]) == 0
    assert "Computing on CPU." in capsys.readouterr().err


def test_old_names_work_with_a_note(run: Run, parts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`odd`, `--save-judge` and `--judge` do what the present names do, and stderr says what those are."""
    kept = tmp_path / "detector.npz"
    assert run("anomalies", parts, "--json") == 0
    expected = capsys.readouterr().out
    assert run("odd", parts, f"--save-judge={kept}", "--json") == 0
    done = capsys.readouterr()
    assert done.out == expected
    assert "`odd` is called `anomalies` now" in done.err
    assert "`--save-judge` is called `--save-detector` now" in done.err
    assert run("anomalies", parts, "--judge", kept, "--json") == 0
    done = capsys.readouterr()
    assert done.out == expected
    assert "`--judge` is called `--detector` now" in done.err


def test_names_of_any_bytes_go_through_every_command(
    run: Run, parts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Names that are no UTF-8, that turn a terminal red and that are formulas: indexed, scored, mapped and moved."""
    shutil.rmtree(parts / "mask")
    strange = [os.fsdecode(name) for name in (b"caf\xe9.png", b"\x1b[31mred.png", b"=1+1.png", b"a\nb.png", LINE_ENDS)]
    for number, name in enumerate(strange):
        picture = varied(200 + number)
        picture[:8, :8] = 0
        save_png(parts / "bad" / name, picture)
    save_png(parts / "good" / os.fsdecode(b"g\xf6\x80.png"), varied(77))
    (parts / os.fsdecode(b"broken\xe9.png")).touch()
    assert run("index", parts) == 1
    table, map_table = tmp_path / "anomalies.csv", tmp_path / "map.csv"
    assert run("anomalies", parts, "--save", "--csv", table) == 1  # one is broken
    assert run("map", parts, "--out", map_table) == 0
    assert run("similar", parts, parts / "bad" / strange[0]) == 0
    assert run("duplicates", parts, "--limit", "0.5") == 0
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err
    assert "caf\\udce9.png" in said.out
    for file in (table, map_table):
        with file.open(encoding="utf-8", errors="surrogateescape", newline="") as rows:
            paths = {row["path"] for row in csv.DictReader(rows)}
        assert {f"bad/{name}" for name in strange} <= paths
    run("anomalies", parts, "--move-to", tmp_path / "moved")
    assert not (parts / "bad" / strange[0]).exists()
    assert run("undo") == 0
    assert (parts / "bad" / strange[0]).exists()


@pytest.mark.parametrize(
    "command",
    [
        ("anomalies", "parts", "--csv", "parts"),
        ("anomalies", "parts", "--heat", "photo.png"),
        ("anomalies", "parts", "--save-detector", "photo.png/a.npz"),
        ("map", "parts", "--out", "photo.png/a.csv"),
        ("encode", "photo.png", "parts"),
        ("decode", "a.cvae", "photo.png/b.png"),
        ("morph", "photo.png", "photo.png", "--out", "photo.png/a.gif"),
        ("morph", "photo.png", "photo.png", "--out", "parts"),
    ],
)
@pytest.mark.usefixtures("parts")
def test_a_mistaken_target_is_one_sentence(
    run: Run, photo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
) -> None:  # fmt: skip
    """A folder where a file goes, or a file where a folder goes: status 2, and nothing is lost."""
    monkeypatch.chdir(photo.parent)
    assert run("encode", "photo.png", "a.cvae") == 0
    before = photo.read_bytes()
    capsys.readouterr()
    assert run(*command) == 2
    assert "desktop.inspect: " in capsys.readouterr().err
    assert photo.read_bytes() == before


def test_a_data_folder_that_cannot_be_used_is_one_sentence(
    vector: Bundle, parts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file stands where indexes, moves and models are kept."""
    (tmp_path / "data").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for command in (["index", str(parts)], ["anomalies", str(parts)]):
        assert main([*command, "--model", str(vector.folder), "--provider", "cpu"]) == 2
        assert "cannot be" in capsys.readouterr().err
    assert main(["undo"]) == 2
