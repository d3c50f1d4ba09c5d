"""`convae-desktop`: reads the command line, and opens the window or, where there is no display, draws it to a file."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import command_line, display
from desktop.command_line import Parser, require_model, say
from desktop.engine import inputs, library, picture_writer, pictures
from desktop.engine.autoencoder import Latents
from desktop.engine.errors import DesktopError, ModelError
from desktop.engine.latent_file.opening import is_latent, read_latent
from desktop.engine.library import ModelEntry
from desktop.engine.machine.providers import ASKED, Asked
from desktop.engine.scene import RandomCode
from desktop.languages import LANGUAGES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.window import Window

NamedLatent = tuple[str, Latents]
NAME = "convae-desktop"
SCREENSHOT_WITHOUT_DISPLAY = Path("convae-desktop.png")
SAMPLE_SEED = 1
FILMSTRIPS_MS = 10_000  # how long a screenshot waits for them
LARGEST_SIDE = 8192  # of the window, in pixels


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the program; gives its exit status: 0, 1 from the doctor, or 2 after one sentence on bad input."""
    return command_line.run(NAME, lambda: _run(argv))


def _run(argv: Sequence[str] | None) -> int:
    arguments = _parser().parse_intermixed_args(argv)  # paths on both sides of an option too
    if arguments.doctor:
        return _examine(arguments)
    if arguments.install_shortcut or arguments.remove_shortcut:
        return _change_shortcut(arguments.install_shortcut)
    if arguments.screenshot is None and display.has_display():
        return _open_window(arguments)
    return _draw_to_file(arguments)


def _examine(arguments: argparse.Namespace) -> int:
    """Prints the doctor's report; 1 where something is to be mended."""
    from desktop.shell import doctor

    models = library.find_models()
    bundle = library.choose(models, arguments.model).require() if arguments.model is not None else None
    findings = doctor.examine(bundle)
    for line in doctor.report(findings).split("\n"):
        say(line)
    return 0 if doctor.is_well(findings) else 1


