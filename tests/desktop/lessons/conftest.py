"""A lesson whose runs are written by a script in no time, in place of the trainer."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop.lessons import figures
from desktop.lessons.lesson import Answer, Control, Lesson, Shown, numbers

WRITE = """
import sys, time, json, os
from pathlib import Path
from PIL import Image
run, psnr = Path(sys.argv[1]), float(sys.argv[2])
(run / "grids").mkdir(parents=True)
(run / "metrics.csv").write_text(f"step,loss,holdout_psnr\\n1,0.5,\\n2,0.25,{psnr}\\n")
Image.new("RGB", (64, 32), (int(psnr), 0, 0)).save(run / "grids" / "epoch-0001.png")
"""
WAIT = "import time; time.sleep(600)"
FAIL = "import sys; print('error: no room'); sys.exit(2)"


class ScriptedLesson(Lesson):
    """Runs a script for each value, with the run folder and the number that the value is called."""

    script = WRITE

    def commands(self, folder: Path, chosen: int, more: Sequence[int] = ()) -> list[list[list[str]]]:
        """One command for each run; a second control makes every picture better by so many dB."""
        runs = zip(self.runs(folder, chosen), self.values(chosen))
        better = sum(int(control.values[place].text) for control, place in zip(self.more, more))
        return [[[sys.executable, "-c", self.script, str(run), str(int(value.text) + better)]] for run, value in runs]


def scripted(script: str = WRITE, may_diverge: bool = False) -> Lesson:
    """The lesson: values 10 and 30 against a reference of 20 dB; that less is worse is its claim."""
    lesson = ScriptedLesson(
        number=1,
        title="A lesson",
        text=("One paragraph.", "Another one."),
        control=Control("Decibels", numbers("--psnr", "10", "30")),
        reference=numbers("--psnr", "20")[0],
        figures={"psnr": figures.best_psnr},
        answers=(
            Answer(
                "{value} gives {psnr:.1f}, {reference} {reference_psnr:.1f}", lambda f: f["psnr"] < f["reference_psnr"]
            ),
            Answer("Not so: {psnr:.1f}", lambda _: True, claims=False),
        ),
        shown=(Shown("all of it", figures.last_grid),),
        may_diverge=may_diverge,
        more=(Control("Better by", numbers("--better", "0", "5")),),
    )
    object.__setattr__(lesson, "script", script)
    return lesson


@pytest.fixture
def lesson(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Lesson:
    """It, with temporary folders of the test's own."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return scripted()
