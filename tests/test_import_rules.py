"""Who may import whom: the rules of the three rooms, read from the source and tried for real."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from export.bundle import Bundle

ROOT = Path(__file__).resolve().parents[1]
RUN_CONTRACT = "trainer/run/contract.py"
TORCH = {"torch", "torchvision"}
ONNX = {"onnx", "onnxscript", "onnxruntime"}
QT = {"PySide6", "shiboken6"}


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, at the top or within a function; `from a import b` gives `a` and `a.b`."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from (module, *(f"{module}.{alias.name}" for alias in node.names))


def faults(path: Path, forbidden: set[str]) -> set[str]:
    """The imports of a file that are, or lie within, something forbidden."""
    return {name for name in imports(path) if any(name == top or name.startswith(f"{top}.") for top in forbidden)}


def sources(room: str) -> list[Path]:
    """The Python files of a room, of which there must be some: a rule over no file holds nothing."""
    found = sorted((ROOT / room).rglob("*.py"))
    assert found, f"{room}: no Python file is here any more, so that its rule checks nothing"
    return found


def test_the_trainer_knows_torch_only() -> None:
    """Neither ONNX nor Qt, and nothing of the other rooms."""
    forbidden = ONNX | QT | {"desktop", "export"}
    assert {path: found for path in sources("trainer") if (found := faults(path, forbidden))} == {}


def test_export_knows_no_desktop() -> None:
    """No Qt, and nothing of the desktop."""
    assert {path: found for path in sources("export") if (found := faults(path, QT | {"desktop"}))} == {}


def test_a_room_that_is_gone_fails_its_rule() -> None:
    """A rule over a folder that was renamed fails, and does not pass over nothing."""
    with pytest.raises(AssertionError, match="no Python file"):
        sources("desktop/engine_that_was_renamed")


def test_the_contract_needs_the_standard_library_alone() -> None:
    """`export/bundle/` imports nothing else but its own files, of which one reads arrays with numpy."""
    for path in sources("export/bundle"):
        allowed = {"numpy"} if path.stem == "arrays" else set()
        outside = {name for name in imports(path) if name != "export" and not name.startswith("export.bundle")}
        assert {name.split(".")[0] for name in outside} <= sys.stdlib_module_names | allowed, path
    assert list(imports(ROOT / "export" / "__init__.py")) == ["os"]


def test_the_engine_knows_no_qt() -> None:
    """The engine has no Qt and nothing of the window."""
    allowed = "desktop.engine"
    for path in sources("desktop/engine"):
        assert faults(path, QT) == set()
        assert {name for name in faults(path, {"desktop"}) if not name.startswith(allowed)} <= {"desktop"}


def test_the_contract_of_a_run_needs_the_standard_library_alone() -> None:
    """`trainer/run/contract.py`, which the desktop imports, brings nothing else of the trainer, and no torch."""
    names = {name.split(".")[0] for name in imports(ROOT / RUN_CONTRACT)}
    assert names <= sys.stdlib_module_names
    for package in ("trainer/__init__.py", "trainer/run/__init__.py"):
        assert set(imports(ROOT / package)) <= {"os"}


def test_the_desktop_knows_neither_torch_nor_the_rest_of_export() -> None:
    """Of everything outside it, the desktop has `export.bundle` and what that is made of alone."""
    for path in sources("desktop"):
        assert faults(path, TORCH | {"onnx", "onnxscript"}) == set(), path
        watching = {"trainer.run"} if path.is_relative_to(ROOT / "desktop" / "training") else set()
        assert {name for name in faults(path, {"trainer"}) if not name.startswith("trainer.run.contract")} <= watching
        outside = {name for name in faults(path, {"export"}) if not name.startswith("export.bundle")}
        assert outside == set(), path


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import torch.nn", {"torch.nn"}),
        ("def f():\n    from torch import nn", {"torch", "torch.nn"}),
        ("import torchlike", set()),
        ("from . import torch", set()),
    ],
)
def test_the_reader_of_imports_sees_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, source: str, found: set[str]
) -> None:
    """Imports within functions are found, and names that only begin alike are not."""
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    (tmp_path / "room").mkdir()
    path = tmp_path / "room" / "file.py"
    path.write_text(source)
    assert faults(path, TORCH) == found


WITHOUT_TORCH = """
import importlib, pkgutil, sys
from pathlib import Path

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"torch", "torchvision", "onnx", "onnxscript"}:
            raise ImportError(f"{name} is blocked")
        if name.startswith("trainer.") and name not in {"trainer.run", "trainer.run.contract"}:
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, Blocked())
import desktop
for module in pkgutil.walk_packages(desktop.__path__, "desktop."):
    if module.name != "desktop.__main__":
        importlib.import_module(module.name)

from desktop.engine import library
from desktop.engine.rendering import RandomCode, Renderer, Request
scene = Renderer("cpu").render(Request(library.open_entry(Path(sys.argv[1])), RandomCode(0)))
assert scene.psnr_db > 30, scene.psnr_db
print(len([name for name in sys.modules if name.startswith("desktop.")]))
"""


def test_the_desktop_runs_with_torch_blocked(vector: Bundle) -> None:
    """Every module imports, and a picture goes through encode and decode, where torch, onnx and trainer cannot load."""
    command = [sys.executable, "-c", WITHOUT_TORCH, str(vector.folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= len([path for path in sources("desktop") if path.stem not in ("__init__", "__main__")])


def test_importing_the_window_loads_nothing_slow() -> None:
    """What is slow to import waits for its first use, and what only the trainer needs is never loaded."""
    slow = "onnxruntime onnx torch torchvision matplotlib scipy sklearn pandas rich tensorboard av PIL.ImageQt"
    check = f"import sys, desktop.app, desktop.window; print([n for n in {slow.split()} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"


def test_importing_the_command_loads_no_qt() -> None:
    """`--help` and bad use need no window system, and cost next to nothing."""
    check = "import sys, desktop.app, desktop.batch.command; print('PySide6' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "False"
