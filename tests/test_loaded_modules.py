"""What a process of its own has loaded once it runs: nothing slow, and nothing of torch."""

from __future__ import annotations

import subprocess
import sys

from export.bundle import Bundle
from tests.test_import_rules import ROOT, sources

WITHOUT_TORCH = """
import importlib, pkgutil, sys
from pathlib import Path

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"torch", "torchvision", "onnx", "onnxscript"}:
            raise ImportError(f"{name} is blocked")
        if name.startswith("trainer.") and name != "trainer.run" and not name.startswith("trainer.run.contract"):
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, Blocked())
import desktop
for module in pkgutil.walk_packages(desktop.__path__, "desktop."):
    if module.name != "desktop.__main__":
        importlib.import_module(module.name)

from desktop.engine import library
from desktop.engine.rendering import Renderer
from desktop.engine.scene import RandomCode, Request
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
    slow += " filelock importlib.metadata email PIL.ImageCms PIL.TiffImagePlugin desktop.inspect.page"
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
