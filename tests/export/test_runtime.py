"""A bundle's graphs in onnxruntime."""

from __future__ import annotations

import numpy as np
import pytest

from export.errors import GraphError
from export.runtime import Graph, load_graph


def test_a_file_that_is_no_graph_is_a_graph_error() -> None:
    """onnxruntime's own exceptions do not leak."""
    with pytest.raises(GraphError, match=r"encoder\.onnx is not a readable ONNX file"):
        load_graph("encoder.onnx", b"not a graph")


def test_a_size_that_a_graph_cannot_take_is_a_graph_error(vector_graphs: tuple[Graph, Graph]) -> None:
    """The sentence names the graph and the shape."""
    with pytest.raises(GraphError, match=r"encoder\.onnx does not run on 1x64x64x3"):
        vector_graphs[0](np.zeros((1, 64, 64, 3), np.uint8))


def test_a_graph_on_one_thread_answers_the_same(vector_files: tuple[bytes, bytes]) -> None:
    """The number of threads is the session's, and changes nothing of what comes out but its last bits."""
    picture = np.random.default_rng(0).integers(0, 256, (3, 32, 32, 3), dtype=np.uint8)
    every, one = load_graph("encoder.onnx", vector_files[0]), load_graph("encoder.onnx", vector_files[0], threads=1)
    assert one.session.get_session_options().intra_op_num_threads == 1
    np.testing.assert_allclose(one(picture), every(picture), rtol=1e-4, atol=1e-5)
