"""What this machine has to compute with, what of it works, and what to type to mend the rest."""

from __future__ import annotations

import ctypes
import dataclasses
import importlib.metadata
import os
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

from desktop.engine import library
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import EXPECTED
from desktop.engine.machine import providers, race
from desktop.engine.machine.providers import Kind
from export.bundle import Bundle
from export.bundle.sentence import Sentence

Grade = Literal["good", "note", "bad"]

WHEELS = (
    "onnxruntime",
    "onnxruntime-gpu",
    "onnxruntime-directml",
    "onnxruntime-openvino",
    "onnxruntime-qnn",
    "onnxruntime-migraphx",
)
NVIDIA, DISPLAY_CONTROLLER = "0x10de", "0x03"  # in the PCI ids that Linux lists
PCI_DEVICES = Path("/sys/bus/pci/devices")
NO_DRIVER_NEEDED = "no NVIDIA driver was found; that is no fault where there is no NVIDIA GPU"


@dataclasses.dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        what: Its name.
        grade: Good; bad, so that something should be mended; or only worth knowing.
        found: What was found, a phrase.
        cure: What to type, or to do; empty where nothing is needed.
    """

    what: str
    grade: Grade
    found: str
    cure: str = ""


def examine(bundle: Bundle | None = None) -> list[Finding]:
    """Looks at everything; takes a second or two, for it runs a decode on every provider that there is.

    Args:
        bundle: The model to try; None for the first that is found.
    """
    findings = [_system(), *wheels()]
    if not _installed():
        return findings
    findings += [_driver(), *_libraries()]
    return findings + trials(bundle or _first_model())


def is_well(findings: list[Finding]) -> bool:
    """Whether nothing is to be mended."""
    return all(finding.grade != "bad" for finding in findings)


def report(findings: list[Finding]) -> str:
    """The findings as lines of text, with what to type below what it mends."""
    marks: dict[Grade, str] = {"good": "ok  ", "note": "note", "bad": "BAD "}
    lines = []
    for finding in findings:
        lines.append(f"{marks[finding.grade]}  {finding.what}: {finding.found}")
        if finding.cure:
            lines.append(f"      -> {finding.cure}")
    lines.append("Everything works." if is_well(findings) else "Something needs fixing; see the lines marked BAD.")
    return "\n".join(lines)


def wheels() -> list[Finding]:
    """Which onnxruntime is installed. Two of them overwrite each other's files, and neither can be trusted."""
    found = _installed()
    named = ", ".join(f"{name} {version}" for name, version in found.items())
    if not found:
        return [Finding("onnxruntime", "bad", "is not installed", "pip install onnxruntime")]
    if len(found) > 1:
        kept = "onnxruntime-gpu" if "onnxruntime-gpu" in found else next(iter(found))
        cure = Sentence("pip uninstall -y {found}, then pip install {kept}", found=" ".join(found), kept=kept)
        return [
            Finding(
                "onnxruntime",
                "bad",
                Sentence("{named} are both installed, and overwrite each other's files", named=named),
                cure,
            )
        ]
    kinds = ", ".join(kind.name for kind in providers.offered())
    return [Finding("onnxruntime", "good", Sentence("{named}, built with {kinds}", named=named, kinds=kinds))]


def trials(bundle: Bundle | None) -> list[Finding]:
    """A decode on every provider that this onnxruntime was built with."""
    if bundle is None:
        return [Finding("Trial decode", "note", "there is no model here to try")]
    return [*(_trial(bundle, kind) for kind in providers.offered()), _fastest(bundle)]


def _fastest(bundle: Bundle) -> Finding:
    """What the race of this model came to."""
    what, result = Sentence("Fastest way for {name}", name=bundle.info.name), race.kept(bundle)
    if result is None:
        return Finding(what, "note", "not known yet; a model that rests in the window is raced")
    ratios = ", ".join(f"{key} {ratio:.2f}" for key, ratio in result.ratios.items())
    found = Sentence("{way}; times as fast as onnxruntime's usual way: {ratios}", way=result.way.key, ratios=ratios)
    return Finding(what, "good", found)


def _trial(bundle: Bundle, kind: Kind) -> Finding:
    """Only the CPU must work; another provider that does not is bad where its hardware is there."""
    what = Sentence("Decode on {name}", name=kind.name)
    try:
        running = Autoencoder(bundle, kind.key).running
    except EXPECTED as error:
        return Finding(what, "bad", error.sentence.clause())
    if running.provider == kind.name:
        of_encoder, of_decoder = (
            f"{graph.nodes.get(kind.name, 0)}/{graph.total}" for graph in (running.encoder, running.decoder)
        )
        found = Sentence(
            "works; nodes that ran there: {of_encoder} in the encoder, {of_decoder} in the decoder",
            of_encoder=of_encoder,
            of_decoder=of_decoder,
        )
        if running.placement.left_to_cpu:
            kinds = ", ".join(running.placement.left_to_cpu)
            found = Sentence("{found}; on the CPU instead: {kinds}", found=found, kinds=kinds)
        return Finding(what, "good", found)
    needed = kind is providers.CUDA and providers.driver() is not None
    return Finding(what, "bad" if needed else "note", running.reason or "does not work", kind.cure if needed else "")


