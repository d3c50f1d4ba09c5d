"""Where nodes ran."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from desktop.engine.machine import placement, providers
from desktop.engine.machine.placement import Placement
from export.bundle import Bundle


def node(name: str, provider: str, operator: str) -> dict[str, object]:
    """One event of a profile."""
    return {"cat": "Node", "name": f"{name}_kernel_time", "args": {"provider": provider, "op_name": operator}}


def test_the_profile_of_a_real_run_is_read(vector: Bundle, tmp_path: Path) -> None:
    """Every node of the tiny decoder ran on the CPU, as onnxruntime itself has written."""
    session = providers.create_session(vector.read("decoder.onnx"), providers.CPU, tmp_path / "profile")
    session.run(None, {"latent": np.zeros((1, 8), np.float32)})
    profile = Path(session.end_profiling())
    assert placement.read_profile(profile, providers.CPU) == Placement({"CPU": 7})


def test_nodes_left_to_the_cpu_are_named(tmp_path: Path) -> None:
    """Each operator that fell to the CPU is named once; a node that ran twice is one node."""
    cuda, cpu = providers.CUDA.provider, providers.CPU.provider
    events = [node("a", cuda, "Conv"), node("a", cuda, "Conv"), node("b", cpu, "Cast"), node("c", cpu, "Cast")]
    path = tmp_path / "profile.json"
    path.write_text(json.dumps([*events, {"cat": "Session", "name": "model_run"}]))
    assert placement.read_profile(path, providers.CUDA) == Placement({"CUDA": 1, "CPU": 2}, ("Cast",))


def test_placements_of_two_graphs_add_up() -> None:
    """Nodes are counted together, and what was left to the CPU by either is named once."""
    first, second = Placement({"CUDA": 3, "CPU": 1}, ("Cast",)), Placement({"CUDA": 2, "CPU": 2}, ("Cast", "Resize"))
    assert first + second == Placement({"CUDA": 5, "CPU": 3}, ("Cast", "Resize"))


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"cat": "Node", "name": "x_kernel_time"}]'])
def test_what_cannot_be_read_proves_nothing(tmp_path: Path, text: str) -> None:
    """A broken profile gives no nodes, and no error: the model runs all the same."""
    path = tmp_path / "profile.json"
    path.write_text(text)
    assert placement.read_profile(path, providers.CPU).total == 0
    assert placement.read_profile(tmp_path / "missing", providers.CPU).total == 0
