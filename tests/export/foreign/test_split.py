"""One graph that holds both halves is cut."""

from __future__ import annotations

from pathlib import Path

import onnx
import pytest

from export.bundle import read_bundle
from tests.export.conftest import Command
from tests.export.foreign.opened import check_in_desktop
from tests.export.foreign.pairs import CHANNELS, linear_pair


def test_one_graph_that_holds_both_halves_is_cut_at_its_bottleneck(
    command: Command, picture_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """At the narrowest tensor, or at the one that is named; a name that nothing has is one sentence."""
    encoder, decoder = linear_pair(tmp_path / "pair", side=32)
    whole = tmp_path / "autoencoder.onnx"
    joined = onnx.compose.merge_models(
        onnx.compose.add_prefix(onnx.load(encoder), "e/"),
        onnx.compose.add_prefix(onnx.load(decoder), "d/"),
        io_map=[("e/z", "d/x")],
    )
    onnx.save(joined, whole)
    out = tmp_path / "bundle"
    assert command(whole, "--pictures", picture_folder, "--out", out) == 0
    check_in_desktop(read_bundle(out), 30)
    assert read_bundle(out).info.latent.shape == (CHANNELS, 8, 8)
    assert command(whole, "--latent", "e/code", "--pictures", picture_folder, "--out", tmp_path / "named") == 0
    assert "latent e/code" in capsys.readouterr().out
    assert command(whole, "--latent", "nowhere", "--pictures", picture_folder, "--out", tmp_path / "none") == 2
    assert "cannot be cut at 'nowhere'" in capsys.readouterr().err
