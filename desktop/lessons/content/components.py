"""Principal components against a network at equal size."""

from desktop.i18n import mark
from desktop.lessons import figures
from desktop.lessons.lesson import Answer, Control, Lesson, Shown, numbers

LESSON = Lesson(
    number=9,
    title=mark("PCA against a network"),
    text=(
        mark(
            "Principal component analysis, PCA, finds the best linear code: no matrix reconstructs the 8×8 blocks of "
            "these pictures better from so few numbers. It takes one decomposition and no training. A network that "
            "does no better has learnt nothing that a matrix does not know."
        ),
        mark(
            "The network may bend its code, and its cells see beyond their own block. But it has to find out how, step "
            "by step: short trainings lose against PCA. See how long this one needs to get past it."
        ),
    ),
    control=Control(mark("Steps"), numbers("--steps", "120", "30", "300")),
    reference=None,
    figures={"psnr": figures.best_psnr, "pca": figures.floor_psnr},
    answers=(
        Answer(
            mark(
                "With 8 numbers for each block, after {value} steps: PCA {pca:.2f} dB, the network {psnr:.2f} dB. It "
                "has got past the matrix."
            ),
            lambda found: found["psnr"] > found["pca"],
        ),
        Answer(
            mark(
                "With 8 numbers for each block, after {value} steps: PCA {pca:.2f} dB, the network {psnr:.2f} dB. It "
                "needs more steps to get past the matrix."
            ),
            lambda _: True,
            claims=False,
        ),
    ),
    shown=(Shown(mark("above: originals, below: reconstructions"), figures.last_grid),),
    options=("--latent", "map", "--latent-size", "8", "--lr", "0.02"),
    seconds=20,
)
