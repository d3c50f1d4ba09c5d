"""A second copy of a model."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.engine import library
from desktop.engine.errors import ModelError
from desktop.engine.library import ModelEntry
from desktop.shell import model_copy
from export.bundle import Bundle, read_bundle


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own models, which there are none of."""
    monkeypatch.setattr(library, "user_folder", lambda: tmp_path / "user" / "models")
    return tmp_path / "user" / "models"


def test_each_copy_has_a_name_of_its_own_and_the_same_content(entry: ModelEntry, home: Path) -> None:
    """Three times: no copy replaces another, each is whole, and calls itself as its folder is called."""
    original = entry.require()
    made = [model_copy.duplicate(entry) for _ in range(3)]
    assert [place.name for place in made] == ["tiny-copy", "tiny-copy-2", "tiny-copy-3"]
    assert {place.parent for place in made} == {home}
    for place in made:
        copied = read_bundle(place)
        copied.verify()
        assert copied.info.name == place.name
        assert copied.info.sha256 == original.info.sha256
    assert entry.require().info.name == "tiny"


def test_a_packed_model_stays_packed(home: Path) -> None:
    """The suffix comes after `-copy`."""
    assert model_copy.free_place(Path("/anywhere/mine.convae")) == home / "mine-copy.convae"


def test_what_cannot_be_copied_is_one_sentence(entry: ModelEntry, vector: Bundle, home: Path) -> None:
    """A disk that refuses, and a model that was altered since it was opened; nothing is left behind."""
    home.parent.mkdir(parents=True)
    home.write_text("in the way")
    with pytest.raises(ModelError, match=r"tiny was not duplicated to .*tiny-copy"):
        model_copy.duplicate(entry)
    home.unlink()
    (vector.folder / "latents.npz").write_bytes(b"altered")
    with pytest.raises(ModelError, match=r"latents\.npz was altered"):
        model_copy.duplicate(entry)
    assert not any(home.iterdir()) if home.exists() else True
