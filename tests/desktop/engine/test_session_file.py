"""Sessions in files."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as some

from desktop.engine import session_file
from desktop.engine.session_file import NamedCode, SavedSession, SessionFileError, read_session, write_session


def stored(tmp_path: Path) -> SavedSession:
    """A session with everything in it."""
    arrays = {"base": np.arange(8, dtype=np.float32), "offsets_axes": np.array([0.1, -2.5])}
    snapshots = {"B": np.arange(8, dtype=np.float32) / 3}
    morph = [NamedCode("ü.png", np.ones(8, np.float32)), NamedCode("ü.png", np.zeros(8, np.float32))]
    picture = tmp_path / "ü, 图.png"
    origin = ("random", "gaussian 7")
    other = SavedSession(tmp_path / "other", None, snapshots={"A": np.full(3, 0.5, np.float32)})
    marks = [("axes", 0), ("numbers", 3)], ("axes", 1)
    return SavedSession(
        tmp_path / "model", picture, "fit", origin, arrays, snapshots, morph, True, ["B"], 2, [other], *marks
    )


def test_a_session_comes_back_to_the_last_bit(tmp_path: Path) -> None:
    """Names of any script, and numbers exactly."""
    before = stored(tmp_path)
    write_session(tmp_path / "s.json", before)
    after = read_session(tmp_path / "s.json")
    assert (after.model, after.picture, after.fit, after.origin) == (
        before.model,
        before.picture,
        before.fit,
        before.origin,
    )
    for name, array in before.arrays.items():
        assert np.array_equal(after.arrays[name], array)
        assert after.arrays[name].dtype == array.dtype
    assert (list(after.snapshots), after.is_derived, after.related, after.frame) == (["B"], True, ["B"], 2)
    assert np.array_equal(after.snapshots["B"], before.snapshots["B"])
    assert [each.name for each in after.morph] == ["ü.png", "ü.png"]
    assert [each.code.tolist() for each in after.morph] == [each.code.tolist() for each in before.morph]
    assert [each.model for each in after.others] == [tmp_path / "other"]
    assert after.others[0].snapshots["A"].tolist() == [0.5] * 3
    assert (after.locked, after.solo) == (before.locked, before.solo)
    assert (after.others[0].locked, after.others[0].solo) == ([], None)


def test_a_session_of_the_first_version_opens(tmp_path: Path) -> None:
    """It had neither snapshots nor a morph; everything else is read as before."""
    path = tmp_path / "s.json"
    write_session(path, stored(tmp_path))
    content = json.loads(path.read_text())
    del content["snapshots"], content["morph"]
    path.write_text(json.dumps(content | {"version": 1}))
    after = read_session(path)
    assert (after.origin, after.snapshots, after.morph) == (("random", "gaussian 7"), {}, ())
    assert np.array_equal(after.arrays["base"], np.arange(8))


def test_a_session_of_the_second_version_opens(tmp_path: Path) -> None:
    """It knew one model alone, and no locked sliders."""
    path = tmp_path / "s.json"
    write_session(path, stored(tmp_path))
    content = json.loads(path.read_text())
    del content["others"], content["locked"], content["solo"]
    path.write_text(json.dumps(content | {"version": 2}))
    after = read_session(path)
    assert (after.locked, after.solo) == ([], None)
    assert (list(after.snapshots), len(after.morph), after.others) == (["B"], 2, [])


def test_the_other_models_are_bounded(tmp_path: Path) -> None:
    """No more are written than are read, and those are the first."""
    others = [SavedSession(tmp_path / str(number), None) for number in range(session_file.MOST_OTHERS + 1)]
    write_session(tmp_path / "s.json", SavedSession(tmp_path, None, others=others))
    after = read_session(tmp_path / "s.json").others
    assert [each.model for each in after] == [each.model for each in others[:-1]]


def test_a_session_that_could_not_be_read_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too large a one is refused at once, and the file that is there stays."""
    path = tmp_path / "s.json"
    write_session(path, stored(tmp_path))
    before = path.read_bytes()
    monkeypatch.setattr(session_file, "LARGEST_BYTES", 10)
    with pytest.raises(SessionFileError, match="would be larger than"):
        write_session(path, stored(tmp_path))
    assert path.read_bytes() == before


def _change(**fields: object) -> Callable[[dict[str, Any]], None]:
    return lambda content: content.update(fields)