def _change_shortcut(is_wanted: bool) -> int:
    """Puts the program into the user's menu, or takes it out; says which files that were."""
    from desktop.shell import shortcut

    files = shortcut.install() if is_wanted else shortcut.remove()
    for path in files:
        say(f"{'Written' if is_wanted else 'Removed'} {path}")
    if not files:
        say("There was no shortcut.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog=NAME, description="See and steer what a convolutional autoencoder learnt.")
    paths = "pictures and folders of pictures, latent files, and models: their folders or .convae files"
    parser.add_argument("paths", nargs="*", type=Path, metavar="PICTURE | FOLDER | BUNDLE", help=paths)
    command_line.add_model(parser)
    parser.add_argument(
        "--provider", choices=ASKED, help="the execution provider to compute on; the last one used if not given"
    )
    parser.add_argument("--screenshot", type=Path, metavar="FILE", help="draw the window to a PNG file and exit")
    parser.add_argument("--page", metavar="NAME", help="the page to show")
    parser.add_argument("--size", type=_size, metavar="WxH", help="the window's size, such as 1280x800")
    parser.add_argument("--theme", choices=("light", "dark"), help="the system's if not given")
    parser.add_argument("--language", choices=tuple(LANGUAGES), help="the system's if not given")
    parser.add_argument(
        "--doctor", action="store_true", help="say what this machine computes with, and what to fix; exit status 0 or 1"
    )
    shortcut = parser.add_mutually_exclusive_group()
    menu = "the program {} your menu, with its icon and file types"
    shortcut.add_argument("--install-shortcut", action="store_true", help=f"put {menu.format('into')}")
    shortcut.add_argument("--remove-shortcut", action="store_true", help=f"take {menu.format('out of')}")
    parser.add_argument("--fresh", action="store_true", help="forget settings and the last session first")
    return parser


def _open_window(arguments: argparse.Namespace) -> int:
    display.require_drawing()
    display.require_platform()
    from desktop.shell.ending import Ending
    from desktop.worker import was_left_behind

    models, model, paths, latent = _gather(arguments)
    application, window = _compose(arguments, models, remembers=True)
    was_named = bool(arguments.paths) or arguments.model is not None
    starts_anew = was_named or arguments.fresh or window.services.settings.text("start") == "fresh"
    if starts_anew or not window.keeper.open_last():
        window.open_pictures(model, paths)
    if latent is not None:
        window.start_from_file(*latent)
    window.show()
    window.greet()
    window.machine.race_when_idle()
    ending = Ending(window.leaving, window, application)
    status = ending.status or application.exec()
    if was_left_behind():  # and would be waited for without end, with everything kept that is to be kept
        sys.stderr.flush()
        os._exit(ending.status or status)
    return ending.status or status


def _draw_to_file(arguments: argparse.Namespace) -> int:
    """Draws the window offscreen with a picture reconstructed: the one given, or a sample made from a random code."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    display.require_drawing()
    models, found, paths, latent = _gather(arguments)
    model = require_model(found)
    _, window = _compose(arguments, models, remembers=False)
    try:
        _wait_for_scene(window, model, paths, latent)
        _wait_for_filmstrips(window)
        target = arguments.screenshot or SCREENSHOT_WITHOUT_DISPLAY
        _save_screenshot(window, target)
    finally:
        window.close()
    if arguments.screenshot is None:
        say(
            f"There is no display here, so the window was drawn to {target}; for a live window use a screen, "
            "run `xvfb-run convae-desktop`, or set QT_QPA_PLATFORM=vnc and connect a VNC viewer to port 5900."
        )
    return 0


def _wait_for_scene(window: Window, model: ModelEntry, paths: Sequence[Path], latent: NamedLatent | None) -> None:
    """Shows the first picture, or a sample where there is none, in the window, and returns once it is there.

    Raises:
        DesktopError: It cannot be shown.
    """
    from PySide6.QtCore import QCoreApplication, QEventLoop

    loop, problems = QEventLoop(), list[str]()
    window.session.failed.connect(problems.append)
    window.session.failed.connect(loop.quit)
    window.session.measured.connect(loop.quit)  # which comes after everything else about a scene
    if paths:
        window.open_pictures(model, paths)
    else:
        window.open(model, None if latent is not None else RandomCode(SAMPLE_SEED))
    window.show()
    loop.exec()
    if latent is not None and not problems:
        window.start_from_file(*latent)
        loop.exec()
    QCoreApplication.processEvents()  # the new captions are laid out now, not after they were drawn
    if problems:
        raise DesktopError(problems[0])


def _wait_for_filmstrips(window: Window) -> None:
    """Returns once the sliders in sight have their small pictures, or it takes too long."""
    from PySide6.QtCore import QEventLoop, QTimer

    filmstrips, loop = window.picture_page.explore.sliders.filmstrips, QEventLoop()
    filmstrips.finished.connect(loop.quit)
    QTimer.singleShot(FILMSTRIPS_MS, loop.quit)
    filmstrips.hurry()
    if not filmstrips.is_idle:
        loop.exec()


def _gather(
    arguments: argparse.Namespace,
) -> tuple[list[ModelEntry], ModelEntry | None, tuple[Path, ...], NamedLatent | None]:
    """The models to list, the one to use, the pictures to offer, and a latent file, looked at and found sound.

    Raises:
        DesktopError, BundleError: Something that was named is missing or broken.
    """
    models = library.find_models()
    paths = [path for path in arguments.paths if not is_latent(path)]
    gathered = inputs.gather(paths)
    for path in gathered.graphs:
        raise ModelError(library.foreign_problem(path))
    named = [library.open_entry(path) for path in gathered.models]
    if arguments.model is not None:
        named.append(library.choose([*models, *named], arguments.model))
    for entry in named:
        entry.require().verify()
    for path in paths:
        if not path.is_dir() and path not in gathered.models:
            pictures.check(path)  # a picture that was found in a folder may be broken; one that was named may not
    sound = [entry for entry in models if entry.problem is None]
    model = named[-1] if named else next(iter(sound), None)
    latent = None
    for path in filter(is_latent, arguments.paths):
        model, code = read_latent(path, [*reversed(named), *models])
        latent = path.name, code
    return library.join(models, named), model, gathered.pictures, latent


def _compose(
    arguments: argparse.Namespace, models: Sequence[ModelEntry], remembers: bool
) -> tuple[QApplication, Window]:
    """The application and its window; Qt is imported here, once it is known that it can run.

    Raises:
        DesktopError: There is no page of the name that was given.
    """
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    from desktop.pages import PAGES
    from desktop.state.settings import Settings, settings_file
    from desktop.window import Window

    names = [spec.name for spec in PAGES]
    if arguments.page is not None and arguments.page not in names:
        raise DesktopError("there is no page {page}; there are: {names}.", page=arguments.page, names=", ".join(names))
    application = QApplication.instance() or QApplication(["convae-desktop"])
    assert isinstance(application, QApplication)
    application.setApplicationName("ConvAE")
    QGuiApplication.setDesktopFileName(NAME)  # so that the window has the icon of its menu entry
    settings = Settings(settings_file() if remembers else None)
    if arguments.fresh:
        settings.clear()
    wanted = arguments.provider or settings.provider
    provider: Asked = next((known for known in ASKED if known == wanted), "auto")
    window = Window(models, provider, settings)
    if arguments.theme is not None:
        window.appearance.theme.choose(arguments.theme)
    if arguments.language is not None:
        window.appearance.languages.choose(arguments.language)
    if arguments.size is not None:
        window.resize(*arguments.size)
    was_named = bool(arguments.paths) or arguments.model is not None  # and is shown where pictures are
    last = settings.page if settings.page in names and not was_named else names[0]
    window.show_page(arguments.page or last)
    return application, window


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal() and 0 < int(width) <= LARGEST_SIDE >= int(height) > 0):
        raise argparse.ArgumentTypeError(f"{text} is not a size such as 1280x800")
    return int(width), int(height)


def _save_screenshot(window: Window, target: Path) -> None:
    from desktop.qt_images import to_pixels

    picture_writer.save_png(target, to_pixels(window.grab().toImage()))
