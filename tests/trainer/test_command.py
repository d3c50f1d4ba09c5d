"""`convae-train` says which extra is missing."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("missing", ["torch", "tyro", "filelock"])
def test_a_missing_library_is_named_with_its_extra(missing: str) -> None:
    """Where the desktop alone was installed, the command ends with status 2 and one sentence that says what to type."""
    program = f"import sys; sys.modules[{missing!r}] = None; from trainer.command import main; sys.exit(main())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"error: {missing} is not installed" in done.stderr
    assert "pip install 'convae[train]'" in done.stderr
