"""A small graph, and graphs that are exported once."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from export.graphs import conversion
from export.graphs.graphs import export_onnx


@pytest.fixture(scope="package")
def small() -> bytes:
    """A convolution of stride 2, a transposed one, and a matrix product."""
    graph = nn.Sequential(
        nn.Conv2d(3, 8, 3, stride=2, padding=1), nn.ConvTranspose2d(8, 4, 2, stride=2), nn.Flatten(), nn.Linear(256, 5)
    )
    return export_onnx(graph, torch.zeros(2, 3, 8, 8), {0: torch.export.Dim("N", min=1)}, "latent", "image")


@pytest.fixture
def exported_once(vector_files: tuple[bytes, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """Spares each test torch's exporter, which takes seconds and always gives the same graphs."""
    monkeypatch.setattr(conversion, "export_graphs", lambda *_: vector_files)
