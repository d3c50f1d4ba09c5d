"""What a pair means is found out by trying, or is told."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto
from torch import Tensor, nn

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.sliders.latents import read_latent_space
from export import verify
from export.bundle import SizeRule, read_bundle
from export.foreign.reading import IMAGENET_MEAN, IMAGENET_STD, to_grey
from export.statistics import independent
from tests.export.conftest import Command
from tests.export.foreign.opened import check_in_desktop
from tests.export.foreign.pairs import CHANNELS, PATCH, channel_pair, linear_pair, patterns


class PatchEncoder(nn.Module):
    """As diffusers' VAE encoders export: (N, 3, H, W) in [-1, 1] -> mean and log-variance, (N, 2C, h, w)."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.from_numpy(patterns()))

    def forward(self, sample: Tensor) -> Tensor:
        """The projection of each patch, and a spread that says nothing."""
        mean = nn.functional.conv2d(sample.clamp(-1, 1), self.weight, stride=PATCH)
        return torch.cat([mean, torch.zeros_like(mean) - 6], 1)


class PatchDecoder(nn.Module):
    """(N, C, h, w) -> (N, 3, H, W) in [-1, 1]."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.from_numpy(patterns()))

    def forward(self, latent_sample: Tensor) -> Tensor:
        """The sum of the patterns."""
        return nn.functional.conv_transpose2d(latent_sample, self.weight, stride=PATCH)


def export_diffusers(folder: Path, encoder: nn.Module, decoder: nn.Module, channels: int) -> tuple[Path, Path]:
    """The folders, files and names that diffusers and optimum write, of a pair that makes pictures 4 times smaller."""
    sides = (
        ("vae_encoder", encoder, torch.zeros(2, 3, 32, 64), ("sample", "latent_parameters")),
        ("vae_decoder", decoder, torch.zeros(2, channels, 8, 16), ("latent_sample", "sample")),
    )
    for name, module, example, (source, target) in sides:
        (folder / name).mkdir(parents=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            free = dict.fromkeys((0, 2, 3), torch.export.Dim.DYNAMIC)
            program = torch.onnx.export(
                module.eval(),
                (example,),
                input_names=[source],
                output_names=[target],
                dynamic_shapes=(free,),
                dynamo=True,
                verbose=False,
                opset_version=18,
            )
        assert program is not None
        program.save(folder / name / "model.onnx")
    return folder / "vae_encoder" / "model.onnx", folder / "vae_decoder" / "model.onnx"


def test_a_pair_in_diffusers_layout_is_adopted(
    command: Command, picture_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Range, layout and the half that is the mean are found; weights beside a graph are taken in; any size is taken."""
    encoder, decoder = export_diffusers(tmp_path / "patches", PatchEncoder(), PatchDecoder(), CHANNELS)
    onnx.save(onnx.load(encoder), encoder, save_as_external_data=True, location="model.onnx_data", size_threshold=0)
    assert command(encoder, decoder, "--pictures", picture_folder, "--size", 32, "--pack") == 0
    printed = capsys.readouterr().out
    assert "Taken: NCHW pixels -1..1 in, latent the first half of latent_parameters, -1..1 out, with" in printed
    bundle = read_bundle(tmp_path / "user" / "patches.convae")
    assert bundle.info.size == SizeRule("multiple", PATCH, 32, 32)
    assert bundle.info.latent.shape == (CHANNELS, 8, 8)
    autoencoder = check_in_desktop(bundle, 30)
    oblong = np.zeros((3, 20, 36, 3), np.uint8)
    assert autoencoder.decode(autoencoder.encode(oblong)).shape == oblong.shape
    assert "first half of latent_parameters" in bundle.read("README.md").decode()


