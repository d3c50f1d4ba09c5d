"""Portraits drawn from a seed, so that the whole road works with no pictures and no network.

They are DiceBear's style ToonHead (Johan Melin, CC BY 4.0) with glasses and a turn of the head added here. Every choice
that makes a picture is one of its *factors*, kept as its label.
"""

from __future__ import annotations

import colorsys
import functools
import io
import json
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from importlib import resources
from multiprocessing import get_context
from typing import Any

import numpy as np
import resvg_py
from dicebear import Avatar, Style
from numpy.typing import NDArray
from PIL import Image

STYLE = "toon-head"
NONE = "none"
FEWEST_SHARED, CHUNK = 500, 64  # pictures: starting processes takes longer than drawing a few
DRAWING_VERSION = 1  # part of the cache's key: raise it when the same seed draws another picture

HAIR = ("bun", "sideComed", "spiky", "undercut")
REAR_HAIR = (NONE, "longStraight", "longWavy", "neckHigh", "shoulderHigh")
EYES = ("bow", "happy", "humble", "wide", "wink")
EYEBROWS = ("angry", "happy", "neutral", "raised", "sad")
MOUTH = ("agape", "angry", "laugh", "sad", "smile")
BEARD = (NONE, "chin", "chinMoustache", "fullBeard", "longBeard", "moustacheTwirl")
GLASSES = (NONE, "round", "square")
CLOTHES = ("dress", "openJacket", "shirt", "tShirt", "turtleNeck")

# The head turns by moving the features of the face sideways, in units of the style's 768-wide canvas.
TURN_STEPS = 9
LARGEST_TURN = 24.0
FACE = ("mouth", "beard", "eyes", "eyebrows", "glasses")

SKIN_DARK, SKIN_LIGHT = (0.26, 0.15, 0.11), (0.97, 0.82, 0.72)


@dataclass(frozen=True)
class Factors:
    """Every choice behind one character.

    Colours are hue, saturation and value in [0, 1]; `skin` goes from dark (0) to light (1); `turn` from left (-1) to
    right (1); `tilt` is in degrees, `scale` a ratio, `shift_x` and `shift_y` are in percent of the picture.
    """

    hair: str
    rear_hair: str
    eyes: str
    eyebrows: str
    mouth: str
    beard: str
    glasses: str
    clothes: str
    skin: float
    hair_hue: float
    hair_saturation: float
    hair_value: float
    clothes_hue: float
    clothes_saturation: float
    clothes_value: float
    background_hue: float
    background_saturation: float
    background_value: float
    turn: float
    tilt: float
    scale: float
    shift_x: float
    shift_y: float


def choose(seed: int, index: int) -> Factors:
    """The factors of picture `index`: the same for the same seed, on every machine."""
    random = np.random.default_rng((seed, index))

    def one_of(names: tuple[str, ...], none: float | None = None) -> str:
        """One name, all alike likely, or `none` with the probability given."""
        if none is None:
            return str(random.choice(names))
        return NONE if random.random() < none else str(random.choice(names[1:]))

    def between(low: float, high: float) -> float:
        return round(float(random.uniform(low, high)), 4)

    return Factors(
        hair=one_of(HAIR),
        rear_hair=one_of(REAR_HAIR, none=0.5),
        eyes=one_of(EYES),
        eyebrows=one_of(EYEBROWS),
        mouth=one_of(MOUTH),
        beard=one_of(BEARD, none=0.6),
        glasses=one_of(GLASSES, none=0.6),
        clothes=one_of(CLOTHES),
        skin=between(0, 1),
        hair_hue=between(0, 1),
        hair_saturation=between(0.1, 0.75),
        hair_value=between(0.12, 0.95),
        clothes_hue=between(0, 1),
        clothes_saturation=between(0.1, 0.85),
        clothes_value=between(0.15, 0.95),
        background_hue=between(0, 1),
        background_saturation=between(0.1, 0.6),
        background_value=between(0.55, 1),
        turn=round(int(random.integers(TURN_STEPS)) / (TURN_STEPS - 1) * 2 - 1, 4),
        tilt=between(-10, 10),
        scale=between(0.9, 1.15),
        shift_x=between(-6, 6),
        shift_y=between(-4, 4),
    )


