"""A folder through a model: the same as one by one, nothing lost, nothing overwritten, and on from where it stopped."""

from __future__ import annotations

import csv
import errno
import json
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.engine import batch, batch_work, library, measures, pictures
from desktop.engine.autoencoder import Autoencoder, Latents
from desktop.engine.batch import Summary, run
from desktop.engine.batch_journal import JOURNAL_FILE
from desktop.engine.batch_plan import BatchJob, ExistingFilesError
from desktop.engine.batch_progress import Control, Progress
from desktop.engine.errors import DesktopError, ModelError, PictureError
from desktop.engine.library import ModelEntry
from desktop.engine.pictures import Pixels
from desktop.engine.rendering import Renderer, Request
from export.bundle import Bundle
from tests.pictures import gradient

ALL = ("reconstruction", "latent", "difference", "score")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six pictures of several sizes and formats, two of them in a sub-folder."""
    root = tmp_path / "in"
    (root / "sub").mkdir(parents=True)
    for index, name in enumerate(("a.png", "b.webp", "c.bmp", "d.png", "sub/a.png", "sub/e.tiff")):
        Image.fromarray(gradient(30 + index, 50 - index)).save(root / name)
    return root


@pytest.fixture
def job(folder: Path, tmp_path: Path, entry: ModelEntry) -> BatchJob:
    """Everything of every picture."""
    return BatchJob(folder, tmp_path / "out", entry, ALL, asked="cpu")


def changed(job: BatchJob, **fields: object) -> BatchJob:
    """The job with something else in it."""
    return BatchJob(**{**vars(job), **fields})


def files(folder: Path) -> set[str]:
    """Every file that is not hidden, relative to the folder."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def rows(job: BatchJob) -> list[dict[str, str]]:
    """The lines of the scores."""
    with (job.target / "scores.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cancel_after(control: Control, count: int) -> batch.Watch:
    """Cancels once so many pictures are done."""

    def watch(progress: Progress) -> None:
        if progress.done >= count:
            control.cancel()

    return watch


def test_it_makes_what_the_window_makes(job: BatchJob, folder: Path) -> None:
    """Latent, reconstruction and difference of every picture are the ones of a scene, and the scores with them."""
    summary = run(job)
    assert (summary.written, summary.kept, summary.failures, summary.stopped) == (6, 0, (), False)
    renderer = Renderer("cpu")
    for row in rows(job):
        stem = job.target / row["file"].rsplit(".", 1)[0]
        scene = renderer.render(Request(job.entry, folder / row["file"]))
        assert scene.levels is not None
        assert scene.psnr_db is not None
        with np.load(f"{stem}-latent.npz", allow_pickle=False) as stored:
            assert np.array_equal(stored["latent"], scene.code)
        assert np.array_equal(pictures.read(Path(f"{stem}-reconstruction.png")).pixels, scene.result()[0])
        assert np.array_equal(np.asarray(Image.open(f"{stem}-difference.png")), scene.levels)
        assert float(row["psnr_db"]) == pytest.approx(scene.psnr_db, abs=1e-4)
        assert scene.subject.original is not None
        assert float(row["ssim"]) == pytest.approx(measures.ssim(scene.subject.original, scene.output), abs=1e-6)
    assert [row["file"] for row in rows(job)] == ["a.png", "b.webp", "c.bmp", "d.png", "sub/a.png", "sub/e.tiff"]


def test_only_what_was_asked_for_is_written(job: BatchJob) -> None:
    """Latents alone, under the names of the pattern, in the same sub-folders."""
    run(changed(job, outputs=("latent",), pattern="{number}_{name}"))
    assert files(job.target) == {
        "000001_a.npz",
        "000002_b.npz",
        "000003_c.npz",
        "000004_d.npz",
        "sub/000005_a.npz",
        "sub/000006_e.npz",
    }


def test_pictures_that_differ_in_their_ending_alone_lose_nothing(job: BatchJob, folder: Path) -> None:
    """`a.png` and `a.jpg` in one folder keep their endings in the names, whatever the case; others do not."""
    Image.fromarray(gradient(32, 32)).save(folder / "A.jpg")
    run(changed(job, outputs=("reconstruction",)))
    assert {"A.jpg-reconstruction.png", "a.png-reconstruction.png", "b-reconstruction.png"} <= files(job.target)
    assert len(files(job.target)) == 7


def test_broken_pictures_are_listed_and_skipped(job: BatchJob, folder: Path) -> None:
    """Each is named with its reason; everything else is done."""
    (folder / "broken.png").write_text("words")
    (folder / "sub" / "cut.png").write_bytes((folder / "a.png").read_bytes()[:100])
    summary = run(job)
    assert [failure.picture.as_posix() for failure in summary.failures] == ["broken.png", "sub/cut.png"]
    assert "is not a picture" in summary.failures[0].reason
    assert (summary.written, len(rows(job))) == (6, 6)


def test_a_link_out_of_the_folder_is_not_followed(job: BatchJob, folder: Path, photo: Path) -> None:
    """A picture outside is not read through a link within."""
    (folder / "link.png").symlink_to(photo)
    summary = run(job)
    assert [failure.picture for failure in summary.failures] == [Path("link.png")]
    assert "leads out of the folder" in summary.failures[0].reason


def test_nothing_is_overwritten_unasked(job: BatchJob) -> None:
    """A file that is there stops the job before it did anything; asked to overwrite, it does."""
    job.target.mkdir()
    mine = job.target / "a-latent.npz"
    mine.write_text("mine")
    with pytest.raises(ExistingFilesError, match=r"1 of the files .* exist .*a-latent\.npz"):
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
    control, encoded = Control(), list[int]()
    encode = Autoencoder.encode

    def counted(self: Autoencoder, images: Pixels) -> Latents:
        encoded.append(len(images))
        return encode(self, images)

    monkeypatch.setattr(Autoencoder, "encode", counted)
    monkeypatch.setattr(batch, "AHEAD", 1)
    first = run(job, control, cancel_after(control, 2))
    assert first.stopped
    assert 2 <= first.written < 6
    second = run(job)
    assert (second.kept, second.written, second.stopped) == (first.written, 6 - first.written, False)
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
    assert run(job) == Summary(2, 5, (), 7, False, "CPU")


def test_an_overwriting_run_that_was_cancelled_goes_on(job: BatchJob, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may replace the rest without being asked again; once finished, overwriting begins anew."""
    run(changed(job, pattern="{name}-{kind}", outputs=("latent",)))
    (job.target / JOURNAL_FILE).unlink()
    monkeypatch.setattr(batch, "AHEAD", 1)
    control = Control()
    wanted = changed(job, outputs=("latent",), overwrite=True)
    assert run(wanted, control, cancel_after(control, 1)).stopped
    assert run(changed(wanted, overwrite=False)).kept >= 1
    assert run(wanted).kept == 0


def test_pause_holds_and_resume_goes_on(job: BatchJob, monkeypatch: pytest.MonkeyPatch) -> None:
    """While paused no picture is given to the model; afterwards all are done."""
    control, seen, reached = Control(), list[int](), threading.Event()
    encode = Autoencoder.encode

    def counted(self: Autoencoder, images: Pixels) -> Latents:
        seen.append(len(images))
        return encode(self, images)

    def watch(progress: Progress) -> None:
        if progress.done == 1:
            control.pause()
            reached.set()

    monkeypatch.setattr(Autoencoder, "encode", counted)
    summaries = list[Summary]()
    thread = threading.Thread(target=lambda: summaries.append(run(job, control, watch)))
    thread.start()
    assert reached.wait(10)
    thread.join(0.2)
    held = len(seen)
    thread.join(0.2)
    assert thread.is_alive()
    assert len(seen) == held
    control.resume()
    thread.join(10)
    assert summaries[0].written == 6


def test_the_progress_is_true(job: BatchJob, folder: Path) -> None:
    """It begins with nothing, ends with all, and never goes back."""
    (folder / "broken.png").write_text("words")
    told: list[Progress] = []
    run(job, watch=told.append)
    sums = [progress.done + progress.failed for progress in told]
    assert sums == list(range(8))
    assert {progress.total for progress in told} == {7}
    assert told[-1].per_second is not None
    assert told[-1].seconds_left == 0
    assert told[-1].failed == 1


def test_a_full_disk_ends_it_and_keeps_what_is_done(job: BatchJob, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, not one failure for each picture; with room again it goes on."""
    written, writes = batch_work._write_latent, list[Path]()

    def full(path: Path, code: Latents) -> None:
        writes.append(path)
        if len(writes) > 2:
            with batch_work._refusals(path):
                raise OSError(errno.ENOSPC, "No space left on device")
        written(path, code)

    monkeypatch.setattr(batch_work, "_write_latent", full)
    with pytest.raises(PictureError, match="No space left"):
        run(job)
    monkeypatch.setattr(batch_work, "_write_latent", written)
    summary = run(job)
    assert summary.kept <= 2
    assert summary.kept + summary.written == 6


def test_one_flat_colour_is_a_failure(job: BatchJob, monkeypatch: pytest.MonkeyPatch) -> None:
    """A black picture is never called success, and no file is made of it."""
    monkeypatch.setattr(Autoencoder, "decode", lambda _self, codes: np.zeros((len(codes), 32, 32, 3), np.uint8))
    summary = run(job)
    assert summary.written == 0
    assert "one flat colour" in summary.failures[0].reason
    assert files(job.target) == {"scores.csv"}


def test_a_model_that_fails_on_a_picture_goes_on(job: BatchJob, monkeypatch: pytest.MonkeyPatch) -> None:
    """The picture is listed."""
    encode, calls = Autoencoder.encode, list[int]()

    def fails_once(self: Autoencoder, images: Pixels) -> Latents:
        calls.append(1)
        if len(calls) == 1:
            raise ModelError("The encoder failed.")
        return encode(self, images)

    monkeypatch.setattr(Autoencoder, "encode", fails_once)
    summary = run(job)
    assert (summary.written, [failure.reason for failure in summary.failures]) == (5, ["The encoder failed."])


def test_a_small_budget_of_memory_only_slows_it(job: BatchJob, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures each larger than the whole budget go one at a time, and all are done."""
    monkeypatch.setattr(batch, "BUDGET_BYTES", 1)
    assert run(job).written == 6


def test_a_target_within_the_source_is_left_out(job: BatchJob, folder: Path) -> None:
    """What was written is not taken for new pictures."""
    inside = changed(job, target=folder / "out", outputs=("reconstruction",))
    assert run(inside).total == 6
    assert run(inside).total == 6


def test_free_sizes_keep_their_size(job: BatchJob, free: Bundle) -> None:
    """A reconstruction of a free-size model is as large as its picture, whatever the multiple."""
    run(changed(job, entry=library.open_entry(free.folder)))
    with Image.open(job.target / "sub" / "e-reconstruction.png") as image:
        assert image.size == (45, 35)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"pattern": "{nome}"}, "and no other field"),
        ({"pattern": "{name"}, "cannot be read"),
        ({"pattern": "same"}, "must hold"),
        ({"pattern": "../{name}"}, "not a file name"),
        ({"pattern": "{name}"}, "same name"),
        ({"pattern": "{name.x}"}, "and no other field"),
        ({"outputs": ()}, "nothing is asked for"),
    ],
)
def test_bad_use_is_one_sentence(job: BatchJob, fields: dict[str, object], words: str) -> None:
    """And nothing is written."""
    with pytest.raises(DesktopError, match=words):
        run(changed(job, **fields))
    assert not job.target.exists()


def test_bad_folders_are_one_sentence(job: BatchJob, photo: Path, tmp_path: Path) -> None:
    """A source that is none or empty, a target that is a file or the source itself."""
    (tmp_path / "empty").mkdir()
    for fields, words in (
        ({"source": tmp_path / "missing"}, "is not a folder"),
        ({"source": tmp_path / "empty"}, "holds no pictures"),
        ({"target": photo}, "is a file"),
        ({"target": job.source}, "another one than"),
    ):
        with pytest.raises(PictureError, match=words):
            run(changed(job, **fields))


def test_a_journal_of_rubbish_is_no_journal(job: BatchJob) -> None:
    """Whatever is in that file, the job begins anew, and overwrites nothing."""
    for content in (b"", b"\xff\xfe", b"[1]\n", b'{"fingerprint": 3}\n', b"{" * 5000):
        shutil.rmtree(job.target, ignore_errors=True)
        job.target.mkdir()
        (job.target / JOURNAL_FILE).write_bytes(content)
        assert run(changed(job, outputs=("score",))).written == 6
