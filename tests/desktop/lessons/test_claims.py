"""The claim of every lesson comes out, with the very runs that the window makes, by the real trainer."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.lessons.catalogue import lessons
from desktop.lessons.lesson import Lesson

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def _one_set_of_characters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Drawn once for all lessons, in a cache of the tests' own; one thread, as the lessons have."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONVAE_CACHE", str(tmp_path_factory.mktemp("characters")))
        yield
    torch.set_num_threads(threads)


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.title)
def test_the_claim_comes_out(lesson: Lesson, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first value, against its reference: what the lesson says will happen happens, and its figures are finite.

    The commands are run within this process, which saves the seconds that torch takes to load; that they are run as
    processes by the window is shown by the tests of the page.
    """
    import trainer.probe
    import trainer.train

    for chain in lesson.commands(tmp_path, 0):
        for _, _, module, *words in chain:
            with contextlib.redirect_stdout(io.StringIO()):
                if module == "trainer.train":
                    status = trainer.train.main(words)
                else:
                    monkeypatch.setattr("sys.argv", [module, *words])
                    status = trainer.probe.main()
            assert status == 0 or lesson.may_diverge
    outcome = lesson.measure(tmp_path, 0)
    print(outcome.sentence)
    assert outcome.holds, outcome.sentence
    assert all(pixels.size for _, _, pixels in outcome.pictures)
