"""What many tests share. Qt draws offscreen, so that no test needs a display.

What is set here holds for the processes that run tests side by side too, and for those that tests start.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["LC_ALL"] = "C.UTF-8"  # the window speaks the system's language
os.environ["OMP_NUM_THREADS"] = "1"  # tiny networks are faster on one thread, and leave the other cores to other tests
if sys.dont_write_bytecode:  # containers often ask for that, and every process would compile all of torch anew
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(Path(__file__).parents[1] / ".pytest_cache" / "bytecode")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
settings.register_profile("shared-machine", deadline=None, max_examples=50)
settings.load_profile("shared-machine")
LONGEST_WAIT_MS = 30_000  # for a signal; pytest-qt's own 5 s are too few on a machine with other work to do

from pytestqt.qtbot import QtBot  # noqa: E402

from desktop.engine import library  # noqa: E402
from desktop.engine.library import ModelEntry  # noqa: E402
from desktop.engine.picture_writer import save_png  # noqa: E402
from export.bundle import Bundle  # noqa: E402
from tests import bundles  # noqa: E402
from tests.pictures import gradient  # noqa: E402

for wait in (QtBot.waitSignal, QtBot.waitSignals, QtBot.waitUntil):
    wait.__kwdefaults__["timeout"] = LONGEST_WAIT_MS


@pytest.fixture
def vector(tmp_path: Path) -> Bundle:
    """A bundle of fixed size 32 x 32 with a code of 8 numbers."""
    return bundles.vector_bundle(tmp_path / "tiny")


@pytest.fixture
def free(tmp_path: Path) -> Bundle:
    """A bundle of free size with a map for a code."""
    return bundles.map_bundle(tmp_path / "tiny-map")


@pytest.fixture
def entry(vector: Bundle) -> ModelEntry:
    """The vector bundle as a line of the model list."""
    return library.open_entry(vector.folder)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A PNG file of 48 x 40 pixels with smooth colours."""
    path = tmp_path / "photo.png"
    save_png(path, gradient(40, 48))
    return path
