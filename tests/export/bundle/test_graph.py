"""Hostile ONNX files, made for the purpose: each is refused before onnxruntime sees it."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from desktop.engine.errors import ModelError
from desktop.engine.machine import providers
from export.bundle import Bundle, BundleError, wire
from export.bundle.graph import LARGEST_TENSOR, check_graph

ROOT = Path(__file__).resolve().parents[3]
X = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N"])
Y = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)


def model(
    *nodes: NodeProto, weights: tuple[TensorProto, ...] = (), inputs: tuple[onnx.ValueInfoProto, ...] = (X,)
) -> ModelProto:
    """A model of these nodes, from x to y."""
    graph = helper.make_graph(nodes, "graph", inputs, [Y], weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)


def external(location: str, offset: int = 0) -> ModelProto:
    """A model whose one weight lies in another file."""
    weight = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[4], data_location=TensorProto.EXTERNAL)
    for key, value in (("location", location), ("offset", str(offset)), ("length", "16")):
        weight.external_data.add(key=key, value=value)
    return model(helper.make_node("Add", ["x", "w"], ["y"]), weights=(weight,))


def _relative(folder: Path) -> ModelProto:
    (folder / "secret.bin").write_bytes(bytes(16))
    return external("secret.bin")


def _absolute(folder: Path) -> ModelProto:
    (folder / "secret.bin").write_bytes(bytes(16))
    return external(str(folder / "secret.bin"))


def _address(_: Path) -> ModelProto:
    """onnxruntime's own name for data at an address in this program's memory."""
    return external("*/_ORT_MEM_ADDR_/*", offset=4096)


def _in_an_attribute(folder: Path) -> ModelProto:
    weight = _relative(folder).graph.initializer[0]
    constant = helper.make_node("Constant", [], ["w"], value=weight)
    return model(constant, helper.make_node("Add", ["x", "w"], ["y"]))


def _in_a_subgraph(folder: Path) -> ModelProto:
    inner = _relative(folder).graph
    condition = numpy_helper.from_array(np.array(True), "condition")
    del inner.input[:]
    branch = helper.make_node("If", ["condition"], ["y"], then_branch=inner, else_branch=inner)
    return model(branch, weights=(condition,))


def _custom(_: Path) -> ModelProto:
    return model(helper.make_node("Anything", ["x"], ["y"], domain="evil"))


def _engine_file(_: Path) -> ModelProto:
    return model(helper.make_node("EPContext", ["x"], ["y"], domain="com.microsoft", ep_cache_context="/etc/passwd"))


def _function(_: Path) -> ModelProto:
    made = model(helper.make_node("Identity", ["x"], ["y"]))
    body = [helper.make_node("Identity", ["a"], ["b"])]
    made.functions.append(helper.make_function("", "Mine", ["a"], ["b"], body, [helper.make_opsetid("", 18)]))
    return made


def _loop(_: Path) -> ModelProto:
    kinds = (TensorProto.INT64, TensorProto.BOOL, TensorProto.FLOAT)
    before = [helper.make_tensor_value_info(name, kind, []) for name, kind in zip("icv", kinds)]
    after = [helper.make_tensor_value_info(name, kind, []) for name, kind in zip(("c2", "v2"), kinds[1:])]
    same = [helper.make_node("Identity", [name], [f"{name}2"]) for name in "cv"]
    body = helper.make_graph(same, "body", before, after)
    turns = numpy_helper.from_array(np.array(1 << 60), "turns")
    return model(helper.make_node("Loop", ["turns", "", "x"], ["y"], body=body), weights=(turns,))


def _claimed(_: Path) -> ModelProto:
    weight = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[1 << 20, 1 << 20], raw_data=bytes(16))
    return model(helper.make_node("Add", ["x", "w"], ["y"]), weights=(weight,))


def _sparse(_: Path) -> ModelProto:
    made = model(helper.make_node("Add", ["x", "w"], ["y"]))
    values = numpy_helper.from_array(np.ones(1, np.float32), "w")
    indices = numpy_helper.from_array(np.zeros(1, np.int64), "i")
    made.graph.sparse_initializer.append(helper.make_sparse_tensor(values, indices, [1 << 30]))
    return made


def _filled(_: Path) -> ModelProto:
    shape = numpy_helper.from_array(np.array([1 << 20, 1 << 20]), "shape")
    nodes = helper.make_node("ConstantOfShape", ["shape"], ["big"]), helper.make_node("Add", ["x", "big"], ["y"])
    return model(*nodes, weights=(shape,))


def _expanded(_: Path) -> ModelProto:
    shape = helper.make_node("Constant", [], ["shape"], value_ints=[1 << 20, 1 << 20])
    return model(shape, helper.make_node("Expand", ["x", "shape"], ["y"]))


def _random(_: Path) -> ModelProto:
    return model(helper.make_node("RandomNormal", [], ["y"], shape=[1 << 20, 1 << 20]))


def _wide_input(_: Path) -> ModelProto:
    wide = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1 << 20, 1 << 20])
    return model(helper.make_node("Identity", ["x"], ["y"]), inputs=(wide,))


def _nested(_: Path) -> ModelProto:
    inner = helper.make_graph([helper.make_node("Identity", ["x"], ["y"])], "inner", [], [Y])
    for _level in range(12):
        branch = helper.make_node("If", ["c"], ["y"], then_branch=inner, else_branch=inner)
        inner = helper.make_graph([branch], "inner", [], [Y])
        inner.node[0].attribute.pop()
    return model(*inner.node)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_relative, "data outside itself"),
        (_absolute, "data outside itself"),
        (_address, "data outside itself"),
        (_in_an_attribute, "data outside itself"),
        (_in_a_subgraph, "data outside itself"),
        (_custom, "operators of 'evil'"),
        (_engine_file, "can name files"),
        (_function, "functions of its own"),
        (_loop, "run without end"),
        (_claimed, "larger than its data"),
        (_sparse, "sparse"),
        (_filled, "ConstantOfShape makes a tensor"),
        (_expanded, "Expand makes a tensor"),
        (_random, "RandomNormal makes a tensor"),
        (_wide_input, "declares an input or output"),
        (_nested, "graphs within graphs"),
    ],
)
def test_hostile_graphs_are_refused(
    make: Callable[[Path], ModelProto], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the check itself, and by the desktop when it is asked to open them, in the folder that they reach for."""
    monkeypatch.chdir(tmp_path)
    content = make(tmp_path).SerializeToString()
    with pytest.raises(BundleError, match=words):
        check_graph(content, "decoder.onnx")
    with pytest.raises(ModelError, match=words):
        providers.create_session(content, providers.CPU)


