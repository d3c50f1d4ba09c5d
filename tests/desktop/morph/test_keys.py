"""The pictures of a morph, read one after another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from desktop.engine.library import ModelEntry
from desktop.engine.loaded_model import LoadedModel, load_model
from desktop.engine.pictures import Picture
from desktop.engine.session_file import NamedCode
from desktop.morph.keys import Key, KeyReader, read_key
from tests.pictures import gradient

Work = tuple[Callable[[], object], Callable[[object], None], Callable[[Exception], None]]


class Spare:
    """Spare work that is done when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[Work] = []

    def __call__(self, job: Callable[[], object], done: Callable[..., None], failed: Callable[..., None]) -> None:
        self.waiting.append((job, done, failed))

    def do_next(self) -> None:
        """The oldest piece of work."""
        job, done, failed = self.waiting.pop(0)
        try:
            result = job()
        except Exception as error:
            failed(error)
        else:
            done(result)


@pytest.fixture
def model(entry: ModelEntry) -> LoadedModel:
    """The tiny model."""
    return load_model(entry, "cpu")


def test_one_that_cannot_be_read_holds_up_no_other(model: LoadedModel, tmp_path: Path) -> None:
    """It is named, and the next one is read."""
    spare, read, refused = Spare(), list[Key](), list[str]()
    reader = KeyReader(spare)
    reader.read.connect(read.append)
    reader.refused.connect(refused.append)
    reader.add(model, [tmp_path / "gone.png", Picture("here", gradient(32, 32))])
    while spare.waiting:
        spare.do_next()
    assert [key.name for key in read] == ["here"]
    assert "gone.png does not exist" in refused[0]


def test_what_is_forgotten_is_not_told(model: LoadedModel) -> None:
    """Neither those that wait nor the one that is being read; codes that wait can be asked for."""
    spare, read = Spare(), list[Key]()
    reader = KeyReader(spare)
    reader.read.connect(read.append)
    code = NamedCode("code", np.zeros((1, 8), np.float32))
    reader.add(model, [code, Picture("p", gradient(32, 32)), code])
    assert reader.waiting_codes == [code, code]
    reader.forget()
    spare.do_next()
    assert read == []
    assert spare.waiting == []
    assert reader.waiting_codes == []


def test_a_code_is_decoded_alone(model: LoadedModel) -> None:
    """Its picture is what the model decodes it to."""
    code = np.zeros(8, np.float32)
    key = read_key(model, NamedCode("code", code))
    assert (key.name, key.code is code) == ("code", True)
    assert key.thumbnail.dtype == np.uint8
