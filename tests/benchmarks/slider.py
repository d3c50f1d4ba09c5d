"""From a slider's move to painted pixels: `python -m tests.benchmarks.slider [--model NAME|PATH] [--beside-training]`.

The real window, drawn offscreen, is moved by its first slider at an even rate. A move is answered when the first
picture of it, or of a later move, is painted: where pictures cannot keep up, the newest move is what is shown.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import math
import os
import sys
import time
from collections.abc import Iterator, Sequence

import numpy as np

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from desktop.engine import library
from desktop.engine.errors import EXPECTED
from desktop.engine.library import ModelEntry
from desktop.engine.rendering import Renderer
from desktop.engine.scene import RandomCode, Request, Scene
from desktop.theme import Theme
from desktop.widgets.track import TICKS
from desktop.window import Window
from tests.benchmarks import beside
from tests.benchmarks.measure import Row, Settings

MOVES, RATE = 300, 60.0  # moves, and how many of them in a second
FRAME_MS = 1000 / RATE
REST_MS = 2000  # filmstrips are drawn before the first move
PATIENCE_MS = 60_000
REACH = 1.5  # units of spread
PERIOD = 90  # moves to and fro


@dataclasses.dataclass
class Answer:
    """The times of one scene, in seconds of `time.perf_counter`; 0 where it has not come so far."""

    move: int
    begun: float = 0.0
    rendered: float = 0.0
    shown: float = 0.0
    painted: float = 0.0


@dataclasses.dataclass(frozen=True)
class Result:
    """What was measured.

    Attributes:
        latencies_ms: For each move, until it was painted.
        stages_ms: Medians over the painted scenes, by what the time went into.
        paints: How many scenes were painted.
        window_ms: What each move cost the window's thread, in CPU time: what other programs take is not in it.
    """

    latencies_ms: Sequence[float]
    stages_ms: dict[str, float]
    paints: int
    window_ms: float


def place(move: int) -> float:
    """Where a move takes the slider, in units of spread: to and fro at an even speed, never twice in the same place."""
    way = (move + 0.3) % PERIOD / PERIOD  # 0.3: moves lie unevenly about the turns, or two would be alike there
    return REACH * (4 * abs(way - 0.5) - 1)


class Run(QObject):
    """Moves the slider and notes when what is painted."""

    def __init__(self, window: Window, moves: int, rate: float) -> None:
        """`moves` of the first slider, `rate` of them in a second."""
        super().__init__()
        self._window, self._moves, self._rate = window, moves, rate
        sliders = window.picture_page.explore.sliders
        self._slider = next(iter([*sliders.concepts.rows.values(), *sliders.stack.rows.values()]))
        self._at: list[float] = []
        self._answers: dict[int, Answer] = {}
        self._states: list[object] = []
        self._waiting: Answer | None = None
        self._loop = QEventLoop()
        self._clock = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._move)
        self._canvas = window.picture_page.compare.comparison.canvas
        self._canvas.installEventFilter(self)
        window.session.rendered.connect(self._show)

    def measure(self) -> Result:
        """Makes every move, and waits until the last one is painted."""
        self._begun, busy = time.perf_counter(), time.thread_time()
        QTimer.singleShot(PATIENCE_MS, self._loop.quit)
        self._move()
        self._loop.exec()
        busy_ms = (time.thread_time() - busy) * 1000 / self._moves
        return _result(self._at, [answer for answer in self._answers.values() if answer.painted], busy_ms)

    @Slot()
    def _move(self) -> None:
        number = len(self._at)
        if number == self._moves:
            return
        value = place(number)
        self._at.append(time.perf_counter())
        self._slider.track.setValue(round(value * TICKS))
        self._states.append(self._window.services.steering.state)
        due = self._begun + (number + 1) / self._rate
        self._clock.start(max(0, round((due - time.perf_counter()) * 1000)))

    @Slot(object)
    def _show(self, scene: Scene) -> None:
        """A scene came home; it is painted at the canvas's next paint."""
        move = next((n for n, state in enumerate(self._states) if state is scene.request.steering), None)
        if move is not None:
            begun, rendered = TIMES[id(scene)]
            self._waiting = Answer(move, begun, rendered, time.perf_counter())
            self._answers[move] = self._waiting

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Paints the canvas, and notes when that is done."""
        if watched is self._canvas and event.type() == QEvent.Type.Paint:
            self._canvas.event(event)
            answer, self._waiting = self._waiting, None
            if answer is not None:
                answer.painted = time.perf_counter()
                if answer.move == self._moves - 1:
                    self._loop.quit()
            return True
        return super().eventFilter(watched, event)


TIMES: dict[int, tuple[float, float]] = {}  # when rendering of each scene began and ended; scenes by their id
SCENES: list[Scene] = []  # keeps every scene alive, so that no id comes twice


def watch_renderer() -> None:
    """Notes when the worker begins and ends with each request, from now on."""
    if SCENES:
        return
    render = Renderer.render

    def timed(self: Renderer, request: Request) -> Scene:
        begun = time.perf_counter()
        scene = render(self, request)
        TIMES[id(scene)] = (begun, time.perf_counter())
        SCENES.append(scene)
        return scene

    Renderer.render = timed  # type: ignore[method-assign]


def _result(moves: Sequence[float], answers: Sequence[Answer], window_ms: float) -> Result:
    ordered = sorted(answers, key=lambda answer: answer.painted)
    latencies = []
    for number, at in enumerate(moves):
        painted = next((answer.painted for answer in ordered if answer.move >= number), math.inf)
        latencies.append((painted - at) * 1000)
    decode = [scene.decode_ms for scene in SCENES[-len(answers) :]]
    stages = {
        "until the worker begins": [answer.begun - moves[answer.move] for answer in answers],
        "on the worker": [answer.rendered - answer.begun for answer in answers],
        "home to the window": [answer.shown - answer.rendered for answer in answers],
        "until it is painted": [answer.painted - answer.shown for answer in answers],
    }
    medians = {name: float(np.median(values)) * 1000 for name, values in stages.items()}
    medians["of that on the worker, the decoder"] = float(np.median(decode))
    return Result(latencies, medians, len(answers), window_ms)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.slider", description=__doc__)
    parser.add_argument("--model", default="characters", metavar="NAME|PATH")
    parser.add_argument("--provider", default="cpu", help="where to compute")
    parser.add_argument("--moves", type=int, default=MOVES)
    parser.add_argument("--rate", type=float, default=RATE, help="moves a second")
    parser.add_argument("--beside-training", action="store_true", help="while a training computes on all cores")
    return parser


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def measure(entry: ModelEntry, provider: str, moves: int, rate: float, beside_training: bool = False) -> Result:
    """Moves the first slider of the real window; `moves` of them, `rate` in a second.

    Raises:
        RuntimeError: The training beside it did not begin.
    """
    watch_renderer()
    application = QApplication.instance() or QApplication(["slider"])
    assert isinstance(application, QApplication)
    Theme(application, "light")
    window = Window([entry], provider)
    window.show()
    window.open(entry, RandomCode(1))
    _wait(REST_MS)
    with beside.training() if beside_training else contextlib.nullcontext():
        result = Run(window, moves, rate).measure()
    window.close()
    return result


def run(settings: Settings) -> Iterator[Row]:
    """The characters model; the aim is one frame of a screen, so the ratio is that of the frame to the time."""
    moves = 150 if settings.quick else MOVES
    for beside_training in (False, True):
        result = measure(library.choose(library.find_models(), "characters"), "cpu", moves, RATE, beside_training)
        yield from _rows(result, " beside a training" if beside_training else "")


def _rows(result: Result, where: str) -> Iterator[Row]:
    median, last = np.percentile(result.latencies_ms, [50, 99])
    stages = "; ".join(f"{name} {milliseconds:.1f} ms" for name, milliseconds in result.stages_ms.items())
    cost = f"each move costs the window's thread {result.window_ms:.1f} ms of CPU time; {stages}"
    what = f"slider to painted pixels{where}, {len(result.latencies_ms)} moves at {RATE:g} a second"
    yield Row(f"{what}: median", float(median), "a frame of the screen", FRAME_MS, "ms", 1.0, note=cost)
    yield Row(f"{what}: 99th percentile", float(last), "a frame of the screen", FRAME_MS, "ms", 1.0)


def main(argv: Sequence[str] | None = None) -> int:
    """Measures and prints; gives the exit status: 0, 2 where there is no such model, or 1 where no training began."""
    arguments = _parser().parse_args(argv)
    try:
        entry = library.choose(library.find_models(), arguments.model)
        entry.require()
    except EXPECTED as error:
        print(f"slider: {error}", file=sys.stderr)
        return 2
    try:
        result = measure(entry, arguments.provider, arguments.moves, arguments.rate, arguments.beside_training)
    except RuntimeError as error:
        print(f"slider: {error}", file=sys.stderr)
        return 1
    _print(result, arguments.rate)
    return 0


def _print(result: Result, rate: float) -> None:
    median, last = np.percentile(result.latencies_ms, [50, 99])
    print(f"slider to painted pixels, {len(result.latencies_ms)} moves at {rate:g} a second on {os.cpu_count()} cores:")
    print(f"  median {median:.1f} ms, 99th percentile {last:.1f} ms, worst {max(result.latencies_ms):.1f} ms")
    print(f"  {result.paints} pictures painted; where the time goes (medians):")
    print(f"    {result.window_ms:6.2f} ms  CPU time of the window's thread, for each move")
    for name, milliseconds in result.stages_ms.items():
        print(f"    {milliseconds:6.2f} ms  {name}")


if __name__ == "__main__":
    sys.exit(main())
