"""What a batch will do, worked out before it does anything."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.batch.plan import BatchJob, check_names, name_files, plan
from desktop.engine.errors import DesktopError, PictureError
from desktop.engine.library import ModelEntry


@pytest.fixture
def job(entry: ModelEntry, tmp_path: Path) -> BatchJob:
    """From `in` to `out`, reconstructions and differences."""
    (tmp_path / "in").mkdir()
    return BatchJob(tmp_path / "in", tmp_path / "out", entry, ("reconstruction", "difference", "score"))


def test_every_output_but_the_score_has_a_file(job: BatchJob) -> None:
    """In the picture's own sub-folder, with the number that the pattern asks for."""
    numbered = dataclasses.replace(job, pattern="{number}-{name}-{kind}")
    (item,) = name_files(numbered, [Path("sub/a.jpg")])
    assert item.files == {
        "reconstruction": Path("sub/000001-a-reconstruction.png"),
        "difference": Path("sub/000001-a-difference.png"),
    }


def test_pictures_that_differ_in_their_endings_keep_them(job: BatchJob) -> None:
    """Also where a file system does not tell upper from lower case; the others have their short names."""
    items = name_files(job, [Path("a.jpg"), Path("A.png"), Path("b.png")])
    names = [item.files["reconstruction"].name for item in items]
    assert names == ["a.jpg-reconstruction.png", "A.png-reconstruction.png", "b-reconstruction.png"]


@given(names=st.sets(st.text("abAB", min_size=1, max_size=3), max_size=12), ending=st.sampled_from([".png", ".gif"]))
def test_no_two_files_have_one_name(names: set[str], ending: str) -> None:
    """Whatever the pictures are called, or the job is refused."""
    job = BatchJob(Path("in"), Path("out"), ModelEntry(Path("model"), "user", None, "none"))
    found = [Path(name + each) for name in sorted(names) for each in (ending, ".jpg")]
    try:
        items = name_files(job, found)
    except DesktopError:
        assert len({str(path).casefold() for path in found}) < len(found)
        return
    files = [str(path).casefold() for item in items for path in item.files.values()]
    assert len(set(files)) == len(files)


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("{kind}", "must hold {name} or {number}"),
        ("{name", "cannot be read"),
        ("{name}{size}", "no other field"),
        ("{name.real}", "no other field"),
    ],
)
def test_patterns_that_cannot_name_files_are_refused(job: BatchJob, pattern: str, says: str) -> None:
    """Before anything is looked for."""
    with pytest.raises(DesktopError, match=says.replace("{", "\\{")):
        check_names(dataclasses.replace(job, pattern=pattern))


@pytest.mark.parametrize("pattern", ["../{name}", "sub/{name}", ".{name}"])
def test_patterns_that_lead_elsewhere_are_refused(job: BatchJob, pattern: str) -> None:
    """No file is written outside the picture's folder, and none is hidden."""
    with pytest.raises(DesktopError, match="which is not a file name"):
        name_files(dataclasses.replace(job, pattern=pattern, outputs=("reconstruction",)), [Path("a.png")])


def test_a_folder_without_pictures_says_what_is_there_instead(job: BatchJob) -> None:
    """The endings that are read where there is nothing at all."""
    with pytest.raises(PictureError, match=r"holds no pictures \(.*\.png"):
        plan(job)
