"""Where a model computes: on what was asked for when it really loads, on the CPU by onnxruntime otherwise.

`onnxruntime.get_available_providers()` lists what was compiled in, not what works, and a session falls back to the
CPU without a word. So a session is asked, once it exists, what it really got, and `placement` reads where nodes went.
"""

from __future__ import annotations

import contextlib
import ctypes
import dataclasses
import functools
import importlib.util
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from desktop.engine.errors import ModelError
from desktop.engine.machine.extras import install_line
from export.bundle import BundleError
from export.bundle.graph import check_graph
from export.bundle.reason import reason
from export.bundle.sentence import Sentence

if TYPE_CHECKING:
    from onnxruntime.capi.onnxruntime_inference_collection import InferenceSession

Asked = str  # "auto", or the key of a `Kind`


@dataclasses.dataclass(frozen=True)
class Kind:
    """One of onnxruntime's execution providers, or another runtime: its key on the command line, its name for people.

    Attributes:
        key: As in `--provider KEY`.
        name: As people write it.
        provider: As onnxruntime writes it; empty for a runtime of its own.
        libraries: What must be loadable beside onnxruntime, for the sentence that says so.
        cure: What to type to bring them; empty where nothing can be typed.
    """

    key: str
    name: str
    provider: str
    libraries: str = ""
    cure: str = ""


CPU = Kind("cpu", "CPU", "CPUExecutionProvider")
CUDA = Kind("cuda", "CUDA", "CUDAExecutionProvider", "CUDA or cuDNN", install_line("gpu"))
TENSORRT = Kind("tensorrt", "TensorRT", "TensorrtExecutionProvider", "TensorRT", "pip install tensorrt")
DIRECTML = Kind("directml", "DirectML", "DmlExecutionProvider")
OPENVINO = Kind("openvino", "OpenVINO", "", "OpenVINO", install_line("openvino"))  # Intel's runtime, by its own package
KINDS = (
    CUDA,
    TENSORRT,
    DIRECTML,
    Kind("coreml", "CoreML", "CoreMLExecutionProvider"),
    OPENVINO,
    Kind("migraphx", "MIGraphX", "MIGraphXExecutionProvider"),
    Kind("qnn", "QNN", "QNNExecutionProvider"),
    Kind("webgpu", "WebGPU", "WebGpuExecutionProvider"),
    Kind("xnnpack", "XNNPACK", "XnnpackExecutionProvider"),
    CPU,
)
ASKED = ("auto", *(kind.key for kind in KINDS))

SPIN_US = "50"  # how long threads wait for work awake: from node to node, and not while others need the cores
LARGEST_SHARE = 0.5  # of the machine's memory, for tensors on the CPU
USUAL_MEMORY_BYTES = 8 << 30  # of a machine that does not say
_SILENT = 4  # onnxruntime's severity "fatal": what it has to say reaches the user in our words, once
Level = Literal["all", "extended"]
"""How far onnxruntime rearranges a graph: "all" lays channels out in blocks (NCHWc), "extended" does not."""
_DRIVERS = {"linux": "libcuda.so.1", "win32": "nvcuda.dll"}


def offered() -> tuple[Kind, ...]:
    """What this onnxruntime was built with, whether it works here or not, and what else is installed.

    Imports onnxruntime.
    """
    names = runtime().get_available_providers()
    return tuple(kind for kind in KINDS if kind.provider in names or (kind is OPENVINO and has_openvino()))


def has_openvino() -> bool:
    """Whether the package is installed; it is not imported."""
    return importlib.util.find_spec("openvino") is not None


def wanted(asked: Asked) -> Kind:
    """What is tried first: the kind of that key; for "auto" CUDA, whose results the export has proved beside the CPU's.

    Raises:
        ModelError: There is no such kind.
    """
    for kind in KINDS:
        if asked == kind.key or (asked == "auto" and kind is CUDA):
            return kind
    raise ModelError("there is no provider {asked}; there are {asked2}.", asked=asked, asked2=", ".join(ASKED))


def problem(kind: Kind) -> str | None:
    """Why a kind cannot be tried on this machine, as the end of a sentence; None when it is worth a try."""
    if kind is CUDA:
        return cuda_problem()
    if kind is OPENVINO:
        missing = Sentence("OpenVINO is not installed; {cure} brings it", cure=kind.cure)
        return None if has_openvino() else missing
    if kind not in offered():
        return Sentence("this onnxruntime was built without {name}", name=kind.name)
    return cuda_problem() if kind is TENSORRT else None


