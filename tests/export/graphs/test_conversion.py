"""fp16 and int8: what is converted, what is kept, and what is refused."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from export.build import build_bundle
from export.bundle import read_bundle
from export.errors import ParityError, PrecisionError
from export.graphs import conversion
from export.graphs.conversion import export_proved
from export.graphs.cost import count_operations
from export.graphs.half import to_half
from export.graphs.int8 import light_products, outer_products, to_int8
from export.runtime import Graph, load_graph
from trainer.data import Data
from trainer.data.dataset import Progress
from trainer.run.checkpoint import Run


@pytest.fixture(autouse=True)
def exported_once(vector_files: tuple[bytes, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """Spares each test torch's exporter, which takes seconds and always gives the same graphs."""
    monkeypatch.setattr(conversion, "export_graphs", lambda *_: vector_files)


@pytest.fixture(scope="module")
def half_files(
    vector_files: tuple[bytes, bytes], vector_graphs: tuple[Graph, Graph], data: Data
) -> tuple[bytes, bytes]:
    """The same in fp16."""
    pictures = data.train.batch(slice(0, 4))
    return to_half(vector_files[0], pictures), to_half(vector_files[1], vector_graphs[0](pictures))


def test_fp16_halves_the_weights_and_keeps_the_contract(
    half_files: tuple[bytes, bytes], vector_files: tuple[bytes, bytes], vector_graphs: tuple[Graph, Graph]
) -> None:
    """Inputs and outputs are those of fp32, and no product of the network is left in it."""
    for half, full, graph in zip(half_files, vector_files, vector_graphs):
        assert len(half) < 0.6 * len(full)
        assert load_graph("half", half).info() == graph.info()
        model = onnx.load_from_string(half)
        large = [tensor for tensor in model.graph.initializer if len(tensor.dims) > 1]
        assert {tensor.data_type for tensor in large if len(tensor.dims) == 4} == {TensorProto.FLOAT16}


def test_what_comes_near_the_end_of_float16_stays_in_fp32() -> None:
    """A sum that reaches 50,000 is not converted, and comes out right where float16 has no such number."""
    wide = np.full((8, 8), 1000.0, np.float32)
    nodes = [
        helper.make_node("Gemm", ["latent", "a"], ["x"], name="first"),
        helper.make_node("Gemm", ["x", "b"], ["y"], name="wide"),
        helper.make_node("Gemm", ["y", "c"], ["image"], name="last"),
    ]
    weights = {"a": np.eye(8, dtype=np.float32), "b": wide, "c": np.full((8, 8), 1e-4, np.float32)}
    tensors = [numpy_helper.from_array(array, name) for name, array in weights.items()]
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", 8]) for name in ("latent", "image")]
    graph = helper.make_graph(nodes, "graph", ends[:1], ends[1:], tensors)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    batch = np.full((2, 8), 12.0, np.float32)
    half = to_half(model.SerializeToString(), batch)
    types = {tensor.name: tensor.data_type for tensor in onnx.load_from_string(half).graph.initializer}
    assert types["b"] == TensorProto.FLOAT
    np.testing.assert_allclose(load_graph("half", half)(batch), batch @ weights["a"] @ wide @ weights["c"], rtol=1e-2)


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


@pytest.mark.parametrize("precision", ["fp16", "int8"])
def test_a_bundle_states_what_its_precision_costs(
    precision: conversion.Precision, vector_run: Run, silent: Progress, tmp_path: Path
) -> None:
    """Loss, likeness and times are in bundle.json and on the card."""
    build_bundle(vector_run, tmp_path / "bundle", "bundle", silent, precision, 1.0)
    bundle = read_bundle(tmp_path / "bundle")
    check = bundle.info.precision_check
    assert bundle.info.precision == precision
    assert abs(check.psnr_loss_db) <= 1.0
    assert 30 < check.psnr_to_reference_db < 100
    assert check.milliseconds > 0 < check.fp32_milliseconds
    assert bundle.info.parity.psnr_db >= 25
    assert f"{precision} costs {check.psnr_loss_db:.3f} dB" in bundle.read("README.md").decode()


def test_too_great_a_loss_is_refused(
    vector_run: Run, data: Data, silent: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence says how much is lost and how much was allowed; two more careful tries were made."""
    tries = []

    def watched(content: bytes, batches: list[np.ndarray], kept: tuple[str, ...] = ()) -> bytes:
        tries.append(kept)
        return to_int8(content, batches, kept)

    monkeypatch.setattr(conversion, "to_int8", watched)
    with pytest.raises(PrecisionError, match=r"In int8 held-out pictures lose .* dB of PSNR; --max-loss allows -1"):
        export_proved(vector_run, data, "int8", -1.0, silent)
    assert [len(kept) for kept in tries[:4]] == [0, 0, 2, 2]
    assert [set(kept) > set(before) for kept, before in zip(tries[4:], tries[2:4])] == [True, True]


def test_a_black_fp16_picture_is_found(
    vector_run: Run, data: Data, silent: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after an overflow that nobody noticed."""

    def black(content: bytes, _: np.ndarray) -> bytes:
        model = onnx.load_from_string(content)
        for tensor in model.graph.initializer:
            if len(tensor.dims) == 4:
                tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor) * 0, tensor.name))
        return model.SerializeToString()

    monkeypatch.setattr(conversion, "to_half", black)
    with pytest.raises(ParityError, match="have a PSNR of"):
        export_proved(vector_run, data, "fp16", 0.3, silent)
