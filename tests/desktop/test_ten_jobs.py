"""The jobs that people come with, on a real X server with a real mouse and keyboard, in both languages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desktop.jobs.scripts import JOBS

ROOT = Path(__file__).resolve().parents[2]
MISSING = [name for name in ("Xvfb", "xdotool", "xvfb-run") if shutil.which(name) is None]
PATIENCE_S = 240

pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
    pytest.mark.slow,
]


@pytest.mark.parametrize("job", JOBS)
def test_a_job_is_done_in_so_many_actions(job: str, tmp_path: Path) -> None:
    """Without a stumble, in no more actions than were promised, with a picture of the screen after each."""
    kept = {name: value for name, value in os.environ.items() if name not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")}
    homes = {name: str(tmp_path / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1280x860x24"]
    done = subprocess.run(
        [*screen, sys.executable, "-m", "tests.desktop.jobs", str(tmp_path / "steps"), job],
        cwd=ROOT,
        env={**kept, **homes},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    count = json.loads(done.stdout.splitlines()[-1])[job]
    assert 0 < count["actions"] <= count["most"]
    assert len(list((tmp_path / "steps").glob("*.png"))) >= 1
