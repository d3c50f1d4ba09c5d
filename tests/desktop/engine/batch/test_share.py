"""Shares of a batch, each on a machine of its own, make together what one run makes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktop.batch.command import main
from desktop.engine.batch.plan import BatchJob
from desktop.engine.batch.run import run
from desktop.engine.batch.share import Share, parse_share
from desktop.engine.errors import DesktopError
from tests.desktop.engine.batch.conftest import changed, files, rows


@given(name=some.binary(min_size=1, max_size=30).filter(lambda name: b"\0" not in name), of=some.integers(1, 50))
def test_each_picture_is_in_exactly_one_share(name: bytes, of: int) -> None:
    """Whatever bytes its name has."""
    picture = Path(name.decode("utf-8", "surrogateescape"))
    assert sum(Share(number, of).holds(picture) for number in range(1, of + 1)) == 1


@given(names=some.sets(some.text("abcdefgh/", min_size=4), min_size=400, max_size=400))
def test_shares_are_of_about_one_size(names: set[str]) -> None:
    """A quarter of 400 pictures is within 40 of 100."""
    held = sum(Share(1, 4).holds(Path(name)) for name in {Path(name).as_posix() for name in names})
    assert abs(held - len({Path(name).as_posix() for name in names}) / 4) < 40


@pytest.mark.parametrize("text", ["", "3", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b", "1/1000000", "²/3"])
def test_what_is_no_share_is_refused(text: str) -> None:
    """In a sentence that shows how one is written."""
    with pytest.raises(DesktopError, match="write I/N, as in 2/8"):
        parse_share(text)


def test_shares_make_together_what_one_run_makes(job: BatchJob) -> None:
    """After all shares the command without one does nothing anew and writes the scores; all files are the same."""
    for number in (2, 1, 3):
        done = run(changed(job, share=Share(number, 3)))
        assert done.written == done.total
        assert not (job.target / "scores.csv").exists()
    assert run(job).kept == 6
    assert len(rows(job)) == 6
    whole = changed(job, target=job.target.parent / "whole")
    run(whole)
    assert files(job.target) == files(whole.target)
    for name in files(whole.target):
        assert (job.target / name).read_bytes() == (whole.target / name).read_bytes()


def test_what_a_share_left_is_done_by_the_whole(job: BatchJob) -> None:
    """A share that never ran is done by the command without one; overwriting then begins all of it anew."""
    first = run(changed(job, share=Share(1, 2)))
    second = run(job)
    assert (second.kept, second.written) == (first.written, 6 - first.written)
    assert run(changed(job, overwrite=True)).kept == 0


def test_a_share_replaces_no_file_unasked(job: BatchJob) -> None:
    """A file that is there and comes of no run is not replaced by any share."""
    job.target.mkdir()
    (job.target / "a-latent.npz").write_text("mine")
    refused = 0
    for number in (1, 2):
        try:
            run(changed(job, share=Share(number, 2)))
        except DesktopError:
            refused += 1
    assert refused == 1
    assert (job.target / "a-latent.npz").read_text() == "mine"


def test_the_command_does_a_part(
    folder: Path, tmp_path: Path, job: BatchJob, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says which; a part that is none is bad use."""
    command = [str(folder), str(tmp_path / "out"), "--model", str(job.entry.folder), "--out", "score"]
    assert main([*command, "--part", "1/2"]) == 0
    assert main([*command, "--part", "2/2"]) == 0
    assert "pictures of part 2/2 written" in capsys.readouterr().out
    assert main([*command, "--part", "3/2"]) == 2
    assert "3/2 is no share" in capsys.readouterr().err
    assert main(command) == 0
    assert len(rows(job)) == 6
