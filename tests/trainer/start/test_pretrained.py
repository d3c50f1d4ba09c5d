"""Weights from files: torchvision's for an encoder, and what is refused."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import nn
from torchvision.models import vgg13

from trainer.architectures.families import build_autoencoder
from trainer.errors import CheckpointError
from trainer.options.config import TrainConfig
from trainer.start import weight_files
from trainer.start.pretrained import IMAGENET_DEVIATION, IMAGENET_MEAN, load_pretrained
from trainer.start.weight_files import read_weights


def test_the_encoder_gives_torchvisions_features(tmp_path: Path) -> None:
    """From a .pth and from a .safetensors file, pixels in [0, 1] give what torchvision gives of normalised ones."""
    torch.manual_seed(0)
    reference = vgg13(weights=None).features.eval()
    weights = {f"features.{name}": each for name, each in reference.state_dict().items()}
    torch.save({**weights, "classifier.0.weight": torch.zeros(2)}, tmp_path / "vgg.pth")
    save_file(weights, tmp_path / "vgg.safetensors")
    image = torch.rand(1, 3, 64, 64)
    normalised = (image - torch.tensor(IMAGENET_MEAN)[:, None, None]) / torch.tensor(IMAGENET_DEVIATION)[:, None, None]
    for name in ("vgg.pth", "vgg.safetensors"):
        model = build_autoencoder(TrainConfig.of(arch="vgg13", kl=0.1).blueprint).eval()
        load_pretrained(model, tmp_path / name)
        assert isinstance(model.encoder, nn.Sequential)
        with torch.inference_mode():
            # The border differs, where padding is black for one and the mean colour for the other.
            mine, theirs = model.encoder[0](image), reference[0](normalised)
            assert torch.allclose(mine[..., 1:-1, 1:-1], theirs[..., 1:-1, 1:-1], atol=1e-4)
        assert torch.equal(model.encoder[2].weight, reference[2].weight)


def test_unusable_files_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing file, words, another network's weights, a pickle with code, and one too large: each is an error."""
    model = build_autoencoder(TrainConfig.of(arch="vgg13").blueprint)
    with pytest.raises(CheckpointError, match="there is no file"):
        load_pretrained(model, tmp_path / "no.pth")
    for name in ("words.pth", "words.safetensors"):
        (tmp_path / name).write_text("words")
        with pytest.raises(CheckpointError, match="cannot be read as a file of weights"):
            load_pretrained(model, tmp_path / name)
    save_file({"features.0.weight": torch.zeros(64, 3, 5, 5)}, tmp_path / "other.safetensors")
    with pytest.raises(CheckpointError, match=r"another network: features\.0\.weight"):
        load_pretrained(model, tmp_path / "other.safetensors")
    (tmp_path / "code.pth").write_bytes(pickle.dumps(Path))
    with pytest.raises(CheckpointError, match="cannot be read as a file of weights"):
        read_weights(tmp_path / "code.pth", "--pretrained")
    monkeypatch.setattr(weight_files, "LARGEST_BYTES", 3)
    with pytest.raises(CheckpointError, match="at most 3 are read"):
        read_weights(tmp_path / "words.pth", "--pretrained")
