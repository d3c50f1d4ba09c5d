"""Pictures encoded for an index."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.folder import encoding
from desktop.engine.folder.encoding import PictureRow, batch_length, encode_here
from desktop.engine.picture_writer import save_png
from export.bundle import Bundle, SizeRule
from tests.desktop.engine.conftest import varied

SIZE = SizeRule("fixed", 1, 32, 32)


@pytest.fixture
def files(tmp_path: Path) -> list[PictureRow]:
    """Five pictures, the third of which is broken and the last of which has two frames."""
    names = [f"{number}.png" for number in range(4)]
    for number, name in enumerate(names):
        save_png(tmp_path / name, varied(number))
    (tmp_path / names[2]).write_bytes(b"broken")
    frames = [Image.fromarray(varied(number)) for number in (8, 9)]
    frames[0].save(tmp_path / "4.gif", save_all=True, append_images=frames[1:])
    return [PictureRow(name, 1, 1, row) for row, name in enumerate([*names, "4.gif"])]


def test_every_picture_is_answered_for_once(
    vector: Bundle, files: list[PictureRow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In batches of two: codes are those of the model, what is broken is named, and several frames are told."""
    monkeypatch.setattr(encoding, "BATCH", 2)
    model = Autoencoder(vector, "cpu")
    batches = list(encode_here(tmp_path, SIZE, model)(files, lambda: False))
    assert [len(batch) for batch in batches] == [2, 2, 1]
    found = {each.file.row: each for batch in batches for each in batch}
    assert sorted(found) == [0, 1, 2, 3, 4]
    assert found[2].code is None
    assert "2.png" in found[2].problem
    assert [row for row, each in found.items() if each.is_several] == [4]
    expected = model.encode(encoding.read_fitted(tmp_path / "3.png", SIZE)[None])[0]
    assert np.allclose(found[3].code, expected, atol=1e-5)  # type: ignore[arg-type]
    with Image.open(io.BytesIO(found[3].thumbnail)) as thumbnail:
        assert (thumbnail.format, thumbnail.size) == ("JPEG", (32, 32))


def test_it_stops_between_batches(
    vector: Bundle, files: list[PictureRow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was encoded by then is given, and nothing else is begun."""
    monkeypatch.setattr(encoding, "BATCH", 1)
    asked: list[int] = []

    def stopped() -> bool:
        asked.append(1)
        return len(asked) > 2

    batches = list(encode_here(tmp_path, SIZE, Autoencoder(vector, "cpu"))(files, stopped))
    assert [each.file.row for batch in batches for each in batch] == [0]


@pytest.mark.parametrize(("side", "length"), [(32, 16), (512, 16), (1024, 4), (4096, 1), (8192, 1)])
def test_batches_of_large_pictures_are_short(side: int, length: int) -> None:
    """No more than four million pixels at once, and always one picture."""
    assert batch_length(SizeRule("fixed", 1, side, side)) == length
