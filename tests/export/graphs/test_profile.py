"""The work of onnxruntime on each node of a graph."""

from __future__ import annotations

import numpy as np
import onnx

from export.graphs.profile import profile


def test_a_profile_has_every_node_with_its_shapes(small: bytes) -> None:
    """Once, after those that it needs, with the provider that ran it."""
    model = onnx.load_from_string(small)
    runs = profile(model, np.zeros((1, 3, 8, 8), np.float32), ["CPUExecutionProvider"])
    assert sorted(run.node.name for run in runs) == sorted(node.name for node in model.graph.node)
    there = {each.name for each in (*model.graph.input, *model.graph.initializer)}
    for run in runs:
        assert set(run.node.input) <= there
        there |= set(run.node.output)
    assert {run.provider for run in runs} == {"CPUExecutionProvider"}
    (conv,) = [run for run in runs if run.node.op_type == "Conv"]
    assert conv.input_shape == (1, 3, 8, 8)
    assert conv.output_shape == (1, 8, 4, 4)
