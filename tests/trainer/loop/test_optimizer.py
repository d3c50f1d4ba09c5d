"""Muon moves kernels by orthogonal updates of AdamW's size, and everything else as AdamW does."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor, nn

from trainer.architectures.patches import Beside, patch_encoder
from trainer.loop import optimizer
from trainer.loop.optimizer import (
    ADAM_SIZE,
    BIAS_SHARE,
    ITERATIONS,
    NEWTON_SCHULZ,
    Muon,
    _owners,
    build_optimizer,
    orthogonal,
)
from trainer.machine.distributed import Processes
from trainer.options.config import TrainConfig


def _network() -> nn.Sequential:
    torch.manual_seed(0)
    return nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.Flatten(), nn.Linear(8 * 36, 4))


def _train(network: nn.Sequential, config: TrainConfig, steps: int) -> list[float]:
    optimizer = build_optimizer(network, config)
    inputs = torch.rand(16, 3, 8, 8, generator=torch.Generator().manual_seed(1))
    targets = inputs.flatten(1)[:, :4].sin()
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = (network(inputs) - targets).square().mean()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        losses.append(loss.item())
    return losses


@given(rows=st.integers(1, 40), columns=st.integers(1, 40), seed=st.integers(0, 1000))
def test_singular_values_become_alike(rows: int, columns: int, seed: int) -> None:
    """Whatever the shape, directions are kept and singular values come near to one."""
    matrix = torch.randn(rows, columns, generator=torch.Generator().manual_seed(seed))
    left, values, right = torch.linalg.svd(matrix, full_matrices=False)
    kept = values > 0.1 * values[0]  # smaller ones need more iterations
    turned = torch.diagonal(left.T @ orthogonal(matrix) @ right.T)[kept]
    assert turned.min() > 0.6
    assert turned.max() < 1.3


@given(rows=st.integers(1, 30), columns=st.integers(1, 30), seed=st.integers(0, 1000))
def test_it_is_newtons_and_schulzs_iteration(rows: int, columns: int, seed: int) -> None:
    """Gathering the passes in square matrices gives what the passes one by one give, on the matrix itself."""
    matrix = torch.randn(rows, columns, generator=torch.Generator().manual_seed(seed))
    plain = matrix.double() / matrix.double().norm()
    a, b, c = NEWTON_SCHULZ
    for _ in range(ITERATIONS):
        square = plain @ plain.T
        plain = a * plain + (b * square + c * square @ square) @ plain
    assert torch.allclose(orthogonal(matrix).double(), plain, atol=2e-3)


def test_an_update_has_the_size_of_adamws() -> None:
    """The root mean square of a kernel's first update is a fifth of the learning rate; biases move by a tenth."""
    network = _network()
    before = [parameter.detach().clone() for parameter in network.parameters()]
    _train(network, TrainConfig.of(optimizer="muon", lr=0.01, weight_decay=0.0), 1)
    moved = [_root_mean_square(now - then) for now, then in zip(network.parameters(), before)]
    assert moved[0] == pytest.approx(ADAM_SIZE * 0.01, rel=0.3)
    assert moved[2] == pytest.approx(ADAM_SIZE * 0.01, rel=0.3)
    assert moved[1] == pytest.approx(BIAS_SHARE * 0.01, rel=1e-3)


def test_a_linear_path_over_windows_moves_by_less() -> None:
    """Kernels over 3x3 patches have a third of the rate, those over single ones all of it; so they do when resumed."""
    for span, share in ((3, 1 / 3), (1, 1.0)):
        network = Beside(nn.Conv2d(3, 16, 8, 8), patch_encoder(16, span))
        built = build_optimizer(network, TrainConfig.of(optimizer="muon", lr=0.01, weight_decay=0.0))
        built.load_state_dict(built.state_dict())
        kernels = [parameter for parameter in network.parameters() if parameter.ndim > 1]
        before = [kernel.detach().clone() for kernel in kernels]
        (network(torch.randn(4, 3, 64, 64)) + torch.randn(16, 8, 8)).square().sum().backward()
        built.step()
        moved = [_root_mean_square(now - then) for now, then in zip(kernels, before)]
        assert moved[0] == pytest.approx(ADAM_SIZE * 0.01, rel=0.3)
        assert moved[1] == pytest.approx(ADAM_SIZE * 0.01 * share, rel=0.3)


def test_it_learns() -> None:
    """Both optimizers bring a small network's loss down to a tenth."""
    for name in ("adamw", "muon"):
        losses = _train(_network(), TrainConfig.of(optimizer=name, lr=0.01), 80)
        assert losses[-1] < losses[0] / 10, name


def test_gradients_stay_for_others_to_see() -> None:
    """A step leaves the gradients as they were."""
    network = _network()
    optimizer = build_optimizer(network, TrainConfig.of(optimizer="muon"))
    network(torch.rand(2, 3, 8, 8)).sum().backward()
    before = [parameter.grad.clone() for parameter in network.parameters() if parameter.grad is not None]
    optimizer.step()
    after = [parameter.grad for parameter in network.parameters()]
    assert len(before) == len(after) == 4
    assert all(now is not None and torch.equal(now, then) for now, then in zip(after, before))


def _root_mean_square(change: Tensor) -> float:
    return change.detach().square().mean().sqrt().item()


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({}, Muon),
        ({"arch": "vgg13"}, optimizer.AdamW),
        ({"optimizer": "adamw"}, optimizer.AdamW),
        ({"arch": "vgg16", "optimizer": "muon"}, Muon),
    ],
)
def test_the_network_decides_where_nothing_is_asked(options: dict[str, Any], kind: type) -> None:
    """compact is trained by Muon and the VGG networks by AdamW, unless the options say otherwise."""
    assert type(build_optimizer(_network(), TrainConfig.of(**options))) is kind


@given(costs=st.lists(st.integers(1, 1000), max_size=40), count=st.integers(1, 8))
def test_work_is_shared_evenly(costs: list[int], count: int) -> None:
    """Every matrix has one owner, and none has more than the lightest by as much as one matrix."""
    owners = _owners(costs, count)
    loads = [sum(cost for cost, owner in zip(costs, owners) if owner == rank) for rank in range(count)]
    assert len(owners) == len(costs)
    assert max(loads) - min(loads) <= max(costs, default=0)


@pytest.mark.parametrize("rank", [0, 1, 2])
def test_each_process_does_its_share_before_it_waits(rank: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sent before its own matrices are made, nor waited for before all is; others come from their owners."""
    matrices = [torch.full((rows, 4), float(rows)) for rows in (2, 5, 3, 4, 6)]
    done: list[str] = []

    def made(matrix: Tensor) -> Tensor:
        done.append("made")
        return -matrix

    def sent(flat: Tensor, src: int, async_op: bool) -> SimpleNamespace:
        assert async_op
        done.append("sent")

        def wait() -> None:
            done.append("there")
            if src != rank:
                flat.copy_(torch.cat([-each.flatten() for each, owner in zip(matrices, owners) if owner == src]))

        return SimpleNamespace(wait=wait)

    owners = optimizer._owners([each.numel() * min(each.shape) for each in matrices], 3)
    monkeypatch.setattr(optimizer, "orthogonal", made)
    monkeypatch.setattr(optimizer.distributed, "broadcast", sent)
    found = list(optimizer._all_orthogonal(iter(matrices), Processes(rank, 3)))
    assert done == ["made"] * owners.count(rank) + ["sent"] * 3 + ["there"] * 3
    assert all(torch.equal(each, -matrix) for each, matrix in zip(found, matrices, strict=True))
