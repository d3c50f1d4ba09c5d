"""What the commands of `trainer` and `export` need besides the desktop's packages, and what is said without it."""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable, Collection
from pathlib import Path

from trainer.terminal import say_error

STARTED = time.monotonic()
"""When a command began: this module is the first that it imports, long before torch. --time-limit counts from here."""

IS_CLONE = (Path(__file__).resolve().parents[1] / "pyproject.toml").is_file()
INSTALL = "uv sync --inexact --extra train" if IS_CLONE else "pip install 'convae[train]'"
NEEDED = (  # what the extra `train` brings, by the names that are imported
    *("torch", "torchvision", "onnx", "onnxscript", "sklearn", "scipy", "safetensors", "tyro", "rich", "jinja2"),
    *("tensorboard", "matplotlib", "webdataset", "dicebear", "dicebear_styles", "resvg_py"),
)
EXIT_BAD_USE = 2


def run(load: Callable[[], Callable[[], int]]) -> int:
    """Loads a command and runs it; its exit status, or 2 after one sentence where a package it needs is missing."""
    try:
        return load()()
    except ModuleNotFoundError as error:
        name = (error.name or "").split(".")[0]
        if name in ("", "trainer", "export", "desktop"):
            raise
        return _tell(name)


def require_for_module(package: str, light: Collection[str] = ()) -> None:
    """Ends `python -m PACKAGE.NAME` where the extra is missing, before the module is imported.

    The package calls it while `-m` looks for the module, which `sys.argv[0]` tells: it is `-m` itself until then. The
    module may be of another package, which imports this one.

    Args:
        package: The package that calls.
        light: Modules that need the desktop's packages alone.

    Raises:
        SystemExit: A package is missing, which has been said in one sentence; the status is 2.
    """
    asked = {word.removeprefix("-m") for word in sys.orig_argv}
    if asked & set(light) or not any(word.startswith(f"{package}.") for word in asked):
        return
    for name in NEEDED:
        if importlib.util.find_spec(name) is None:
            raise SystemExit(_tell(name))


def _tell(name: str) -> int:
    say_error(f"{name} is not installed, which this command needs; install the extra `train`: {INSTALL}.")
    return EXIT_BAD_USE