def _system() -> Finding:
    python = ".".join(map(str, sys.version_info[:3]))
    found = Sentence(
        "{system} {release} on {machine}, Python {python}, {cpu_count} cores",
        system=platform.system(),
        release=platform.release(),
        machine=platform.machine(),
        python=python,
        cpu_count=os.cpu_count(),
    )
    return Finding("This machine", "good", found)


def _driver() -> Finding:
    driver = providers.driver()
    if driver is not None:
        return Finding("NVIDIA driver", "good", _describe_driver(driver))
    if _has_nvidia_hardware():
        cure = "install the driver (Ubuntu: sudo ubuntu-drivers install), then start the computer again"
        return Finding("NVIDIA driver", "bad", "there is an NVIDIA GPU, but no driver for it was found", cure)
    return Finding("NVIDIA driver", "note", NO_DRIVER_NEEDED)


def _libraries() -> Iterator[Finding]:
    """CUDA's runtime and cuDNN, where there is a driver to use them with."""
    if providers.CUDA not in providers.offered():
        return
    grade: Grade = "bad" if providers.driver() is not None else "note"
    if grade == "bad":
        providers.preload()
    for what, names, function in (
        ("CUDA runtime", _names("cudart", ("13", "12")), "cudaRuntimeGetVersion"),
        ("cuDNN", _names("cudnn", ("9",)), "cudnnGetVersion"),
    ):
        version = _version(names, function)
        if version is not None:
            yield Finding(what, "good", version)
        else:
            cure = providers.CUDA.cure if grade == "bad" else ""
            yield Finding(what, grade, Sentence("not found ({names})", names=" or ".join(names)), cure)


def _installed() -> dict[str, str]:
    """The version of each onnxruntime wheel that is installed."""
    found = {}
    for name in WHEELS:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def _first_model() -> Bundle | None:
    return next((entry.bundle for entry in library.find_models() if entry.bundle is not None), None)


def _has_nvidia_hardware() -> bool:
    """Whether Linux lists a display controller of NVIDIA's; elsewhere that is not known, and False."""
    for device in PCI_DEVICES.glob("*"):
        try:
            vendor, kind = (device / "vendor").read_text().strip(), (device / "class").read_text().strip()
        except OSError:
            continue
        if vendor == NVIDIA and kind.startswith(DISPLAY_CONTROLLER):
            return True
    return False


def _describe_driver(driver: Any) -> str:
    """The newest CUDA that the driver can serve, and the GPUs by name; see NVIDIA's CUDA driver API, `cuInit` on."""
    if driver.cuInit(0) != 0:
        return "found, but it does not start"
    version, count = ctypes.c_int(), ctypes.c_int()
    driver.cuDriverGetVersion(ctypes.byref(version))
    driver.cuDeviceGetCount(ctypes.byref(count))
    names = []
    for ordinal in range(count.value):
        device, name = ctypes.c_int(), ctypes.create_string_buffer(128)
        if driver.cuDeviceGet(ctypes.byref(device), ordinal) == 0:
            driver.cuDeviceGetName(name, len(name), device)
            names.append(name.value.decode(errors="replace"))
    return Sentence(
        "serves CUDA {dotted}; {names}", dotted=_dotted(version.value), names=", ".join(names) or "no GPU is listed"
    )


def _names(stem: str, versions: tuple[str, ...]) -> tuple[str, ...]:
    if sys.platform == "win32":
        return tuple(f"{stem}64_{version}.dll" for version in versions)
    return tuple(f"lib{stem}.so.{version}" for version in versions)


def _version(names: tuple[str, ...], function: str) -> str | None:
    """The name and version of the first of these libraries that can be loaded."""
    for name in names:
        try:
            library_: Any = ctypes.CDLL(name)
        except OSError:
            continue
        return f"{name}, {_ask_version(getattr(library_, function))}"
    return None


def _ask_version(function: Callable[..., int]) -> str:
    """cuDNN gives its version, as major * 10000 + minor * 100 + patch; CUDA writes it, as major * 1000 + minor * 10."""
    if getattr(function, "__name__", "") == "cudnnGetVersion":
        number = function()
        return f"version {number // 10000}.{number // 100 % 100}.{number % 100}"
    written = ctypes.c_int()
    function(ctypes.byref(written))
    return f"version {_dotted(written.value)}"


def _dotted(version: int) -> str:
    """CUDA's version numbers: 12040 is 12.4."""
    return f"{version // 1000}.{version % 1000 // 10}"
