"""Pictures of every page in every state, in both themes and both languages: `python -m tests.looks OUT PICTURES`.

For people to look at; the suite does not run it. `PICTURES` is a folder of pictures to fill the pages with. Sizes are
of the window in device-independent pixels; `--scale 2` is a screen at 200 %.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.window import Window

SIZES = ((1024, 640), (1280, 800), (1920, 1080))
THEMES, LANGUAGES = ("light", "dark"), ("en", "zh_CN")
PATIENCE_S = 120.0
FEW = 40  # pictures of a folder

State = Callable[["Window", Path], None]


def main() -> None:
    """Makes the pictures that were asked for, all of them if none was named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("pictures", type=Path, help="a folder of pictures")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--only", default="", help="states whose names hold this")
    parser.add_argument("--sizes", nargs="*", default=["x".join(map(str, size)) for size in SIZES])
    parser.add_argument("--themes", nargs="*", default=THEMES)
    parser.add_argument("--languages", nargs="*", default=LANGUAGES)
    arguments = parser.parse_args()
    os.environ.update(QT_QPA_PLATFORM="offscreen", QT_SCALE_FACTOR=str(arguments.scale))
    from PySide6.QtWidgets import QApplication

    from desktop.engine import library
    from desktop.window import Window

    _ = QApplication.instance() or QApplication(["looks"])
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, (model, reach) in STATES.items():
        if arguments.only not in name:
            continue
        models = library.find_models() if model else []
        window = Window(models, "cpu")
        window.resize(1280, 800)
        window.show()
        if model:
            window.open(library.choose(models, model))
            wait(lambda window=window: window.session.scene is not None)  # type: ignore[misc]
        reach(window, arguments.pictures)
        for look in looks(window, arguments):
            dialog = window.preferences.dialog
            seen = dialog if dialog is not None and dialog.isVisible() else window
            seen.grab().save(str(arguments.out / f"{name}-{look}.png"))
        window.close()
        print(name, flush=True)


def looks(window: Window, arguments: argparse.Namespace) -> Iterator[str]:
    """Dresses the window in one look after another, and names each."""
    for language in arguments.languages:
        window.appearance.choose_language(language)
        for theme in arguments.themes:
            window.appearance.choose_theme(theme)
            for size in arguments.sizes:
                window.resize(*map(int, size.split("x")))
                rest(0.25)
                yield f"{size}@{arguments.scale:g}-{theme}-{language}"


def rest(seconds: float) -> None:
    """Lets the window work for that long."""
    from PySide6.QtWidgets import QApplication

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.01)


def wait(reached: Callable[[], bool]) -> None:
    """Lets the window work until it is so.

    Raises:
        TimeoutError: It never is.
    """
    until = time.monotonic() + PATIENCE_S
    while not reached():
        if time.monotonic() > until:
            raise TimeoutError("the window never came to that state")
        rest(0.05)
    rest(0.3)


def folder_of(pictures: Path, count: int = FEW) -> list[Path]:
    """The first pictures of the folder."""
    return sorted(path for path in pictures.rglob("*") if path.suffix.lower() in (".jpg", ".png"))[:count]


def empty(_window: Window, _pictures: Path) -> None:
    """Nothing is opened."""


def of_page(name: str) -> State:
    """A page as it is found."""
    return lambda window, _: window.show_page(name)


def picture_full(window: Window, pictures: Path) -> None:
    """A folder of pictures, the first one shown, with its filmstrips."""
    window.open_paths(folder_of(pictures))
    wait(lambda: window.session.scene is not None and window.session.scene.subject.picture is not None)
    filmstrips = window.picture_page.explore.sliders.filmstrips
    filmstrips.hurry()
    wait(lambda: filmstrips.is_idle)


def picture_random(window: Window, _: Path) -> None:
    """Twelve random faces."""
    window.picture_page.explore.starts.go_random()
    wait(lambda: window.picture_page.explore.start.random_tray.pictures == 12)


def picture_snapshots(window: Window, _: Path) -> None:
    """Five snapshots, two of them mixed."""
    starts = window.picture_page.explore.starts
    for _number in range(5):
        starts.go_random()
        rest(0.5)
        starts.keep_snapshot()
    starts.mix_snapshots("B", "D")
    rest(0.5)


def picture_failed(window: Window, _: Path) -> None:
    """A file that is no picture."""
    broken = Path(tempfile.mkdtemp()) / "holiday.png"
    broken.write_text("no picture")
    window.open_paths([broken])
    rest(1.5)


