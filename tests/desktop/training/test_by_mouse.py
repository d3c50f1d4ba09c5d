"""From a dropped folder to a moved slider on a real X server, by a real mouse and the real trainer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MISSING = [name for name in ("Xvfb", "xdotool", "xvfb-run") if shutil.which(name) is None]
PATIENCE_S = 900

pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
    pytest.mark.slow,
]


def test_a_folder_becomes_a_model_by_mouse(tmp_path: Path) -> None:
    """Dropped, trained, paused, gone on, stopped, exported and steered, with a picture of the screen after each."""
    kept = {name: value for name, value in os.environ.items() if name not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")}
    homes = {name: str(tmp_path / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "CONVAE_CACHE")}
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1280x860x24 -r"]
    done = subprocess.run(
        [*screen, sys.executable, "-m", "tests.desktop.training.mouse", str(tmp_path / "steps")],
        cwd=ROOT,
        env={**kept, **homes, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "steps").glob("*.png"))) >= 7
