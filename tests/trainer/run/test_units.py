"""Silent units are counted layer by layer, and their table follows a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from trainer.architectures.autoencoder import Autoencoder
from trainer.architectures.compact import Residual
from trainer.architectures.families import build_autoencoder
from trainer.options.config import TrainConfig
from trainer.run.contract import UNITS_FILE
from trainer.run.units import Units, UnitsLog

TINY: dict[str, Any] = {"size": 32, "latent": "map", "latent_size": 4, "width": 0.125, "depth": 0.5}


def _network(**options: Any) -> Autoencoder:
    """One whose branches all count, so that gradients reach every unit that fires."""
    torch.manual_seed(0)
    model = build_autoencoder(TrainConfig.of(**{**TINY, **options}).blueprint)
    for module in model.modules():
        if isinstance(module, Residual):
            torch.nn.init.normal_(module.outer.weight, std=0.1)
            torch.nn.init.ones_(module.inner.bias)  # type: ignore[arg-type]
    return model


def _learn(model: Autoencoder) -> None:
    image = torch.rand(2, 3, 32, 32, generator=torch.Generator().manual_seed(1))
    (model(image) - image).square().mean().backward()  # type: ignore[no-untyped-call]


def test_units_that_nothing_wakes_are_counted_in_their_layer() -> None:
    """The share is that of the units that were silenced, and 0 in all other layers."""
    model = _network()
    block = next(module for module in model.decoder.modules() if isinstance(module, Residual))
    with torch.no_grad():
        block.inner.bias[:3] = -1e3  # type: ignore[index]
    units = Units(model)
    assert units.silent() == (0.0,) * len(units.names)  # no gradients yet
    _learn(model)
    found = dict(zip(units.names, units.silent()))
    assert found.pop("decoder-1") == pytest.approx(3 / block.inner.out_channels)
    assert set(found.values()) == {0.0}


def test_layers_without_a_relu_are_left_out() -> None:
    """A leaky unit never stops, so that there is nothing to count; VGG has a layer for each convolution."""
    assert Units(_network(activation="leaky")).names == ()
    vgg = build_autoencoder(TrainConfig.of(arch="vgg13", size=32, latent="map").blueprint)
    names = Units(vgg).names
    assert [name for name in names if name.startswith("encoder")] == [f"encoder-{n}" for n in range(1, 11)]
    assert [name for name in names if name.startswith("decoder")] == [f"decoder-{n}" for n in range(1, 11)]


def test_a_resumption_drops_the_rows_of_lost_steps(tmp_path: Path) -> None:
    """Whole rows up to the checkpoint stay, half a row goes, and so does the table of another network."""
    log = UnitsLog(tmp_path, ("encoder-1", "decoder-1"), 0)
    assert [step for step in range(1, 31) if log.due(step)] == [10, 20, 30]
    for step in (10, 20, 30):
        log.add(step, (0.25, 1 / 3))
    log.close()
    with (tmp_path / UNITS_FILE).open("a") as file:
        file.write("40,0.")
    log = UnitsLog(tmp_path, ("encoder-1", "decoder-1"), 20)
    log.add(30, (0.0, 1.0))
    log.close()
    lines = (tmp_path / UNITS_FILE).read_text().splitlines()
    assert lines == ["step,encoder-1,decoder-1", "10,0.25,0.3333", "20,0.25,0.3333", "30,0,1"]
    UnitsLog(tmp_path, ("encoder-1",), 20).close()
    assert (tmp_path / UNITS_FILE).read_text() == "step,encoder-1\n"


def test_a_network_without_such_layers_gets_no_table(tmp_path: Path) -> None:
    """No file, and nothing is ever due."""
    log = UnitsLog(tmp_path, (), 0)
    log.add(10, ())
    log.close()
    assert not log.due(10)
    assert list(tmp_path.iterdir()) == []
