"""The average of the weights is what its formula says."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from trainer.architectures.autoencoder import Autoencoder
from trainer.loop.average import averaged, start_average


def test_the_average_follows_and_lags() -> None:
    """It begins as the network is, follows young weights fast and old ones by its decay; a decay of 0 is no average."""
    model = Autoencoder(
        nn.Conv2d(1, 1, 1), nn.BatchNorm2d(1), head="linear", latent_kind="map", latent_size=1, multiple=1
    )
    average = start_average(model, 0.9)
    assert average is not None
    with torch.no_grad():
        model.encoder.bias.fill_(0.0)
        average.update_parameters(model)
        model.encoder.bias.fill_(1.0)
        model.decoder.running_mean.fill_(1.0)
        expected, shares = 0.0, []
        for done in range(1, 40):
            average.update_parameters(model)
            decay = min(0.9, (1 + done) / (10 + done))
            expected = decay * expected + (1 - decay)
            shares.append(averaged(model, average).encoder.bias.item() - expected)
    assert max(map(abs, shares)) < 1e-5
    assert averaged(model, average).decoder.running_mean.item() == pytest.approx(expected, abs=1e-5)
    assert start_average(model, 0) is None
    assert averaged(model, None) is model
