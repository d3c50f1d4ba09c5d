"""The rule of every operator, beside what the output really does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

from desktop.engine.gradient.graph import GRADIENT, TARGET, gradient_graph
from desktop.engine.gradient.rules import Backward, UnknownOperatorError, inverse
from desktop.engine.machine import providers

Weights = Mapping[str, NDArray[Any]]
RANDOM = np.random.default_rng(3)


def _numbers(*shape: int) -> NDArray[np.float32]:
    return RANDOM.normal(0, 1, shape).astype(np.float32)


def _node(operator: str, *inputs: str, **attributes: Any) -> list[NodeProto]:
    return [helper.make_node(operator, ["x", *inputs], ["y"], **attributes)]


def _quantised(levels: int) -> tuple[list[NodeProto], Weights]:
    """Rounding to so many levels, fine enough for its steps to be as good as none."""
    nodes = [helper.make_node("QuantizeLinear", ["x", "s", "z"], ["q"])]
    nodes += [helper.make_node("DequantizeLinear", ["q", "s", "z"], ["y"])]
    return nodes, {"s": np.float32(8 / levels), "z": np.array(levels // 2, np.uint16)}


def _half() -> list[NodeProto]:
    return [
        helper.make_node("Cast", ["x"], ["h"], to=TensorProto.FLOAT16),
        helper.make_node("Relu", ["h"], ["r"]),
        helper.make_node("Cast", ["r"], ["y"], to=TensorProto.FLOAT),
    ]


CONV = {"w": _numbers(6, 4, 3, 3), "b": _numbers(6)}
CASES: dict[str, tuple[list[NodeProto], Weights]] = {
    "conv": (_node("Conv", "w", "b", pads=[1, 1, 1, 1]), CONV),
    "conv, unlike margins": (_node("Conv", "w", pads=[0, 1, 2, 1]), CONV),
    "conv in groups": (_node("Conv", "w", group=2, pads=[1, 1, 1, 1]), {"w": _numbers(6, 2, 3, 3)}),
    "conv, dilated": (_node("Conv", "w", dilations=[2, 2], pads=[2, 2, 2, 2]), CONV),
    "transposed conv": (_node("ConvTranspose", "w", strides=[2, 2], pads=[1, 1, 1, 1]), {"w": _numbers(4, 5, 4, 4)}),
    "relu": (_node("Relu"), {}),
    "leaky relu": (_node("LeakyRelu", alpha=0.2), {}),
    "leaky relu, as usual": (_node("LeakyRelu"), {}),
    "clip": (_node("Clip", "low", "high"), {"low": np.float32(-0.5), "high": np.float32(0.7)}),
    "clip from above": (_node("Clip", "", "high"), {"high": np.float32(0.7)}),
    "sigmoid": (_node("Sigmoid"), {}),
    "tanh": (_node("Tanh"), {}),
    "add": (_node("Add", "w"), {"w": _numbers(1, 4, 1, 1)}),
    "add itself": (_node("Add", "x"), {}),
    "subtract": (_node("Sub", "w"), {"w": _numbers(1)}),
    "subtract from": ([helper.make_node("Sub", ["w", "x"], ["y"])], {"w": np.float32(2)}),
    "multiply": (_node("Mul", "w"), {"w": _numbers(4, 1, 1)}),
    "square": (_node("Mul", "x"), {}),
    "divide": (_node("Div", "w"), {"w": np.float32(0.3)}),
    "transpose": (_node("Transpose", perm=[0, 2, 3, 1]), {}),
    "reshape": (_node("Reshape", "shape"), {"shape": np.array([0, 2, -1], np.int64)}),
    "flatten": (_node("Flatten"), {}),
    "depth to space": (_node("DepthToSpace", blocksize=2), {}),
    "pixel shuffle": (_node("DepthToSpace", blocksize=2, mode="CRD"), {}),
    "product": (_node("MatMul", "w"), {"w": _numbers(6, 3)}),
    "batch norm": (
        _node("BatchNormalization", "s", "b", "m", "v", epsilon=0.01),
        {"s": _numbers(4), "b": _numbers(4), "m": _numbers(4), "v": np.abs(_numbers(4))},
    ),
    "quantised": _quantised(1 << 16),
    "half precision": (_half(), {}),
}


@pytest.mark.parametrize("case", CASES)
def test_a_rule_is_the_derivative(case: str) -> None:
    """The gradient of half the squared error is what central differences of it say, number by number."""
    nodes, weights = CASES[case]
    _compare(nodes, weights, _numbers(1, 4, 4, 6) * np.float32(0.9))


@pytest.mark.parametrize("turned", [0, 1])
def test_a_gemm(turned: int) -> None:
    """Weights either way, with their factor."""
    weights = {"w": _numbers(3, 5).T if turned == 0 else _numbers(3, 5), "b": _numbers(3)}
    _compare(_node("Gemm", "w", "b", transB=turned, alpha=0.7), weights, _numbers(1, 5))


@pytest.mark.parametrize(
    "nodes",
    [
        _node("Erf"),
        _node("Conv", "w", strides=[2, 2]),
        _node("Conv", "w", auto_pad="SAME_UPPER"),
        [helper.make_node("Div", ["w", "x"], ["y"])],
        _node("Gemm", "w", transA=1),
        _node("Transpose"),
    ],
)
def test_what_has_no_rule_is_said(nodes: list[NodeProto]) -> None:
    """Rather than a gradient that is none."""
    with pytest.raises(UnknownOperatorError):
        gradient_graph(_graph(nodes, {"w": _numbers(6, 4, 3, 3)}, 4))


def test_what_does_not_depend_on_the_input_has_no_gradient() -> None:
    """A constant's takers give it none."""
    with pytest.raises(UnknownOperatorError):
        Backward({"x"}).gradient("x")
    back = Backward({"x"})
    back.give("w", "d")
    with pytest.raises(UnknownOperatorError):
        back.gradient("w")


