"""Foreign pairs: what they mean is found out, they are wrapped, and the desktop opens them."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto
from torch import Tensor, nn

from desktop.engine import library
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.sliders.latents import read_latent_space
from export import adopt, verify
from export.bundle import Bundle, SizeRule, read_bundle
from export.statistics import independent
from tests.export.foreign_pairs import CHANNELS, PATCH, linear_pair, patterns

Command = Callable[..., int]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Calls the command with these arguments; the user's model folder is below `tmp_path / "user"`."""
    monkeypatch.setattr(adopt, "user_models_folder", lambda: tmp_path / "user")

    def call(*arguments: Any) -> int:
        monkeypatch.setattr(sys, "argv", ["adopt", *map(str, arguments)])
        return adopt.main()

    return call


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


def check_in_desktop(bundle: Bundle, least_psnr_db: float) -> Autoencoder:
    """The desktop's engine opens it, has sliders for it, and rebuilds a picture."""
    bundle.verify()
    autoencoder = Autoencoder(library.open_entry(bundle.path).require(), "cpu")
    assert read_latent_space(bundle).mean.size == bundle.info.latent.size
    y, x = np.mgrid[0:32, 0:32] / 32
    picture = (np.stack([x, y, 1 - x], -1) * 255).astype(np.uint8)[None]
    error = np.square(autoencoder.decode(autoencoder.encode(picture)).astype(float) - picture).mean()
    assert 10 * np.log10(255**2 / error) > least_psnr_db
    return autoencoder


def test_a_pair_in_diffusers_layout_is_adopted(
    command: Command, picture_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Range, layout and the half that is the mean are found; weights beside a graph are taken in; any size is taken."""
    encoder, decoder = export_diffusers(tmp_path / "patches", PatchEncoder(), PatchDecoder(), CHANNELS)
    onnx.save(onnx.load(encoder), encoder, save_as_external_data=True, location="model.onnx_data", size_threshold=0)
    assert command(encoder, decoder, "--pictures", picture_folder, "--size", 32, "--pack") == 0
    printed = capsys.readouterr().out
    assert "Taken: NCHW pixels -1..1 in, latent the first half of latent_parameters, -1..1 out." in printed
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
    assert f"Taken: {words}." in capsys.readouterr().out
    bundle = read_bundle(tmp_path / "bundle")
    assert bundle.info.size.kind == ("fixed" if "side" in options else "multiple")
    assert bundle.info.latent.shape == (CHANNELS, 8, 8)
    check_in_desktop(bundle, 30)
    assert len(read_latent_space(bundle).independent_effect) > 1
    checks = verify.verify_bundle(verify.VerifyConfig(bundle.path))
    assert [check.what for check in checks if not check.passed] == []
    assert any("against the network's" in check.what for check in checks)


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
    model.opset_import[0].version = 9
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
        (_old, "opset 9"),
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


def test_missing_pictures_are_said(command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is not there is named."""
    assert command(*linear_pair(tmp_path / "pair"), "--pictures", tmp_path / "nowhere") == 2
    assert "nowhere" in capsys.readouterr().err
