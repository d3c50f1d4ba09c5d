"""The display of a run in the terminal: a live line while it works, and a lasting line for each epoch."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from trainer.run.metrics import Row
from trainer.terminal import drop_stdout, printable, say_error


class Display:
    """Live progress in a terminal; in a pipe or a log file, the lasting lines alone; nothing where `quiet`."""

    def __init__(self, quiet: bool = False) -> None:
        self._console = Console(highlight=False, quiet=quiet)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[figures]}"),
            console=self._console,
            disable=not self._console.is_terminal,
            transient=True,
        )
        self._task: TaskID | None = None
        self._psnr = ""

    def __enter__(self) -> Display:
        self._write(self._progress.start)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._write(self._progress.stop)

    def say(self, line: str) -> None:
        """A lasting line; what a file's name could do to a terminal is shown, not done."""
        self._write(lambda: self._console.print(printable(line), markup=False, soft_wrap=True))

    def prepare(self, what: str, done: int, total: int) -> None:
        """Progress of preparing pictures."""
        self._show(what, done, total, "")

    def step(self, row: Row, epochs: int, total_steps: int) -> None:
        """Progress of training, and a lasting line where held-out pictures were measured."""
        if row.holdout_psnr is not None:
            self._psnr = f"  PSNR {row.holdout_psnr:.2f} dB"
            self.say(
                f"epoch {row.epoch:4d}/{epochs}  step {row.step:7d}  loss {row.loss:.5f}"
                f"  held-out PSNR {row.holdout_psnr:6.2f} dB  {row.images_per_second:7.1f} pictures/s"
            )
        figures = f"loss {row.loss:.5f}{self._psnr}  {row.images_per_second:.0f} pictures/s"
        self._show(f"epoch {row.epoch}/{epochs}", row.step, total_steps, figures)

    def _show(self, what: str, done: int, total: int, figures: str) -> None:
        self._write(lambda: self._advance(what, done, total, figures))

    def _advance(self, what: str, done: int, total: int, figures: str) -> None:
        if self._task is None:
            self._task = self._progress.add_task(what, total=total, figures=figures)
        elif self._progress.tasks[0].total != total:
            self._progress.reset(self._task, total=total)
        self._progress.update(self._task, description=what, completed=done, total=total, figures=figures)

    def _write(self, output: Callable[[], None]) -> None:
        """Shows something; where the output is full or closed, says so once and goes on in silence."""
        try:
            output()
        except OSError as error:
            if not self._console.quiet:
                say_error(f"The output cannot be written ({error.strerror or error}); the work goes on without it.")
            self._console.quiet = True
            drop_stdout()
