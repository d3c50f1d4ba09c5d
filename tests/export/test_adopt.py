"""Foreign pairs: what they mean is found out, they are wrapped, and the desktop opens them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto

from desktop.engine.autoencoder import Autoencoder
from export.bundle import read_bundle
from tests.export.conftest import Command
from tests.export.foreign.pairs import channel_pair, linear_pair


def test_small_and_oblong_fixed_sizes_are_adopted(command: Command, picture_folder: Path, tmp_path: Path) -> None:
    """28 x 28, which is no multiple of 32, and a fixed size that is wider than high."""
    for height, width in ((28, 28), (16, 32)):
        out = tmp_path / f"bundle-{width}"
        graphs = channel_pair(tmp_path / f"pair-{width}", 3, (height, width))
        assert command(*graphs, "--pictures", picture_folder, "--out", out) == 0
        rule = read_bundle(out).info.size
        assert (rule.kind, rule.height, rule.width) == ("fixed", height, width)
        assert Autoencoder(read_bundle(out), "cpu").encode(np.zeros((1, height, width, 3), np.uint8)).shape[0] == 1


def test_the_same_file_twice_is_refused(
    command: Command, picture_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is no pair."""
    encoder, _ = linear_pair(tmp_path / "pair")
    assert command(encoder, encoder, "--pictures", picture_folder, "--size", 32, "--out", tmp_path / "bundle") == 2
    assert "was given twice" in capsys.readouterr().err


def test_a_latent_of_another_shape_is_named_by_it(
    command: Command, picture_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """[N, 1, D] is neither a vector nor a map."""
    encoder, decoder = channel_pair(tmp_path / "pair", 3, (32, 32))
    model = onnx.load(encoder)
    model.graph.node.append(onnx.helper.make_node("Reshape", ["z", "flat"], ["flattened"]))
    model.graph.initializer.append(onnx.numpy_helper.from_array(np.array([0, 1, -1], np.int64), "flat"))
    del model.graph.output[:]
    model.graph.output.append(onnx.helper.make_tensor_value_info("flattened", TensorProto.FLOAT, ["N", 1, 3072]))
    onnx.save(model, encoder)
    assert command(encoder, decoder, "--pictures", picture_folder, "--out", tmp_path / "bundle") == 2
    assert "['N', 1, 3072]" in capsys.readouterr().err


def test_missing_pictures_are_said(command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is not there is named."""
    assert command(*linear_pair(tmp_path / "pair"), "--pictures", tmp_path / "nowhere") == 2
    assert "nowhere" in capsys.readouterr().err
