"""The form of a lesson: what it says, what it trains, and what it measures. Data alone; no widgets."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.engine.errors import DesktopError
from desktop.i18n import mark
from desktop.training import launch
from export.bundle.sentence import Sentence
from trainer.run.contract import read_status

BASIS = (
    *("--size", "32", "--width", "0.25", "--batch-size", "16", "--characters", "300", "--init", "random"),
    *("--device", "cpu", "--precision", "fp32", "--ema", "0"),
)
"""Options of every run, which a lesson's own follow: small enough for seconds on one core."""

RUN = "run-{number}"

Figure = Callable[[Path], float]
Look = Callable[[Path], NDArray[np.uint8]]
Figures = Mapping[str, float]


@dataclasses.dataclass(frozen=True)
class Value:
    """A value to try: what it is called, in English, and the trainer's options that it stands for."""

    text: str
    options: tuple[str, ...]


def numbers(flag: str, *values: str) -> tuple[Value, ...]:
    """Values of an option of the trainer that are called as they are typed."""
    return tuple(Value(value, (flag, value)) for value in values)


@dataclasses.dataclass(frozen=True)
class Control:
    """What is varied.

    Attributes:
        title: What it is called, in English.
        values: What can be tried; the first is what the lesson begins with.
    """

    title: str
    values: tuple[Value, ...]


@dataclasses.dataclass(frozen=True)
class Shown:
    """A picture of a finished run: its caption, in English, and what makes it, uint8 [H, W, 3]."""

    caption: str
    look: Look


@dataclasses.dataclass(frozen=True)
class Answer:
    """A sentence that may come out.

    Attributes:
        text: In English; the figures fill in its fields, and so do `{value}` and `{reference}`.
        when: Whether it is true of the figures: those of the chosen value's run by their names, and those of the
            reference's run as `reference_NAME`.
        claims: Whether it is what the lesson says will happen.
    """

    text: str
    when: Callable[[Figures], bool]
    claims: bool = True


@dataclasses.dataclass(frozen=True)
class Lesson:
    """One page.

    Attributes:
        number: Its place among the others, counted from 1.
        title: In English, as all texts here.
        text: A few short paragraphs.
        control: What is varied.
        reference: What the value that was chosen is compared with, in a run of its own; None for one run alone.
        figures: What is measured of each run, by name.
        answers: The first one that is true is said; the last should always be.
        shown: The pictures.
        options: The trainer's options of its runs, beside `BASIS`.
        curve: The column of `metrics.csv` that is drawn.
        probed: Whether `python -m trainer.probe` looks at each run.
        may_diverge: Whether a run that diverges is a result as any other.
        seconds: About how long it takes on two cores.
        more: What else can be varied, in every run of the lesson; the claim is about the first value of each.
    """

    number: int
    title: str
    text: tuple[str, ...]
    control: Control
    reference: Value | None
    figures: Mapping[str, Figure]
    answers: tuple[Answer, ...]
    shown: tuple[Shown, ...]
    options: tuple[str, ...] = ()
    curve: str = "holdout_psnr"
    probed: bool = False
    may_diverge: bool = False
    seconds: int = 30
    more: tuple[Control, ...] = ()

    def values(self, chosen: int) -> list[Value]:
        """What is trained with: the reference first, where there is one."""
        value = self.control.values[chosen]
        return [value] if self.reference is None else [self.reference, value]

    def runs(self, folder: Path, chosen: int) -> list[Path]:
        """The folder of each run within `folder`."""
        return [folder / RUN.format(number=number) for number, _ in enumerate(self.values(chosen), 1)]

    def commands(self, folder: Path, chosen: int, more: Sequence[int] = ()) -> list[list[list[str]]]:
        """For each run the commands that make it, one after the other.

        Args:
            folder: Where the runs go.
            chosen: The value of `control`.
            more: The value of each control of `more`; the first of each where none are given.
        """
        made, python = [], launch.python()
        common = [option for control, place in zip(self.more, more) for option in control.values[place].options]
        for run, value in zip(self.runs(folder, chosen), self.values(chosen)):
            options = [*BASIS, *self.options, *value.options, *common]
            train = [python, "-m", "trainer.train", *options, "--out", str(run)]
            probe = [python, "-m", "trainer.probe", str(run)]
            made.append([train, probe] if self.probed else [train])
        return made

    def is_result(self, folder: Path, number: int) -> bool:
        """Whether the run of that number, which failed, is a result: it diverged, and the lesson is about that."""
        status = read_status(folder / RUN.format(number=number))
        return self.may_diverge and status is not None and status.state == "failed" and status.step > 0

    def measure(self, folder: Path, chosen: int) -> Outcome:
        """Measures the finished runs.

        Raises:
            DesktopError: A run lacks what is to be measured.
        """
        values, found = self.values(chosen), dict[str, float]()
        runs = self.runs(folder, chosen)
        prefixes = [""] if self.reference is None else ["reference_", ""]
        try:
            for run, prefix in zip(runs, prefixes):
                found |= {prefix + name: figure(run) for name, figure in self.figures.items()}
            pictures = [
                (shown.caption, value, shown.look(run)) for run, value in zip(runs, values) for shown in self.shown
            ]
        except (OSError, ValueError, KeyError, IndexError) as error:
            raise DesktopError(
                mark("A run of this lesson cannot be measured: {reason}."), reason=repr(error)
            ) from error
        answer = next(each for each in self.answers if each.when(found))
        names = {"value": Sentence(values[-1].text), "reference": Sentence(values[0].text)}
        return Outcome(found, answer.claims, Sentence(answer.text, **found, **names), pictures)


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What came out.

    Attributes:
        figures: Measured, by name.
        holds: Whether the lesson's claim came out.
        sentence: What is said of it.
        pictures: Caption, value and pixels of each picture, run by run.
    """

    figures: Figures
    holds: bool
    sentence: Sentence
    pictures: list[tuple[str, Value, NDArray[np.uint8]]]
