"""What the Training page says: text in the language of the window from plain values."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.engine.folder.facts import FEW, VERY_FEW, Facts
from desktop.i18n import mark, tr
from desktop.training import launch
from desktop.training.launch import Goal
from desktop.training.preview import Preview
from desktop.training.problem import Problem
from trainer.run.contract import Failure, Status
from trainer.run.contract.sentence import Sentence

GOALS: Mapping[Goal, tuple[str, str]] = {
    "auto": (
        mark("Let the pictures decide"),
        mark("The trainer looks at the pictures and chooses what suits them"),
    ),
    "sliders": (
        mark("Sliders for one kind of picture"),
        mark("One vector for a picture: faces, drawings of one kind, parts that are alike"),
    ),
    "any": (
        mark("Reconstruct any picture"),
        mark("A small map for a picture of any size, trained on squares of it"),
    ),
    "repair": (
        mark("Repair damaged pictures"),
        mark("Pictures with areas painted over go in, whole ones are the target"),
    ),
    "generator": (
        mark("A generator of new pictures"),
        mark("Variational: random latents look like pictures"),
    ),
    "vgg16": (mark("First version: VGG16, linear"), mark("Large and slow, as the study began")),
    "vgg16-sigmoid": (mark("First version: VGG16, sigmoid"), mark("Large and slow, with a sigmoid at the end")),
    "vgg13": (mark("First version: VGG13, linear"), mark("Large and slow, a little smaller")),
    "vgg13-sigmoid": (mark("First version: VGG13, sigmoid"), mark("VGG13 with a sigmoid at the end")),
}


def said(text: str) -> str:
    """A sentence of the trainer in the language of the window; any other text as it is."""
    if not isinstance(text, Sentence):
        return text
    values = {name: said(each) if isinstance(each, str) else each for name, each in text.values.items()}
    return tr(text.template, **values)


def notes(status: Status | None) -> str:
    """What the trainer chose and why, or what the run came to: a line for each sentence."""
    lines = [said(note) for note in (() if status is None else status.notes)]
    return "\n".join(line[:1].upper() + line[1:] for line in lines)


def goal(name: Goal) -> str:
    """What a goal is called."""
    return tr(GOALS[name][0])


def facts(found: Facts) -> list[str]:
    """What was found in a folder, a line each."""
    endings = ", ".join(f"{ending.lstrip('.').upper()} {count:,}" for ending, count in found.formats[:4])
    lines = [tr("{n:,} pictures", n=found.count) + f" · {endings}"]
    if found.width:
        lines.append(
            tr(
                "All pictures that were looked at have {width} × {height} pixels",
                width=found.width,
                height=found.height,
            )
            if found.alike == 1
            else tr("About {width} × {height} pixels", width=found.width, height=found.height)
        )
    if found.has_labels:
        lines.append(tr("labels.csv is there: its columns become sliders"))
    if found.broken:
        lines.append(
            tr(
                "{n:,} pictures cannot be read and will be skipped: {name}",
                n=len(found.broken),
                name=found.broken[0][0],
            )
        )
    return lines


def advice(found: Facts) -> str:
    """What so many pictures are good for."""
    if found.count < VERY_FEW:
        return tr("So few pictures are memorised, not understood. With 20 or more a map can be trained on squares.")
    if found.count < FEW:
        return tr("Few pictures: a map trained on squares of them does best; sliders want a few hundred of one kind.")
    return tr("Enough to begin with. Sliders do best where all pictures are of one kind.")


LATENTS: Mapping[str, str] = {
    "vector": mark("vector latent of {numbers:,} at {size} pixels"),
    "map": mark("map latent of {numbers:,} channels at {size} pixels"),
}


def pace(found: Preview, side: int) -> str:
    """What would be trained, and how long that takes here.

    Args:
        found: By the trainer.
        side: The usual length of the pictures' shorter side, in pixels; 0 where it is not known.
    """
    trained, count = found.pace, found.train + found.holdout
    pictures = tr("{n:,} tiles", n=count) if found.tiles else tr("{n:,} pictures", n=count)
    if side and not found.tiles:
        pictures = tr("{pictures} of about {side:,} pixels", pictures=pictures, side=side)
    template = LATENTS.get(trained.latent)
    latent = trained.latent if template is None else tr(template, numbers=trained.numbers, size=found.size)
    if trained.epoch_seconds is None:
        return f"{pictures}: {latent}"
    epochs, whole = tr("{n:,} epochs", n=round(trained.epochs)), trained.epochs * trained.epoch_seconds
    said = tr("{pictures}: {latent}, about {time} here for {epochs}", pictures=pictures, latent=latent,
              time=about(whole), epochs=epochs)  # fmt: skip
    if trained.limit_seconds is None:
        return said
    for_steps = trained.limit_seconds - trained.finishing_seconds
    reached = tr("{n:,} epochs", n=max(1, round(for_steps / trained.epoch_seconds)))
    limit = tr("In {time}: about {epochs}", time=about(trained.limit_seconds), epochs=reached)
    return f"{said}\n{limit}"


def about(seconds: float) -> str:
    """A length of time that is not known well: "12 minutes", not "11 min 48 s"."""
    if seconds < 90:
        return tr("{n:,} seconds", n=max(1, round(seconds)))
    if seconds < 90 * 60:
        return tr("{n:,} minutes", n=round(seconds / 60))
    return tr("{n:,} hours", n=round(seconds / 3600))


def waiting(plan: launch.Plan) -> str:
    """A training in the queue."""
    limit = tr("no limit") if not plan.minutes else tr("{n:,} minutes", n=plan.minutes)
    return f"{plan.out.name} · {goal(plan.goal)} · {limit}"


PROBLEMS: Mapping[Failure, str] = {
    "memory": mark("There was too little memory."),
    "disk": mark("The disk is full, or cannot be written to."),
    "diverged": mark("The training diverged: its loss grew beyond all bounds."),
    "data": mark("The pictures are missing, or cannot be used."),
    "install": mark("The packages of a training cannot be loaded."),
    "": mark("The training failed."),
}
MENDS: Mapping[Failure, tuple[str, str]] = {
    "memory": (mark("Train with less memory"), mark("Train again with smaller batches, or smaller pictures")),
    "disk": (mark("Choose another disk…"), mark("Resume in another folder, and keep runs and prepared pictures there")),
    "diverged": (mark("Train with a lower rate"), mark("Train again with the learning rate that the trainer advises")),
    "data": (mark("Choose the pictures…"), mark("Train on another folder, or say where the pictures are now")),
    "install": (
        mark("Install again…"),
        mark("Install the packages of a training in an environment of their own"),
    ),
    "": (mark("Train again"), mark("Train again with the same options")),
}


def failed(status: Status) -> str:
    """What went wrong with a run, in a few words."""
    return tr(PROBLEMS[status.failure])


def problem(found: Problem) -> str:
    """What went wrong, in the language of the window, and the trainer's own sentence below it."""
    return "\n".join(filter(None, (tr(PROBLEMS[found.kind]), said(found.text).removeprefix("error: "))))


