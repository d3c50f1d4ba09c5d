"""What onnxruntime says, for people."""

from __future__ import annotations

import re

import onnx
import pytest
from onnx import helper

from export.bundle.reason import reason
from export.errors import GraphError
from export.runtime import load_graph

PLACE = (
    "/onnxruntime_src/onnxruntime/core/graph/model.cc:256 onnxruntime::Model::Model(onnx::ModelProto&&, int (*)(int)) "
)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("[ONNXRuntimeError] : 7 : INVALID_PROTOBUF : Protobuf parsing failed.", "Protobuf parsing failed"),
        (
            f"[ONNXRuntimeError] : 1 : FAIL : {PLACE}Unsupported model IR version: 99",
            "Unsupported model IR version: 99",
        ),
        (f"{PLACE}const {PLACE}twice.", "twice"),
        ("", "ValueError"),
        ("first line\nsecond /a/b.cc:1 line", "first line"),
        ("C:\\a\\b\\session.h:12 then", "then"),
    ],
)
def test_no_place_in_its_source_is_shown(said: str, shown: str) -> None:
    """Whatever stands before and after it."""
    assert reason(ValueError(said)) == shown


def test_a_refused_graph_names_no_file_of_the_build() -> None:
    """A graph of a version that onnxruntime does not know, and one of an operator that it lacks, in the export too."""
    value = helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, [1])
    graph = helper.make_graph(
        [helper.make_node("Relu", ["x"], ["y"])], "g", [value], [helper.make_tensor_value_info("y", 1, [1])]
    )
    newer = helper.make_model(graph, ir_version=9999)
    foreign = helper.make_model(graph)
    foreign.graph.node[0].op_type = "NoSuchThing"
    for model in (newer, foreign):
        with pytest.raises(GraphError) as caught:
            load_graph("encoder.onnx", model.SerializeToString())
        assert not re.search(r"\.(cc|h|cpp):\d", str(caught.value))
        assert "/" not in str(caught.value)
