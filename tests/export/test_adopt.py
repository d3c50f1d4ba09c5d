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
from export.foreign.reading import IMAGENET_MEAN, IMAGENET_STD, to_grey
from export.statistics import independent
from tests.export.foreign_pairs import CHANNELS, PATCH, channel_pair, linear_pair, patterns

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
    """The desktop's engine opens it, has sliders for it, and reconstructs a picture."""
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


def test_small_and_oblong_fixed_sizes_are_adopted(command: Command, picture_folder: Path, tmp_path: Path) -> None:
    """28 x 28, which is no multiple of 32, and a fixed size that is wider than high."""
    for height, width in ((28, 28), (16, 32)):
        out = tmp_path / f"bundle-{width}"
        graphs = channel_pair(tmp_path / f"pair-{width}", 3, (height, width))
        assert command(*graphs, "--pictures", picture_folder, "--out", out) == 0
        rule = read_bundle(out).info.size
        assert (rule.kind, rule.height, rule.width) == ("fixed", height, width)
        assert Autoencoder(read_bundle(out), "cpu").encode(np.zeros((1, height, width, 3), np.uint8)).shape[0] == 1


@pytest.mark.parametrize("opset", [9, 12])
def test_old_opsets_are_converted(command: Command, picture_folder: Path, tmp_path: Path, opset: int) -> None:
    """By onnx's own converter."""
    graphs = channel_pair(tmp_path / "pair", 3, opset=opset)
    assert command(*graphs, "--pictures", picture_folder, "--size", 32, "--out", tmp_path / "bundle") == 0
    made = Autoencoder(read_bundle(tmp_path / "bundle"), "cpu")
    picture = np.random.default_rng(0).integers(0, 256, (1, 32, 32, 3), np.uint8)
    assert np.array_equal(made.decode(made.encode(picture)), picture)


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


def test_missing_pictures_are_said(command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is not there is named."""
    assert command(*linear_pair(tmp_path / "pair"), "--pictures", tmp_path / "nowhere") == 2
    assert "nowhere" in capsys.readouterr().err
