"""Films to files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.engine.errors import DesktopError, PictureError, StoppedError
from desktop.engine.film import films
from desktop.engine.film.films import Kind
from desktop.engine.pictures import Pixels
from tests.pictures import gradient

FRAMES = [np.roll(gradient(33, 47), 5 * shift, axis=1) for shift in range(6)]
KINDS: tuple[Kind, ...] = ("gif", "apng", "frames", "mp4")


def save(folder: Path, kind: Kind, name: str = "film") -> Path:
    """Writes the frames; gives where they are."""
    if kind == "mp4":
        pytest.importorskip("av")
    path = folder / f"{name}{films.SUFFIXES[kind]}"
    films.write(path, kind, iter(FRAMES), len(FRAMES), 25)
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_frames_give_the_same_bytes(tmp_path: Path, kind: Kind) -> None:
    """Written twice, every file is equal, and nothing else is left in the folder."""
    first, second = save(tmp_path, kind, "first"), save(tmp_path, kind, "second")
    if kind == "frames":
        assert [path.read_bytes() for path in sorted(first.iterdir())] == [
            path.read_bytes() for path in sorted(second.iterdir())
        ]
    else:
        assert first.read_bytes() == second.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([first.name, second.name])


def test_png_frames_are_exact(tmp_path: Path) -> None:
    """Each is a numbered picture, to the pixel."""
    paths = sorted(save(tmp_path, "frames").iterdir())
    assert [path.name for path in paths] == [f"{number:04}.png" for number in range(1, 7)]
    for path, pixels in zip(paths, FRAMES):
        assert np.array_equal(np.array(Image.open(path)), pixels)


def test_an_apng_is_exact_and_timed(tmp_path: Path) -> None:
    """Every frame is there to the pixel, for a twenty-fifth of a second, without end."""
    with Image.open(save(tmp_path, "apng")) as film:
        assert film.n_frames == 6  # type: ignore[attr-defined]
        assert film.info["duration"] == 40
        assert film.info["loop"] == 0
        for number, pixels in enumerate(FRAMES):
            film.seek(number)
            assert np.array_equal(np.array(film.convert("RGB")), pixels)


def test_a_gif_is_near_and_timed(tmp_path: Path) -> None:
    """256 colours a frame are near to the frames; times are right."""
    with Image.open(save(tmp_path, "gif")) as film:
        assert film.n_frames == 6  # type: ignore[attr-defined]
        assert film.info["duration"] == 40
        for number, pixels in enumerate(FRAMES):
            film.seek(number)
            assert np.abs(np.array(film.convert("RGB")).astype(int) - pixels).mean() < 8


def test_an_mp4_is_near_and_timed(tmp_path: Path) -> None:
    """Odd sides are made even; the number of frames and their rate are right."""
    av = pytest.importorskip("av")
    with av.open(str(save(tmp_path, "mp4"))) as container:
        pictures = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
        assert container.streams.video[0].average_rate == 25
    assert len(pictures) == 6
    assert pictures[0].shape == (34, 48, 3)
    assert np.abs(pictures[0][:33, :47].astype(int) - FRAMES[0]).mean() < 12


@pytest.mark.parametrize("kind", KINDS)
def test_a_film_that_is_stopped_leaves_nothing(tmp_path: Path, kind: Kind) -> None:
    """What the frames raise is passed on; a file that was there before stays whole."""
    if kind == "mp4":
        pytest.importorskip("av")

    def stopped() -> Iterator[Pixels]:
        yield from FRAMES[:2]
        raise StoppedError("Stopped.")

    path = tmp_path / f"film{films.SUFFIXES[kind]}"
    if kind != "frames":
        path.write_bytes(b"before")
    with pytest.raises(StoppedError):
        films.write(path, kind, stopped(), 6, 25)
    assert [each.name for each in tmp_path.iterdir()] == ([] if kind == "frames" else [path.name])
    assert kind == "frames" or path.read_bytes() == b"before"


def test_a_folder_of_frames_is_never_mixed_with_another(tmp_path: Path) -> None:
    """An existing folder is refused, and stays as it was."""
    (tmp_path / "film").mkdir()
    with pytest.raises(PictureError, match="exists already"):
        save(tmp_path, "frames")
    assert list((tmp_path / "film").iterdir()) == []


def test_what_is_too_large_for_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long film of large frames is sent to PNG frames, before memory runs out."""
    monkeypatch.setattr(films, "LARGEST_IN_MEMORY", 10_000)
    with pytest.raises(PictureError, match=r"6 frames of 47 × 33 are too much"):
        save(tmp_path, "apng")


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    """One sentence, with the path."""
    (tmp_path / "film.gif").touch()
    with pytest.raises(PictureError, match="cannot be written"):
        films.write(tmp_path / "film.gif" / "film.gif", "gif", iter(FRAMES), 6, 25)


def test_without_pyav_there_is_no_mp4(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not offered, and asked for all the same it says what to install."""
    monkeypatch.setattr(films.importlib.util, "find_spec", lambda name: None)
    assert films.kinds() == ("gif", "apng", "frames")
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(DesktopError, match=r"PyAV: .*video"):
        films.write(tmp_path / "film.mp4", "mp4", iter(FRAMES), 6, 25)
