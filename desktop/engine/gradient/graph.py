"""The graph that gives the gradient of a picture's squared error with respect to its latent, made from a decoder's."""

from __future__ import annotations

from desktop.engine.gradient.graph_file import (
    FLOAT,
    UINT8,
    GraphFile,
    Node,
    description,
    read_graph,
    write_graph,
)
from desktop.engine.gradient.rules import PREFIX, Backward, UnknownOperatorError, inverse

TARGET, GRADIENT = PREFIX + "target", PREFIX + "of the latent"


def gradient_graph(decoder: bytes) -> bytes:
    """Makes it from the bytes of a bundle's `decoder.onnx`, in which no node is changed.

    Inputs are the decoder's `latent`, and `TARGET`: uint8 `[N, H, W, 3]`. Outputs are `image` as the decoder gives it,
    and `GRADIENT`: float32 of the latent's shape, of half the sum of (image - target)^2 in levels.

    Raises:
        BundleError: It is broken.
        UnknownOperatorError: It has an operator that there is no rule for.
    """
    file = read_graph(decoder)
    latent, image = next(iter(file.inputs)), next(iter(file.outputs))
    moving = {latent}
    for node in file.nodes:
        if moving.intersection(node.inputs):
            moving.update(node.outputs)
    cast, orders = _last_cast(file, image)
    back = Backward(moving)
    target = back.add("CastLike", [TARGET, cast.inputs[0]])
    for order in orders:
        target = back.add("Transpose", [target], perm=inverse(order))
    back.begin(cast.inputs[0], back.add("Sub", [cast.inputs[0], target]))
    for node in reversed(file.nodes[: file.nodes.index(cast)]):
        back.back(node)
    last = Node("Cast", [back.gradient(latent)], [GRADIENT], {"to": FLOAT})
    return write_graph(
        GraphFile(
            [*file.nodes, *back.nodes, last],
            {**file.tensors, **back.tensors},
            {**file.inputs, TARGET: description(TARGET, UINT8, ["N", "H", "W", "3"])},
            {**file.outputs, GRADIENT: description(GRADIENT, FLOAT)},
            file.operator_sets,
        )
    )


def _last_cast(file: GraphFile, image: str) -> tuple[Node, list[list[int]]]:
    """The node that makes levels of numbers, and the orders that dimensions are put in after it, last first."""
    makers = {name: node for node in file.nodes for name in node.outputs}
    orders: list[list[int]] = []
    node = makers.get(image)
    while node is not None and node.operator in ("Transpose", "Identity"):
        order = node.attributes.get("perm")
        if isinstance(order, list):
            orders.append(order)
        node = makers.get(node.inputs[0])
    if node is None or node.operator != "Cast":
        raise UnknownOperatorError(image if node is None else node.operator)
    return node, orders
