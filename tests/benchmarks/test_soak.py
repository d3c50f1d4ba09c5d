"""The soak, shortened: what grows by use is found in a minute too."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from export.bundle import Bundle
from tests.benchmarks import soak


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists memory and threads in /proc")
@pytest.mark.slow
def test_use_leaves_nothing_behind(qtbot: QtBot, vector: Bundle, tmp_path: Path) -> None:  # noqa: ARG001
    """After the first tenth memory grows by less than 5 % (that windows leave no thread is tested with the window)."""
    found = soak.soak(vector.path, tmp_path, moves=200, drops=20, settle_s=0)
    assert found.growth < soak.ALLOWED_GROWTH
    assert found.shown > 20
