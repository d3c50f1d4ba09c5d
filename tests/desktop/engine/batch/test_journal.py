"""Nothing is overwritten unasked, and a run goes on from where the last one stopped, however it stopped."""

from __future__ import annotations

import errno
import itertools
import json
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desktop.engine import library
from desktop.engine.autoencoder import Autoencoder, Latents
from desktop.engine.batch import run as batch
from desktop.engine.batch.journal import JOURNAL_FILE
from desktop.engine.batch.plan import BatchJob, ExistingFilesError
from desktop.engine.batch.progress import Control, Progress
from desktop.engine.batch.run import Summary, run
from desktop.engine.batch.work import Loaded
from desktop.engine.errors import PictureError
from desktop.engine.pictures import Pixels
from export.bundle import Bundle
from tests.desktop.engine.batch.conftest import changed, files, rows
from tests.pictures import gradient


def cancelled_run(job: BatchJob, count: int) -> Summary:
    """Runs the job, and cancels it once so many pictures are done; no other one is read before."""
    control, begun, enough = Control(), itertools.count(), threading.Event()
    load = batch.load

    def held(*arguments: Any) -> Loaded:
        if next(begun) >= count:
            assert enough.wait(10)
        return load(*arguments)

    def watch(progress: Progress) -> None:
        if progress.done == count:
            control.cancel()
            enough.set()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "AHEAD", 1)
        patch.setattr(batch, "load", held)
        return run(job, control, watch)


def test_nothing_is_overwritten_unasked(job: BatchJob) -> None:
    """A file that is there stops the job before it did anything; asked to overwrite, it does."""
    job.target.mkdir()
    mine = job.target / "a-latent.npz"
    mine.write_text("mine")
    with pytest.raises(ExistingFilesError, match=r"already holds 1 of the files .*a-latent\.npz"):
        run(job)
    assert files(job.target) == {"a-latent.npz"}
    assert mine.read_text() == "mine"
    assert run(changed(job, overwrite=True)).written == 6
    assert mine.read_bytes()[:2] == b"PK"


def test_another_models_files_are_not_overwritten(job: BatchJob, free: Bundle) -> None:
    """The journal of one model does not let another one replace its files."""
    run(job)
    with pytest.raises(ExistingFilesError):
        run(changed(job, entry=library.open_entry(free.folder)))


def test_a_cancelled_run_goes_on_where_it_stopped(job: BatchJob, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second run encodes only what the first had not; together they make what one run makes."""
    encoded = list[int]()
    encode = Autoencoder.encode

    def counted(self: Autoencoder, images: Pixels) -> Latents:
        encoded.append(len(images))
        return encode(self, images)

    monkeypatch.setattr(Autoencoder, "encode", counted)
    first = cancelled_run(job, 2)
    assert (first.written, first.stopped) == (2, True)
    second = run(job)
    assert (second.kept, second.written, second.stopped) == (2, 4, False)
    assert len(encoded) == 6
    assert len(rows(job)) == 6
    whole = changed(job, target=job.target.parent / "whole")
    run(whole)
    for name in files(whole.target):
        assert (job.target / name).read_bytes() == (whole.target / name).read_bytes()


def test_a_crashed_run_goes_on_where_it_stopped(job: BatchJob) -> None:
    """With the journal torn in the middle of a line, what it still says is kept and the rest is done again."""
    run(job)
    journal = job.target / JOURNAL_FILE
    lines = journal.read_text().splitlines()
    done = [index for index, line in enumerate(lines) if "size_bytes" in line]
    journal.write_text("\n".join(lines[: done[2]]) + "\n" + lines[done[2]][:20])
    begun = {json.loads(line)["begun"] for line in lines[: done[2]] if "begun" in line}
    for row in rows(job):
        if row["file"] not in begun:
            for path in job.target.glob(f"{row['file'].rsplit('.', 1)[0]}-*"):
                path.unlink()
    (job.target / "scores.csv").unlink()
    assert run(job).kept == 2
    assert len(rows(job)) == 6
    assert len(files(job.target)) == 19


def test_a_picture_changed_since_is_done_again(job: BatchJob, folder: Path) -> None:
    """A finished job run again does only what is new or changed, and replaces its own files without being asked."""
    run(job)
    assert run(job).kept == 6
    Image.fromarray(255 - gradient(32, 32)).save(folder / "a.png")
    Image.fromarray(gradient(32, 32)).save(folder / "new.png")
    assert run(job) == Summary(2, 5, (), 7, False, "CPU", parts=5)


def test_an_overwriting_run_that_was_cancelled_goes_on(job: BatchJob) -> None:
    """It may replace the rest without being asked again; once finished, overwriting begins anew."""
    run(changed(job, pattern="{name}-{kind}", outputs=("latent",)))
    (job.target / JOURNAL_FILE).unlink()
    wanted = changed(job, outputs=("latent",), overwrite=True)
    assert cancelled_run(wanted, 1).stopped
    assert run(changed(wanted, overwrite=False)).kept == 1
    assert run(wanted).kept == 0


def test_pause_holds_and_resume_goes_on(job: BatchJob, monkeypatch: pytest.MonkeyPatch) -> None:
    """While paused no picture is given to the model; afterwards all are done."""
    control, seen, waits = Control(), list[int](), threading.Event()
    encode, wait = Autoencoder.encode, control.wait

    def counted(self: Autoencoder, images: Pixels) -> Latents:
        seen.append(len(images))
        return encode(self, images)

    def told_wait() -> None:
        if control.paused:
            waits.set()
        wait()

    def watch(progress: Progress) -> None:
        if progress.done == 1:
            control.pause()

    monkeypatch.setattr(Autoencoder, "encode", counted)
    monkeypatch.setattr(batch, "AT_ONCE", 1)
    monkeypatch.setattr(control, "wait", told_wait)
    summaries = list[Summary]()
    thread = threading.Thread(target=lambda: summaries.append(run(job, control, watch)))
    thread.start()
    assert waits.wait(30)
    held = len(seen)
    thread.join(0.05)
    assert thread.is_alive()
    assert len(seen) == held < 6
    control.resume()
    thread.join(30)
    assert summaries[0].written == 6


def test_a_full_disk_ends_it_and_keeps_what_is_done(job: BatchJob, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, not one failure for each picture; with room again it goes on."""
    renamed, names = Path.replace, list[Path]()

    def full(scratch: Path, path: Path) -> Path:
        names.append(path)
        if len(names) > 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        return renamed(scratch, path)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(PictureError, match="No space left"):
        run(job)
    monkeypatch.setattr(Path, "replace", renamed)
    summary = run(job)
    assert summary.kept <= 2
    assert summary.kept + summary.written == 6


def test_a_disk_that_is_full_from_the_start_keeps_no_folder(job: BatchJob, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where not even the journal can be begun, the target that was made for it goes again."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("desktop.engine.batch.journal.open_log", full)
    with pytest.raises(PictureError, match="No space left"):
        run(job)
    assert not job.target.exists()


def test_a_journal_of_rubbish_is_no_journal(job: BatchJob) -> None:
    """Whatever is in that file, the job begins anew, and overwrites nothing."""
    for content in (b"", b"\xff\xfe", b"[1]\n", b'{"fingerprint": 3}\n', b"{" * 5000):
        shutil.rmtree(job.target, ignore_errors=True)
        job.target.mkdir()
        (job.target / JOURNAL_FILE).write_bytes(content)
        assert run(changed(job, outputs=("score",))).written == 6
