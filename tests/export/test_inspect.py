"""What the command shows of a bundle."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from export import inspect
from export.bundle import Bundle, write_bundle
from tests import bundles

Command = Callable[[Path], int]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Command:
    """Calls the command on a bundle, on a wide terminal."""
    monkeypatch.setenv("COLUMNS", "250")

    def call(path: Path) -> int:
        monkeypatch.setattr(sys, "argv", ["inspect", str(path)])
        return inspect.main()

    return call


def test_everything_in_a_bundle_is_shown(
    command: Command, vector: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Model, parity, quality, concepts, samplers and every file with its arrays; of a packed bundle the same."""
    bundle = bundles.enriched(vector)
    assert command(bundle.path) == 0
    printed = capsys.readouterr().out
    expected = [
        "tiny",
        "vector 8: 8 numbers",
        "uint8 [N, 32, 32, 3]",
        "30.00 dB",
        "glasses: round",
        "mixture",
        "axes float32 [8, 8]",
    ]
    for words in (*expected, *bundle.info.sha256, "is whole"):
        assert words in printed, words
    files = {name: bundle.read(name) for name in bundle.info.sha256}
    packed = write_bundle(tmp_path / "tiny.convae", bundle.info, files)
    assert command(packed.path) == 0
    assert capsys.readouterr().out.splitlines()[:-1] == printed.splitlines()[:-1]


def test_markup_in_names_is_shown_as_it_is(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name cannot colour the terminal."""
    assert command(bundles.vector_bundle(tmp_path / "red", name="[red]x[/red]").path) == 0
    assert "[red]x[/red]" in capsys.readouterr().out


def test_a_broken_bundle_is_one_sentence(
    command: Command, vector: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An altered file, a missing one and a place without a bundle: status 2."""
    (vector.folder / "decoder.onnx").write_bytes(b"altered")
    for path, words in ((vector.folder, "decoder.onnx was altered"), (tmp_path / "none", "is not a bundle")):
        assert command(path) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.startswith("error: ")
        assert words in captured.err
