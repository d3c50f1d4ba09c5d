"""What the sliders' side of the window says: plain text from plain values."""

from __future__ import annotations

import math
from itertools import groupby

import numpy as np

from desktop.engine.loaded_model import LoadedModel
from desktop.engine.sliders.directions import Floats, Linear
from desktop.engine.sliders.familiarity import Familiarity
from desktop.engine.sliders.latents import GroupName, LatentSpace
from desktop.engine.sliders.local_axes import LocalAxes
from desktop.engine.sliders.samplers import SamplerName, Samplers
from desktop.engine.sliders.steering import Knob, Origin, Steering
from desktop.i18n import mark, tr
from desktop.i18n.concept_names import spoken
from desktop.widgets.slider_stack import SliderSpec
from export.bundle import Concept

SAMPLERS: dict[SamplerName, str] = {
    "gaussian": mark("Gaussian"),
    "mixture": mark("Mixture"),
    "prior": mark("Prior"),
    "uniform": mark("Random map"),
}
SAMPLER_TIPS: dict[SamplerName, str] = {
    "gaussian": mark("Coordinates along the components, drawn as widely as the training pictures spread"),
    "mixture": mark("A mixture of Gaussians, fitted to where the training pictures lie"),
    "prior": mark("Every number of the latent is standard normal, as a variational autoencoder was taught"),
    "uniform": mark("Every number of the latent is drawn evenly between 0 and 1: a random feature map"),
}
KINDS: dict[GroupName, tuple[str, str]] = {  # of a vector's sliders, and of a map's
    "independent": (mark("Independent components"), mark("Independent components")),
    "axes": (mark("Principal components"), mark("Principal components")),
    "local": (mark("Local components"), mark("Local components")),
    "numbers": (mark("Raw numbers"), mark("Channels")),
}
KIND_TIPS: dict[GroupName, str] = {
    "independent": mark(
        "Directions that vary as independently of one another as can be, found without labels: most mean one thing each"
    ),
    "axes": mark("Directions along which the training pictures vary most; one may mix several properties"),
    "local": mark(
        "Directions that change this picture most, found again for each; within the region where there is one"
    ),
    "numbers": mark("What the latent is made of, as the network counts it"),
}
UNUSUAL_OFF_AXIS = 2.0  # times the usual length of the part outside the axes
FAMILIAR = mark("Familiar: farther from the mean latent than {percent} % of the training pictures.")
UNUSUAL_PERCENTILE = 95  # of the training pictures lie nearer to the mean: one in twenty is as far out


def kinds(space: LatentSpace) -> list[GroupName]:
    """The groups that are offered beneath the concepts, the plainest to steer by first."""
    return [name for name in KINDS if name != "independent" or len(space.independent_effect)]


def concept_specs(space: LatentSpace) -> list[SliderSpec]:
    """A slider for each concept: the user's own first, then factors that are numbers, then the values of each factor
    under its name.
    """
    specs = []
    factors, given = [concept.factor for concept in space.labels], len(space.labels) - space.own_concepts
    numbered = sorted(
        enumerate(space.labels),
        key=lambda pair: (pair[0] < given, pair[1].value is not None, factors.index(pair[1].factor)),
    )
    for factor, concepts in groupby(numbered, key=lambda pair: pair[1].factor):
        for place, (index, concept) in enumerate(concepts):
            low, high = float(space.concepts.low[index]), float(space.concepts.high[index])
            heading = spoken(factor) if place == 0 and concept.value is not None else ""
            name = spoken(concept.value or concept.name)
            specs.append(SliderSpec(Knob("concepts", index), name, _score(concept), low, high, heading))
    return specs


def independent_specs(space: LatentSpace) -> list[SliderSpec]:
    """A slider for each independent axis, the one that changes pictures most first."""
    return _axis_specs("independent", mark("Independent {number}"), space.independent, space.independent_effect)


def axis_specs(space: LatentSpace) -> list[SliderSpec]:
    """A slider for each principal axis, the one that changes pictures most first."""
    return _axis_specs("axes", mark("Axis {number}"), space.axes, space.effect)


def _axis_specs(group: GroupName, name: str, axes: Linear, effect: Floats) -> list[SliderSpec]:
    specs = []
    for index in np.argsort(-effect, kind="stable").tolist():
        low, high = float(axes.low[index]), float(axes.high[index])
        tip = tr(
            "From end to end it changes the picture by {levels} levels of 255 on average",
            levels=f"{effect[index]:.1f}",
        )
        specs.append(SliderSpec(Knob(group, index), tr(name, number=index + 1), tip, low, high))
    return specs


def local_specs(axes: LocalAxes | None) -> list[SliderSpec]:
    """A slider for each local axis, the one that changes the picture most first; none before they are found."""
    if axes is None:
        return []
    ends = zip(axes.low.tolist(), axes.high.tolist(), axes.effect.tolist())
    return [
        SliderSpec(
            Knob("local", index),
            tr("Local {number}", number=index + 1),
            tr("One unit changes this picture by {levels} levels of 255 on average", levels=f"{effect:.1f}"),
            low,
            high,
            has_star=False,
        )
        for index, (low, high, effect) in enumerate(ends)
    ]


