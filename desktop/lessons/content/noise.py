"""Denoising."""

from desktop.i18n import mark
from desktop.lessons import figures
from desktop.lessons.lesson import Answer, Control, Lesson, Shown, Value, numbers

LESSON = Lesson(
    number=10,
    title=mark("Denoising"),
    text=(
        mark(
            "Give the network damaged pictures, and ask it for the whole ones. Noise is different at every pixel, so "
            "it does not fit through the bottleneck; what pictures have in common does. To reconstruct is then to "
            "repair."
        ),
        mark("The rows: held-out pictures, the same damaged, and what the network makes of those."),
    ),
    control=Control(
        mark("Damage"),
        (
            Value(mark("strong noise"), ("--corrupt", "noise:0.3")),
            Value(mark("noise"), ("--corrupt", "noise:0.15")),
            Value(mark("30 % painted over"), ("--corrupt", "mask:0.3")),
        ),
    ),
    reference=None,
    figures={
        "damaged": figures.damaged_psnr,
        "repaired": figures.epoch_figure("holdout_psnr_damaged"),
        "whole": figures.epoch_figure("holdout_psnr"),
    },
    answers=(
        Answer(
            mark(
                "The damaged pictures have {damaged:.1f} dB, and what the network makes of them {repaired:.1f} dB. "
                "From whole pictures it would give {whole:.1f} dB."
            ),
            lambda found: found["repaired"] > found["damaged"] + 1,
        ),
        Answer(
            mark(
                "This damage is too little for so short a training: the damaged pictures have {damaged:.1f} dB, and "
                "what the network makes of them {repaired:.1f} dB."
            ),
            lambda _: True,
            claims=False,
        ),
    ),
    shown=(Shown(mark("originals, damaged, repaired"), figures.last_grid),),
    options=("--latent", "map", "--latent-size", "8", "--steps", "100", "--lr", "0.02"),
    seconds=20,
    more=(Control(mark("Channels of the latent"), numbers("--latent-size", "8", "2", "32")),),
)
