"""The veil: a linear head against a sigmoid, and how a stretched display fakes a difference."""

from desktop.i18n import mark
from desktop.lessons import figures
from desktop.lessons.lesson import Answer, Control, Lesson, Shown, Value

LESSON = Lesson(
    number=2,
    title=mark("The veil"),
    text=(
        mark(
            "Pixels go from 0, black, to 1, white. A sigmoid at the end of the decoder keeps its values in between; a "
            "linear head lets them go beyond, a little darker than black or brighter than white; a clamp cuts those "
            "off."
        ),
        mark(
            "Many tools stretch pictures for display, so that the least value becomes black and the largest white. A "
            "few values beyond white then make all others darker and flatter: the picture seems to lie under a veil. "
            "It is not in the network. Values that are cut off at 0 and 1 show none."
        ),
        mark("The rows: originals, what the network gives, and the same values stretched."),
    ),
    control=Control(
        mark("Head"),
        (Value(mark("linear"), ("--head", "linear")), Value(mark("clamp"), ("--head", "clamp"))),
    ),
    reference=Value(mark("sigmoid"), ("--head", "sigmoid")),
    figures={
        name: figures.probed(name)
        for name in ("lowest", "highest", "psnr_db", "stretched_psnr_db", "shown_slope", "slope")
    },
    answers=(
        Answer(
            mark(
                "Head: {value}. The values go from {lowest:.2f} to {highest:.2f}. Stretched, the contrast of the "
                "pictures falls from {shown_slope:.2f} to {slope:.2f} of the original's, and their quality from "
                "{psnr_db:.1f} to {stretched_psnr_db:.1f} dB. With a {reference} the contrast goes from "
                "{reference_shown_slope:.2f} to {reference_slope:.2f}."
            ),
            lambda found: (
                found["highest"] > 1
                and found["slope"] < found["shown_slope"]
                and found["slope"] < found["reference_slope"]
                and found["stretched_psnr_db"] < found["psnr_db"]
            ),
        ),
        Answer(
            mark(
                "Head: {value}. The values go from {lowest:.2f} to {highest:.2f}, and stretching changes the contrast "
                "from {shown_slope:.2f} to {slope:.2f} of the original's: there is no veil to see."
            ),
            lambda _: True,
            claims=False,
        ),
    ),
    shown=(Shown(mark("originals, as they are, stretched"), figures.file_picture("probe-stretched.png")),),
    options=("--latent", "map", "--latent-size", "8", "--steps", "90", "--lr", "0.02"),
    probed=True,
    seconds=30,
)
