"""What a bottleneck keeps."""

from desktop.i18n import mark
from desktop.lessons import figures
from desktop.lessons.lesson import Answer, Control, Lesson, Shown, Value, numbers

LESSON = Lesson(
    number=1,
    title=mark("What a bottleneck keeps"),
    text=(
        mark(
            "An autoencoder writes a picture down as a few numbers, the latent, and draws it again from them alone. A "
            "picture here has 3,072 values; what does not fit into the latent is lost."
        ),
        mark(
            "With few numbers it keeps what pays most in squared error: what is large, such as how light the "
            "background is. Eyes and mouths are small, so they come last. See which colours are left in the second "
            "picture."
        ),
        mark("PCA writes down as many numbers by a matrix, without any training. Compare the two at each size."),
    ),
    control=Control(mark("Numbers in the latent"), numbers("--latent-size", "4", "2", "16")),
    reference=numbers("--latent-size", "64")[0],
    figures={"psnr": figures.best_psnr},
    answers=(
        Answer(
            mark(
                "With a bottleneck of {value} numbers the reconstructions have {psnr:.1f} dB, with {reference} "
                "{reference_psnr:.1f} dB."
            ),
            lambda found: found["psnr"] < found["reference_psnr"] - 0.5,
        ),
        Answer(
            mark(
                "This time {value} numbers ({psnr:.1f} dB) did as well as {reference} ({reference_psnr:.1f} dB): so "
                "short a training does not fill the larger latent."
            ),
            lambda _: True,
            claims=False,
        ),
    ),
    shown=(Shown(mark("above: originals, below: reconstructions"), figures.last_grid),),
    options=("--latent", "vector", "--steps", "100", "--lr", "0.01"),
    seconds=20,
    more=(
        Control(
            mark("Code"),
            (
                Value(mark("a network"), ()),
                Value(mark("PCA, without training"), ("--init", "pca", "--steps", "1", "--lr", "1e-9")),
            ),
        ),
    ),
)