def _array(**fields: object) -> Callable[[dict[str, Any]], None]:
    return lambda content: content["arrays"]["base"].update(fields)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_change(format="other"), "is not a session file"),
        (_change(version=4), "version 4; this program reads 3"),
        (_change(others={}), "no list"),
        (_change(frame=-1), "no number"),
        (_change(frame="a"), "no number"),
        (_change(others=[{}] * 65), "too many"),
        (_change(others=[{}]), "damaged"),
        (_change(snapshots={"A": {"dtype": "int8"}}), "unknown kind"),
        (_change(morph=[{"name": "a"}]), "damaged"),
        (_change(morph=7), "damaged"),
        (_change(model="relative/model"), "without its whole path"),
        (_change(model=7), "text is missing"),
        (_change(picture="/a\0b"), "without its whole path"),
        (_change(fit="stretch"), "there is no fit"),
        (_change(origin=["a"]), "damaged"),
        (_change(arrays=[]), "damaged"),
        (_array(dtype="object"), "unknown kind"),
        (_array(shape=[9]), "damaged"),
        (_array(shape=[-1]), "impossible shape"),
        (_array(shape=[1e400]), "damaged"),
        (_change(related=[1]), "text is missing"),
        (_change(locked={}), "no list"),
        (_change(locked=[["axes", 0]] * 65537), "too many"),
        (_change(locked=[["axes", -1]]), "no group and place"),
        (_change(locked=[["axes", True]]), "no group and place"),
        (_change(locked=[[1, 1]]), "text is missing"),
        (_change(solo=["axes"]), "no group and place"),
        (_change(version=1e400), "version inf"),
        (_change(snapshots={"A": {"dtype": "float64", "shape": [1], "base64": "nHUAiDzkN34="}}), "not finite"),
        (_array(base64="%%%"), "damaged"),
        (_array(base64="AADAfwAAwH8AAMB/AADAfwAAwH8AAMB/AADAfwAAwH8="), "not finite"),
    ],
)
def test_what_is_no_session_is_refused(tmp_path: Path, spoil: Callable[[dict[str, Any]], None], words: str) -> None:
    """One sentence on what is wrong with it."""
    path = tmp_path / "s.json"
    write_session(path, stored(tmp_path))
    content = json.loads(path.read_text())
    spoil(content)
    path.write_text(json.dumps(content))
    with pytest.raises(SessionFileError, match=words):
        read_session(path)


@pytest.mark.parametrize("content", [b"", b"words", b"[]", b"[" * 100_000, b"\xff\xfe\x00"])
def test_any_other_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """Whatever it holds."""
    path = tmp_path / "s.json"
    path.write_bytes(content)
    with pytest.raises(SessionFileError, match="is not a session file"):
        read_session(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """A named pipe in a session's place is refused at once."""
    os.mkfifo(tmp_path / "s.json")
    with pytest.raises(SessionFileError, match="no regular file"):
        read_session(tmp_path / "s.json")


JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=5),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=some.data(), value=JSON)
def test_no_change_to_a_session_is_more_than_a_sentence(tmp_path: Path, data: some.DataObject, value: object) -> None:
    """Whatever stands in any place of the file, it opens or is refused as a session file."""
    path = tmp_path / "s.json"
    write_session(path, stored(tmp_path))
    content = json.loads(path.read_text())
    place: Any = content
    while True:
        key = data.draw(some.sampled_from(list(place) if isinstance(place, dict) else list(range(len(place)))))
        if not (isinstance(place[key], dict | list) and place[key]) or data.draw(some.booleans()):
            break
        place = place[key]
    place[key] = value
    path.write_text(json.dumps(content))
    with contextlib.suppress(SessionFileError):
        read_session(path)


def test_a_file_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is looked at before the content."""
    write_session(tmp_path / "s.json", stored(tmp_path))
    monkeypatch.setattr(session_file, "LARGEST_BYTES", 10)
    with pytest.raises(SessionFileError, match="larger than"):
        read_session(tmp_path / "s.json")


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """And so is one that is not there."""
    (tmp_path / "file").write_text("")
    with pytest.raises(SessionFileError, match="cannot be written"):
        write_session(tmp_path / "file" / "s.json", stored(tmp_path))
    with pytest.raises(SessionFileError, match="cannot be read"):
        read_session(tmp_path / "missing.json")
