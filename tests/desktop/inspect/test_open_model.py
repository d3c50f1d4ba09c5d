"""One model that is kept open for whoever asks next."""

from __future__ import annotations

from desktop.engine import library
from desktop.engine.library import ModelEntry
from desktop.inspect.open_model import OpenModel
from export.bundle import Bundle


def test_a_model_is_opened_once(entry: ModelEntry, free: Bundle) -> None:
    """Another model, another provider, or a model that was closed is opened anew."""
    opener, other = OpenModel("cpu"), library.open_entry(free.folder)
    first = opener.model(entry)
    assert opener.model(entry) is first
    assert opener.model(other) is not first
    second = opener.model(entry)
    assert second is not first
    opener.close()
    third = opener.model(entry)
    assert third is not second
    opener.use("auto")
    assert opener.model(entry) is not third
