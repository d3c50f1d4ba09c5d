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
PATIENCE_S = 560

pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
    pytest.mark.slow,
]


@pytest.mark.parametrize("job", JOBS)
def test_a_job_is_done_in_so_many_actions(job: str, tmp_path: Path) -> None:
    """Without a stumble, in no more actions than were promised, with a picture of the screen after each."""
    counts = walked(tmp_path, job)
    assert 0 < counts[job]["actions"] <= counts[job]["most"]


def test_the_jobs_are_done_in_chinese(tmp_path: Path) -> None:
    """All of them in as many actions as in English."""
    counts = walked(tmp_path, "", "zh_CN")
    assert list(counts) == list(JOBS)
    assert all(0 < count["actions"] <= count["most"] for count in counts.values())


def walked(folder: Path, job: str, language: str = "en") -> dict[str, dict[str, int]]:
    """What each job took, or one that is named."""
    kept = {name: value for name, value in os.environ.items() if name not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")}
    homes = {name: str(folder / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1280x860x24 -r"]
    done = subprocess.run(
        [*screen, sys.executable, "-m", "tests.desktop.jobs", str(folder / "steps"), job, language],
        cwd=ROOT,
        env={**kept, **homes},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S if job else 3 * PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(list((folder / "steps").glob("*.png"))) >= 1
    counts: dict[str, dict[str, int]] = json.loads(done.stdout.splitlines()[-1])
    return counts
