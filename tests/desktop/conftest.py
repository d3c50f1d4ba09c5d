"""What the tests of the desktop share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _filmstrips_at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Filmstrips wait for longer than any test: what is decoded is what a test asks for."""
    monkeypatch.setattr("desktop.filmstrips.REST_MS", 3_600_000)
