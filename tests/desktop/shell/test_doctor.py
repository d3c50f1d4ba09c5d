"""The doctor's findings."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest

from desktop.engine.machine import providers
from desktop.shell import doctor
from desktop.shell.doctor import Finding
from export.bundle import Bundle
from tests import bundles


def named(findings: list[Finding], what: str) -> Finding:
    """The one finding of that name."""
    (found,) = (finding for finding in findings if finding.what == what)
    return found


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The onnxruntime wheels that are said to be installed; to be filled."""
    wheels: dict[str, str] = {}

    def version(name: str) -> str:
        if name not in wheels:
            raise importlib.metadata.PackageNotFoundError(name)
        return wheels[name]

    monkeypatch.setattr(importlib.metadata, "version", version)
    return wheels


@pytest.fixture
def no_driver(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without NVIDIA's driver; the folder stands for its list of PCI devices."""
    monkeypatch.setattr(providers, "driver", lambda: None)
    monkeypatch.setattr(providers, "cuda_problem", lambda: "no NVIDIA driver was found")
    monkeypatch.setattr(doctor, "PCI_DEVICES", tmp_path)
    return tmp_path


@pytest.mark.usefixtures("no_driver")
def test_a_machine_without_a_gpu_is_well(vector: Bundle) -> None:
    """No driver is no fault; the CPU's decode is real, with every node counted."""
    findings = doctor.examine(vector)
    assert doctor.is_well(findings)
    assert named(findings, "NVIDIA driver").grade == "note"
    assert named(findings, "Decode on CPU").found.endswith("in the encoder, 7/7 in the decoder")
    assert doctor.report(findings).endswith("Everything works.")


def test_two_wheels_at_once_are_caught(installed: dict[str, str]) -> None:
    """They are named with their versions, and the cure can be typed."""
    installed |= {"onnxruntime": "1.24.0", "onnxruntime-gpu": "1.25.0"}
    (finding,) = doctor.wheels()
    assert finding.grade == "bad"
    assert "onnxruntime 1.24.0, onnxruntime-gpu 1.25.0 are both installed" in finding.found
    assert finding.cure == "pip uninstall -y onnxruntime onnxruntime-gpu, then pip install onnxruntime-gpu"


def test_no_wheel_at_all_is_caught(installed: dict[str, str], vector: Bundle) -> None:
    """And nothing that needs it is tried."""
    installed.clear()
    findings = doctor.examine(vector)
    assert findings[-1] == Finding("onnxruntime", "bad", "is not installed", "pip install onnxruntime")
    assert "-> pip install onnxruntime" in doctor.report(findings)


def test_a_gpu_without_a_driver_is_to_be_mended(no_driver: Path, vector: Bundle) -> None:
    """Linux lists the hardware, so the missing driver is a fault with a cure."""
    device = no_driver / "0000:01:00.0"
    device.mkdir()
    (device / "vendor").write_text("0x10de\n")
    (device / "class").write_text("0x030000\n")
    findings = doctor.examine(vector)
    assert named(findings, "NVIDIA driver").grade == "bad"
    assert "install the driver" in named(findings, "NVIDIA driver").cure
    assert not doctor.is_well(findings)


class _Driver:
    """A driver that answers as NVIDIA's does."""

    def cuInit(self, _flags: int) -> int:  # noqa: N802
        return 0

    def cuDriverGetVersion(self, version: object) -> int:  # noqa: N802
        version._obj.value = 12040  # type: ignore[attr-defined]
        return 0

    def cuDeviceGetCount(self, count: object) -> int:  # noqa: N802
        count._obj.value = 1  # type: ignore[attr-defined]
        return 0

    def cuDeviceGet(self, _device: object, _ordinal: int) -> int:  # noqa: N802
        return 0

    def cuDeviceGetName(self, name: object, _length: int, _device: object) -> int:  # noqa: N802
        name.value = b"Some GPU"  # type: ignore[attr-defined]
        return 0


def test_a_driver_without_libraries_is_to_be_mended(vector: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """The driver's version and GPU are told, and what to type for cuDNN, which is missing."""
    monkeypatch.setattr(providers, "driver", _Driver)
    monkeypatch.setattr(providers, "offered", lambda: (providers.CUDA, providers.CPU))
    monkeypatch.setattr(providers, "cuda_problem", lambda: "the CUDA or cuDNN libraries could not be loaded")
    monkeypatch.setattr(doctor, "_names", lambda stem, _versions: (f"lib{stem}-of-nowhere.so",))
    findings = doctor.examine(vector)
    assert named(findings, "NVIDIA driver").found == "serves CUDA 12.4; Some GPU"
    for what in ("cuDNN", "CUDA runtime", "Decode on CUDA"):
        assert named(findings, what).grade == "bad"
        assert named(findings, what).cure == providers.CUDA.cure
    assert doctor.report(findings).endswith("see the lines marked BAD.")


@pytest.mark.usefixtures("no_driver")
def test_a_model_that_does_not_run_is_a_fault(vector: Bundle) -> None:
    """Where not even the CPU can decode, something is wrong."""
    broken = bundles.rewrite(vector, decoder_onnx=b"garbage")
    findings = doctor.trials(broken)
    assert named(findings, "Decode on CPU").grade == "bad"
    assert "decoder.onnx" in named(findings, "Decode on CPU").found
    assert doctor.trials(None)[0].grade == "note"
