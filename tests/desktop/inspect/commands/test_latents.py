"""The commands that work on latents: concepts, sliders, and latent files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.engine import pictures
from desktop.inspect.commands.command import main
from tests import bundles
from tests.desktop.inspect.commands.conftest import Run


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


def test_a_file_of_another_model_is_refused(
    run: Run, photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence names the model that it was given."""
    run("encode", photo, tmp_path / "a.cvae")
    other = bundles.vector_bundle(tmp_path / "other", numbers=5, name="other")
    command = ["decode", str(tmp_path / "a.cvae"), str(tmp_path / "a.png"), "--model", str(other.folder)]
    assert main(command) == 2
    assert "another model than other" in capsys.readouterr().err
