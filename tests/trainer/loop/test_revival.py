"""Units that have stopped firing are begun anew, and the network computes the same at that moment."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import torch

from trainer.architectures.autoencoder import Autoencoder
from trainer.architectures.compact import Residual
from trainer.architectures.families import build_autoencoder
from trainer.loop.average import averaged, start_average
from trainer.loop.optimizer import build_optimizer
from trainer.loop.revival import revive
from trainer.options.config import TrainConfig

TINY: dict[str, Any] = {"size": 32, "latent": "map", "latent_size": 4, "width": 0.125, "depth": 0.5}
SILENCED = [0, 5]


def _network(config: TrainConfig) -> Autoencoder:
    """One whose units all fire."""
    torch.manual_seed(0)
    model = build_autoencoder(config.blueprint)
    for module in model.modules():
        if isinstance(module, Residual):
            torch.nn.init.ones_(module.get_parameter("branch.1.bias"))
    return model


def _train(model: Autoencoder, optimizer: torch.optim.Optimizer, image: torch.Tensor, steps: int) -> None:
    for _ in range(steps):
        optimizer.zero_grad()
        (model(image) - image).square().mean().backward()
        optimizer.step()


@pytest.mark.parametrize("kind", ["muon", "adamw"])
def test_silent_units_are_begun_anew(kind: str) -> None:
    """Units that nothing can wake are found, given fresh weights without a change of what the
    network and its average compute, and fire and learn from then on; all others stay as they are."""
    config = TrainConfig.of(**TINY, optimizer=kind, lr=1e-4, ema=0.9)
    model = _network(config)
    optimizer, average = build_optimizer(model, config), start_average(model, config.training.ema)
    image = torch.rand(2, 3, 32, 32, generator=torch.Generator().manual_seed(1))
    block = next(module for module in model.decoder.modules() if isinstance(module, Residual))
    with torch.no_grad():
        block.inner.bias[SILENCED] = -1e3  # type: ignore[index]
    _train(model, optimizer, image, 20)
    assert average is not None
    average.update_parameters(model)
    before, kept = copy.deepcopy(model), averaged(model, average)(image).detach()

    assert revive(model, average, optimizer, torch.Generator().manual_seed(2), (Residual,)) == len(SILENCED)

    assert torch.allclose(model(image), before(image), atol=1e-6)
    assert torch.allclose(averaged(model, average)(image), kept, atol=1e-6)
    changed = [name for name, tensor in model.state_dict().items() if not tensor.equal(before.state_dict()[name])]
    name = next(name for name, module in model.named_modules() if module is block)
    assert set(changed) <= {f"{name}.branch.{layer}" for layer in ("1.weight", "1.bias", "3.weight")}
    old = before.get_submodule(name)
    assert isinstance(old, Residual)
    others = [unit for unit in range(block.inner.out_channels) if unit not in SILENCED]
    assert block.inner.weight[others].equal(old.inner.weight[others])
    _train(model, optimizer, image, 50)
    assert block.outer.weight[:, SILENCED].abs().max() > 0


def test_a_network_that_fires_stays_as_it_is() -> None:
    """Where every unit fires now and then, nothing is drawn and nothing changes."""
    config = TrainConfig.of(**TINY, lr=1e-5)
    model = _network(config)
    optimizer = build_optimizer(model, config)
    image = torch.rand(8, 3, 32, 32, generator=torch.Generator().manual_seed(1))
    _train(model, optimizer, image, 20)
    before = copy.deepcopy(model.state_dict())
    assert revive(model, None, optimizer, torch.Generator(), (Residual,)) == 0
    assert all(tensor.equal(before[name]) for name, tensor in model.state_dict().items())
