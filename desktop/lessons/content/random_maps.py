"""Why random feature maps look like noise, and a fitted sampler does not."""

from desktop.i18n import mark
from desktop.lessons import figures
from desktop.lessons.lesson import Answer, Control, Lesson, Shown, Value

LESSON = Lesson(
    number=7,
    title=mark("Random feature maps"),
    text=(
        mark(
            "A decoder turns any feature map into a picture. Fill the map with random numbers, and what comes out is "
            "a blur or noise: the latents of pictures fill a tiny part of all possible maps, and the decoder was "
            "trained nowhere else."
        ),
        mark(
            "A sampler that is fitted draws from that part. This one takes the principal axes of the latents of "
            "training pictures, fits Gaussians along them, and draws from those: how cells and channels go together "
            "is kept. The distance says how unlike those of pictures the random latents are."
        ),
    ),
    control=Control(
        mark("Latent"),
        (
            Value(mark("a map of 8 channels"), ("--latent", "map", "--latent-size", "8", "--lr", "0.02")),
            Value(mark("a vector of 16 numbers"), ("--latent", "vector", "--latent-size", "16", "--lr", "0.01")),
        ),
    ),
    reference=None,
    figures={"uniform": figures.sampler_distance("uniform"), "fitted": figures.sampler_distance("mixture")},
    answers=(
        Answer(
            mark(
                "Uniform random numbers are at a distance of {uniform:.2f} from the latents of pictures, those of the "
                "fitted sampler at {fitted:.2f}."
            ),
            lambda found: found["fitted"] < found["uniform"] / 2,
        ),
        Answer(
            mark(
                "This time both are about as far from the latents of pictures: uniform numbers {uniform:.2f}, the "
                "fitted sampler {fitted:.2f}."
            ),
            lambda _: True,
            claims=False,
        ),
    ),
    shown=(
        Shown(mark("uniform random numbers"), figures.file_picture("samples/uniform.png")),
        Shown(mark("fitted sampler"), figures.file_picture("samples/mixture.png")),
    ),
    options=("--steps", "80"),
    seconds=25,
)
