"""Graphs that cannot be taken in are refused in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto

from desktop.engine.autoencoder import Autoencoder
from export.bundle import read_bundle
from tests.export.conftest import Command
from tests.export.foreign.pairs import channel_pair, linear_pair


def _outside(folder: Path) -> None:
    model = onnx.load(folder / "encoder.onnx")
    tensor = model.graph.initializer[0]
    tensor.data_location = TensorProto.EXTERNAL
    tensor.ClearField("raw_data")
    tensor.external_data.add(key="location", value="../secret")
    (folder.parent / "secret").write_bytes(bytes(10_000))
    (folder / "encoder.onnx").write_bytes(model.SerializeToString())


def _linked(folder: Path) -> None:
    (folder / "encoder.onnx").rename(folder / "elsewhere")
    (folder / "encoder.onnx").symlink_to(folder / "elsewhere")


def _garbage(folder: Path) -> None:
    (folder / "encoder.onnx").write_bytes(b"garbage" * 100)


def _gone(folder: Path) -> None:
    (folder / "decoder.onnx").unlink()


def _exchanged(folder: Path) -> None:
    (folder / "encoder.onnx").rename(folder / "other")
    (folder / "decoder.onnx").rename(folder / "encoder.onnx")
    (folder / "other").rename(folder / "decoder.onnx")


def _old(folder: Path) -> None:
    model = onnx.load(folder / "encoder.onnx")
    model.opset_import[0].version = 6
    (folder / "encoder.onnx").write_bytes(model.SerializeToString())


def _custom(folder: Path) -> None:
    model = onnx.load(folder / "encoder.onnx")
    model.graph.node[0].domain = "evil"
    (folder / "encoder.onnx").write_bytes(model.SerializeToString())


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_outside, "outside this folder"),
        (_linked, "is a link"),
        (_garbage, "not a readable ONNX file"),
        (_gone, "is missing"),
        (_exchanged, "Is the encoder the first of the two?"),
        (_old, "opset 6"),
        (_custom, "operators of 'evil'"),
    ],
)
def test_what_cannot_be_adopted_is_one_sentence(
    command: Command,
    picture_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[Path], None],
    words: str,
) -> None:
    """Exit status 2, and nothing written."""
    graphs = linear_pair(tmp_path / "pair")
    spoil(tmp_path / "pair")
    assert command(*graphs, "--pictures", picture_folder, "--size", 32, "--out", tmp_path / "bundle") == 2
    error = capsys.readouterr().err
    assert error.strip().splitlines()[-1].startswith("error: ")
    assert words in error
    assert not (tmp_path / "bundle").exists()


@pytest.mark.parametrize("opset", [9, 12])
def test_old_opsets_are_converted(command: Command, picture_folder: Path, tmp_path: Path, opset: int) -> None:
    """By onnx's own converter."""
    graphs = channel_pair(tmp_path / "pair", 3, opset=opset)
    assert command(*graphs, "--pictures", picture_folder, "--size", 32, "--out", tmp_path / "bundle") == 0
    made = Autoencoder(read_bundle(tmp_path / "bundle"), "cpu")
    picture = np.random.default_rng(0).integers(0, 256, (1, 32, 32, 3), np.uint8)
    assert np.array_equal(made.decode(made.encode(picture)), picture)