def test_random_weights_need_to_be_told_their_ranges(
    command: Command, picture_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They give no picture back, so trying tells nothing; with the ranges named they are adopted and open."""
    torch.manual_seed(0)
    encoder = nn.Sequential(nn.Conv2d(3, 8, 3, 2, 1), nn.GroupNorm(2, 8), nn.SiLU(), nn.Conv2d(8, 4, 3, 2, 1))
    decoder = nn.Sequential(nn.ConvTranspose2d(4, 8, 4, 2, 1), nn.SiLU(), nn.ConvTranspose2d(8, 3, 4, 2, 1), nn.Tanh())
    graphs = export_diffusers(tmp_path / "random", encoder, decoder, 4)
    arguments = [*graphs, "--pictures", picture_folder, "--size", 32, "--out", tmp_path / "bundle"]
    assert command(*arguments) == 2
    error = capsys.readouterr().err
    assert "gives the pictures back" in error
    assert "--input-range" in error
    assert not (tmp_path / "bundle").exists()
    assert command(*arguments, "--input-range=-1..1", "--output-range=-1..1") == 0
    check_in_desktop(read_bundle(tmp_path / "bundle"), 0)


def _normalise(path: Path, before: bool) -> None:
    """Puts ImageNet's scale before a graph's input, or takes it away after its output, so that it wants that scale."""
    model = onnx.load(path)
    mean, std = (np.array(each, np.float32).reshape(1, 3, 1, 1) for each in (IMAGENET_MEAN, IMAGENET_STD))
    for name, array in (("mean", mean), ("std", std)):
        model.graph.initializer.append(onnx.numpy_helper.from_array(array, name))
    make = onnx.helper.make_node
    if before:  # the graph undoes what it is fed with
        nodes = [make("Mul", ["x", "std"], ["scaled"]), make("Add", ["scaled", "mean"], ["pixels"])]
        for node in model.graph.node:
            node.input[:] = ["pixels" if name == "x" else name for name in node.input]
        rest = list(model.graph.node)
        del model.graph.node[:]
        model.graph.node.extend([*nodes, *rest])
    onnx.save(model, path)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"layout": "NHWC"}, "NHWC pixels 0..1 in, latent z, 0..1 out"),
        ({"low": -1.0}, "NCHW pixels -1..1 in, latent z, -1..1 out"),
        ({"kind": TensorProto.UINT8, "layout": "NHWC", "high": 255.0}, "NHWC pixels 0..255 in, latent z, 0..255 out"),
        ({"kind": TensorProto.FLOAT16, "side": 32}, "NCHW pixels 0..1 in, latent z, 0..1 out"),
        ({"noise": True}, "NCHW pixels 0..1 in, latent z, 0..1 out"),
        ({"factor": 1 / 0.18215}, "NCHW pixels 0..1 in, latent z times 0.18215, 0..1 out"),
    ],
)
def test_pairs_of_every_kind_are_understood(
    command: Command,
    picture_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    options: dict[str, Any],
    words: str,
) -> None:
    """Layouts, ranges, types, fixed sizes, a draw of noise, and a factor between the two."""
    for name in ("SMALLEST_GAIN", "CERTAIN_GAIN"):
        monkeypatch.setattr(independent, name, 0.0)  # so few pictures prove nothing
    graphs = linear_pair(tmp_path / "pair", **options)
    assert command(*graphs, "--pictures", picture_folder, "--size", 32, "--out", tmp_path / "bundle") == 0
    assert f"Taken: {words}, with" in capsys.readouterr().out
    bundle = read_bundle(tmp_path / "bundle")
    assert bundle.info.size.kind == ("fixed" if "side" in options else "multiple")
    assert bundle.info.latent.shape == (CHANNELS, 8, 8)
    check_in_desktop(bundle, 30)
    assert len(read_latent_space(bundle).independent_effect) > 1
    checks = verify.verify_bundle(verify.VerifyConfig(bundle.path))
    assert [check.what for check in checks if not check.passed] == []
    assert any("against the network's" in check.what for check in checks)


@pytest.mark.parametrize(
    ("shape", "words", "channels"),
    [(1, "0..1 grey in, latent z, 0..1 grey out", "grey"), (4, "0..1 RGBA in, latent z, 0..1 RGBA out", "rgba")],
)
def test_pairs_of_other_channels_are_adopted(
    command: Command,
    picture_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    shape: int,
    words: str,
    channels: str,
) -> None:
    """Networks of one channel and of four take and give RGB once they are wrapped; grey ones give three equal ones."""
    graphs = channel_pair(tmp_path / "pair", shape)
    assert command(*graphs, "--pictures", picture_folder, "--size", 32, "--out", tmp_path / "bundle") == 0
    assert words in capsys.readouterr().out
    bundle = read_bundle(tmp_path / "bundle")
    assert bundle.info.architecture.options["input_channels"] == channels
    made = Autoencoder(bundle, "cpu")
    picture = np.random.default_rng(0).integers(0, 256, (1, 32, 32, 3), np.uint8)
    out = made.decode(made.encode(picture))
    if shape == 1:
        assert np.abs(out.astype(int) - to_grey(picture)).max() <= 1
        assert (out[..., :1] == out).all()
    else:
        assert np.abs(out.astype(int) - picture).max() <= 1


def test_a_factor_is_never_invented(
    command: Command, picture_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A network fed by ImageNet's mean and deviation is read so, without a factor, and the next best way is told."""
    graphs = linear_pair(tmp_path / "pair", low=-3.0, high=3.0)
    for path in graphs:
        _normalise(path, before=path.stem == "encoder")
    assert command(*graphs, "--pictures", picture_folder, "--size", 32, "--out", tmp_path / "bundle") == 0
    printed = capsys.readouterr().out
    assert "times" not in printed.split("Taken:")[1].split("\n")[0]
    assert "Next best:" in printed


def test_what_the_user_knows_is_taken(
    command: Command, picture_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Mean, deviation, order of colours and factor are not tried but taken; a mean alone is refused."""
    graphs = linear_pair(tmp_path / "pair", low=-9.0, high=9.0)
    told = ("--mean", 0.5, 0.5, 0.5, "--std", 0.25, 0.25, 0.25, "--output-range=0..1", "--channels=bgr")
    common = (*graphs, "--pictures", picture_folder, "--size", 32)
    assert command(*common, *told, "--latent-scale", 0.5, "--out", tmp_path / "bundle") == 0
    taken = capsys.readouterr().out.split("Taken:")[1]
    assert "mean 0.5 0.5 0.5 std 0.25 0.25 0.25 BGR in, latent z times 0.5, 0..1 BGR out" in taken
    assert command(*common, "--mean", 0.5, 0.5, 0.5, "--out", tmp_path / "none") == 2
    assert "--mean and --std go together" in capsys.readouterr().err