def command(plan: launch.Plan | None) -> str:
    """The command that does what Train does."""
    return "" if plan is None else launch.typed(launch.train_command(plan))


def state(status: Status | None, log: str) -> str:
    """What a run does, in a line."""
    if status is None:
        return log or tr("Starting…")
    if status.state == "preparing":
        return tr("Preparing pictures, {done:,} of {total:,}", done=status.step, total=status.total_steps)
    if status.state == "failed":
        return said(status.message) or tr("The training failed.")
    if not status.ended and not status.alive:
        return tr("The training was interrupted; it can be resumed from its last checkpoint.")
    done = tr("step {step:,} of {total:,}", step=status.step, total=status.total_steps)
    parts = {
        "training": done,
        "paused": tr("Paused") + " · " + done,
        "finishing": tr("Making samples and the report…"),
        "done": tr("Done") + " · " + done,
        "stopped": tr("Stopped") + " · " + done,
    }
    line = [parts[status.state]]
    if status.holdout_psnr is not None:
        line.append(tr("held-out PSNR {psnr:.2f} dB", psnr=status.holdout_psnr))
    if status.state == "training":
        line.append(tr("{speed:.0f} pictures/s", speed=status.images_per_second))
        if status.seconds_left is not None:
            line.append(tr("about {time} left", time=duration(status.seconds_left)))
    if status.memory_mib:
        line.append(tr("{memory:,.0f} MiB", memory=status.memory_mib))
    return " · ".join(line)


def preview(found: Preview) -> list[str]:
    """What the trainer found, a line each."""
    counts = tr("{train:,} to train on, {holdout:,} held out", train=found.train, holdout=found.holdout)
    lines = [tr("Tiles: {counts}", counts=counts) if found.tiles else counts]
    for name, several in ((mark("Formats"), found.formats), (mark("Sizes"), found.sizes)):
        if several:
            lines.append(f"{tr(name)}: " + ", ".join(f"{each} ({count:,})" for each, count in several[:6]))
    if found.labels:
        named = ", ".join(f"{name} ({count:,})" for name, count in found.labels[:8])
        lines.append(tr("Labels, with their values: {labels}", labels=named))
    if found.skipped_count:
        lines.append(tr("{n:,} entries are passed over", n=found.skipped_count))
    if found.duplicate_count:
        lines.append(tr("{n:,} held-out pictures have near-duplicates that are trained on", n=found.duplicate_count))
    return lines


def layer_name(part: str) -> str:
    """What a part of a network is called."""
    return {"encoder": tr("encoder"), "decoder": tr("decoder")}.get(part, part)


def duration(seconds: float) -> str:
    """A length of time as a person says it: "1 min 2 s"."""
    whole = max(0, round(seconds))
    if whole < 60:
        return tr("{seconds} s", seconds=whole)
    if whole < 3600:
        return tr("{minutes} min {seconds} s", minutes=whole // 60, seconds=whole % 60)
    return tr("{hours} h {minutes} min", hours=whole // 3600, minutes=whole % 3600 // 60)