LITTLE_MEMORY = """
import sys
import numpy as np
from desktop.engine.machine import providers
providers.memory_limit_bytes = lambda: 64 << 20
session = providers.create_session(sys.stdin.buffer.read(), providers.CPU)
for numbers in (1_000_000, 100_000_000):
    try:
        print(session.run(None, {"x": np.full(1, numbers, np.float32)})[0].size)
    except Exception as error:
        print("memory" in str(error))
"""


def test_a_graph_that_grows_as_it_runs_gets_no_more_than_its_share() -> None:
    """What no look at the file can tell, the memory limit ends: an error, and the program goes on."""
    size = helper.make_node("Cast", ["x"], ["size"], to=TensorProto.INT64)
    content = model(size, helper.make_node("ConstantOfShape", ["size"], ["y"])).SerializeToString()
    command = [sys.executable, "-c", LITTLE_MEMORY]
    done = subprocess.run(command, input=content, cwd=ROOT, capture_output=True, timeout=60, check=True)
    assert done.stdout.split() == [b"1000000", b"True"]


def test_real_graphs_pass(vector: Bundle, free: Bundle) -> None:
    """Graphs of sound bundles are let through."""
    for bundle in (vector, free):
        for name in ("encoder.onnx", "decoder.onnx"):
            check_graph(bundle.read(name), name)


def test_a_size_that_is_allowed_passes() -> None:
    """The limit is on the size, not on the operator."""
    shape = helper.make_node("Constant", [], ["shape"], value_ints=[LARGEST_TENSOR // 1024, 1024])
    check_graph(model(shape, helper.make_node("Expand", ["x", "shape"], ["y"])).SerializeToString(), "graph")


@given(content=st.binary(max_size=200))
def test_any_bytes_are_refused_or_pass(content: bytes) -> None:
    """No bytes make the check itself fail."""
    with contextlib.suppress(BundleError):
        check_graph(content, "graph")


def test_more_fields_than_any_graph_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of a million empty fields costs a second, not an hour."""
    monkeypatch.setattr(wire, "LARGEST_FIELDS", 1000)
    with pytest.raises(BundleError, match="more than 1,000 fields"):
        check_graph(b"\x08\x01" * 2000, "graph")
