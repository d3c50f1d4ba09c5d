"""ReLU death and its cure."""

from desktop.i18n import mark
from desktop.lessons import figures
from desktop.lessons.lesson import Answer, Control, Lesson, Shown, Value

LESSON = Lesson(
    number=5,
    title=mark("Dead units"),
    text=(
        mark(
            "A ReLU gives 0 for every negative value, and lets no gradient through there. If one large step makes a "
            "unit negative for all pictures, it never learns again: it is dead, and its place in the network is wasted."
        ),
        mark(
            "Adam makes steps of nearly one size for every weight, so a high rate kills most units of a layer at once. "
            "Muon balances the step of a whole layer. A smaller rate helps too, and costs time. A leaky ReLU lets a "
            "hundredth of negative values through, so that units may come back; see whether they do here."
        ),
    ),
    control=Control(
        mark("Cure"),
        (
            Value(mark("Muon in place of Adam"), ("--optimizer", "muon", "--lr", "0.01")),
            Value(mark("a rate of 0.003"), ("--optimizer", "adamw", "--lr", "0.003")),
            Value(mark("leaky ReLU"), ("--optimizer", "adamw", "--lr", "0.02", "--activation", "leaky")),
        ),
    ),
    reference=Value(mark("none"), ("--optimizer", "adamw", "--lr", "0.02")),
    figures={"psnr": figures.last_psnr, "silent": figures.probed("silent"), "units": figures.probed("units")},
    answers=(
        Answer(
            mark(
                "Cure: {value}. Now {silent:.0f} of {units:.0f} units are dead and the training ends with {psnr:.1f} "
                "dB. Without it, it is {reference_silent:.0f} units and {reference_psnr:.1f} dB."
            ),
            lambda found: found["silent"] < found["reference_silent"] / 2 and found["psnr"] > found["reference_psnr"],
        ),
        Answer(
            mark(
                "Cure: {value}. It did not help here: {silent:.0f} of {units:.0f} units are negative for every "
                "picture, with {psnr:.1f} dB; without it {reference_silent:.0f} and {reference_psnr:.1f} dB."
            ),
            lambda _: True,
            claims=False,
        ),
    ),
    shown=(Shown(mark("above: originals, below: reconstructions"), figures.last_grid),),
    options=("--latent", "map", "--latent-size", "8", "--steps", "90", "--warmup-epochs", "0"),
    curve="loss",
    probed=True,
    seconds=30,
)
