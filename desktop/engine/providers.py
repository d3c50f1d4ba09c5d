"""Where onnxruntime computes: CUDA when it really loads, the CPU otherwise.

`onnxruntime.get_available_providers()` lists what was compiled in, not what works, and a session falls back to the
CPU without a word. So a session is asked, once it exists, what it really got.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import io
import os
import sys
from typing import TYPE_CHECKING, Any, Literal

from desktop.engine.errors import ModelError
from export.bundle import BundleError
from export.bundle_graph import check_graph

if TYPE_CHECKING:
    from onnxruntime.capi.onnxruntime_inference_collection import InferenceSession

Asked = Literal["auto", "cuda", "cpu"]
Provider = Literal["CUDA", "CPU"]

LARGEST_SHARE = 0.5  # of the machine's memory, for tensors on the CPU
USUAL_MEMORY_BYTES = 8 << 30  # of a machine that does not say
_SILENT = 4  # onnxruntime's severity "fatal": what it has to say reaches the user in our words, once
_DRIVERS = {"linux": "libcuda.so.1", "win32": "nvcuda.dll"}
_PROVIDERS = {"CUDA": ["CUDAExecutionProvider", "CPUExecutionProvider"], "CPU": ["CPUExecutionProvider"]}


@functools.cache
def cuda_problem() -> str | None:
    """Why CUDA cannot be tried on this machine, as the end of a sentence; None when it is worth a try."""
    if "CUDAExecutionProvider" not in _onnxruntime().get_available_providers():
        return "this onnxruntime was built without CUDA"
    try:
        ctypes.CDLL(_DRIVERS.get(sys.platform, ""))
    except OSError:
        return "no NVIDIA driver was found"
    with contextlib.redirect_stdout(io.StringIO()):  # it prints what it does not find; sessions tell us better
        _onnxruntime().preload_dlls(directory="")
    return None


def create_session(graph: bytes, provider: Provider) -> InferenceSession:
    """A session for the bytes of one ONNX file that runs where it was asked to.

    The file is untrusted: what reaches outside it is refused, no custom operators are loaded, and tensors on the CPU
    share `LARGEST_SHARE` of the machine's memory.

    Raises:
        ModelError: The graph is broken or refused, or onnxruntime fell back from the provider.
    """
    try:
        check_graph(graph, "the graph")
    except BundleError as error:
        raise ModelError(str(error).rstrip(".")) from error
    runtime = _onnxruntime()
    options = runtime.SessionOptions()
    options.log_severity_level = _SILENT
    options.add_session_config_entry("session.use_env_allocators", "1")
    try:
        session: InferenceSession = runtime.InferenceSession(graph, options, providers=_PROVIDERS[provider])
    except Exception as error:  # onnxruntime's exceptions share no class of their own
        raise ModelError(f"onnxruntime cannot open the graph: {reason(error)}") from error
    if session.get_providers()[0] != _PROVIDERS[provider][0]:
        raise ModelError("the CUDA or cuDNN libraries could not be loaded; pip install 'convae[gpu]' brings them")
    return session


def reason(error: Exception) -> str:
    """The readable part of an onnxruntime message such as `[ONNXRuntimeError] : 7 : INVALID_PROTOBUF : ...`."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].split(" : ")[-1].strip().rstrip(".:")


def memory_limit_bytes() -> int:
    """How much memory tensors on the CPU may take, all together."""
    try:
        memory_bytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows has no sysconf
        memory_bytes = USUAL_MEMORY_BYTES
    return int(memory_bytes * LARGEST_SHARE)


@functools.cache
def _onnxruntime() -> Any:
    """onnxruntime, imported at first use (it is slow), kept off the terminal and within its share of memory."""
    import onnxruntime

    runtime: Any = onnxruntime  # its type hints do not say what it exports
    runtime.set_default_logger_severity(_SILENT)
    limit = runtime.OrtArenaCfg(memory_limit_bytes(), -1, -1, -1)
    kinds = runtime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, runtime.OrtMemType.DEFAULT
    runtime.create_and_register_allocator(runtime.OrtMemoryInfo("Cpu", kinds[0], 0, kinds[1]), limit)
    return runtime