def draw(factors: Factors, size: int) -> NDArray[np.uint8]:
    """One character as uint8 [size, size, 3] RGB."""
    options: dict[str, Any] = {
        "seed": "",  # nothing is left to DiceBear's own chance
        "skinColor": [_hex(_mix(SKIN_DARK, SKIN_LIGHT, factors.skin))],
        "hairColor": [_hsv(factors.hair_hue, factors.hair_saturation, factors.hair_value)],
        "clothesColor": [_hsv(factors.clothes_hue, factors.clothes_saturation, factors.clothes_value)],
        "backgroundColor": [_hsv(factors.background_hue, factors.background_saturation, factors.background_value)],
        "rotate": factors.tilt,
        "scale": factors.scale,
        "translateX": factors.shift_x,
        "translateY": factors.shift_y,
    }
    for component in ("hair", "rearHair", "eyes", "eyebrows", "mouth", "beard", "glasses", "clothes"):
        variant = getattr(factors, "rear_hair" if component == "rearHair" else component)
        options[f"{component}Probability"] = 0 if variant == NONE else 100
        if variant != NONE:
            options[f"{component}Variant"] = variant
    svg = Avatar(_style(factors.turn), options).to_string()
    png = resvg_py.svg_to_bytes(svg_string=svg, width=size, height=size, skip_system_fonts=True)
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def draw_all(
    pixels: NDArray[np.uint8], seed: int, workers: int, progress: Callable[[int, int], None]
) -> list[dict[str, str | float]]:
    """Draws characters 0, 1, 2, ... into `pixels`, uint8 [N, size, size, 3], on several processes.

    Returns:
        The factors of each, in order.
    """
    count, size = pixels.shape[0], pixels.shape[1]
    factors = [choose(seed, index) for index in range(count)]
    drawing = functools.partial(draw, size=size)
    if workers < 2 or count < FEWEST_SHARED:
        _fill(pixels, map(drawing, factors), progress)
    else:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            _fill(pixels, pool.map(drawing, factors, chunksize=CHUNK), progress)
    return [asdict(each) for each in factors]


def attribution() -> str:
    """The line that the style's licence asks for."""
    return f"{_definition()['meta']['license']['text']}; glasses and head turn added by ConvAE."


def _fill(pixels: NDArray[np.uint8], pictures: Any, progress: Callable[[int, int], None]) -> None:
    for index, picture in enumerate(pictures):
        pixels[index] = picture
        progress(index + 1, len(pixels))


@functools.cache
def _definition() -> dict[str, Any]:
    text = (resources.files("dicebear_styles") / f"{STYLE}.json").read_text(encoding="utf-8")
    definition: dict[str, Any] = json.loads(text)
    return definition


@functools.lru_cache(TURN_STEPS)
def _style(turn: float) -> Style:
    """The style with glasses, its face moved sideways by `turn`, from -1 to 1."""
    definition = json.loads(json.dumps(_definition()))
    definition["components"]["glasses"] = _glasses()
    elements = definition["canvas"]["elements"]
    behind_hair = next(i for i, element in enumerate(elements) if element["name"] == "hair")
    glasses = {"name": "glasses", "type": "component", "attributes": {"transform": "translate(243 352)"}}
    elements.insert(behind_hair, glasses)
    for element in elements:
        if element["name"] in FACE:
            element["attributes"]["transform"] += f" translate({turn * LARGEST_TURN:g} 0)"
    return Style(definition)


def _glasses() -> dict[str, Any]:
    """Two lenses and a bridge, in the form of a DiceBear component."""
    line = {"stroke": "#1f2430", "stroke-width": "11", "fill": "#ffffff", "fill-opacity": "0.18"}
    bridge = {"d": "M120 48 Q140 34 160 48", "stroke": "#1f2430", "stroke-width": "11", "fill": "none"}
    lenses = {
        "round": [("circle", {"cx": x, "cy": "52", "r": "54"}) for x in ("66", "214")],
        "square": [("rect", {"x": x, "y": "4", "width": "112", "height": "92", "rx": "14"}) for x in ("8", "160")],
    }
    return {
        "width": 280,
        "height": 110,
        "probability": 0,
        "variants": {
            name: {
                "elements": [
                    *({"name": tag, "type": "element", "attributes": {**shape, **line}} for tag, shape in shapes),
                    {"name": "path", "type": "element", "attributes": bridge},
                ]
            }
            for name, shapes in lenses.items()
        },
    }


def _mix(low: tuple[float, float, float], high: tuple[float, float, float], t: float) -> tuple[float, float, float]:
    red, green, blue = (a + (b - a) * t for a, b in zip(low, high))
    return red, green, blue


def _hsv(hue: float, saturation: float, value: float) -> str:
    return _hex(colorsys.hsv_to_rgb(hue, saturation, value))


def _hex(colour: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in colour)
