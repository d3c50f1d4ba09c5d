"""What the frame of the window says."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.engine import library
from desktop.shell import words
from export.bundle import Bundle


@pytest.mark.parametrize(
    ("value", "text"), [(0.04, "0.0 ms"), (3.21, "3.2 ms"), (34.4, "34 ms"), (1234.0, "1.2 s"), (60_591.0, "1 min 1 s")]
)
def test_times_are_as_fine_as_they_are_short(value: float, text: str) -> None:
    """Tenths below ten milliseconds, whole ones above; then seconds and minutes."""
    assert words.duration(value) == text


def test_model_facts(tmp_path: Path, vector: Bundle, free: Bundle) -> None:
    """Origin, size and code; or that it is broken."""
    shipped = words.model_facts(library.open_entry(vector.folder, "shipped"))
    assert shipped == ("32 px · latent 8", f"Shipped · {vector.folder}")
    assert words.model_facts(library.open_entry(free.folder, "yours"))[0] == "any size · latent 4×4×4"
    broken, why = words.model_facts(library.open_entry(tmp_path))
    assert broken == "Broken"
    assert "bundle.json" in why
