"""What a figure shows: rows of pictures with their labels and numbers, or curves.

Captions and labels are in the language of the window; the tables, which programs read, are in English.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from desktop.engine import measures
from desktop.engine.autoencoder import Latents
from desktop.engine.errors import DesktopError
from desktop.engine.film.morph import Way, between
from desktop.engine.loaded_model import LoadedModel
from desktop.engine.pictures import Pixels
from desktop.engine.previews import preview
from desktop.engine.rendering import encode
from desktop.engine.sliders.latents import GroupName
from desktop.engine.sliders.steering import Knob, Origin, Steering
from desktop.i18n import mark, tr
from desktop.i18n.concept_names import spoken
from export.bundle.sentence import Sentence
from trainer.run.contract.tables import Curves, points

MOST_COLUMNS, MOST_ROWS = 12, 24
FARTHEST = 2.0  # standard deviations, where a traversal begins and ends
WAYS: tuple[tuple[Way, str], ...] = (("line", mark("Line")), ("sphere", mark("Great circle")))
GROUP_NAMES: dict[GroupName, str] = {
    "concepts": mark("concepts"),
    "independent": mark("independent components"),
    "axes": mark("principal components"),
    "numbers": mark("numbers or channels"),
}
ROW_NAMES: dict[GroupName, str] = {
    "concepts": mark("Concept {number}"),
    "independent": mark("Independent {number}"),
    "axes": mark("Principal {number}"),
    "numbers": mark("Number {number}"),
}


@dataclass(frozen=True)
class Row:
    """One row of a figure.

    Attributes:
        label: At its left.
        pictures: uint8 `[H, W, 3]`, from left to right.
        notes: Under each picture; none where there is nothing to say.
    """

    label: str
    pictures: Sequence[Pixels]
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Curve:
    """One curve: what it is, and its points `(step, value)`."""

    label: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Figure:
    """A figure.

    Attributes:
        caption: In whole sentences, with the numbers that matter most.
        table: Every number of it: a header, then rows.
        columns: Over each column of pictures.
        rows: Of pictures.
        curves: One panel for each, in the place of pictures.
    """

    caption: str
    table: Sequence[Sequence[object]]
    columns: Sequence[str] = ()
    rows: Sequence[Row] = ()
    curves: Sequence[Curve] = ()

    def csv(self) -> str:
        """The table, as a spreadsheet reads it."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(self.table)
        return text.getvalue()


def reconstructions(model: LoadedModel, paths: Sequence[Path]) -> Figure:
    """Pictures above their reconstructions, with the PSNR of each; of more than twelve the first twelve.

    Raises:
        DesktopError: There is none, or one cannot be read.
    """
    if not paths:
        raise DesktopError("A figure of reconstructions needs a picture.")
    originals, outputs, table = list[Pixels](), list[Pixels](), list[Sequence[object]]()
    for path in paths[:MOST_COLUMNS]:
        subject = encode(model, path)
        assert subject.original is not None
        assert subject.frame is not None
        output = subject.frame.visible(model.tiler.decode(subject.code))
        error = measures.error(subject.original, output)
        originals.append(_small(subject.original))
        outputs.append(_small(output))
        table.append((path.name, round(error.psnr_db, 3), round(error.mean, 3), error.largest))
    finite = [float(str(row[1])) for row in table if math.isfinite(float(str(row[1])))]
    caption = tr(
        "Pictures (above) and their reconstructions (below) by {model}, which keeps {numbers:,} numbers for a picture "
        "of {width} × {height} pixels.",
        model=model.entry.name,
        numbers=model.space.mean.size,
        width=model.autoencoder.info.size.width,
        height=model.autoencoder.info.size.height,
    )
    if finite:
        caption = _together(caption, tr("PSNR is {psnr:.2f} dB on average.", psnr=float(np.mean(finite))))
    rows = (
        Row(tr("Picture"), originals),
        Row(tr("Reconstruction"), outputs, [f"{row[1]:.1f} dB" for row in table]),
    )
    header = ("picture", "psnr_db", "mean_difference", "largest_difference")
    return Figure(caption, [header, *table], [Path(str(row[0])).stem for row in table], rows)


