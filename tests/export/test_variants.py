"""Networks beyond the plain ones export as what they are in use."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from export.graphs.conversion import export_proved
from export.graphs.graphs import export_graphs
from export.runtime import load_graph
from tests.export.conftest import MakeRun
from trainer.data import Data
from trainer.data.dataset import Progress
from trainer.evaluation import to_input
from trainer.machine.device import Device


def test_a_narrow_variational_network_with_a_clamp(make_run: MakeRun, data: Data) -> None:
    """The exported encoder gives the mean alone, with no noise; the decoder cuts off at 0 and 1."""
    run = make_run(latent="vector", latent_size=8, kl=0.001, head="clamp", width=0.25, depth=0.5)
    files = export_graphs(run.model, 32)
    encoder, decoder = load_graph("encoder.onnx", files[0]), load_graph("decoder.onnx", files[1])
    pictures = data.holdout.batch(slice(None))
    latent = encoder(pictures)
    with torch.inference_mode():
        mean, _ = run.model.posterior(to_input(pictures, Device("cpu", bf16=False)))
        far = torch.randn(2, 8) * 1e3
        decoded = run.model.decode(far)
    np.testing.assert_allclose(latent, mean.numpy(), atol=1e-5)
    assert np.array_equal(encoder(pictures), latent)
    assert (decoded.min(), decoded.max()) == (0, 1)
    reconstruction = decoder(far.numpy()).astype(int)
    expected = (decoded * 255).round().permute(0, 2, 3, 1).numpy()
    assert np.abs(reconstruction - expected).max() <= 1
    assert not any(b"log_variance" in content for content in files)


@pytest.mark.parametrize("init", ["pca", "lapped"])
def test_a_map_with_a_linear_path(init: str, make_run: MakeRun, data: Data) -> None:
    """A linear code of patches beside the network is in both graphs, at a size it was not trained at too."""
    run = make_run(latent="map", latent_size=6, width=0.25, init=init)
    files = export_graphs(run.model, 32)
    encoder, decoder = load_graph("encoder.onnx", files[0]), load_graph("decoder.onnx", files[1])
    for pictures in (data.holdout.batch(slice(None)), data.holdout.batch(slice(0, 1))[:, :24]):
        latent = encoder(pictures)
        with torch.inference_mode():
            expected = run.model.encode(to_input(pictures, Device("cpu", bf16=False)))
            decoded = run.model.decode(expected).clamp(0, 1) * 255
        np.testing.assert_allclose(latent, expected.numpy(), atol=1e-4)
        reconstruction = decoder(latent).astype(int)
        assert np.abs(reconstruction - decoded.round().permute(0, 2, 3, 1).numpy()).max() <= 1


def test_a_linear_code_with_a_corrected_picture(make_run: MakeRun, data: Data) -> None:
    """A vector that keeps the code of its start, and the network that corrects its picture, are in the graphs."""
    run = make_run(latent="vector", latent_size=6, width=0.25, init="pca", linear=True, correction=1)
    with torch.no_grad():
        for parameter in run.model.decoder.parameters():
            parameter.add_(0.01 * torch.randn(parameter.shape))
    files = export_graphs(run.model, 32)
    encoder, decoder = load_graph("encoder.onnx", files[0]), load_graph("decoder.onnx", files[1])
    pictures = data.holdout.batch(slice(None))
    latent = encoder(pictures)
    with torch.inference_mode():
        expected = run.model.encode(to_input(pictures, Device("cpu", bf16=False)))
        decoded = run.model.decode(expected).clamp(0, 1) * 255
    np.testing.assert_allclose(latent, expected.numpy(), atol=1e-4)
    reconstruction = decoder(latent).astype(int)
    assert np.abs(reconstruction - decoded.round().permute(0, 2, 3, 1).numpy()).max() <= 1


def test_a_rounded_latent(make_run: MakeRun, data: Data, silent: Progress) -> None:
    """The encoder's graph rounds as the network does, and both graphs are proved equal to it."""
    run = make_run(latent="vector", latent_size=8, width=0.25, disentangle="quantise:5")
    graphs = export_proved(run, data, "fp32", 0.3, silent)
    pictures = data.holdout.batch(slice(None))
    with torch.inference_mode():
        expected = run.model.encode(to_input(pictures, Device("cpu", bf16=False)))
    latent = graphs.encoder(pictures)
    np.testing.assert_allclose(latent, expected.numpy(), atol=1e-6)
    assert run.model.quantiser is not None
    values = run.model.quantiser.codebook.detach().numpy().reshape(8, 5)
    assert all(np.isin(column, known).all() for column, known in zip(latent.T, values))
