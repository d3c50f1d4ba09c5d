"""A stand-in for uv: it prints progress, and makes a Python that has a trainer of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from desktop.training.install import environment

PROGRAM = """#!{python}
import os, pathlib, stat, sys, time
words = sys.argv[1:]
if words[0] == "venv":
    folder = pathlib.Path(words[-1])
    (folder / "bin").mkdir(parents=True)
    python = folder / "bin" / "python"
    python.write_text("#!/bin/sh\\nPYTHONPATH=" + str(folder / "packages") + ' exec {python} "$@"\\n')
    python.chmod(0o755)
    (folder / "half.bin").write_bytes(bytes(1000))
elif "{behaves}" == "fails":
    sys.exit("error: the network is unreachable")
elif "{behaves}" == "waits":
    print("Downloading torch", flush=True)
    time.sleep(60)
else:
    print("Downloading torch", flush=True)
    packages = pathlib.Path(words[words.index("--python") + 1]).parents[1] / "packages"
    for name in ("torch", "trainer/run", "torchvision"):
        (packages / name).mkdir(parents=True)
        (packages / name / "__init__.py").touch()
    (packages / "trainer" / "__init__.py").touch()
    (packages / "trainer" / "run" / "contract.py").touch()
    (packages / "trainer" / "train.py").write_text("print('the trainer of the environment')")
"""


def install_stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, behaves: str = "works") -> Path:
    """Puts a `uv` that works, fails or waits before all others on the path; environments go below `folder`.

    Returns:
        The data folder that they are made in.
    """
    programs = folder / f"programs-{behaves}"
    programs.mkdir(parents=True)
    (programs / "uv").write_text(PROGRAM.format(python=sys.executable, behaves=behaves))
    (programs / "uv").chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join((str(programs), os.environ["PATH"])))
    monkeypatch.setattr(environment, "data_folder", lambda: folder / "data")
    return folder / "data"
