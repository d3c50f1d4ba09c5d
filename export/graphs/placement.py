"""The nodes that would leave the GPU: each costs two copies between its memory and the computer's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import onnx
import onnxruntime
import torch
from numpy.typing import NDArray
from onnxruntime.capi.onnxruntime_inference_collection import InferenceSession
from onnxruntime.capi.onnxruntime_pybind11_state import get_available_providers

from export.bundle import Placement
from export.graphs.profile import profile
from export.runtime import PROVIDER

CUDA = "CUDAExecutionProvider"

# Operators of which onnxruntime's CUDA provider has a kernel for the types that these graphs use: uint8, float and
# float16, and int64 for shapes. From onnxruntime's own list, docs/OperatorKernels.md, at opset 18.
WITH_CUDA_KERNEL = frozenset(
    {"Add", "AveragePool", "BatchNormalization", "Cast", "Clip", "Concat", "Conv", "ConvTranspose", "DepthToSpace"}
    | {"DequantizeLinear", "Div", "Elu", "Equal", "Erf", "Exp", "Expand", "Flatten", "Gather", "Gelu", "Gemm"}
    | {"GlobalAveragePool", "GlobalMaxPool", "HardSigmoid", "Identity", "InstanceNormalization", "LayerNormalization"}
    | {"LeakyRelu", "MatMul", "Max", "MaxPool", "Min", "Mul", "Neg", "PRelu", "Pad", "Pow", "QuantizeLinear"}
    | {"ReduceMean", "ReduceSum", "Relu", "Reshape", "Resize", "Round", "Sigmoid", "Slice", "Softmax", "SpaceToDepth"}
    | {"Split", "Sqrt", "Squeeze", "Sub", "Tanh", "Tile", "Transpose", "Unsqueeze", "Upsample", "Where"}
)
# These give lengths, which onnxruntime keeps in the computer's memory on purpose: no picture passes through them.
OF_SHAPES = frozenset({"Constant", "ConstantOfShape", "Range", "Shape", "Size"})


def find_placement(files: Mapping[str, bytes], inputs: Mapping[str, NDArray[Any]]) -> Placement:
    """Runs both graphs on the GPU where onnxruntime can, and looks their operators up where it cannot.

    Args:
        files: Each graph's file, by its name.
        inputs: What each graph runs on.
    """
    models = {name: onnx.load_from_string(content) for name, content in files.items()}
    if cuda_works():
        measured = [
            found for name, model in models.items() for found in measured_outside(name, model, inputs[name], [CUDA])
        ]
        return Placement("measured", tuple(measured))
    return Placement("listed", tuple(found for name, model in models.items() for found in listed_outside(name, model)))


def cuda_works() -> bool:
    """Whether onnxruntime has a CUDA provider that really loads: one that is merely named falls back to the CPU."""
    if not torch.cuda.is_available() or CUDA not in get_available_providers():
        return False
    onnxruntime.preload_dlls()  # the CUDA libraries that torch brought
    one = onnx.helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, [1])
    other = onnx.helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, [1])
    graph = onnx.helper.make_graph([onnx.helper.make_node("Relu", ["x"], ["y"])], "probe", [one], [other])
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 18)], ir_version=9)
    session = InferenceSession(model.SerializeToString(), providers=[CUDA, PROVIDER])
    return CUDA in session.get_providers()


def measured_outside(name: str, model: onnx.ModelProto, batch: NDArray[Any], wanted: Sequence[str]) -> list[str]:
    """The nodes that ran on none of the providers wanted, in one run."""
    runs = profile(model, batch, list(dict.fromkeys([*wanted, PROVIDER])))
    return [
        f"{name}: {run.node.name} ({run.node.op_type})"
        for run in runs
        if run.provider not in wanted and run.node.op_type not in OF_SHAPES
    ]


def listed_outside(name: str, model: onnx.ModelProto) -> list[str]:
    """The nodes whose operator is in neither list, or is not ONNX's own."""
    return [
        f"{name}: {node.name} ({node.op_type})"
        for node in model.graph.node
        if node.op_type not in WITH_CUDA_KERNEL | OF_SHAPES or node.domain not in ("", "ai.onnx")
    ]