@functools.cache
def cuda_problem() -> str | None:
    """Why CUDA cannot be tried on this machine, as the end of a sentence; None when it is worth a try."""
    if CUDA.provider not in runtime().get_available_providers():
        return "this onnxruntime was built without CUDA"
    if driver() is None:
        return "no NVIDIA driver was found"
    preload()
    return None


def driver() -> ctypes.CDLL | None:
    """NVIDIA's driver, if it can be loaded."""
    try:
        return ctypes.CDLL(_DRIVERS.get(sys.platform, ""))
    except OSError:
        return None


def preload() -> None:
    """Loads NVIDIA's libraries from their wheels, where they are installed, before onnxruntime looks for them."""
    with contextlib.redirect_stdout(io.StringIO()):  # it prints what it does not find; sessions tell us better
        runtime().preload_dlls(directory="")


def create_session(
    graph: bytes, kind: Kind, profile: Path | None = None, threads: int = 0, level: Level = "all"
) -> InferenceSession:
    """A session for the bytes of one ONNX file that runs where it was asked to.

    The file is untrusted: what reaches outside it is refused, no custom operators are loaded, and tensors on the CPU
    share `LARGEST_SHARE` of the machine's memory.

    Args:
        graph: The file.
        kind: Where to run; what it cannot do goes to the CPU.
        profile: Where to write what each node did, until the session's `end_profiling`; the name's beginning.
        threads: That the CPU computes a run on, the caller's among them; 0 for as many as there are cores.
        level: How far the graph is rearranged.

    Raises:
        ModelError: The graph is broken or refused, or onnxruntime fell back from the provider.
    """
    refuse_harmful(graph)
    options = runtime().SessionOptions()
    options.log_severity_level = _SILENT
    options.intra_op_num_threads = threads
    levels = runtime().GraphOptimizationLevel
    options.graph_optimization_level = {"all": levels.ORT_ENABLE_ALL, "extended": levels.ORT_ENABLE_EXTENDED}[level]
    options.add_session_config_entry("session.use_env_allocators", "1")
    options.add_session_config_entry("session.intra_op.spin_duration_us", SPIN_US)
    if kind is DIRECTML:  # as its documentation demands; a session runs one graph at a time by default
        options.enable_mem_pattern = False
    if profile is not None:
        options.enable_profiling = True
        options.profile_file_prefix = str(profile)
    names = list(dict.fromkeys([kind.provider, CPU.provider]))
    try:
        session: InferenceSession = runtime().InferenceSession(graph, options, providers=names, enable_fallback=0)
    except Exception as error:  # onnxruntime's exceptions share no class of their own
        raise ModelError("onnxruntime cannot open the graph: {reason}", reason=reason(error)) from error
    if session.get_providers()[0] != kind.provider:
        raise ModelError(_not_loaded(kind))
    return session


def refuse_harmful(graph: bytes) -> None:
    """Looks at the bytes of an ONNX file before any runtime does.

    Raises:
        ModelError: It reaches outside itself, has custom operators, or is no readable graph.
    """
    try:
        check_graph(graph, "the graph")
    except BundleError as error:
        raise ModelError(error.sentence.clause()) from error


def _not_loaded(kind: Kind) -> str:
    libraries = Sentence("the {libraries} libraries could not be loaded", libraries=kind.libraries or kind.name)
    return Sentence("{libraries}; {cure} brings them", libraries=libraries, cure=kind.cure) if kind.cure else libraries


def memory_limit_bytes() -> int:
    """How much memory tensors on the CPU may take, all together."""
    try:
        memory_bytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows has no sysconf
        memory_bytes = USUAL_MEMORY_BYTES
    return int(memory_bytes * LARGEST_SHARE)


@functools.cache
def runtime() -> Any:
    """onnxruntime, imported at first use (it is slow), kept off the terminal and within its share of memory."""
    import onnxruntime

    module: Any = onnxruntime  # its type hints do not say what it exports
    module.set_default_logger_severity(_SILENT)
    limit = module.OrtArenaCfg(memory_limit_bytes(), -1, -1, -1)
    kinds = module.OrtAllocatorType.ORT_ARENA_ALLOCATOR, module.OrtMemType.DEFAULT
    module.create_and_register_allocator(module.OrtMemoryInfo("Cpu", kinds[0], 0, kinds[1]), limit)
    return module
