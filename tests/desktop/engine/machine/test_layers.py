"""The layers of a model with the shapes of what they give."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.engine.machine import layers as module
from desktop.engine.machine.layers import Layer, examine, layers
from export.bundle import Bundle


def test_layers_are_those_of_the_graph_in_their_order(vector: Bundle, free: Bundle) -> None:
    """A product for the vector, convolutions for the map; each with the shape of one picture's output."""
    picture = np.zeros((1, 32, 32, 3), np.uint8)
    assert layers(vector, "encoder", picture) == (Layer("MatMul", (8,)),)
    found = layers(free, "encoder", picture)
    assert {layer.operator for layer in found} == {"Conv"}
    assert found[-1].shape == (4, 4, 4)


def test_a_model_is_timed(vector: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the provider asked for, in milliseconds that are the median of the runs."""
    found = examine(vector, "cpu")
    assert found.provider == "CPU"
    assert (found.encoder[0].operator, found.decoder[0].operator) == ("MatMul", "MatMul")
    times = iter([0.0, 1.0, 0.0, 9.0, 0.0, 3.0, 0.0, 2.0, 0.0, 4.0])
    monkeypatch.setattr(module.time, "perf_counter", lambda: next(times))
    assert module._median_ms(lambda: None) == 3000


def test_a_profile_that_is_too_large_is_not_read(vector: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then no layers are known, which is no fault."""
    monkeypatch.setattr(module, "LARGEST_PROFILE_BYTES", 10)
    assert layers(vector, "encoder", np.zeros((1, 32, 32, 3), np.uint8)) == ()
