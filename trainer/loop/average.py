"""The exponential moving average of the weights, which is what is measured and exported."""

from __future__ import annotations

from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from trainer.architectures.autoencoder import Autoencoder

Tensors = tuple[Tensor, ...] | list[Tensor]


def start_average(model: Autoencoder, decay: float) -> AveragedModel | None:
    """An average that begins with the network as it is; None for a decay of 0.

    The first steps have a smaller decay, (1 + n) / (10 + n) after n of them, so that a fresh network's weights are soon
    forgotten. Batch norm's statistics are averaged as the weights are.
    """
    if decay == 0:
        return None

    def mix(averaged: Tensors, current: Tensors, count: Tensor | int) -> None:
        done = int(count)
        get_ema_multi_avg_fn(min(decay, (1 + done) / (10 + done)))(averaged, current, count)  # type: ignore[no-untyped-call]

    return AveragedModel(model, multi_avg_fn=mix, use_buffers=True)


def averaged(model: Autoencoder, average: AveragedModel | None) -> Autoencoder:
    """The network to measure and export."""
    if average is None:
        return model
    module = average.module
    assert isinstance(module, Autoencoder)
    return module
