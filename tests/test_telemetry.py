"""Nothing of the user is gathered: onnxruntime's telemetry is off in every room."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_import_rules import ONNX, ROOT, faults, sources


@pytest.mark.parametrize("room", ["desktop", "export", "trainer", "tests"])
def test_onnxruntime_writes_nothing_of_its_own(tmp_path: Path, room: str) -> None:
    """Imported after the room, as every entry point does, it leaves no device id and no database in the home folder."""
    left_out = ("ORT_DISABLE_TELEMETRY", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    program = f"import {room}, onnxruntime; onnxruntime.get_available_providers()"
    subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=kept | {"HOME": str(tmp_path)}, check=True, timeout=60
    )
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_onnxruntime_is_imported_in_those_rooms_alone() -> None:
    """So that a room is always imported before it."""
    users = {path.relative_to(ROOT).parts[0] for room in ("desktop", "export", "tests") for path in sources(room)
             if faults(path, {"onnxruntime"})}  # fmt: skip
    assert users == {"desktop", "export", "tests"}
    assert {path for path in ROOT.glob("*.py") if faults(path, ONNX)} == set()
