"""Commands that need the extra `train` say so where the desktop alone was installed."""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import export
from trainer.extra import NEEDED

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__main__")
    for package in ("trainer", "export")
    for path in (ROOT / package).rglob("*.py")
    if '__name__ == "__main__"' in path.read_text(encoding="utf-8")
)
HEAVY = [module for module in MODULES if module not in export.LIGHT]


def without(package: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs Python as if a package were not installed."""
    (folder / "sitecustomize.py").write_text(f"import sys\nsys.modules[{package!r}] = None\n")
    paths = os.pathsep.join((str(folder), str(ROOT)))
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": paths}, cwd=folder)


def assert_one_sentence(done: subprocess.CompletedProcess[str], package: str) -> None:
    """Status 2, the package, and the line that brings it."""
    assert done.returncode == 2, done.stderr
    said = f"error: {package} is not installed, which this command needs; install the extra `train`: "
    assert done.stderr == f"{said}uv sync --inexact --extra train.\n"  # as in every clone


def test_every_command_is_tried() -> None:
    """Those that are known by heart are among them."""
    assert {"trainer.train", "trainer.report", "export.to_onnx", "export.adopt", "export.verify"} <= set(MODULES)


@pytest.mark.parametrize("module", HEAVY)
def test_a_module_names_the_extra(module: str, tmp_path: Path) -> None:
    """`python -m MODULE --help` without tyro, which all of them import: no traceback."""
    assert_one_sentence(without("tyro", tmp_path, "-m", module, "--help"), "tyro")


@pytest.mark.parametrize("module", [*export.LIGHT, "desktop.i18n.compile"])
def test_a_light_module_needs_no_extra(module: str, tmp_path: Path) -> None:
    """It runs where the desktop alone was installed, the catalogues' too, whose package imports the export's."""
    done = without("torch", tmp_path, "-m", module, "--help")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("command", "package"),
    [
        ("trainer.command", "torch"),
        ("trainer.command", "filelock"),
        ("export.command", "tyro"),
        ("export.command", "rich"),
    ],
)
def test_an_installed_command_names_the_extra(command: str, package: str, tmp_path: Path) -> None:
    """`convae-train` and `convae-export`, whichever package is missing, one that the list does not name too."""
    program = f"import sys; sys.argv = ['x', '--help']; from {command} import main; sys.exit(main())"
    assert_one_sentence(without(package, tmp_path, "-c", program), package)


def test_the_list_is_what_the_extra_brings() -> None:
    """No package of the extra is forgotten in it, and each that it names comes of one of the extra."""
    lines = [line for line in importlib.metadata.requires("convae") or [] if re.search(r"extra == .train\b", line)]
    wanted = {re.split(r"[^A-Za-z0-9._-]", line)[0].lower().replace("_", "-") for line in lines}
    assert len(wanted) > 10
    found = importlib.metadata.packages_distributions()
    brought = {name: {each.lower().replace("_", "-") for each in found.get(name, [name])} for name in NEEDED}
    assert all(distributions & wanted for distributions in brought.values())
    assert wanted <= set[str]().union(*brought.values())
