"""What a graph costs, where it runs, and what was folded in it."""

from __future__ import annotations

import numpy as np
import onnx

from export.graphs.cost import measure_cost


def test_costs_are_counted(small: bytes) -> None:
    """Parameters as torch counts them, and two operations for each multiply-add."""
    cost = measure_cost(small, np.zeros((1, 3, 8, 8), np.float32))
    assert cost.parameters == 8 * 3 * 9 + 8 + 8 * 4 * 4 + 4 + 256 * 5 + 5  # and no number of a shape
    assert cost.flops == 2 * (4 * 4 * 8 * 27 + 4 * 4 * 8 * 16 + 256 * 5)
    assert cost.file_bytes == len(small)
    assert cost.nodes == len(onnx.load_from_string(small).graph.node)
