"""Receptive fields."""

from desktop.i18n import mark
from desktop.lessons import figures
from desktop.lessons.lesson import Answer, Control, Lesson, Shown, Value

LESSON = Lesson(
    number=8,
    title=mark("Receptive fields"),
    text=(
        mark(
            "A convolution of 3×3 sees one neighbour on each side. Layer upon layer, a latent cell comes to depend on "
            "a larger square of the picture: its receptive field. What lies outside cannot change the cell at all."
        ),
        mark(
            "The pictures show how much each pixel of a noise picture moves the cell in the middle, white being most. "
            "The deeper network reads from a larger square, but half of what it reads still comes from a small one "
            "around its middle. Model, X-ray shows the same for any model."
        ),
    ),
    control=Control(
        mark("Residual blocks"),
        (
            Value(mark("twice as many"), ("--depth", "2")),
            Value(mark("as many as usual"), ("--depth", "1")),
        ),
    ),
    reference=Value(mark("a third"), ("--depth", "0.34")),
    figures={name: figures.probed(name) for name in ("sees_px", "half_px", "paints_px")},
    answers=(
        Answer(
            mark(
                "Residual blocks: {value}. A cell reads from a square of {sees_px:.0f} pixels, and half of that comes "
                "from {half_px:.0f}. With {reference} of the usual it is {reference_sees_px:.0f} and "
                "{reference_half_px:.0f}."
            ),
            lambda found: found["sees_px"] > found["reference_sees_px"] and found["half_px"] < found["sees_px"] / 2,
        ),
        Answer(
            mark(
                "Residual blocks: {value}. A cell reads from a square of {sees_px:.0f} pixels, and with {reference} of "
                "the usual from {reference_sees_px:.0f}: no more."
            ),
            lambda _: True,
            claims=False,
        ),
    ),
    shown=(Shown(mark("what the cell in the middle reads"), figures.file_picture("probe-sees.png")),),
    options=("--latent", "map", "--latent-size", "8", "--steps", "40", "--lr", "0.02"),
    probed=True,
    seconds=25,
)
