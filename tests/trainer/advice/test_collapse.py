"""Whether a variational network still uses its latent."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from trainer.advice import collapse
from trainer.architectures.families import build_autoencoder
from trainer.machine.device import Device
from trainer.options.config import TrainConfig

CONFIG = TrainConfig.of(kl=0.1, latent="vector", latent_size=16, size=32, width=0.25)
CPU = Device("cpu", bf16=False)


def data(held_out: int) -> Any:
    """A set of which so many pictures are held out; what is looked at of it is stood in for."""
    return SimpleNamespace(holdout=range(held_out), train="pictures trained on")


@pytest.mark.parametrize(("held_out", "active", "warns"), [(8, 0, True), (8, 16, False), (7, 16, True), (7, 0, True)])
def test_few_held_out_pictures_do_not_show_what_varies(
    held_out: int, active: int, warns: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With fewer than eight of them some of those trained on are looked at, where here nothing is in use."""
    monkeypatch.setattr(collapse, "active_latents", lambda _model, pictures, _device: int(pictures == "nothing"))
    model = build_autoencoder(CONFIG.blueprint)
    said = collapse.warning(CONFIG, model, {"holdout_active": float(active)}, data(held_out), CPU)
    assert (said is not None) == warns
    assert said is None or said.startswith("Warning   ")
