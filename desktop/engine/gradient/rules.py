"""How the gradient of each operator's input comes from that of its output: reverse-mode differentiation, by nodes.

What rounds passes its gradient on as if it were not there (straight-through: Y. Bengio, N. Léonard, A. Courville,
2013).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from desktop.engine.gradient.graph_file import Attribute, Node, tensor

_ROUNDING = ("Round", "QuantizeLinear", "DequantizeLinear", "Identity")
_RESHAPING = ("Reshape", "Flatten", "Squeeze", "Unsqueeze")
_COPIED = ("pads", "strides", "dilations", "group", "kernel_shape")  # of a convolution, for its transpose
PREFIX = "gradient/"  # of all names that are made here


class UnknownOperatorError(Exception):
    """There is no rule for an operator, or for the way in which it is used."""


class Backward:
    """The nodes that lead gradients back through a graph.

    Attributes:
        nodes: All that were made, in order.
        tensors: Constants that they take, by name.
    """

    def __init__(self, moving: set[str]) -> None:
        """`moving` are the names of what depends on the input; nothing else has a gradient."""
        self.nodes: list[Node] = []
        self.tensors: dict[str, bytes] = {}
        self._moving = moving
        self._gradients: dict[str, str] = {}

    def gradient(self, name: str) -> str:
        """The name of what has been found of a tensor's gradient.

        Raises:
            UnknownOperatorError: Nothing that comes of it leads to the picture.
        """
        if name not in self._gradients:
            raise UnknownOperatorError(name)
        return self._gradients[name]

    def begin(self, name: str, gradient: str) -> None:
        """Where it begins."""
        self._gradients[name] = gradient

    def back(self, node: Node) -> None:
        """Leads the gradient of a node's output to its inputs, all of whose takers come before.

        Raises:
            UnknownOperatorError: No rule fits it.
        """
        if node.outputs[0] not in self._gradients or node.outputs[0] not in self._moving:
            return
        rule = _RULES.get(node.operator)
        if rule is None or any(name in self._moving for name in node.inputs[_DIFFERENTIABLE.get(node.operator, 1) :]):
            raise UnknownOperatorError(node.operator)
        rule(self, node, self._gradients[node.outputs[0]])

    def add(self, operator: str, inputs: Sequence[str], **attributes: Attribute) -> str:
        """One more node; gives the name of its output."""
        name = f"{PREFIX}{len(self.nodes)}"
        self.nodes.append(Node(operator, inputs, [name], attributes))
        return name

    def number(self, value: float) -> str:
        """A constant number, float32."""
        return self._constant(np.array(value, np.float32), f"{value!r}")

    def integers(self, *values: int) -> str:
        """A constant list of integers."""
        return self._constant(np.array(values, np.int64), ",".join(map(str, values)))

    def give(self, name: str, gradient: str) -> None:
        """A part of a tensor's gradient; what several takers give is added up."""
        if name in self._moving:
            known = self._gradients.get(name)
            self._gradients[name] = gradient if known is None else self.add("Add", [known, gradient])

    def _constant(self, values: np.ndarray, text: str) -> str:
        name = f"{PREFIX}{values.dtype}:{text}"
        self.tensors[name] = tensor(name, values)
        return name


_Rule = Callable[[Backward, Node, str], None]


def _pass(back: Backward, node: Node, gradient: str) -> None:
    back.give(node.inputs[0], gradient)


def _cast(back: Backward, node: Node, gradient: str) -> None:
    back.give(node.inputs[0], back.add("CastLike", [gradient, node.inputs[0]]))


def _add(back: Backward, node: Node, gradient: str) -> None:
    for name in node.inputs:
        back.give(name, gradient)


def _subtract(back: Backward, node: Node, gradient: str) -> None:
    back.give(node.inputs[0], gradient)
    back.give(node.inputs[1], back.add("Neg", [gradient]))


def _multiply(back: Backward, node: Node, gradient: str) -> None:
    one, other = node.inputs
    back.give(one, back.add("Mul", [gradient, other]))
    back.give(other, back.add("Mul", [gradient, one]))


def _divide(back: Backward, node: Node, gradient: str) -> None:
    back.give(node.inputs[0], back.add("Div", [gradient, node.inputs[1]]))


def _rectify(back: Backward, node: Node, gradient: str) -> None:
    slope = float(node.attributes.get("alpha", 0.01)) if node.operator == "LeakyRelu" else 0.0  # type: ignore[arg-type]
    is_positive = back.add("Greater", [node.inputs[0], back.add("CastLike", [back.number(0), node.inputs[0]])])
    less = back.add("Mul", [gradient, back.add("CastLike", [back.number(slope), gradient])])
    back.give(node.inputs[0], back.add("Where", [is_positive, gradient, less]))