def traversals(model: LoadedModel, start: Latents, group: GroupName, sliders: int = 6, steps: int = 7) -> Figure:
    """Rows in which one slider of a group moves from -2 to 2 standard deviations and the rest of the latent stays.

    The sliders are those that change pictures most, or the first ones where that was not measured.

    Raises:
        DesktopError: The model has none of that kind for a latent of this size.
    """
    state, space = Steering(start, Origin("picture")), model.space
    if state.start(space, group) is None or not len(space.group(group).low):
        group_name = Sentence(GROUP_NAMES[group])
        raise DesktopError("{name} has no {group} to move.", name=model.entry.name, group=group_name)
    effect = {"axes": space.effect, "independent": space.independent_effect}.get(group)
    count = len(space.group(group).low)
    order = range(count) if effect is None else np.argsort(-effect, kind="stable").tolist()
    places = np.linspace(-FARTHEST, FARTHEST, max(2, min(steps, MOST_COLUMNS)))
    before, rows, table = model.tiler.decode(start), list[Row](), list[Sequence[object]]()
    for index in list(order)[: min(sliders, MOST_ROWS)]:
        decoded, name = list[Pixels](), _name(model, group, index)
        for place in places:
            decoded.append(model.tiler.decode(state.moved(space, Knob(group, index), float(place)).code(space)))
        changes = [measures.error(before, pixels).mean for pixels in decoded]
        table += [(name, round(float(at), 4), round(change, 3)) for at, change in zip(places, changes)]
        rows.append(
            Row(
                _label(model, group, index),
                [_small(pixels) for pixels in decoded],
                [f"{change:.1f}" for change in changes],
            )
        )
    caption = tr(
        "Traversals of {model}. Each row moves one of its {group} from -{farthest:g} to {farthest:g} standard "
        "deviations of the training set. Below each picture: the mean difference from the start, in levels of 255.",
        model=model.entry.name,
        group=tr(GROUP_NAMES[group]),
        farthest=FARTHEST,
    )
    header = ("slider", "position_sd", "mean_difference")
    return Figure(caption, [header, *table], [f"{place:+.1f}" if place else "0" for place in places], rows)


def interpolation(model: LoadedModel, ends: tuple[Latents, Latents], names: tuple[str, str], steps: int = 8) -> Figure:
    """The way from one latent to another, by a straight line and by a great circle.

    Raises:
        DesktopError: The two are of different sizes.
    """
    if ends[0].shape != ends[1].shape:
        raise DesktopError("{first} and {second} are of different sizes.", first=names[0], second=names[1])
    shares = np.linspace(0, 1, max(2, min(steps, MOST_COLUMNS))).tolist()
    rows, table = list[Row](), list[Sequence[object]]()
    for way, label in WAYS:
        decoded = list[Pixels]()
        for share in shares:
            decoded.append(model.tiler.decode(between(model.space, *ends, share, way)))
        changes = [0.0, *(measures.error(*pair).mean for pair in pairwise(decoded))]
        table += [(way, round(share, 4), round(change, 3)) for share, change in zip(shares, changes)]
        rows.append(
            Row(tr(label), [_small(pixels) for pixels in decoded], ["", *(f"{each:.1f}" for each in changes[1:])])
        )
    caption = tr(
        "Interpolation from {first} to {second} by {model}: in the latent space along a straight line, and along a "
        "great circle in whitened coordinates. Below each picture: the mean difference from the one before it, in "
        "levels of 255.",
        first=names[0],
        second=names[1],
        model=model.entry.name,
    )
    return Figure(caption, [("way", "share", "step_difference"), *table], [f"{share:.0%}" for share in shares], rows)


def curves(run: Path) -> Figure:
    """The loss and the held-out PSNR of a run over its steps.

    Raises:
        DesktopError: It has recorded nothing.
    """
    read = Curves(run)
    read.read_on()
    loss, quality = list(points(read.columns, "loss")), list(points(read.columns, "holdout_psnr"))
    if not loss:
        raise DesktopError("{run} has no curves; its metrics.csv holds no step.", run=run)
    caption = tr(
        "Training of {run}: {n:,} steps, the last with a loss of {loss:.4g}.",
        run=run.name,
        n=len(loss),
        loss=loss[-1][1],
    )
    if quality:
        step, best = max(quality, key=lambda point: point[1])
        reached = tr("The best held-out PSNR, {psnr:.2f} dB, was reached at step {step:,}.", psnr=best, step=int(step))
        caption = _together(caption, reached)
    table = [(name, int(step), value) for name, found in (("loss", loss), ("psnr", quality)) for step, value in found]
    panels = [Curve(tr("Loss"), loss), *([Curve(tr("Held-out PSNR (dB)"), quality)] if quality else [])]
    return Figure(caption, [("curve", "step", "value"), *table], curves=panels)


def _small(pixels: Pixels) -> Pixels:
    reduced = preview(pixels)
    return pixels if reduced is None else reduced


def _together(first: str, second: str) -> str:
    """Two sentences; Chinese ones end in a wide full stop and have no space between them."""
    return first + ("" if first.endswith("。") else " ") + second


def _name(model: LoadedModel, group: GroupName, index: int) -> str:
    """What a row is called in the table."""
    label = _concept(model, group, index)
    return label.replace("_", " ") if label else ROW_NAMES[group].format(number=index + 1)


def _label(model: LoadedModel, group: GroupName, index: int) -> str:
    """What a row is called in the figure."""
    label = _concept(model, group, index)
    return spoken(label) if label else tr(ROW_NAMES[group], number=index + 1)


def _concept(model: LoadedModel, group: GroupName, index: int) -> str | None:
    """The bundle's name of a concept; None for other groups, and where it has none."""
    if group != "concepts" or index >= len(model.space.labels):
        return None
    return model.space.labels[index].value or model.space.labels[index].name