@pytest.mark.parametrize("order", [[0, 2, 3, 1], [0, 3, 1, 2], [1, 0]])
def test_an_order_is_undone(order: list[int]) -> None:
    """Dimensions come back to where they were."""
    assert [order[place] for place in inverse(order)] == sorted(order)


def _graph(nodes: list[NodeProto], weights: Weights, dimensions: int) -> bytes:
    """`x` through some nodes to `y`, rounded to a "picture"."""
    tail = [helper.make_node("Cast", ["y"], ["image"], to=TensorProto.UINT8)]
    source = helper.make_tensor_value_info("x", TensorProto.FLOAT, [f"d{n}" for n in range(dimensions)])
    target = helper.make_tensor_value_info("image", TensorProto.UINT8, None)
    tensors = [numpy_helper.from_array(np.asarray(array), name) for name, array in weights.items()]
    graph = helper.make_graph([*nodes, *tail], "graph", [source], [target], tensors)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=9).SerializeToString()


def _compare(nodes: list[NodeProto], weights: Weights, point: NDArray[np.float32]) -> None:
    content = _graph(nodes, weights, point.ndim)
    forward = onnx.load_from_string(content)
    del forward.graph.node[-1], forward.graph.output[:]
    forward.graph.output.append(helper.make_tensor_value_info("y", TensorProto.FLOAT, None))
    values = providers.create_session(forward.SerializeToString(), providers.CPU)
    target = np.zeros(values.run(None, {"x": point})[0].shape, np.uint8)

    def error(where: NDArray[np.float64]) -> float:
        return float(np.square(values.run(None, {"x": where.astype(np.float32)})[0], dtype=np.float64).sum() / 2)

    model = onnx.load_from_string(gradient_graph(content))
    told = next(each for each in model.graph.input if each.name == TARGET)
    told.type.tensor_type.ClearField("shape")  # a "picture" of any shape here
    session = providers.create_session(model.SerializeToString(), providers.CPU)
    (gradient,) = session.run([GRADIENT], {"x": point, TARGET: target})
    assert gradient.shape == point.shape
    assert gradient.dtype == np.float32
    step, away = 1e-2, np.zeros(point.shape)
    for place in np.ndindex(point.shape):
        away[place] = step
        slope = (error(point + away) - error(point - away)) / (2 * step)
        away[place] = 0
        near = any(abs(float(point[place]) - edge) < step for edge in (0, -0.5, 0.7))  # where a slope may jump
        assert near or gradient[place] == pytest.approx(slope, rel=0.02, abs=0.05), place
