"""*Refine latent*, in the real window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.engine.tiles import Tiler
from desktop.window import Window
from tests import bundles
from tests.desktop.windows import open_window, scene_of, slider_of


def _hasty(qtbot: QtBot, folder: Path, photo: Path) -> Window:
    """A window with a photo, through a model whose encoder reads codes too weakly."""
    return open_window(qtbot, library.open_entry(bundles.hasty_bundle(folder / "hasty").folder), photo)


def test_the_latent_is_refined_and_undone(qtbot: QtBot, photo: Path, tmp_path: Path) -> None:
    """The picture gains what the toast says, and undo brings the encoder's latent back."""
    window = _hasty(qtbot, tmp_path, photo)
    before = scene_of(window)
    with qtbot.waitSignal(window.session.rendered):
        window.actions_by_name["picture.refine"].trigger()
    after = scene_of(window)
    assert before.psnr_db is not None
    assert after.psnr_db is not None
    assert after.psnr_db > before.psnr_db
    assert f"{after.psnr_db:.2f} dB in place of {before.psnr_db:.2f} dB" in window.message.text
    assert after.is_of_picture
    with qtbot.waitSignal(window.session.rendered):
        window.services.steering.undo_stack.undo()
    assert np.array_equal(scene_of(window).code, before.code)
    window.close()


def test_sliders_stay_as_far_from_their_start(qtbot: QtBot, photo: Path, tmp_path: Path) -> None:
    """What was steered before is steered by as much after."""
    window = _hasty(qtbot, tmp_path, photo)
    with qtbot.waitSignal(window.session.rendered):
        slider_of(window).moved.emit(slider_of(window).value + 1)
    steered = scene_of(window).code - scene_of(window).subject.code
    with qtbot.waitSignal(window.session.rendered):
        window.actions_by_name["picture.refine"].trigger()
    state = window.services.steering.state
    assert state is not None
    assert np.allclose(scene_of(window).code - state.base, steered, atol=1e-5)
    window.close()


def test_a_move_gives_it_up(qtbot: QtBot, photo: Path, tmp_path: Path) -> None:
    """Refining that another latent has overtaken changes nothing, and says so."""
    window = _hasty(qtbot, tmp_path, photo)
    with qtbot.waitSignal(window.picture_page.refinement.ended):
        window.actions_by_name["picture.refine"].trigger()
        window.actions_by_name["explore.mean"].trigger()
    assert "cancelled" in window.message.text
    state = window.services.steering.state
    assert state is not None
    assert state.origin.kind == "mean"
    window.close()


def test_a_failure_is_said(qtbot: QtBot, photo: Path, tmp_path: Path) -> None:
    """A model that stops running says why, and the latent stays."""
    window = _hasty(qtbot, tmp_path, photo)
    code = scene_of(window).code
    tiler = scene_of(window).subject.model.tiler
    assert isinstance(tiler, Tiler)
    tiler.encode = _broken  # type: ignore[method-assign]
    with qtbot.waitSignal(window.picture_page.refinement.ended):
        window.actions_by_name["picture.refine"].trigger()
    assert "it broke" in window.message.text
    assert np.array_equal(scene_of(window).code, code)
    window.close()


def test_only_a_picture_is_refined(qtbot: QtBot, photo: Path, tmp_path: Path) -> None:
    """Without a picture, and for a latent that is not the picture's, it says what to do first."""
    window = open_window(qtbot, library.open_entry(bundles.hasty_bundle(tmp_path / "hasty").folder))
    window.actions_by_name["picture.refine"].trigger()
    assert "open one" in window.message.text
    window.close()
    window = _hasty(qtbot, tmp_path / "other", photo)
    with qtbot.waitSignal(window.session.rendered):
        window.actions_by_name["explore.mean"].trigger()
    window.actions_by_name["picture.refine"].trigger()
    assert "start from the picture first" in window.message.text
    window.close()


def _broken(*_: object) -> None:
    raise ValueError("it broke")
