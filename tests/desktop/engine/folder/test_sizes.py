"""The one size at which the pictures of an index are encoded."""

from __future__ import annotations

import pytest

from desktop.engine.errors import InspectionError
from desktop.engine.folder.sizes import picture_size
from export.bundle import Bundle


def test_sizes_that_do_not_fit_are_refused(vector: Bundle, free: Bundle) -> None:
    """The sentence says which do."""
    with pytest.raises(InspectionError, match="32 × 32 only"):
        picture_size(vector.info, 64)
    with pytest.raises(InspectionError, match="multiples of 8"):
        picture_size(free.info, 30)
