"""The Training page and the real trainer, from pictures to a model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop.engine.sliders.steering import Knob
from desktop.training import follower, launch, words
from desktop.training.page import TrainingPage
from tests.pictures import gradient
from trainer.run import contract

LONG_MS = 180_000
TINY = ("--size", "32", "--latent-size", "8", "--width", "0.25", "--batch-size", "8")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "kind", "said"),
    [
        (lambda folder: None, "data", "There is no folder"),
        (lambda folder: folder.mkdir(), "data", "holds no pictures"),
        (lambda folder: _pictures(folder, 1), "data", "at least 2 are needed"),
    ],
)
def test_the_real_trainer_tells_why_it_cannot(
    qtbot: QtBot, page: TrainingPage, tmp_path: Path, make: Callable[[Path], None], kind: str, said: str
) -> None:
    """No folder, one without pictures, and one with a single picture: its sentence, and the button that mends."""
    make(tmp_path / "mine")
    page.deeds.begin(launch.Plan(tmp_path / "mine", launch.runs_folder() / "mine", minutes=1))
    qtbot.waitUntil(page.deeds.mend.isEnabled, timeout=LONG_MS)
    assert page.deeds.mend.text() == words.MENDS[kind][0]  # type: ignore[index]
    assert page.state.text().startswith(words.PROBLEMS[kind])  # type: ignore[index]
    assert said in page.state.text()


@pytest.mark.slow
def test_the_sliders_follow_a_real_training(
    qtbot: QtBot, page: TrainingPage, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it trains, the model so far is exported and opened, twice; a slider draws each, and stays as far moved."""
    monkeypatch.setattr(follower, "SHARE", 1e9)  # the wait between two exports is tested elsewhere
    more = (*TINY, "--latent", "vector", "--init", "random", "--steps", "100000", "--lr", "0.0003")  # slow enough
    page.deeds.begin(launch.Plan(folder, launch.runs_folder() / "mine", "sliders", 0, more))
    run = page.chosen
    assert run is not None
    qtbot.waitUntil(lambda: (run / contract.WEIGHTS_FILE).is_file(), timeout=LONG_MS)
    session, steering = page.services.session, page.services.steering
    seen = set[object]()

    def is_another() -> bool:
        entry = None if steering.model is None else steering.model.entry
        return entry is not None and entry.name == "mine-live" and entry.identity not in seen

    def is_shown() -> bool:
        code = steering.code
        return code is not None and session.scene is not None and np.array_equal(session.scene.code, code)

    made = list[Path]()
    page.deeds.follower.made.connect(made.append)
    page.look_again()
    page.deeds.live.trigger()
    for count in (1, 2):
        qtbot.waitUntil(lambda count=count: len(made) >= count, timeout=LONG_MS)  # type: ignore[misc]
        qtbot.waitUntil(is_another, timeout=LONG_MS)
        assert steering.model is not None
        assert steering.state is not None
        seen.add(steering.model.entry.identity)
        assert steering.state.is_moved == (count > 1), "the slider is as far moved in the second"
        qtbot.waitUntil(is_shown, timeout=LONG_MS)
        steering.move(Knob("numbers", 0), 2.0 + count)
        qtbot.waitUntil(is_shown, timeout=LONG_MS)
        status = contract.read_status(run)
        assert status is not None
        assert status.alive, "the training goes on"
    assert session.model is not None
    assert session.model.name == "mine-live"
    page.deeds.live.trigger()
    assert page.deeds.follower.run is None
    contract.ask(run, "stop")
    qtbot.waitUntil(lambda: not page.trainings.any_runs, timeout=LONG_MS)


def _pictures(folder: Path, count: int) -> None:
    folder.mkdir()
    for index in range(count):
        Image.fromarray(gradient(36, 36 + index)).save(folder / f"{index}.png")


