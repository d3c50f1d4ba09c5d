"""The command, run as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.engine import library, picture_writer, pictures
from desktop.engine.latent_file import codec
from desktop.engine.sliders.latents import read_latent_space
from desktop.state import settings
from desktop.state.settings import Settings
from export.bundle import Bundle
from tests import bundles
from tests.pictures import gradient


def convae_desktop(*arguments: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs `python -m desktop` in a folder, with no display but what `environment` names."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    # The models found are none but those named, whatever this machine has.
    return subprocess.run(
        [sys.executable, "-m", "desktop", *map(str, arguments)],
        cwd=folder,
        env=kept | {"XDG_DATA_HOME": str(folder)} | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_screenshot_draws_the_window(tmp_path: Path, vector: Bundle, photo: Path, theme: str) -> None:
    """Exit status 0, nothing printed, and a PNG of the window's size in the theme asked for."""
    shot = tmp_path / "shot.png"
    done = convae_desktop("--model", vector.folder, "--screenshot", shot, "--theme", theme, photo, folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    with Image.open(shot) as image:
        assert (image.format, image.size) == ("PNG", (1280, 800))
    background = pictures.read(shot).pixels[790, 640].mean()
    assert background > 200 if theme == "light" else background < 60


def test_screenshot_is_sharp_at_twice_the_size(tmp_path: Path, vector: Bundle) -> None:
    """On a screen of 200 % there are twice as many pixels each way."""
    shot = tmp_path / "shot.png"
    done = convae_desktop("--model", vector.folder, "--screenshot", shot, folder=tmp_path, QT_SCALE_FACTOR="2")
    assert done.returncode == 0
    assert pictures.read(shot).pixels.shape == (1600, 2560, 3)


def test_a_packed_model_is_opened(tmp_path: Path, photo: Path) -> None:
    """A `.convae` file is named like a folder; so is one in the user's folder."""
    shot = tmp_path / "shot.png"
    packed = bundles.vector_bundle(tmp_path / "convae" / "models" / "packed.convae", name="packed").path
    for arguments in ((packed,), ("--model", "packed")):
        done = convae_desktop("--screenshot", shot, *arguments, photo, folder=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert shot.stat().st_size > 0
        shot.unlink()


def test_a_latent_file_is_opened(tmp_path: Path, vector: Bundle) -> None:
    """By the model that made it; the window shows another picture than without it."""
    space, shots = read_latent_space(vector), [tmp_path / "plain.png", tmp_path / "shot.png"]
    small = tmp_path / "friend.cvae"
    codec.write_small(small, codec.quantise(space.mean_code + 3 * space.std, vector.info, space, (32, 32), 0.1))
    for shot, paths in zip(shots, ([], [small])):
        done = convae_desktop("--model", vector.folder, "--screenshot", shot, *paths, folder=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
    plain, shown = (pictures.read(shot).pixels for shot in shots)
    assert (plain != shown).mean() > 0.01


@pytest.mark.parametrize("display", [{}, {"DISPLAY": ":4711"}, {"QT_QPA_PLATFORM": "xcb"}])
def test_without_a_display_a_sample_is_drawn(tmp_path: Path, vector: Bundle, display: dict[str, str]) -> None:
    """No display, or none that answers: a PNG in the folder, one sentence with the ways out, exit status 0."""
    done = convae_desktop("--model", vector.folder, folder=tmp_path, **display)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1
    for words in ("convae-desktop.png", "xvfb-run", "QT_QPA_PLATFORM=vnc"):
        assert words in done.stdout
    assert pictures.read(tmp_path / "convae-desktop.png").pixels.shape == (800, 1280, 3)


@pytest.mark.slow
def test_bad_input_is_one_sentence(tmp_path: Path, vector: Bundle, photo: Path) -> None:
    """Whatever is wrong with what was named, status 2 and one sentence on stderr, with a display or without."""
    (tmp_path / "empty").mkdir()
    text = tmp_path / "text.png"
    text.write_text("words")
    cut, altered, garbage = (bundles.vector_bundle(tmp_path / name, name=name) for name in ("cut", "changed", "junk"))
    (cut.folder / "decoder.onnx").unlink()
    (altered.folder / "latents.npz").write_bytes(b"altered")
    bundles.rewrite(garbage, decoder_onnx=b"garbage")
    good: list[str | Path] = ["--model", vector.folder]
    shot: list[str | Path] = ["--screenshot", tmp_path / "shot.png"]
    table: list[tuple[list[str | Path], str]] = [
        ([*good, *shot, text], "text.png is not a picture"),
        ([*good, text], "text.png is not a picture"),
        ([*good, tmp_path / "missing.png"], "missing.png does not exist"),
        ([*good, photo, text], "text.png is not a picture"),
        (["--model", "nothing", *shot], "there is no model nothing"),
        ([*shot, tmp_path / "empty"], "neither a model nor a picture in"),
        (["--model", cut.folder, photo], "decoder.onnx is missing"),
        ([altered.folder, photo], "latents.npz was altered"),
        ([*shot, garbage.folder, photo], "decoder.onnx: the graph is not a readable ONNX file"),
        ([*good, "--screenshot", text / "shot.png"], "shot.png cannot be written"),
        ([*good, "--provider", "abacus"], "invalid choice: 'abacus'"),
    ]
    for arguments, words in table:
        done = convae_desktop(*arguments, folder=tmp_path)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        assert done.stderr.startswith("convae-desktop: "), arguments
        assert words in done.stderr
        assert done.stderr.count("\n") == 1, done.stderr


def test_what_was_named_is_shown(qtbot: QtBot, tmp_path: Path, vector: Bundle, photo: Path) -> None:
    """Whatever page was the last one, a picture or a model on the command line opens where pictures are."""
    path = tmp_path / "convae" / "settings.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "settings_file", lambda: path)
        for named, page in (([], "batch"), ([str(photo)], "picture"), (["--model", "tiny"], "picture")):
            last = Settings(path)
            last.page = "batch"
            last.flush()
            arguments = app._parser().parse_args([*named, "--language", "en"])
            _, window = app._compose(arguments, [library.open_entry(vector.folder)], remembers=True)
            qtbot.addWidget(window)
            assert window.services.actions[f"page.{page}"].isChecked(), named
            window.close()


def test_a_graph_on_the_command_line_is_told_what_a_model_is(tmp_path: Path, vector: Bundle) -> None:
    """Not that it is no picture."""
    graph = vector.folder / "encoder.onnx"
    done = convae_desktop("--model", vector.folder, graph.rename(tmp_path / "net.onnx"), folder=tmp_path)
    assert done.returncode == 2
    assert "a model is a .convae file" in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_unknown_platform_is_named(tmp_path: Path, vector: Bundle) -> None:
    """A QT_QPA_PLATFORM that Qt does not have ends in a sentence, not in Qt's abort."""
    done = convae_desktop("--model", vector.folder, folder=tmp_path, QT_QPA_PLATFORM="crystal-ball")
    assert done.returncode == 2
    assert "QT_QPA_PLATFORM names crystal-ball" in done.stderr


def test_no_model_at_all_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where no model is found there is nothing to draw, and the sentence says where to put one."""
    monkeypatch.setattr(library, "shipped_folder", lambda: tmp_path / "shipped")
    monkeypatch.setattr(library, "user_folder", lambda: tmp_path / "yours")
    assert app.main(["--screenshot", str(tmp_path / "shot.png")]) == 2
    assert f"put one in {tmp_path / 'yours'}" in capsys.readouterr().err


def test_the_doctor_prints_its_report(tmp_path: Path, vector: Bundle) -> None:
    """Status 0 where everything works, and the decode on the CPU is among what was tried."""
    done = convae_desktop("--doctor", "--model", vector.folder, folder=tmp_path)
    assert done.stderr == ""
    assert "Decode on CPU: works; nodes that ran there: " in done.stdout
    assert done.returncode == (0 if done.stdout.endswith("Everything works.\n") else 1)


def test_many_pictures_are_offered_in_a_strip(tmp_path: Path, vector: Bundle, photo: Path) -> None:
    """Several pictures and a folder on the command line: the first is shown, and the strip changes the window."""
    folder = tmp_path / "more"
    folder.mkdir()
    for number in range(3):
        picture_writer.save_png(folder / f"{number}.png", gradient(30, 40))
    shots = [tmp_path / "one.png", tmp_path / "many.png"]
    for shot, paths in zip(shots, ([photo], [photo, folder])):
        done = convae_desktop("--model", vector.folder, "--screenshot", shot, *paths, folder=tmp_path)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    one, many = (pictures.read(shot).pixels for shot in shots)
    assert not np.array_equal(one, many)
