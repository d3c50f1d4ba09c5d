"""The right side of the Training page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.state.services import Services
from desktop.training.export.model_deeds import ModelDeeds
from desktop.training.run_pane import RunPane
from desktop.training.trainings import Trainings
from trainer.run.contract import METRICS_FILE


def opened(qtbot: QtBot) -> RunPane:
    """A pane that is shown, with five actions."""
    names = ("Train again", "Pause", "Live sliders", "Show folder")
    mend, pause, live, folder = actions = [QAction(name) for name in names]
    page = QWidget()
    qtbot.addWidget(page)
    model = ModelDeeds(Services([], "cpu", parent=page), "training", lambda: None, Trainings(page), page)
    pane = RunPane(mend, model, [pause], live, [folder])
    pane.setProperty("actions", actions)  # which live as long as the pane
    qtbot.addWidget(pane)
    pane.show()
    return pane


def test_without_a_run_a_hint_stands_in_the_place_of_the_buttons(qtbot: QtBot) -> None:
    """Neither curves nor buttons can be seen, and the state says nothing."""
    pane = opened(qtbot)
    pane.show_run(None, "", [])
    assert pane._nothing.isVisible()
    assert not pane.view.isVisible()
    assert not pane.state.isVisible()


def test_a_run_shows_its_state_its_buttons_and_its_curves(qtbot: QtBot, tmp_path: Path) -> None:
    """The hint is gone, every action has its button, and what the run wrote is drawn at once."""
    (tmp_path / METRICS_FILE).write_text("step,loss\n1,0.5\n2,0.25\n")
    pane = opened(qtbot)
    pane.show_run(tmp_path, "Training: step 2", [])
    assert (pane.state.text(), pane.state.isVisible(), pane._nothing.isVisible()) == ("Training: step 2", True, False)
    buttons = [*pane.findChildren(QPushButton), *pane.findChildren(QToolButton)]
    names = {button.text() for button in buttons if button.isVisible()}
    assert {"Train again", "Make a model", "Pause", "Live sliders", "Show folder"} <= names
    assert pane.view.figures.plots["loss"][1].getData()[1].tolist()[:2] == [0.5, 0.25]
