"""A latent file that was named for the window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop.engine.errors import InspectionError
from desktop.engine.latent_file import codec
from desktop.engine.latent_file.opening import is_latent, read_latent
from desktop.engine.library import ModelEntry, open_entry
from desktop.engine.sliders.latents import read_latent_space
from export.bundle import Bundle


@pytest.fixture
def small(tmp_path: Path, entry: ModelEntry) -> Path:
    """A latent file of the vector bundle, one standard deviation from the mean."""
    bundle = entry.require()
    space = read_latent_space(bundle)
    path = tmp_path / "friend.CVAE"
    codec.write_small(path, codec.quantise(space.mean_code + space.std, bundle.info, space, (32, 32), 0.1))
    return path


def test_its_model_is_found(small: Path, entry: ModelEntry, free: Bundle) -> None:
    """Among others, by the graphs it was made with; the latent is the one that was written, within its step."""
    assert is_latent(small)
    found, latent = read_latent(small, [open_entry(free.path), entry])
    space = read_latent_space(entry.require())
    assert found is entry
    assert np.abs((latent - space.mean_code) / space.std - 1).max() < 0.06


def test_without_its_model_it_is_refused(small: Path, free: Bundle) -> None:
    """In one sentence, whether there is another model or none."""
    with pytest.raises(InspectionError, match="was made with another model"):
        read_latent(small, [open_entry(free.path)])
    with pytest.raises(InspectionError, match="needs a model, and there is none"):
        read_latent(small, [])