@pytest.mark.slow
def test_from_a_dropped_folder_to_a_model_with_sliders(qtbot: QtBot, page: TrainingPage, folder: Path) -> None:
    """Dropped, trained by the real trainer, paused, gone on, stopped early, exported and opened: a slider moves."""
    page.take([folder])
    page.form.more.setChecked(True)
    with qtbot.waitSignal(page.form.advanced.listed, timeout=LONG_MS):
        pass
    for flag, value in zip(TINY[::2], TINY[1::2]):
        page.form.advanced.set_value(flag, value)
    page.form.advanced.set_value("--latent", "vector")
    page.form.advanced.set_value("--steps", "100000")
    page.begin.trigger()
    run = page.chosen
    assert run is not None

    def state() -> str:
        status = contract.read_status(run)
        return "" if status is None else status.state

    def points() -> int:
        steps, _ = page.view.figures.plots["loss"][1].getData()
        return 0 if steps is None else len(steps)

    qtbot.waitUntil(lambda: points() > 3, timeout=LONG_MS)
    qtbot.waitUntil(page.deeds.pause.isEnabled, timeout=LONG_MS)
    page.deeds.pause.trigger()
    qtbot.waitUntil(lambda: state() == "paused", timeout=LONG_MS)
    qtbot.waitUntil(lambda: "Paused" in page.state.text(), timeout=LONG_MS)
    page.deeds.pause.trigger()
    qtbot.waitUntil(lambda: state() == "training", timeout=LONG_MS)
    qtbot.waitUntil(lambda: bool(contract.find_grids(run)), timeout=LONG_MS)
    qtbot.waitUntil(page.deeds.end.isEnabled, timeout=LONG_MS)
    page.deeds.end.trigger()
    qtbot.waitUntil(lambda: state() == "stopped", timeout=LONG_MS)
    model = page.deeds.model
    qtbot.waitUntil(model.export.isEnabled, timeout=LONG_MS)
    assert page.view.pictures.image is not None
    services = page.services
    model.options.name.setText("best")
    model.options.pack.setChecked(True)
    first = sorted(folder.iterdir())[0]

    def is_open() -> bool:
        shown, scene = services.session.model, services.session.scene
        return shown is not None and shown.name == "best" and scene is not None and services.session.picture == first

    model.export.trigger()
    qtbot.waitUntil(is_open, timeout=LONG_MS)
    assert services.session.model is not None
    assert services.session.model.folder.name == "best.convae"
    assert any(entry.folder.name == "best.convae" for entry in services.models)
    assert model.proof.isVisible()
    assert "best" in model.proof.title.text()
    info = services.session.model.require().info
    assert model.proof.table.item(2, 3).text() == f"{info.parity.psnr_db:.1f} dB"  # type: ignore[union-attr]
    model.sliders.trigger()
    assert not page.isVisible()
    with qtbot.waitSignal(services.session.rendered, timeout=LONG_MS):
        services.steering.move(Knob("numbers", 0), 1.0)
    before = services.session.scene
    assert before is not None
    with qtbot.waitSignal(services.session.rendered, timeout=LONG_MS):
        services.steering.move(Knob("numbers", 0), 3.0)
    after = services.session.scene
    assert after is not None
    assert not np.array_equal(before.output, after.output)


@pytest.mark.slow
def test_one_button_leads_from_a_folder_to_sliders(qtbot: QtBot, page: TrainingPage, folder: Path) -> None:
    """Train alone: when the training is done its model is made, opened, and shown with a picture of the folder."""
    page.take([folder])
    page.form.more.setChecked(True)
    with qtbot.waitSignal(page.form.advanced.listed, timeout=LONG_MS):
        pass
    for flag, value in zip((*TINY[::2], "--latent", "--steps"), (*TINY[1::2], "vector", "6")):
        page.form.advanced.set_value(flag, value)
    page.begin.trigger()
    session = page.services.session
    qtbot.waitUntil(lambda: session.picture == folder / "0.png" and session.scene is not None, timeout=LONG_MS)
    assert session.model is not None
    assert session.model.name == "mine"
    assert not page.isVisible()
    assert page.services.pictures.paths == sorted(folder.iterdir(), key=lambda path: int(path.stem))
