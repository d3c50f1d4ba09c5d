"""Fewer and larger steps for the same result."""

from __future__ import annotations

import torch
from torch import nn

from export.graphs.fusion import folded
from trainer.architectures.autoencoder import Autoencoder
from trainer.run.checkpoint import Run


def test_folding_changes_steps_and_not_results(map_run: Run) -> None:
    """No space-to-depth is left, the outputs are the same, and the network itself is as it was."""
    model: Autoencoder = map_run.model
    before = sum(isinstance(module, nn.PixelUnshuffle) for module in model.modules())
    lean = folded(model)
    assert before == sum(isinstance(module, nn.PixelUnshuffle) for module in model.modules()) == 2
    assert not any(isinstance(module, nn.PixelUnshuffle) for module in lean.modules())
    image = torch.rand(2, 3, 24, 40, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        torch.testing.assert_close(lean.encode(image), model.encode(image), atol=1e-5, rtol=1e-4)


def test_a_convolution_that_is_not_1x1_is_left_alone() -> None:
    """Its patches overlap."""
    encoder = nn.Sequential(nn.PixelUnshuffle(2), nn.Conv2d(12, 4, 3, padding=1))
    model = Autoencoder(encoder, nn.Identity(), head="linear", latent_kind="map", latent_size=4, multiple=2).eval()
    assert any(isinstance(module, nn.PixelUnshuffle) for module in folded(model).modules())