def picture_working(window: Window, pictures: Path) -> None:
    """A large picture on its way."""
    import numpy as np
    from PIL import Image

    large = Path(tempfile.mkdtemp()) / "panorama.jpg"
    Image.fromarray(np.tile(np.asarray(Image.open(folder_of(pictures)[0]).convert("RGB")), (8, 8, 1))).save(large)
    window.open_paths([large])
    rest(2.0)


def morph_full(window: Window, pictures: Path) -> None:
    """Four pictures in the row."""
    from desktop.morph.page import MorphPage

    window.show_page("morph")
    page = window.page("morph")
    assert isinstance(page, MorphPage)
    page.take(folder_of(pictures, 4))
    wait(lambda: len(page.row.keys) >= 4)


def _batch(window: Window, source: Path) -> None:
    from desktop.batch.page import BatchPage

    window.show_page("batch")
    page = window.page("batch")
    assert isinstance(page, BatchPage)
    page.form.source.set_path(source)
    page.form.target.set_path(Path(tempfile.mkdtemp()) / "reconstructions")
    page.start()


def batch_working(window: Window, pictures: Path) -> None:
    """A batch that runs."""
    _batch(window, pictures)
    rest(3.0)


def batch_full(window: Window, pictures: Path) -> None:
    """A batch that is over."""
    import shutil

    source = Path(tempfile.mkdtemp()) / "holidays"
    source.mkdir()
    for path in folder_of(pictures, 8):
        shutil.copy(path, source)
    (source / "broken.png").write_text("no picture")
    _batch(window, source)
    page = window.page("batch")
    wait(lambda: not page.runner.busy)  # type: ignore[attr-defined]


def inspected(view: str) -> State:
    """A folder of pictures, some of them twice and some stained, in one of the views."""

    def reach(window: Window, pictures: Path) -> None:
        import numpy as np
        from PIL import Image

        from desktop.engine.anomaly import fit, patch_features
        from desktop.engine.anomaly.scores import learnt
        from desktop.inspect.page import InspectPage

        home = Path(tempfile.mkdtemp())
        os.environ["XDG_DATA_HOME"] = str(home)
        learnt.DEFECTS, patch_features.SAMPLE, fit.MADE_UP = 20, 1000, 20  # quick; it is looked at, not judged
        for number, path in enumerate(folder_of(pictures)):
            image = Image.open(path).convert("RGB").resize((128, 128))
            pixels = np.array(image)
            place = home / "parts" / ("new" if number % 5 == 0 else "good") / f"{path.stem}.png"
            place.parent.mkdir(parents=True, exist_ok=True)
            if number % 10 == 0:
                pixels[60:80, 50:70] = (20, 220, 40)
            Image.fromarray(pixels).save(place)
            if number % 9 == 1:
                Image.fromarray(pixels[::-1][::-1] // 2 * 2).save(place.with_stem(f"{path.stem} (copy)"))
        window.show_page("inspect")
        page = window.page("inspect")
        assert isinstance(page, InspectPage)
        page.take([home / "parts"])
        wait(lambda: page.inspection.rows is not None and not page.inspection.busy)
        page.views.show(view)
        if view == "anomalies":
            page.finds.find_anomalies()
        wait(lambda: not page.inspection.busy)
        if view != "map":
            page.panels.grid.setCurrentIndex(page.panels.grid.pictures.index(0))
        wait(lambda: not page.inspection.busy)

    return reach


def preferences(window: Window, _: Path) -> None:
    """The dialog, over the window; it is looked at alone."""
    window.preferences.open()
    rest(1.0)


STATES: dict[str, tuple[str, State]] = {
    "nothing": ("", empty),
    "picture-empty": ("characters", empty),
    "picture-full": ("photos", picture_full),
    "picture-random": ("characters", picture_random),
    "picture-snapshots": ("characters", picture_snapshots),
    "picture-working": ("photos", picture_working),
    "picture-failed": ("characters", picture_failed),
    "morph-empty": ("characters", of_page("morph")),
    "morph-full": ("characters", morph_full),
    "batch-empty": ("characters", of_page("batch")),
    "batch-working": ("characters", batch_working),
    "batch-full": ("characters", batch_full),
    "inspect-empty": ("characters", of_page("inspect")),
    "inspect-overview": ("characters", inspected("overview")),
    "inspect-anomalies": ("characters", inspected("anomalies")),
    "inspect-duplicates": ("characters", inspected("duplicates")),
    "inspect-map": ("characters", inspected("map")),
    "preferences": ("characters", preferences),
    "training-empty": ("characters", of_page("training")),
}

if __name__ == "__main__":
    main()
