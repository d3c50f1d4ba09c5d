"""A folder through a model: the same as one by one, nothing lost, and what fails is said."""

from __future__ import annotations

import contextlib
import csv
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop.engine import library, measures, pictures
from desktop.engine.autoencoder import Autoencoder, Latents
from desktop.engine.batch import run as batch
from desktop.engine.batch.plan import BatchJob, Output
from desktop.engine.batch.progress import Progress
from desktop.engine.batch.run import run
from desktop.engine.errors import DesktopError, ModelError, PictureError
from desktop.engine.picture_writer import save_png
from desktop.engine.pictures import Pixels
from desktop.engine.rendering import Renderer
from desktop.engine.scene import Request
from export.bundle import Bundle
from tests import bundles
from tests.desktop.engine.batch.conftest import changed, files, rows
from tests.desktop.engine.conftest import lock
from tests.pictures import gradient


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
        made = pictures.read(Path(f"{stem}-reconstruction.png")).pixels
        assert np.array_equal(made, scene.result()[0])
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


def test_a_reconstruction_holds_nothing_of_the_original(job: BatchJob, folder: Path) -> None:
    """Of a wide picture the middle is written, which is all that the model saw, and counted; whole, it is all there."""
    for path in sorted(folder.rglob("*.*")):
        path.unlink()
    Image.fromarray(gradient(32, 96)).save(folder / "wide.png")
    Image.fromarray(np.dstack([gradient(32, 96), np.full((32, 96), 128, np.uint8)])).save(folder / "clear.png")
    summary = run(job)
    assert summary.parts == 2
    for name in ("wide", "clear"):
        assert pictures.read(job.target / f"{name}-reconstruction.png").pixels.shape == (32, 32, 3)
    whole = changed(job, fit="fit", target=job.target.with_name("whole"))
    assert run(whole).parts == 0
    assert pictures.read(whole.target / "wide-reconstruction.png").pixels.shape == (32, 96, 3)


def test_files_of_several_pictures_are_counted(job: BatchJob, folder: Path) -> None:
    """Their first is taken, whatever is asked for."""
    frames = [Image.fromarray(gradient(32, 32)), Image.fromarray(255 - gradient(32, 32))]
    frames[0].save(folder / "moving.gif", save_all=True, append_images=frames[1:])
    assert run(changed(job, outputs=("latent",))).several == 1
    assert run(changed(job, outputs=("latent",))).several == 1  # as the journal says


@pytest.mark.parametrize("outputs", [("latent",), ("reconstruction", "latent")])
def test_another_picture_of_a_file_can_be_taken(job: BatchJob, folder: Path, outputs: tuple[Output, ...]) -> None:
    """The second one of an animation; a file that has no second one is a failure that says so."""
    frames = [Image.fromarray(gradient(32, 32)), Image.fromarray(255 - gradient(32, 32))]
    frames[0].save(folder / "moving.tiff", save_all=True, append_images=frames[1:])
    Image.fromarray(255 - gradient(32, 32)).save(folder / "zzz.png")
    first = run(changed(job, outputs=outputs))
    assert (first.written, first.several) == (8, 1)
    second = changed(job, outputs=outputs, frame=1, overwrite=True)
    summary = run(second)
    assert (summary.written, summary.kept, summary.several) == (1, 0, 1)
    assert "has 1 frames, and none of the number 2" in summary.failures[0].reason
    latents = [np.load(job.target / f"{name}-latent.npz")["latent"] for name in ("moving", "zzz")]
    assert np.array_equal(*latents)


def test_cells_are_no_formulas(job: BatchJob, folder: Path) -> None:
    """A name that a spreadsheet would carry out is written as the same path from here."""
    Image.fromarray(gradient(32, 32)).save(folder / "=1+1.png")
    run(changed(job, outputs=("score",)))
    assert rows(job)[0]["file"] == "./=1+1.png"


@pytest.mark.parametrize("replaced", [False, True])
def test_a_target_that_is_taken_away_ends_it(job: BatchJob, replaced: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are gone are not counted as written, and no new folder hides that."""
    written = batch.write
    todo = ["away"]

    def gone(*arguments: Any) -> Any:
        result = written(*arguments)
        with contextlib.suppress(IndexError):  # of several threads, one takes it away
            job.target.rename(job.target.with_name(todo.pop()))
            if replaced:
                job.target.mkdir()
        return result

    monkeypatch.setattr(batch, "write", gone)
    with pytest.raises(PictureError, match="was removed or replaced while pictures were written to it"):
        run(job)


NAMES = st.binary(min_size=1, max_size=12).filter(lambda name: not {0, 47} & set(name) and name[:1] != b".")


@given(names=st.sets(NAMES, max_size=4))
@example(names={b"\r", b"\x0b", b"\x0c", b"\xc2\x85", b"\xe2\x80\xa8"})
@settings(max_examples=8)
def test_names_of_any_bytes_are_done(tmp_path_factory: pytest.TempPathFactory, names: set[bytes]) -> None:
    """Read, written, scored and gone on from, as any other."""
    place = tmp_path_factory.mktemp("names")
    entry = library.open_entry(bundles.vector_bundle(place / "tiny").folder)
    (place / "in").mkdir()
    for name in (*names, b"a"):
        Image.fromarray(gradient(32, 32)).save(place / "in" / os.fsdecode(name + b".png"), "PNG")
    job = BatchJob(place / "in", place / "out", entry, ("latent", "score"), asked="cpu")
    summary = run(job)
    assert (summary.failures, summary.written) == ((), summary.total)
    assert summary.total == len(list((place / "in").iterdir()))
    assert len(list((place / "out").glob("*.npz"))) == summary.total
    assert run(job).kept == summary.total
    with (job.target / "scores.csv").open(encoding="utf-8", errors="surrogateescape", newline="") as file:
        assert {Path(row["file"]).name for row in csv.DictReader(file)} == {p.name for p in (place / "in").iterdir()}


def test_linked_pictures_and_folders_are_done(job: BatchJob, folder: Path, photo: Path) -> None:
    """What is linked into the folder is part of it, and what comes of it is written to the target alone."""
    (folder / "link.png").symlink_to(photo)
    (folder / "linked").symlink_to(photo.parent / "elsewhere")
    (photo.parent / "elsewhere").mkdir()
    save_png(photo.parent / "elsewhere" / "far.png", gradient(32, 32))
    summary = run(changed(job, outputs=("latent",)))
    assert (summary.written, summary.failures) == (8, ())
    assert {"link-latent.npz", "linked/far-latent.npz"} <= files(job.target)
    assert [path.name for path in (photo.parent / "elsewhere").iterdir()] == ["far.png"]


def test_pipes_and_locked_folders_are_named(job: BatchJob, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe is not waited for, and a folder that cannot be listed is a failure; the rest is done."""
    os.mkfifo(folder / "pipe.png")
    lock(monkeypatch, folder / "sub")
    (folder / "notes.txt").touch()
    summary = run(changed(job, outputs=("latent",)))
    reasons = {failure.picture.as_posix(): failure.reason for failure in summary.failures}
    assert sorted(reasons) == ["pipe.png", "sub"]
    assert "no regular file" in reasons["pipe.png"]
    assert "Permission denied" in reasons["sub"]
    assert summary.written == 4
    assert summary.passed_over == "1 file was passed over by their endings (.txt)".replace(
        "their endings", "its ending"
    )


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
        ({"outputs": ()}, "no output is asked for"),
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
