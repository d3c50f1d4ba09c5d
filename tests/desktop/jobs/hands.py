"""A mouse and a keyboard: xdotool's events reach the window through the X server, as those of a person do."""

from __future__ import annotations

import itertools
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

from desktop.window import Window
from tests.desktop.windows import drop, files

PATIENCE_S = 90.0
STEPS = 8  # from one place of a drag to the next


class Hands:
    """Does one action after another, counts them, and stores a picture of the screen after each.

    A click, a double click, a drag, a key with its modifiers, a text that is typed, and a drop are one action each.
    """

    def __init__(self, window: Window, out: Path, job: str) -> None:
        """Nothing is done yet."""
        self.window, self._out, self._job = window, out, job
        self.actions = self._step = 0

    def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        """A click in the middle of a widget, or at a place in it."""
        self._run("mousemove", *self._at(widget, place), "click", "1")
        self._count("click")

    def double_click(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Twice in the same place."""
        self._run("mousemove", *self._at(widget, place), "click", "--repeat", "2", "--delay", "60", "1")
        self._count("double-click")

    def drag(self, widget: QWidget, *places: QPoint, held: str = "") -> None:
        """Pressed at the first place, over the others, and let go at the last; perhaps with a key held."""
        corners = [widget.mapToGlobal(place) for place in places]
        words = ["mousemove", str(corners[0].x()), str(corners[0].y()), "mousedown", "1"]
        for start, end in itertools.pairwise(corners):
            for step in range(1, STEPS + 1):  # a hand goes all the way
                place = start + (end - start) * (step / STEPS)
                words += ["mousemove", str(place.x()), str(place.y()), "sleep", "0.02"]
        before, after = (["keydown", held], ["keyup", held]) if held else ([], [])
        if held:
            self._focus()
        self._run(*before, *words, "sleep", "0.1", "mouseup", "1", *after)  # at once: Qt's own drag waits for its end
        self._count("drag")

    def key(self, keys: str) -> None:
        """A key as xdotool calls it, such as `ctrl+z`."""
        self._focus()
        self._run("key", keys)
        self._count(f"key-{keys}")

    def type(self, text: str) -> None:
        """A text, letter by letter."""
        self._focus()
        self._run("type", "--delay", "2", text)
        self._count("type")

    def answer(self, keys: str, title: str, text: str) -> None:
        """A key that opens a dialog, and a text with Enter at its end for it: two actions.

        The dialog holds whoever asked for it, so another thread does this. One that stays open would hold this test
        for good: it is rejected in the end, and the job fails where it misses what the dialog should have brought.
        """
        self._focus()
        thread = threading.Thread(target=_answer, args=(keys, title, text))
        thread.start()
        watch = QTimer(self.window, singleShot=True, interval=int(PATIENCE_S * 1000))
        watch.timeout.connect(self._reject)
        watch.start()
        boxes = QTimer(self.window, interval=1000)
        boxes.timeout.connect(_close_boxes)
        boxes.start()
        while thread.is_alive():
            QApplication.processEvents()
            time.sleep(0.005)
        watch.stop()
        boxes.stop()
        self.actions += 1
        self._count(f"key-{keys}-type")

    def _reject(self) -> None:
        self.look("unanswered")
        for dialog in self.window.findChildren(QDialog):
            if dialog.isModal() and dialog.isVisible():
                dialog.reject()

    def drop(self, paths: Sequence[Path]) -> None:
        """Files from a file manager; the one thing that no tool does from outside, so Qt's own events are sent."""
        drop(self.window, files(*paths))
        self._count("drop")

    def wait(self, reached: Callable[[], object], patience: float = PATIENCE_S) -> None:
        """Until it is so, which is no action.

        Raises:
            TimeoutError: It never is.
        """
        until = time.monotonic() + patience
        while not reached():
            if time.monotonic() > until:
                self.look("stuck")
                raise TimeoutError(f"{self._job}: not reached after {self.actions} actions")
            self.rest(0.03)
        self.rest(0.1)

    def rest(self, seconds: float) -> None:
        """Lets the window work."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            QApplication.processEvents()
            time.sleep(0.005)

    def look(self, name: str) -> None:
        """A picture of the whole screen, dialogs and all."""
        self._step += 1
        screen = QGuiApplication.primaryScreen().grabWindow(0)
        screen.save(str(self._out / f"{self._job}-{self._step:02d}-{name}.png"))

    def _count(self, name: str) -> None:
        self.actions += 1
        self.rest(0.25)
        self.look(name)

    def _at(self, widget: QWidget, place: QPoint | None) -> tuple[str, str]:
        there = widget.mapToGlobal(widget.rect().center() if place is None else place)
        return str(there.x()), str(there.y())

    def _focus(self) -> None:
        """There is no window manager here that would give the keyboard to the window in front."""
        active = QApplication.activeModalWidget() or QApplication.activePopupWidget() or self.window
        self._run("windowfocus", "--sync", str(int(active.winId())))

    def _run(self, *words: str) -> None:
        process = subprocess.Popen(["xdotool", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while process.poll() is None and time.monotonic() < until:
            QApplication.processEvents()
            time.sleep(0.005)
        process.kill()
        self.rest(0.05)


def _answer(keys: str, title: str, text: str) -> None:
    """Again where a letter was lost or went elsewhere, as it may on a machine that others use."""
    _call("key", keys)
    until = time.monotonic() + PATIENCE_S
    while not (found := _dialog(title)) and time.monotonic() < until:
        time.sleep(0.1)
    while found and time.monotonic() < until:
        _call("windowfocus", found)
        time.sleep(0.5)
        _call("key", "ctrl+a")
        _call("type", "--delay", "2", text)
        _call("key", "Return")
        patience = time.monotonic() + 5
        while (found := _dialog(title)) and time.monotonic() < patience:
            time.sleep(0.1)


def _dialog(title: str) -> str:
    """The X window of that title that is seen, or nothing."""
    return next(iter(_call("search", "--onlyvisible", "--name", title).splitlines()), "")


def _close_boxes() -> None:
    """A message about a name that was typed wrong stands before the dialog, which is asked again."""
    box = QApplication.activeModalWidget()
    if isinstance(box, QMessageBox):
        box.reject()


def _call(*words: str) -> str:
    try:
        done = subprocess.run(["xdotool", *words], capture_output=True, text=True, timeout=10, check=False)
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.strip()
