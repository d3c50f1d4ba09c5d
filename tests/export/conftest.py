"""Tiny pictures, tiny runs and their graphs, made once for all tests of the export."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from torch.onnx._internal.exporter._registration import ONNXRegistry

from export import adopt
from export.build import build_bundle
from export.bundle import Bundle
from export.graphs.graphs import DecoderGraph, export_graphs
from export.runtime import Graph, load_graph
from trainer.architectures.families import build_autoencoder
from trainer.data import Data, open_data
from trainer.data.dataset import Progress
from trainer.evaluation import to_input
from trainer.machine.device import Device
from trainer.options.config import TrainConfig
from trainer.run.checkpoint import Run, save_config, save_weights

Command = Callable[..., int]

PICTURES = 14
SMALL = {"width": 0.25, "depth": 0.5}  # of the compact network
MakeRun = Callable[..., Run]


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keeps prepared pictures out of the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONVAE_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _operators_read_once() -> Iterator[None]:
    """Reads torch's list of a thousand operators once, as it never changes; torch reads it anew for each graph."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ONNXRegistry, "from_torchlib", staticmethod(functools.cache(ONNXRegistry.from_torchlib)))
        yield


@pytest.fixture(scope="session")
def picture_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of small pictures: a bright disc somewhere on a coloured slope."""
    folder = tmp_path_factory.mktemp("holiday pictures")
    rng = np.random.default_rng(0)
    y, x = np.mgrid[0:40, 0:40] / 40
    for index in range(PICTURES):
        colour, centre = rng.random(3), rng.random(2)
        disc = ((x - centre[0]) ** 2 + (y - centre[1]) ** 2 < 0.06)[..., None]
        pixels = np.where(disc, 1 - colour, colour * x[..., None])
        Image.fromarray((pixels * 255).astype(np.uint8)).save(folder / f"{index}.png")
    return folder


@pytest.fixture(scope="session")
def silent() -> Progress:
    """A progress that nobody watches."""
    return lambda *_: None


@pytest.fixture(scope="session")
def make_run(picture_folder: Path, silent: Progress, tmp_path_factory: pytest.TempPathFactory) -> MakeRun:
    """Makes a run in memory, trained for a few steps so that its latents say something and batch norm has moved."""

    def make(steps: int = 10, **options: Any) -> Run:
        torch.manual_seed(0)
        config = TrainConfig.of(**{"data": picture_folder, "size": 32, "holdout": 0.2, **options})
        model = build_autoencoder(config.blueprint)
        images = to_input(open_data(config, silent).train.batch(slice(None)), Device("cpu", bf16=False))
        optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3)
        for _ in range(steps):
            optimizer.zero_grad()
            torch.nn.functional.mse_loss(model(images), images).backward()
            optimizer.step()
        folder = tmp_path_factory.mktemp("runs") / f"20260101-000000-{config.network.arch}"
        return Run(folder, config, model.eval(), steps)

    return make


@pytest.fixture(scope="session")
def vector_run(make_run: MakeRun) -> Run:
    """A compact network with a vector of 8 numbers."""
    return make_run(latent="vector", latent_size=8, **SMALL)


@pytest.fixture(scope="session")
def map_run(make_run: MakeRun) -> Run:
    """A compact network with a map of 4 channels."""
    return make_run(latent="map", latent_size=4, **SMALL)


@pytest.fixture(scope="session")
def run_folder(vector_run: Run) -> Path:
    """The vector run on disk, with a `latest` link beside it."""
    vector_run.folder.mkdir()
    save_config(vector_run.folder, vector_run.config)
    save_weights(vector_run.folder, vector_run.model, vector_run.steps_done)
    (vector_run.folder.parent / "latest").symlink_to(vector_run.folder.name)
    return vector_run.folder


@pytest.fixture(scope="session")
def data(vector_run: Run, silent: Progress) -> Data:
    """The pictures that every run here was trained on."""
    return open_data(vector_run.config, silent)


@pytest.fixture(scope="session")
def vector_files(vector_run: Run) -> tuple[bytes, bytes]:
    """`encoder.onnx` and `decoder.onnx` of the vector run."""
    return export_graphs(vector_run.model, 32)


@pytest.fixture(scope="session")
def vector_graphs(vector_files: tuple[bytes, bytes]) -> tuple[Graph, Graph]:
    """Encoder and decoder of the vector run."""
    return load_graph("encoder.onnx", vector_files[0]), load_graph("decoder.onnx", vector_files[1])


@pytest.fixture(scope="session")
def map_files(map_run: Run) -> tuple[bytes, bytes]:
    """`encoder.onnx` and `decoder.onnx` of the map run."""
    return export_graphs(map_run.model, 32)


@pytest.fixture(scope="session")
def map_graphs(map_files: tuple[bytes, bytes]) -> tuple[Graph, Graph]:
    """Encoder and decoder of the map run."""
    return load_graph("encoder.onnx", map_files[0]), load_graph("decoder.onnx", map_files[1])


@pytest.fixture(scope="session")
def vector_bundle(vector_run: Run, silent: Progress, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """The vector run, exported once: to be read, or copied, and never changed."""
    return build_bundle(vector_run, tmp_path_factory.mktemp("bundles") / "discs", "discs", silent)


@pytest.fixture
def broken_decoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes every exported decoder twice too bright."""
    right = DecoderGraph.forward
    monkeypatch.setattr(DecoderGraph, "forward", lambda self, latent: right(self, latent) * 2)


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Calls the command with these arguments; the user's model folder is below `tmp_path / "user"`."""
    monkeypatch.setattr(adopt, "user_models_folder", lambda: tmp_path / "user")

    def call(*arguments: Any) -> int:
        monkeypatch.setattr(sys, "argv", ["adopt", *map(str, arguments)])
        return adopt.main()

    return call
