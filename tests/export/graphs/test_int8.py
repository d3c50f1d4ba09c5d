"""int8 for CPUs."""

from __future__ import annotations

from collections import Counter

import numpy as np
import onnx
from onnx import numpy_helper

from export.graphs.cost import count_operations
from export.graphs.int8 import light_products, outer_products, to_int8
from export.runtime import Graph, load_graph
from trainer.data import Data


def test_int8_quantises_every_product_by_channel(
    vector_files: tuple[bytes, bytes], vector_graphs: tuple[Graph, Graph], data: Data
) -> None:
    """Weights are int8 with a scale for each channel and no more than 7 bits; what is to be kept stays in fp32."""
    pictures = data.train.batch(slice(0, 4))
    quantised = to_int8(vector_files[0], [pictures])
    assert len(quantised) < 0.4 * len(vector_files[0])
    assert load_graph("int8", quantised).info() == vector_graphs[0].info()
    model = onnx.load_from_string(quantised)
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    kernels = [array for array in arrays.values() if array.dtype == np.int8 and array.ndim == 4]
    assert len(kernels) == Counter(node.op_type for node in model.graph.node)["Conv"]
    assert max(np.abs(kernel.astype(int)).max() for kernel in kernels) <= 64
    kept = outer_products(vector_files[0])
    careful = onnx.load_from_string(to_int8(vector_files[0], [pictures], kept))
    kernels_left = [tensor for tensor in careful.graph.initializer if len(tensor.dims) == 4 and tensor.data_type == 3]
    assert len(kept) == 2
    assert len(kernels_left) == len(kernels) - 1


def test_products_that_do_little_are_left_in_fp32(vector_files: tuple[bytes, bytes], data: Data) -> None:
    """The most careful int8 keeps outer products, and those below a tenth of the work and 3/4 of the largest."""
    model, batch = onnx.load_from_string(vector_files[0]), data.train.batch(slice(0, 1))
    operations = count_operations(model, batch)
    light, outer = light_products(vector_files[0], batch), outer_products(vector_files[0])
    products = [name for name, count in operations.items() if count]
    least = min(0.1 * sum(operations.values()), 0.75 * max(operations.values()))
    assert set(outer) <= set(light) < set(products)
    for name in products:
        assert (name in light) == (name in outer or operations[name] < least), name
