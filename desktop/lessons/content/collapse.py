"""Posterior collapse and the weight of KL."""

from desktop.i18n import mark
from desktop.lessons import figures
from desktop.lessons.lesson import Answer, Control, Lesson, Shown, numbers

LESSON = Lesson(
    number=6,
    title=mark("Posterior collapse"),
    text=(
        mark(
            "A variational autoencoder adds noise to its latent and pays for every number that stands out from it: the "
            "divergence KL, times a weight. In return random latents decode to plausible pictures."
        ),
        mark(
            "If the weight is too large, a number costs more than it saves in reconstruction. The encoder then gives "
            "the same value for every picture, and the decoder learns to ignore it: the posterior has collapsed to the "
            "prior. If everything collapses, every reconstruction is the mean picture."
        ),
        mark(
            "The cure is a smaller weight, or a few free bits for each number (--free-bits). Another seed tells "
            "whether what you see is more than chance."
        ),
    ),
    control=Control(mark("Weight of KL"), numbers("--kl", "0.3", "0.1", "0.01")),
    reference=numbers("--kl", "0.00001")[0],
    figures={"psnr": figures.last_psnr, "active": figures.epoch_figure("holdout_active")},
    answers=(
        Answer(
            mark(
                "With a weight of {value}, {active:.0f} of 16 numbers are in use and the reconstructions have "
                "{psnr:.1f} dB; with {reference} it is {reference_active:.0f} numbers and {reference_psnr:.1f} dB."
            ),
            lambda found: found["active"] < found["reference_active"] and found["psnr"] < found["reference_psnr"] - 0.5,
        ),
        Answer(
            mark(
                "A weight of {value} left {active:.0f} of 16 numbers in use ({psnr:.1f} dB), as many as {reference} "
                "({reference_psnr:.1f} dB)."
            ),
            lambda _: True,
            claims=False,
        ),
    ),
    shown=(Shown(mark("above: originals, below: reconstructions"), figures.last_grid),),
    options=("--latent", "vector", "--latent-size", "16", "--steps", "100", "--lr", "0.005"),
    seconds=20,
    more=(
        Control(mark("Free bits"), numbers("--free-bits", "0", "0.5")),
        Control(mark("Seed"), numbers("--seed", "0", "1", "2")),
    ),
)
