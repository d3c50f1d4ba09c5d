"""Choosing where to compute."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import onnxruntime
import pytest

from desktop.engine.errors import ModelError
from desktop.engine.machine import providers
from export.bundle import Bundle


@pytest.fixture(autouse=True)
def _forget_this_machine() -> Iterator[None]:
    """The answer about CUDA is kept for the process; these tests each ask anew."""
    providers.cuda_problem.cache_clear()
    yield
    providers.cuda_problem.cache_clear()


def test_a_build_without_cuda_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """An onnxruntime that has no CUDA at all says so."""
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: ["CPUExecutionProvider"])
    assert providers.cuda_problem() == "this onnxruntime was built without CUDA"


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """CUDA that was compiled in is of no use without a driver."""

    def refuse(_name: str) -> None:
        raise OSError

    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: ["CUDAExecutionProvider"])
    monkeypatch.setattr(ctypes, "CDLL", refuse)
    assert providers.cuda_problem() == "no NVIDIA driver was found"


def test_a_driver_makes_cuda_worth_a_try(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """With a driver the libraries are loaded, and what onnxruntime prints meanwhile stays off the terminal."""
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: ["CUDAExecutionProvider"])
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    monkeypatch.setattr(onnxruntime, "preload_dlls", lambda directory: print(f"cannot load from {directory!r}"))
    assert providers.cuda_problem() is None
    assert capsys.readouterr().out == ""


def test_a_silent_fallback_is_noticed(vector: Bundle) -> None:
    """A session that was asked for CUDA and got the CPU is an error here."""
    if providers.cuda_problem() is None:
        pytest.skip("CUDA works here")
    with pytest.raises(ModelError, match="could not be loaded"):
        providers.create_session(vector.read("encoder.onnx"), providers.CUDA)


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        ("[ONNXRuntimeError] : 7 : INVALID_PROTOBUF : Parsing failed.", "Parsing failed"),
        ("two\nlines", "two"),
        ("", "RuntimeError"),
    ],
)
def test_reasons_are_one_readable_line(text: str, readable: str) -> None:
    """Codes and further lines of onnxruntime's messages are left out."""
    assert providers.reason(RuntimeError(text)) == readable


def test_what_is_offered_is_what_was_built_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Providers of other platforms are known by name; those that send pictures elsewhere are not offered."""
    built = ["CoreMLExecutionProvider", "AzureExecutionProvider", "CPUExecutionProvider"]
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: built)
    monkeypatch.setattr(providers, "has_openvino", lambda: False)
    assert [kind.name for kind in providers.offered()] == ["CoreML", "CPU"]
    coreml = providers.wanted("coreml")
    assert providers.problem(coreml) is None
    assert providers.problem(providers.wanted("xnnpack")) == "this onnxruntime was built without XNNPACK"


def test_unknown_providers_are_named() -> None:
    """A key that is none is an error that lists those there are."""
    with pytest.raises(ModelError, match=r"no provider abacus; there are auto, cuda"):
        providers.wanted("abacus")


SIGNATURE = (
    "void onnxruntime::ValidateOpset(const std::unordered_map<std::__cxx11::basic_string<char>, int>&, "
    "const onnxruntime::logging::Logger&, bool (*)(int), const std::string&, int)"
)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (
            f"[ONNXRuntimeError] : 1 : FAIL : /onnxruntime_src/onnxruntime/core/graph/utils.h:46 {SIGNATURE} Too new.",
            "Too new",
        ),
        (
            "[ONNXRuntimeError] : 1 : FAIL : Status Message: /src/reshape_helper.h:91 a::B::B(const a::S&, bool) const "
            "x == y was false. The tensor cannot be reshaped.",
            "Status Message: x == y was false. The tensor cannot be reshaped",
        ),
        ("[ONNXRuntimeError] : 2 : INVALID_ARGUMENT : Invalid model. Node input 'z' is none.",
         "Invalid model. Node input 'z' is none"),
        ("", "RuntimeError"),
    ],
)  # fmt: skip
def test_a_reason_names_no_place_in_the_source(message: str, said: str) -> None:
    """What is told is what went wrong, and not where onnxruntime was built."""
    assert providers.reason(RuntimeError(message)) == said