def specs(name: GroupName, space: LatentSpace, local: LocalAxes | None = None) -> list[SliderSpec]:
    """The sliders of one group, in the order in which they are shown."""
    if name == "local":
        return local_specs(local)
    makers = {"independent": independent_specs, "axes": axis_specs, "numbers": number_specs, "concepts": concept_specs}
    return makers[name](space)


def number_specs(space: LatentSpace) -> list[SliderSpec]:
    """A slider for each number of a vector, or each channel of a map."""
    is_map = len(space.shape) == 3
    tip = tr("Adds to every cell of the channel") if is_map else tr("One of the latent's own numbers")
    specs = []
    for index, (low, high) in enumerate(zip(space.numbers.low.tolist(), space.numbers.high.tolist())):
        name = tr("Channel {number}", number=index + 1) if is_map else tr("Number {number}", number=index + 1)
        specs.append(SliderSpec(Knob("numbers", index), name, tip, low, high))
    return specs


def sampler_names(samplers: Samplers) -> tuple[list[str], list[str]]:
    """What each sampler is called, and a sentence on it."""
    tips = []
    for name in samplers.names:
        distance, tip = samplers.distance(name), tr(SAMPLER_TIPS[name])
        if distance is not None:
            tip = tr(
                "{tip}; its draws lie {distance} from the nearest training picture", tip=tip, distance=f"{distance:.2f}"
            )
        tips.append(tip)
    return [tr(SAMPLERS[name]) for name in samplers.names], tips


def origin(state: Steering) -> str:
    """What the sliders start from."""
    texts = {
        "picture": tr("From {detail}", detail=state.origin.detail) if state.origin.detail else tr("From the picture"),
        "mean": tr("From the mean latent"),
        "random": tr("From a random latent ({detail})", detail=state.origin.detail),
        "gallery": tr("From training picture {detail}", detail=state.origin.detail),
        "snapshot": tr("From snapshot {detail}", detail=state.origin.detail),
        "mix": tr("Mix of snapshots ({detail})", detail=state.origin.detail),
        "kept": tr("From {detail}", detail=state.origin.detail) if state.origin.detail else tr("From a kept latent"),
    }
    return texts[state.origin.kind]


def random_origin(name: SamplerName, seed: int) -> Origin:
    """The origin of a random code."""
    return Origin("random", f"{tr(SAMPLERS[name])}, {seed}")


def meter(found: Familiarity | None) -> tuple[str, float | None, bool]:
    """The meter's sentence, the filled share of its bar (None for no bar), and whether it is a warning.

    The bar is empty at the mean and full beyond every training picture; where it is nearly full it warns.
    """
    if found is None:
        return tr("Familiarity is known only at the size that the model was trained at."), None, False
    unusual = found.off_axis is not None and found.off_axis > UNUSUAL_OFF_AXIS
    if found.percentile is None:
        text = tr("At {distance} times the usual distance from the mean latent.", distance=f"{found.distance:.2f}")
        share = None
    elif found.outside:
        text, share = tr("Unfamiliar: farther from the mean latent than every training picture."), 1.0
    elif found.percentile < 1:
        text, share = tr("Nearer to the mean latent than any training picture: as average as can be."), 0.0
    else:
        far, share = found.percentile >= UNUSUAL_PERCENTILE, found.percentile / 100
        told = (
            mark("Unusual: farther from the mean latent than {percent} % of the training pictures.")
            if far
            else FAMILIAR
        )
        text = tr(told, percent=math.floor(found.percentile))
        unusual = unusual or far
    if found.off_axis is not None and found.off_axis > UNUSUAL_OFF_AXIS:
        text += " " + tr(
            "Its distance from the space of the components is {times} times the usual one.",
            times=f"{found.off_axis:.1f}",
        )
    return text, share, found.outside or unusual


def why_no_axes(model: LoadedModel) -> str:
    """Why axes cannot steer a latent of this model; empty when they can."""
    return "" if len(model.space.effect) else tr("This model has no components along which its latents vary.")


def slider_keys() -> list[tuple[str, str, str]]:
    """What the keyboard does on the slider that has the focus: a heading, what it does, and the keys."""
    heading = tr("On a slider")
    return [
        (heading, tr("Move"), "\u2190 \u2192"),
        (heading, tr("Move finely"), "Shift+\u2190 \u2192"),
        (heading, tr("Move finely, under the mouse"), tr("Ctrl+wheel")),
        (heading, tr("Move, once it was clicked"), tr("Wheel")),
        (heading, tr("Move far"), "PgUp PgDown"),
        (heading, tr("To either end"), "Home End"),
        (heading, tr("Reset"), "Del"),
        (heading, tr("Play"), tr("Space")),
        (heading, tr("Solo"), "S"),
        (heading, tr("Lock"), "L"),
        (heading, tr("Rename"), "N"),
        (heading, tr("Favourite"), "F"),
    ]


def _score(concept: Concept) -> str:
    if concept.measure == "accuracy":
        return tr(
            "A linear probe tells it apart in {percent} % of held-out pictures", percent=f"{concept.score:.0%}"[:-1]
        )
    return tr(
        "A linear probe explains {percent} % of its variance in held-out pictures", percent=f"{concept.score:.0%}"[:-1]
    )
