"""Where and in which precision a run computes."""

from __future__ import annotations

import pytest
import torch

from trainer.errors import ConfigError
from trainer.machine.device import Device, choose_device
from trainer.options.config import TrainConfig


@pytest.mark.parametrize(
    ("device", "precision", "works", "has_bf16", "expected"),
    [
        ("auto", "auto", False, True, Device("cpu", True)),
        ("auto", "auto", False, False, Device("cpu", False)),
        ("auto", "fp32", True, True, Device("cuda", False)),
        ("cpu", "bf16", True, False, Device("cpu", True)),
        ("cuda", "auto", True, True, Device("cuda", True)),
    ],
)
def test_options_come_to_a_device(
    monkeypatch: pytest.MonkeyPatch, device: str, precision: str, works: bool, has_bf16: bool, expected: Device
) -> None:
    """The GPU where one works and none was forbidden; bf16 where the device has instructions for it, or on request."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: works)
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda **_: has_bf16)
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx512_bf16": has_bf16})
    assert choose_device(TrainConfig.of(device=device, precision=precision)) == expected


def test_a_gpu_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says how to train without one."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(ConfigError, match="leave --device out to train on the CPU"):
        choose_device(TrainConfig.of(device="cuda"))


@pytest.mark.parametrize(("bf16", "dtype"), [(True, torch.bfloat16), (False, torch.float32)])
def test_products_are_in_the_precision_that_was_chosen(bf16: bool, dtype: torch.dtype) -> None:
    """Within `autocast`, and nowhere else."""
    layer, device = torch.nn.Linear(4, 4), Device("cpu", bf16)
    with device.autocast():
        assert layer(torch.zeros(1, 4)).dtype == dtype
    assert layer(torch.zeros(1, 4)).dtype == torch.float32
    assert device.describe() == f"cpu, {'bf16' if bf16 else 'fp32'}"
