"""The jobs that people come to the Inspect page for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QPoint, QRect

from desktop.engine.anomaly import fit, patch_features
from desktop.engine.anomaly.scores import learnt
from desktop.engine.sliders.steering import Knob
from desktop.inspect.page import InspectPage
from desktop.window import Window
from tests.desktop.jobs.hands import Hands
from tests.desktop.jobs.steps import face, opened, use

PARTS = 200
LONG = 500.0  # seconds, for a detector of 200 pictures on a busy machine


def inspect_page(hands: Hands) -> InspectPage:
    """The Inspect page."""
    page = hands.window.page("inspect")
    assert isinstance(page, InspectPage)
    return page


def faces(window: Window, folder: Path, count: int) -> list[Path]:
    """Random faces, each a picture of its own."""
    model = window.services.steering.model
    assert model is not None
    folder.mkdir()
    paths = []
    for number in range(count):
        code = model.samplers.draw("mixture", number, 1.0, None)
        paths.append(folder / f"{number:03}.png")
        Image.fromarray(model.autoencoder.decode(code[None])[0]).save(paths[-1])
    return paths


def keep_the_best(hands: Hands, folder: Path) -> None:
    """9: find all duplicates of a folder, keep the best of each, tell that one pair is none."""
    use(hands, "characters")
    place = folder / "album"
    paths = faces(hands.window, place, 20)
    for path in paths[:4]:
        pixels = np.array(Image.open(path))
        pixels[:2] = pixels[2]  # nearly the same, and a file of its own
        Image.fromarray(pixels).save(place / f"{path.stem}-again.png")
    hands.key("ctrl+4")
    page = inspect_page(hands)
    hands.drop([place])
    hands.wait(lambda: page.inspection.rows is not None and not page.inspection.is_indexing)
    hands.key("alt+4")
    hands.wait(lambda: page.panels.duplicates_view.others().size)
    others = len(page.panels.duplicates_view.others())
    assert others >= 2
    groups = page.panels.groups
    hands.click(groups.viewport(), QPoint(60, 60))
    hands.key("ctrl+shift+n")
    hands.wait(lambda: len(page.panels.duplicates_view.others()) == others - 1)
    before = len(list(place.iterdir()))
    hands.key("ctrl+shift+k")
    hands.wait(lambda: len(list(place.iterdir())) == before - others + 1)
    hands.wait(lambda: not page.inspection.busy)


def move_bad_parts(hands: Hands, folder: Path) -> None:
    """8: which of 200 parts are bad, where, and why do I believe it; move them away; undo."""
    use(hands, "characters")
    place = folder / "parts"
    paths = faces(hands.window, place, PARTS)
    for number, path in enumerate(paths):
        pixels = np.array(Image.open(path))
        if number % 20 == 0:
            pixels[70:92, 50:72] = (20, 220, 40)  # a stain
        target = place / ("new" if number % 4 == 0 else "good") / path.name
        target.parent.mkdir(exist_ok=True)
        Image.fromarray(pixels).save(target)
        path.unlink()
    bad = {f"new/{path.name}" for path in paths[::20]}
    hands.key("ctrl+4")
    page = inspect_page(hands)
    hands.drop([place])
    hands.wait(lambda: page.inspection.rows is not None and not page.inspection.is_indexing)
    learnt.DEFECTS, patch_features.SAMPLE, fit.MADE_UP = 20, 1000, 20  # a quick fit; no action of the job
    hands.key("ctrl+j")
    hands.wait(lambda: page.inspection.report is not None and not page.inspection.busy, LONG)
    hands.look("found")
    found = {page.inspection.name_of(row) for row in page.panels.anomalies_view.anomalous.tolist()}
    assert bad <= found, "the stained parts are found"
    assert len(found) <= len(bad) + PARTS // 10, "and few others"
    grid = page.panels.grid
    hands.click(grid.viewport(), grid.visualRect(grid.model().index(0, 0)).center())
    hands.wait(lambda: page.chosen.facts.text() and not page.inspection.busy)
    hands.key("ctrl+shift+j")
    hands.wait(lambda: len(list(place.rglob("*.png"))) == PARTS - len(found))
    hands.wait(lambda: not page.inspection.busy)
    hands.key("ctrl+z")
    hands.wait(lambda: len(list(place.rglob("*.png"))) == PARTS)


def make_a_slider(hands: Hands, folder: Path) -> None:
    """10: see the folder as a map, circle a cluster, make a slider of it, use it on a new photo."""
    use(hands, "characters")
    window, place = hands.window, folder / "album"
    faces(window, place, 60)
    new = face(window, folder)
    hands.key("ctrl+4")
    page = inspect_page(hands)
    hands.drop([place])
    hands.wait(lambda: page.inspection.rows is not None and not page.inspection.is_indexing)
    hands.key("alt+5")
    plane = page.panels.plane
    hands.wait(lambda: page.inspection.plane is not None and plane.isVisible() and not page.inspection.busy)
    hands.drag(plane, *corners(plane.rect()), held="shift")
    hands.wait(lambda: 2 <= len(page.selection.rows) < 60)
    hands.key("ctrl+shift+l")
    hands.wait(page.concepts.name.hasFocus)
    model = window.services.steering.model
    hands.key("Return")
    hands.wait(lambda: window.services.steering.model is not model)
    hands.drop([new])
    opened(hands, new)
    explore = window.picture_page.explore
    space = window.services.steering.space
    assert space is not None
    row = explore.sliders.row(Knob("concepts", len(space.labels) - 1))
    code = window.services.steering.code
    hands.wait(lambda: not row.visibleRegion().isEmpty())
    hands.drag(row.track, QPoint(row.track.width() // 2, 8), QPoint(row.track.width() - 12, 8))
    hands.wait(lambda: not np.array_equal(window.services.steering.code, code))


def corners(room: QRect) -> list[QPoint]:
    """Around the right half of the map."""
    left, right = room.left() + room.width() // 2, room.right() - 12
    top, bottom = room.top() + 12, room.bottom() - 12
    return [QPoint(left, top), QPoint(right, top), QPoint(right, bottom), QPoint(left, bottom)]