def _clip(back: Backward, node: Node, gradient: str) -> None:
    for limit, operator in zip(node.inputs[1:], ("GreaterOrEqual", "LessOrEqual")):
        if limit:
            nothing = back.add("CastLike", [back.number(0), gradient])
            gradient = back.add("Where", [back.add(operator, [node.inputs[0], limit]), gradient, nothing])
    back.give(node.inputs[0], gradient)


def _sigmoid(back: Backward, node: Node, gradient: str) -> None:
    output = node.outputs[0]
    slope = back.add("Sub", [output, back.add("Mul", [output, output])])
    back.give(node.inputs[0], back.add("Mul", [gradient, slope]))


def _tanh(back: Backward, node: Node, gradient: str) -> None:
    output = node.outputs[0]
    less = back.add("Mul", [gradient, back.add("Mul", [output, output])])
    back.give(node.inputs[0], back.add("Sub", [gradient, less]))


def _convolution(back: Backward, node: Node, gradient: str) -> None:
    if node.operator == "Conv" and set(node.attributes.get("strides") or [1]) != {1}:  # type: ignore[arg-type]
        raise UnknownOperatorError(node.operator)
    if node.attributes.get("auto_pad", b"NOTSET") not in (b"NOTSET", b"VALID"):
        raise UnknownOperatorError(node.operator)
    copied = {name: node.attributes[name] for name in _COPIED if name in node.attributes}
    other = "ConvTranspose" if node.operator == "Conv" else "Conv"
    back.give(node.inputs[0], back.add(other, [gradient, node.inputs[1]], **copied))


def _product(back: Backward, node: Node, gradient: str) -> None:
    if node.operator == "MatMul":
        turned = back.add("Transpose", [node.inputs[1]])  # of two dimensions, or the proof fails
        back.give(node.inputs[0], back.add("MatMul", [gradient, turned]))
        return
    if node.attributes.get("transA", 0):
        raise UnknownOperatorError(node.operator)
    scale, is_turned = float(node.attributes.get("alpha", 1.0)), node.attributes.get("transB", 0)  # type: ignore[arg-type]
    turned = back.add("Gemm", [gradient, node.inputs[1]], alpha=scale, transB=0 if is_turned else 1)
    back.give(node.inputs[0], turned)


def _reshape(back: Backward, node: Node, gradient: str) -> None:
    back.give(node.inputs[0], back.add("Reshape", [gradient, back.add("Shape", [node.inputs[0]])]))


def _transpose(back: Backward, node: Node, gradient: str) -> None:
    order = node.attributes.get("perm")
    if not isinstance(order, list):
        raise UnknownOperatorError(node.operator)
    back.give(node.inputs[0], back.add("Transpose", [gradient], perm=inverse(order)))


def _depth_to_space(back: Backward, node: Node, gradient: str) -> None:
    side, source = node.attributes["blocksize"], node.inputs[0]
    assert isinstance(side, int)
    blocks = back.add("SpaceToDepth", [gradient], blocksize=side)  # channels in the order of DCR
    if node.attributes.get("mode", b"DCR") == b"CRD":
        shape = back.add("Shape", [source])
        count, sides = (
            back.add("Slice", [shape, back.integers(first), back.integers(last)]) for first, last in ((0, 1), (2, 4))
        )
        five = back.add("Concat", [count, back.integers(side * side, -1), sides], axis=0)
        turned = back.add("Transpose", [back.add("Reshape", [blocks, five])], perm=[0, 2, 1, 3, 4])
        blocks = back.add("Reshape", [turned, shape])
    back.give(source, blocks)


def _normalise(back: Backward, node: Node, gradient: str) -> None:
    _, scale, _, _, variance = node.inputs
    epsilon = back.number(float(node.attributes.get("epsilon", 1e-5)))  # type: ignore[arg-type]
    deviation = back.add("Sqrt", [back.add("Add", [variance, epsilon])])
    factor = back.add("Reshape", [back.add("Div", [scale, deviation]), back.integers(1, -1, 1, 1)])
    back.give(node.inputs[0], back.add("Mul", [gradient, factor]))


def inverse(order: Sequence[int]) -> list[int]:
    """The order of dimensions that undoes another."""
    return [int(place) for place in np.argsort(order)]


_RULES: Mapping[str, _Rule] = {
    **dict.fromkeys(_ROUNDING, _pass),
    **dict.fromkeys(_RESHAPING, _reshape),
    "Cast": _cast,
    "Add": _add,
    "Sub": _subtract,
    "Mul": _multiply,
    "Div": _divide,
    "Relu": _rectify,
    "LeakyRelu": _rectify,
    "Clip": _clip,
    "Sigmoid": _sigmoid,
    "Tanh": _tanh,
    "Conv": _convolution,
    "ConvTranspose": _convolution,
    "Gemm": _product,
    "MatMul": _product,
    "Transpose": _transpose,
    "DepthToSpace": _depth_to_space,
    "BatchNormalization": _normalise,
}
_DIFFERENTIABLE = {"Add": 2, "Sub": 2, "Mul": 2}  # how many inputs may depend on the latent, where it is not one
