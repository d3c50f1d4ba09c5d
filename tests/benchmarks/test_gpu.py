"""What of the GPU's benchmark can be proved without one: I/O binding, the floor, and that it says what is missing."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest
import torch

from desktop.engine.machine import providers
from export.bundle import Bundle
from tests.benchmarks import gpu
from tests.benchmarks.binding import Bound
from tests.benchmarks.measure import Remark, Settings


def test_a_bound_session_gives_what_a_run_gives(vector: Bundle) -> None:
    """On the CPU: of the batch it was made with, and of another one that is copied into the same place."""
    content, shape = vector.read("decoder.onnx"), (3, *vector.info.latent.shape)
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    first, second = (np.random.default_rng(seed).standard_normal(shape, np.float32) for seed in (0, 1))
    bound = Bound(content, first, device="cpu")
    for latents in (first, second, first):
        assert np.array_equal(bound.take(latents), session.run(None, {"latent": latents})[0])


def test_the_floor_is_the_longer_of_computing_and_moving() -> None:
    """A billion operations at 10^12 a second take 1 ms; 4 GB at 10^12 bytes a second take 4."""
    peak = gpu.Peak(flops=1e12, bytes=1e12)
    assert peak.floor_ms(1e9, 0) == pytest.approx(1)
    assert peak.floor_ms(1e9, 4e9) == pytest.approx(4)


def test_without_a_gpu_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, and no figures."""
    monkeypatch.setattr(providers, "cuda_problem", lambda: None)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert list(gpu.run(Settings(quick=True))) == [Remark("No GPU was measured: torch finds none.")]
