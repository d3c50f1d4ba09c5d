"""`python -m tests.desktop.training.mouse OUT` on an X screen: from a dropped folder to a moved slider, by mouse."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.state.settings import Settings
from desktop.training.page import TrainingPage
from desktop.widgets.labels import ActionButton
from desktop.window import Window
from tests.desktop.jobs.hands import Hands
from tests.pictures import gradient

PICTURES = 40
PATIENCE_S = 240.0  # a training, an export, and a machine that others use
TINY = {"--size": "32", "--width": "0.25", "--latent": "vector", "--latent-size": "8", "--batch-size": "8"}
ENDLESS = {"--patience": "0", "--steps": "100000"}  # it is to be stopped by hand, however fast the machine


def main() -> int:
    """0 where every step was reached."""
    application = QApplication.instance() or QApplication(["mouse"])
    assert isinstance(application, QApplication)
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="convae-mouse-") as name:
        window = Window([], "cpu", Settings(Path(name) / "settings.json"))
        window.setGeometry(0, 0, 1280, 800)
        window.show()
        window.show_page("training")
        hands = Hands(window, out, "train")
        try:
            train(hands, Path(name) / "mine")
        finally:
            window.leaving.ask_nobody()
            window.close()
            hands.rest(0.2)
    return 0


def train(hands: Hands, folder: Path) -> None:
    """Drops a folder, trains, pauses, goes on, stops, exports, and drags a slider of the new model."""
    folder.mkdir()
    for index in range(PICTURES):
        Image.fromarray(gradient(64, 64 + index)).save(folder / f"{index}.png")
    page = hands.window.page("training")
    assert isinstance(page, TrainingPage)
    deeds = page.deeds
    hands.drop([folder])
    hands.wait(lambda: page.begin.isEnabled() and page.form.facts.text())
    hands.click(page.form.more, QPoint(10, page.form.more.height() // 2))  # its box, at the left
    hands.wait(lambda: page.form.advanced.table.rowCount(), PATIENCE_S)
    for flag, value in (TINY | ENDLESS).items():  # what a person would type: a network that is trained in seconds
        page.form.advanced.set_value(flag, value)
    hands.click(button_of(page, page.begin))
    hands.wait(lambda: curve(page) > 2, PATIENCE_S)
    hands.click(button_of(page, deeds.pause))
    hands.wait(lambda: page.state.text().startswith("Paused"), PATIENCE_S)
    hands.click(button_of(page, deeds.pause))
    hands.wait(lambda: page.state.text().startswith("step"), PATIENCE_S)
    seen = curve(page)
    hands.wait(lambda: curve(page) > seen, PATIENCE_S)
    hands.click(button_of(page, deeds.end))
    hands.wait(lambda: page.state.text().startswith("Stopped"), PATIENCE_S)
    hands.click(button_of(page, deeds.model.export))
    session, steering = hands.window.session, hands.window.services.steering
    hands.wait(
        lambda: session.scene is not None and session.model is not None and session.model.name == "mine", PATIENCE_S
    )
    hands.wait(lambda: hands.window.picture_page.isVisible() or _picture(hands))
    sliders = hands.window.picture_page.explore.sliders
    hands.wait(lambda: sliders.stack.rows, PATIENCE_S)
    before = np.array(steering.code)
    track = sliders.stack.rows[next(iter(sliders.stack.rows))].track
    middle = track.rect().center()
    hands.drag(track, middle, QPoint(track.width() - 12, middle.y()))
    hands.wait(lambda: not np.array_equal(np.array(steering.code), before))


def curve(page: TrainingPage) -> int:
    """How many points the curve of the loss has."""
    steps, _ = page.view.figures.plots["loss"][1].getData()
    return 0 if steps is None else len(steps)


def button_of(page: TrainingPage, action: QAction) -> QPushButton:
    """The button that is seen for an action."""
    return next(each for each in page.findChildren(ActionButton) if each._action is action and each.isVisible())


def _picture(hands: Hands) -> bool:
    """A click on the page's name, where the new model did not open it by itself."""
    hands.window.show_page("picture")
    return False


if __name__ == "__main__":
    sys.exit(main())
