"""What the script for a GPU does without one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.engine.machine import providers
from tests.benchmarks import on_gpu
from tests.benchmarks.gpu import REHEARSAL
from tests.benchmarks.measure import Remark, Row, Settings


def test_without_a_gpu_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """One sentence, status 2, and nothing written."""
    monkeypatch.setattr(providers, "cuda_problem", lambda: "no NVIDIA driver was found")
    assert on_gpu.main(["--json", str(tmp_path / "out.json")]) == 2
    assert "there is no GPU to measure: no NVIDIA driver was found" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_rehearsal_writes_every_part(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The parts that lose the GPU, and where the desktop says that nodes ran, are walked on the CPU."""
    wanted = ("truth", "training", "full memory", "lost device")
    monkeypatch.setattr(on_gpu, "PARTS", {name: part for name, part in on_gpu.PARTS.items() if name in wanted})
    assert on_gpu.main(["--rehearse", "--json", str(tmp_path / "out.json")]) == 0
    parts = {each["name"]: each for each in json.loads((tmp_path / "out.json").read_text())["benchmarks"]}
    assert set(parts) == set(wanted)
    assert "characters runs on CPU" in parts["truth"]["remarks"][0]
    assert parts["training"]["rows"][0]["ours"] > 0
    for name in wanted[2:]:
        assert "the pictures are 0 levels from the CPU's at most" in parts[name]["remarks"][0]


def test_what_fails_is_said_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that raises, and one after it; none begins a second figure once the time is over."""

    def broken(*_: object) -> list[Row | Remark]:
        raise RuntimeError("out of memory")

    def long(*_: object) -> list[Row | Remark]:
        return [Remark("one"), Remark("two")]

    monkeypatch.setattr(on_gpu, "PARTS", {"broken": broken, "long": long})
    first, second = on_gpu.measured(REHEARSAL, Settings(quick=True), ends=0)
    assert first.failure == "RuntimeError: out of memory"
    assert (second.remarks, second.failure) == (["one"], "the fifteen minutes were over")
