"""The jobs, each from a window that was just opened; what a person expects on the screen is waited for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QRect

from desktop.batch.page import BatchPage
from desktop.i18n import tr
from desktop.morph.page import MorphPage
from tests.desktop.jobs.hands import Hands
from tests.desktop.jobs.inspect_scripts import keep_the_best, make_a_slider, move_bad_parts
from tests.desktop.jobs.steps import MOUTH, face, opened, photo, shown, use
from tests.pictures import gradient

Job = Callable[[Hands, Path], None]


def judge_a_photo(hands: Hands, folder: Path) -> None:
    """1: drop a holiday photo (4000x3000) and judge what was lost, at 100 %, in one place of it."""
    use(hands, "photos")
    compare = hands.window.picture_page.compare
    path = photo(folder)
    hands.drop([path])
    opened(hands, path)
    hands.key("alt+9")
    hands.wait(lambda: compare.scale.text() == "100 %")
    before = compare.comparison.viewport.target(compare.comparison.canvas.size().toSizeF())
    middle = compare.comparison.canvas.rect().center() + QPoint(120, 40)
    hands.drag(compare.comparison.canvas, middle, middle - QPoint(60, 40), middle - QPoint(110, 90))
    assert compare.comparison.viewport.target(compare.comparison.canvas.size().toSizeF()) != before
    assert compare.comparison.facts.text("PSNR").endswith("dB")


def change_the_sky(hands: Hands, folder: Path) -> None:
    """2: turn one property up by a slider whose effect was visible before, only in the sky, save as JPEG."""
    use(hands, "photos")
    page = hands.window.picture_page
    path = photo(folder, size=(768, 512))
    hands.drop([path])
    opened(hands, path)
    filmstrips = page.explore.sliders.filmstrips
    filmstrips.hurry()
    hands.wait(lambda: filmstrips.is_idle)
    hands.key("ctrl+b")
    canvas = page.compare.comparison.canvas
    place = QRect(canvas.rect())
    left, right = QPoint(place.width() // 3, place.height() // 3), QPoint(2 * place.width() // 3, place.height() // 3)
    hands.drag(canvas, left, QPoint(place.width() // 2, place.height() // 3), right)
    hands.wait(lambda: masked(hands))
    row = page.explore.sliders.stack.rows[next(iter(page.explore.sliders.stack.rows))]
    assert len(row.strip.images) > 0, "its effect is seen before it is touched"
    code = hands.window.services.steering.code
    track = row.track
    middle = track.rect().center()
    hands.drag(track, QPoint(track.width() // 2, middle.y()), QPoint(track.width() - 12, middle.y()))
    hands.wait(lambda: not np.array_equal(hands.window.services.steering.code, code))
    save(hands, tr("Save the decoded picture"), folder / "sky.jpg")


def masked(hands: Hands) -> bool:
    """Whether there is a painted region."""
    state = hands.window.services.steering.state
    return state is not None and state.mask is not None


def save(hands: Hands, title: str, target: Path) -> None:
    """Ctrl+S, and the name of the file, which is waited for."""
    hands.answer("ctrl+s", title, str(target))
    hands.wait(target.exists)


def vary_a_face(hands: Hands, folder: Path) -> None:
    """3: drop a drawn face, give it glasses, drag its mouth, keep three variants, mix two, undo to the first."""
    use(hands, "characters")
    window, explore = hands.window, hands.window.picture_page.explore
    path = face(window, folder)
    hands.drop([path])
    opened(hands, path)
    steering, strip = window.services.steering, explore.start.snapshots
    original = steering.code
    hands.key("ctrl+t")
    hands.type("glasses")
    hands.wait(lambda: len(explore.sliders.concepts.rows) == 2)
    track = next(iter(explore.sliders.concepts.rows.values())).track
    hands.drag(track, QPoint(track.width() // 2, 8), QPoint(int(track.width() * 0.9), 8))
    hands.wait(lambda: not np.allclose(steering.code, original))  # type: ignore[arg-type]
    with_glasses = steering.code
    hands.key("ctrl+t")
    hands.key("ctrl+g")
    overlay = next(each for each in explore.drag.overlays if each.isVisible())
    mouth = overlay.place_of(QPointF(*MOUTH)).toPoint()
    hands.drag(overlay, mouth, mouth + QPoint(0, 24))
    hands.wait(lambda: not explore.drag.is_busy)
    assert not np.allclose(steering.code, with_glasses)  # type: ignore[arg-type]
    hands.key("ctrl+t")
    hands.wait(lambda: len(strip.names) == 3)
    first, second = (strip.visualItemRect(strip.item(place)).center() for place in (1, 2))
    hands.drag(strip.viewport(), first, first + QPoint(20, 0), second - QPoint(6, 0), second)
    hands.wait(lambda: explore.start.mixing is not None)
    hands.key("ctrl+shift+a")
    hands.wait(lambda: np.allclose(steering.code, original, atol=1e-4))  # type: ignore[arg-type]


def visit_another_model(hands: Hands, folder: Path) -> None:
    """4: go to another model, look, come back: everything is as it was."""
    use(hands, "characters")
    window = hands.window
    path = face(window, folder)
    window.open_paths([path])
    opened(hands, path)
    code, rows = window.services.steering.code, window.model_list
    names = [entry.name for entry in window.services.models]
    for name in ("photos", "characters"):
        hands.click(rows.viewport(), rows.visualItemRect(rows.item(names.index(name))).center())
        hands.wait(lambda name=name: window.session.model is not None and window.session.model.name == name)  # type: ignore[misc]
        opened(hands, path)
    assert np.array_equal(window.services.steering.code, code)


def take_a_random_face(hands: Hands, folder: Path) -> None:
    """5: look at twelve random faces, take one, find the training pictures nearest to it."""
    use(hands, "characters")
    window = hands.window
    tray = window.picture_page.explore.start.random_tray
    model = window.services.steering.model
    assert model is not None
    assert model.gallery is not None
    training = folder / "training"
    training.mkdir()
    for number, pixels in enumerate(model.gallery.thumbnails):
        Image.fromarray(pixels).resize((128, 128)).save(training / f"{number}.png")
    hands.click(window.picture_page.explore.start.random)
    hands.wait(lambda: tray.pictures == 12)
    code = window.services.steering.code
    hands.click(tray.grid.viewport(), tray.grid.visualItemRect(tray.grid.item(8)).center())
    hands.wait(lambda: not np.array_equal(window.services.steering.code, code))
    hands.key("ctrl+l")
    hands.drop([training])
    inspect = window.page("inspect")
    hands.wait(lambda: inspect.inspection.rows is not None)  # type: ignore[attr-defined]
    hands.wait(lambda: inspect.views.shown == "similar")  # type: ignore[attr-defined]


def make_a_film(hands: Hands, folder: Path) -> None:
    """6: a looping film of five pictures of different sizes as MP4."""
    use(hands, "photos")
    window = hands.window
    sizes = ((256, 192), (200, 200), (320, 160), (160, 240), (128, 128))
    paths = [photo(folder, f"{number}.png", size) for number, size in enumerate(sizes)]
    hands.key("ctrl+2")
    page = window.page("morph")
    assert isinstance(page, MorphPage)
    hands.drop(paths)
    hands.wait(lambda: page.row.count() == 5)
    page.settings.frames.setValue(4)  # a short film, so that the test is short; no action of the job
    assert page.settings.plan.repeat == "loop"
    save(hands, tr("Save the morph"), folder / "film.mp4")


def work_through_a_folder(hands: Hands, folder: Path) -> None:
    """7: 500 pictures through a model in the background while steering; open the worst one."""
    use(hands, "characters")
    window, source = hands.window, folder / "pictures"
    source.mkdir()
    for number in range(500):
        Image.fromarray(gradient(64, 64) // (1 + number % 7)).save(source / f"{number}.png")
    hands.key("ctrl+3")
    page = window.page("batch")
    assert isinstance(page, BatchPage)
    hands.drop([source])
    hands.key("ctrl+Return")
    hands.wait(lambda: page.runner.busy)
    hands.key("ctrl+1")
    track = next(iter(window.picture_page.explore.sliders.concepts.rows.values())).track
    y = track.rect().center().y()
    code = window.services.steering.code
    hands.drag(track, QPoint(track.width() // 2, y), QPoint(track.width() - 20, y))
    assert not np.array_equal(window.services.steering.code, code)
    hands.key("ctrl+3")
    hands.wait(lambda: not page.runner.busy)
    worst = page.table.names[0]
    hands.double_click(page.table.viewport(), QPoint(60, page.table.rowHeight(0) // 2))
    hands.wait(lambda: shown(hands) == worst)


def judge_by_keyboard(hands: Hands, folder: Path) -> None:
    """1 without a mouse: open a holiday photo, and judge what was lost, at 100 %, in one place of it."""
    use(hands, "photos")
    compare = hands.window.picture_page.compare
    canvas, viewport = compare.comparison.canvas, compare.comparison.viewport
    path = photo(folder, size=(1600, 1200))
    hands.answer("ctrl+o", tr("Open pictures"), str(path))
    opened(hands, path)
    hands.key("alt+9")
    hands.wait(lambda: compare.scale.text() == "100 %")
    before = viewport.target(canvas.size().toSizeF())
    hands.key("Right")
    hands.wait(lambda: viewport.target(canvas.size().toSizeF()) != before)
    assert compare.comparison.facts.text("PSNR").endswith("dB")


def steer_by_keyboard(hands: Hands, folder: Path) -> None:
    """2 without a mouse: find a slider by its name, move it, save as JPEG, and undo."""
    use(hands, "characters")
    sliders = hands.window.picture_page.explore.sliders
    code = hands.window.services.steering.code
    hands.type("tilt")
    hands.wait(lambda: [row.name for row in sliders.concepts.rows.values()] == [tr("Tilt")])
    hands.key("Return")
    hands.wait(lambda: next(iter(sliders.concepts.rows.values())).track.hasFocus())
    hands.key("End")
    hands.wait(lambda: not np.array_equal(hands.window.services.steering.code, code))
    save(hands, tr("Save the decoded picture"), folder / "tilted.jpg")
    hands.key("ctrl+z")
    hands.wait(lambda: np.array_equal(hands.window.services.steering.code, code))


JOBS: dict[str, tuple[Job, int]] = {
    "1-judge": (judge_a_photo, 3),
    "1-keyboard": (judge_by_keyboard, 4),
    "2-sky": (change_the_sky, 6),
    "2-keyboard": (steer_by_keyboard, 6),
    "3-face": (vary_a_face, 10),
    "4-models": (visit_another_model, 2),
    "5-random": (take_a_random_face, 4),
    "6-film": (make_a_film, 8),
    "7-batch": (work_through_a_folder, 7),
    "8-parts": (move_bad_parts, 8),
    "9-duplicates": (keep_the_best, 6),
    "10-map": (make_a_slider, 8),
}
"""The jobs by number, and how many actions each may take."""
