"""Too high a learning rate."""

from desktop.i18n import mark
from desktop.lessons import figures
from desktop.lessons.lesson import Answer, Control, Lesson, Shown, numbers

LESSON = Lesson(
    number=4,
    title=mark("Too high a learning rate"),
    text=(
        mark(
            "Each step changes every weight by the gradient times the learning rate. If the rate is small, learning is "
            "slow. If it is large, a step lands on the other side of the valley, higher than it began."
        ),
        mark(
            "A rate that is a little too high costs quality. One that is far too high makes each step undo more than "
            "the last one did: the loss grows without bound, and the trainer stops such a run."
        ),
    ),
    control=Control(mark("Learning rate"), numbers("--lr", "0.3", "0.05", "0.02")),
    reference=numbers("--lr", "0.01")[0],
    figures={
        "psnr": figures.last_psnr,
        "steps": figures.steps,
        "highest": figures.highest_loss(0),
        "diverged": figures.diverged,
    },
    answers=(
        Answer(
            mark(
                "At a rate of {value} the loss rose to {highest:.2g}, and the trainer stopped after {steps:.0f} steps. "
                "At {reference} it ends with {reference_psnr:.1f} dB."
            ),
            lambda found: found["diverged"] > 0,
        ),
        Answer(
            mark(
                "At a rate of {value} the training ends with {psnr:.1f} dB, at {reference} with "
                "{reference_psnr:.1f} dB."
            ),
            lambda found: found["psnr"] < found["reference_psnr"] - 0.2,
        ),
        Answer(
            mark(
                "A rate of {value} was not too high here: it ends with {psnr:.1f} dB, and {reference} with "
                "{reference_psnr:.1f} dB."
            ),
            lambda _: True,
            claims=False,
        ),
    ),
    shown=(Shown(mark("above: originals, below: reconstructions"), figures.last_grid),),
    options=("--latent", "vector", "--latent-size", "16", "--steps", "60"),
    curve="loss",
    may_diverge=True,
    seconds=20,
)
