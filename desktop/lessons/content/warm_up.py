"""Warm-up of the learning rate."""

from desktop.i18n import mark
from desktop.lessons import figures
from desktop.lessons.lesson import Answer, Control, Lesson, Shown, Value, numbers

LESSON = Lesson(
    number=3,
    title=mark("Warm-up"),
    text=(
        mark(
            "At the start every weight is random, and gradients point in directions that hold for a few steps only. "
            "Adam scales each step by what it knows of the gradient's size, and at first it knows nearly nothing."
        ),
        mark(
            "So the learning rate begins near 0 and rises over the first steps: the warm-up. Without one, the first "
            "steps at a high rate throw the weights far away, the loss jumps, and units may be lost for good. Look at "
            "the beginning of the curves."
        ),
    ),
    control=Control(
        mark("Warm-up"),
        (
            Value(mark("none"), ("--warmup-epochs", "0")),
            Value(mark("a quarter of an epoch"), ("--warmup-epochs", "0.25")),
        ),
    ),
    reference=Value(mark("1 epoch"), ("--warmup-epochs", "1")),
    figures={"psnr": figures.last_psnr, "highest": figures.highest_loss(5)},
    answers=(
        Answer(
            mark(
                "Warm-up: {value}. The loss rises to {highest:.2f} and the training ends with {psnr:.1f} dB. With "
                "{reference} it is {reference_highest:.2f} and {reference_psnr:.1f} dB."
            ),
            lambda found: found["highest"] > found["reference_highest"] and found["psnr"] < found["reference_psnr"],
        ),
        Answer(
            mark(
                "Warm-up: {value}. It made no difference here: the training ends with {psnr:.1f} dB, and with "
                "{reference} {reference_psnr:.1f} dB."
            ),
            lambda _: True,
            claims=False,
        ),
    ),
    shown=(Shown(mark("above: originals, below: reconstructions"), figures.last_grid),),
    options=(
        *("--latent", "vector", "--latent-size", "16", "--steps", "90"),
        *("--optimizer", "adamw", "--lr", "0.02"),
    ),
    curve="loss",
    seconds=25,
    more=(Control(mark("Learning rate"), numbers("--lr", "0.02", "0.005")),),
)
