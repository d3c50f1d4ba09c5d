"""The trainer is asked what it would see, in a process of its own."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop.training import launch
from desktop.training.launch import Plan
from desktop.training.preview import FACTS_FILE, GRID_FILE, Preview, Previewer, read_preview
from trainer import preview as trainers

WHOLE: dict[str, Any] = {
    "train": 30,
    "holdout": 3,
    "moved": 1,
    "size": "32x64",
    "tiles": False,
    "damaged": True,
    "skipped_count": 1,
    "skipped": [["broken.png", "truncated"]],
    "near_duplicate_count": 1,
    "near_duplicates": [["a.jpg", "a.png"]],
    "formats": [["png", 33]],
    "sizes": [[40, 50, 33]],
    "labels": [["mood", 2]],
    "chosen": [{"template": "a map", "values": {}}],
    "pace": {
        "latent": "map",
        "numbers": 16,
        "epoch_seconds": 12.5,
        "epochs": 20.0,
        "limit_seconds": 600.0,
        "finishing_seconds": 30.0,
    },
}
ANSWERS = """
import json, pathlib, sys
print(json.dumps({"what": "x", "done": 3, "total": 4}), flush=True)
folder = pathlib.Path(sys.argv[1])
(folder / "preview.json").write_text(sys.argv[2])
(folder / "preview.png").write_bytes(pathlib.Path(sys.argv[3]).read_bytes())
"""


@pytest.fixture
def previewer() -> Iterator[Previewer]:
    """One that is asked nothing at the end."""
    made = Previewer()
    yield made
    made.cancel()


def _behaves(monkeypatch: pytest.MonkeyPatch, program: str, *words: str) -> None:
    command = lambda _plan, folder: [sys.executable, "-c", program, str(folder), *words]  # noqa: E731
    monkeypatch.setattr(launch, "preview_command", command)


def test_names_are_those_of_the_trainer() -> None:
    """The window may not import the trainer, but its files must be called as the trainer calls them."""
    assert (FACTS_FILE, GRID_FILE) == (trainers.FACTS_FILE, trainers.GRID_FILE)


def test_the_answer_is_read(
    qtbot: QtBot, previewer: Previewer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Progress first, then all that the trainer wrote; its folder is gone after that."""
    Image.fromarray(np.full((64, 256, 3), 7, np.uint8)).save(tmp_path / "grid.png")
    _behaves(monkeypatch, ANSWERS, json.dumps(WHOLE), str(tmp_path / "grid.png"))
    told = list[tuple[int, int]]()
    previewer.progressed.connect(lambda *of: told.append(of))
    with qtbot.waitSignal(previewer.found, timeout=20_000) as found:
        previewer.ask(Plan(None, tmp_path / "run"))
    answer: Preview = found.args[0]
    assert told == [(3, 4)]
    assert (answer.train, answer.holdout, answer.size, answer.damaged) == (30, 3, "32 × 64", True)
    assert answer.skipped == (("broken.png", "truncated"),)
    assert answer.duplicates == (("a.jpg", "a.png"),)
    assert (answer.formats, answer.sizes) == ((("PNG", 33),), (("40 × 50", 33),))
    assert answer.grid.shape == (64, 256, 3)
    assert not previewer.busy


def test_why_there_is_no_answer_is_told(
    qtbot: QtBot, previewer: Previewer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the trainer's sentence; or in the window's, where it left none."""
    _behaves(monkeypatch, "import sys; print('error: There is no folder.', file=sys.stderr); sys.exit(2)")
    with qtbot.waitSignal(previewer.failed, timeout=20_000) as failed:
        previewer.ask(Plan(None, tmp_path / "run"))
    assert failed.args == ["There is no folder."]
    _behaves(monkeypatch, "")
    with qtbot.waitSignal(previewer.failed, timeout=20_000) as failed:
        previewer.ask(Plan(None, tmp_path / "run"))
    assert "did not say" in failed.args[0]
    monkeypatch.setattr(launch, "quietly", lambda _: [str(tmp_path / "missing")])
    with qtbot.waitSignal(previewer.failed, timeout=20_000) as failed:
        previewer.ask(Plan(None, tmp_path / "run"))
    assert failed.args[0]


def test_a_new_question_takes_the_place_of_the_last(
    qtbot: QtBot, previewer: Previewer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the last one is answered; one that is cancelled is not."""
    failed = list[str]()
    previewer.failed.connect(failed.append)
    _behaves(monkeypatch, "import time; time.sleep(60)")
    previewer.ask(Plan(None, tmp_path / "run"))
    _behaves(monkeypatch, "import sys; sys.exit('error: second')")
    previewer.ask(Plan(None, tmp_path / "run"))
    qtbot.waitUntil(lambda: failed == ["second"], timeout=20_000)
    previewer.ask(Plan(None, tmp_path / "run"))
    previewer.cancel()
    qtbot.wait(100)
    assert failed == ["second"]


@given(
    st.sampled_from([*sorted(WHOLE), *(f"pace.{name}" for name in WHOLE["pace"])]),
    st.none() | st.floats() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=2),
)
def test_an_answer_of_another_kind_is_none(tmp_path_factory: pytest.TempPathFactory, name: str, value: object) -> None:
    """Whatever stands in the place of a value, reading gives an answer or none, and never fails."""
    folder = tmp_path_factory.mktemp("preview")
    Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(folder / GRID_FILE)
    outer, _, inner = name.partition(".")
    changed = {**WHOLE, outer: {**WHOLE[outer], inner: value} if inner else value}
    (folder / FACTS_FILE).write_text(json.dumps(changed))
    assert read_preview(folder) is None or isinstance(read_preview(folder), Preview)
    (folder / FACTS_FILE).write_text(json.dumps(WHOLE))
    (folder / GRID_FILE).write_bytes(b"no picture")
    assert read_preview(folder) is None
