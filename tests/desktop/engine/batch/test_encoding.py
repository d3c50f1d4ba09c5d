"""What reconstructions are written as."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.engine import pictures
from desktop.engine.batch.encoding import ENCODINGS, LOSSY, Encoding, EncodingName
from desktop.engine.batch.journal import read_past
from desktop.engine.batch.plan import BatchJob
from desktop.engine.batch.run import run
from desktop.engine.errors import DesktopError
from tests.desktop.engine.batch.conftest import changed, files
from tests.pictures import gradient, swapped_profile


@pytest.mark.parametrize("name", ENCODINGS)
def test_a_picture_comes_back(name: EncodingName, tmp_path: Path) -> None:
    """To the pixel where every one is kept, and near it where not; the file is of the format that its ending says."""
    rough = np.random.default_rng(0).integers(0, 8, (40, 56, 3))
    pixels = (gradient(40, 56) // 2 + rough).astype(np.uint8)
    path = tmp_path / f"picture{Encoding(name).ending}"
    Encoding(name).write(path, pixels, None)
    with Image.open(path) as image:
        assert image.format == {".png": "PNG", ".webp": "WEBP", ".jpg": "JPEG"}[path.suffix]
        found = np.asarray(image.convert("RGB")).astype(int)
    largest = np.abs(found - pixels).max()
    assert 0 < largest < 60 if name in LOSSY else largest == 0


@pytest.mark.parametrize("name", LOSSY)
def test_quality_is_paid_for_in_bytes(name: EncodingName, tmp_path: Path) -> None:
    """More of it makes a larger file."""
    sizes = []
    for quality in (20, 95):
        encoding = Encoding(name, quality)
        path = tmp_path / f"{quality}{encoding.ending}"
        encoding.write(path, gradient(64, 64), None)
        sizes.append(path.stat().st_size)
    assert sizes[0] < sizes[1]


def test_a_batch_writes_it_and_says_how_much(job: BatchJob) -> None:
    """The files have its ending, their bytes are counted, and another encoding is another job."""
    lossy = changed(job, outputs=("reconstruction",), encoding=Encoding("jpeg", 80))
    summary = run(lossy)
    written = [job.target / name for name in files(job.target)]
    assert {path.suffix for path in written} == {".jpg"}
    assert summary.size_bytes == sum(path.stat().st_size for path in written) > 0
    assert read_past(lossy) is not None
    assert run(lossy).size_bytes == summary.size_bytes  # of an earlier run
    assert read_past(changed(lossy, encoding=Encoding("jpeg", 81))) is None
    assert read_past(changed(lossy, encoding=Encoding())) is None


@pytest.mark.parametrize(("encoding", "said"), [(Encoding("jpeg", 0), "1 to 100"), (Encoding("bmp"), "no format bmp")])  # type: ignore[arg-type]
def test_what_there_is_not_is_one_sentence(encoding: Encoding, said: str, job: BatchJob) -> None:
    """Nothing is written."""
    with pytest.raises(DesktopError, match=said):
        run(changed(job, encoding=encoding))
    assert not job.target.exists()


@pytest.mark.parametrize("name", ["png", "webp", "jpeg"])
def test_reconstructions_keep_the_profile_of_their_picture(job: BatchJob, name: EncodingName) -> None:
    """As the window saves them: with the profile, in whose colours they look as they do in sRGB. Without one nothing
    of the file is another.
    """
    with Image.open(job.source / "a.png") as image:
        image.save(job.source / "tagged.png", icc_profile=swapped_profile())
    read = pictures.read(job.source / "tagged.png")
    Image.fromarray(read.pixels).save(job.source / "plain.png")  # what is seen, in sRGB
    assert run(changed(job, outputs=("reconstruction",), encoding=Encoding(name))).written == 8
    written = {}
    for stem in ("tagged", "plain"):
        path = job.target / f"{stem}-reconstruction{Encoding(name).ending}"
        with Image.open(path) as image:
            assert image.info.get("icc_profile") == (swapped_profile() if stem == "tagged" else None)
        written[stem] = pictures.read(path).pixels.astype(int)
    assert np.abs(written["tagged"] - written["plain"]).mean() < (2 if name == "jpeg" else 0.5)
    plain = job.target / f"plain-reconstruction{Encoding(name).ending}"
    again = job.target / f"again{Encoding(name).ending}"
    Encoding(name).write(again, pictures.read(plain).pixels, None)
    if name != "jpeg":
        assert again.read_bytes() == plain.read_bytes()
