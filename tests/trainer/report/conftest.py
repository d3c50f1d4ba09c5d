"""Two short trainings with their reports, made once."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from trainer import train

OPTIONS = (
    *("--size", "32", "--batch-size", "4", "--latent-size", "8", "--precision", "fp32", "--device", "cpu"),
    *("--width", "0.25", "--depth", "0.5", "--steps", "6", "--latent", "vector", "--init", "random"),
)


def _train(out: Path, cache: Path, *arguments: object) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONVAE_CACHE", str(cache))
        patch.setattr(sys, "argv", ["train", *OPTIONS, *map(str, arguments), "--out", str(out)])
        assert train.main() == 0


@pytest.fixture(scope="package")
def folder(tmp_path_factory: pytest.TempPathFactory, picture_folder: Path) -> Path:
    """Pictures, and a file that is none."""
    folder = Path(shutil.copytree(picture_folder, tmp_path_factory.mktemp("data") / "faces"))
    (folder / "words <b>.png").write_text("words")
    return folder


@pytest.fixture(scope="package")
def run(tmp_path_factory: pytest.TempPathFactory, folder: Path, cache: Path) -> Path:
    """A short training of a variational network that repairs."""
    out = tmp_path_factory.mktemp("runs") / "repairs"
    _train(out, cache, "--data", folder, "--kl", 0.001, "--corrupt", "mask:0.3")
    return out


@pytest.fixture(scope="package")
def plain(run: Path, folder: Path, cache: Path) -> Path:
    """A plain one beside it."""
    _train(run.parent / "plain", cache, "--data", folder, "--flip", "--crop", 0.5, "--colour", 0.1)
    return run.parent / "plain"
