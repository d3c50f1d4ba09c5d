"""What tests of gradients share."""

from __future__ import annotations

from pathlib import Path

import pytest

from export.bundle import Bundle
from tests import bundles


@pytest.fixture
def rectified(tmp_path: Path) -> Bundle:
    """A bundle of free size whose graphs see beyond a cell, and bend."""
    return bundles.rectified_bundle(tmp_path / "rectified")
