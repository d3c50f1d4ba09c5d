"""The content of a page: names, sliders, samplers and thumbnails, read and checked once here."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from export.bundle import GALLERY_FILE, SAMPLERS_FILE, Bundle, BundleError
from export.bundle.arrays import Arrays, read_arrays
from export.errors import GraphError
from export.runtime import load_graph

LATENTS_FILE = "latents.npz"
CARD_FILE = "README.md"
LARGEST_CARD_BYTES = 1 << 20
SMALLEST_SPREAD = 1e-6  # of the largest: along an axis narrower than this, the latents do not vary at all
CHANNEL_LIMIT = 3.0  # standard deviations
WEBP_QUALITY = 90

Json = dict[str, Any]


@dataclass(frozen=True)
class Content:
    """The parts of a bundle that a page needs.

    Attributes:
        description: What the page's script reads as JSON.
        arrays: By name; float32, float16 or uint8.
        sprite: The thumbnails side by side in one WebP picture; None where the bundle has none.
    """

    description: Json
    arrays: Mapping[str, NDArray[Any]]
    sprite: bytes | None


def read_content(bundle: Bundle) -> Content:
    """Reads and checks what a page needs.

    Raises:
        BundleError: A file was altered, cannot be read, or is not what the contract says.
        GraphError: A graph cannot be loaded or run.
    """
    info = bundle.info
    latents = read_arrays(bundle, LATENTS_FILE)
    where = f"{bundle.path / LATENTS_FILE}"
    size = info.latent.size
    _require(latents, {"mean": (size,), "std": (size,)}, where)
    groups, arrays = _groups(bundle, latents, where)
    arrays |= {"mean": latents["mean"], **_channels(latents, info.latent.shape)}
    groups.append({"name": "numbers", "sliders": [_number(index) for index in range(info.latent.shape[0])]})
    samplers, sampler_arrays = _samplers(bundle, latents)
    gallery, sprite = _gallery(bundle, arrays)
    # A page opens with a training picture, which says more than the mean of all.
    start = arrays["gallery"][0] if sprite is not None else latents["mean"]
    arrays |= {**sampler_arrays, "poster": _poster(bundle, start)}
    description = {
        "name": info.name,
        "size": {"kind": info.size.kind, "multiple": info.size.multiple}
        | {"width": info.size.width, "height": info.size.height},
        "latent": info.latent.shape,
        "groups": groups,
        "samplers": samplers,
        "gallery": gallery,
        "card": _card(bundle),
        "megabytes": math.ceil((info.encoder_cost.file_bytes + info.decoder_cost.file_bytes) / 1e6),
        # Integers are no work for a GPU there: the nodes would go back and forth between it and the processor.
        "may_use_gpu": info.precision != "int8",
    }
    return Content(description, arrays, sprite)


def _groups(bundle: Bundle, latents: Arrays, where: str) -> tuple[list[Json], Arrays]:
    """The groups of sliders along directions, and their arrays."""
    groups, arrays = list[Json](), Arrays()
    if bundle.info.concepts:
        _require_directions(latents, "concepts", "concept_", bundle, where)
        spread = np.maximum(latents["concept_spread"], np.finfo(np.float32).tiny)
        low, high = (latents[f"concept_{end}"] / spread for end in ("low", "high"))
        groups.append({"name": "concepts", "sliders": list(_concepts(bundle, low, high))})
        arrays |= {"concepts": latents["concepts"], "concepts_spread": spread}
    for name, prefix in (("independent", "independent_"), ("axes", "")):
        if name not in latents:
            continue
        _require_directions(latents, name, prefix, bundle, where)
        spread = latents[f"{prefix}spread"]
        varying = spread > SMALLEST_SPREAD * spread.max(initial=0.0)
        if not varying.any():
            continue
        low, high, effect = (latents[prefix + what][varying] for what in ("low", "high", "effect"))
        low, high = low / spread[varying], high / spread[varying]
        sliders = [
            {"index": index, "low": float(low[index]), "high": float(high[index]), "effect": float(effect[index])}
            for index in np.argsort(-effect, kind="stable").tolist()
        ]
        groups.append({"name": name, "sliders": sliders})
        arrays |= {name: latents[name][varying], f"{name}_spread": spread[varying]}
    return groups, arrays


def _concepts(bundle: Bundle, low: NDArray[Any], high: NDArray[Any]) -> Iterator[Json]:
    """Factors that are numbers first, then the values of each factor under its name."""
    concepts = bundle.info.concepts
    factors = [concept.factor for concept in concepts]
    ordered = sorted(enumerate(concepts), key=lambda pair: (pair[1].value is not None, factors.index(pair[1].factor)))
    for factor, pairs in groupby(ordered, key=lambda pair: pair[1].factor):
        for place, (index, concept) in enumerate(pairs):
            yield {
                "index": index,
                "name": spoken(concept.value or concept.name),
                "heading": spoken(factor) if place == 0 and concept.value is not None else "",
                "measure": concept.measure,
                "score": concept.score,
                "low": float(low[index]),
                "high": float(high[index]),
            }


def spoken(name: str) -> str:
    """A label's name as a person would write it, as the desktop does too: `longStraight` is "Long straight"."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name.replace("_", " ")).strip()
    if not words:
        return name
    rest = (word if word.isupper() and len(word) > 1 else word.lower() for word in words[1:].split(" "))
    return words[0].upper() + " ".join(rest)


def _number(index: int) -> Json:
    return {"index": index, "low": -CHANNEL_LIMIT, "high": CHANNEL_LIMIT}


def _channels(latents: Arrays, shape: tuple[int, ...]) -> Arrays:
    """Mean and spread of each number or channel; a channel's by the law of total variance over its cells."""
    mean, std = (latents[name].reshape(shape[0], -1).astype(np.float64) for name in ("mean", "std"))
    spread = np.sqrt((std**2).mean(axis=1) + mean.var(axis=1))
    varying = spread[spread > 0]
    spread = np.where(spread > 0, spread, varying.min() if varying.size else 1.0)
    return {"number_mean": mean.mean(axis=1), "number_spread": spread}


def _samplers(bundle: Bundle, latents: Arrays) -> tuple[list[str], Arrays]:
    """Names of the samplers, the one nearest to real pictures first, and what they draw with."""
    ordered = [info.name for info in sorted(bundle.info.samplers, key=lambda info: info.distance)]
    names = list[str](dict.fromkeys([*ordered, "gaussian", "uniform"]))
    arrays, where, size = latents, f"{bundle.path / SAMPLERS_FILE}", bundle.info.latent.size
    if bundle.info.samplers:
        arrays = read_arrays(bundle, SAMPLERS_FILE)
    axes = len(arrays.get("spread", ()))
    _require(arrays, {"mean": (size,), "axes": (axes, size), "spread": (axes,)}, where)
    drawn = {f"sampler_{name}": arrays[name] for name in ("mean", "axes", "spread")}
    if "mixture" in names:
        parts = len(arrays.get("mixture_weights", ()))
        shapes = {"weights": (parts,), "means": (parts, axes), "factors": (parts, axes, axes)}
        _require(arrays, {f"mixture_{name}": shape for name, shape in shapes.items()}, where)
        drawn |= {f"mixture_{name}": arrays[f"mixture_{name}"] for name in shapes}
    return names, drawn


def _gallery(bundle: Bundle, arrays: Arrays) -> tuple[Json, bytes | None]:
    """How the thumbnails lie in their sprite, and the sprite; their latents join the arrays."""
    if GALLERY_FILE not in bundle.info.sha256:
        return {"count": 0}, None
    stored, where = read_arrays(bundle, GALLERY_FILE), f"{bundle.path / GALLERY_FILE}"
    thumbnails = stored.get("thumbnails", np.zeros(0))
    if thumbnails.dtype != np.uint8 or thumbnails.ndim != 4 or thumbnails.shape[3] != 3 or not thumbnails.size:
        raise BundleError(f"{where}: thumbnails must be uint8 [G, h, w, 3].")
    thumbnails = _squares(thumbnails)
    count, side = thumbnails.shape[:2]
    _require(stored, {"latents": (count, bundle.info.latent.size)}, where)
    columns = math.ceil(math.sqrt(count))
    rows = math.ceil(count / columns)
    sheet = np.zeros((rows * columns, *thumbnails.shape[1:]), np.uint8)
    sheet[:count] = thumbnails
    picture = sheet.reshape(rows, columns, side, side, 3).swapaxes(1, 2).reshape(rows * side, columns * side, 3)
    content = io.BytesIO()
    Image.fromarray(picture).save(content, "webp", quality=WEBP_QUALITY, method=6)
    arrays["gallery"] = stored["latents"]
    return {"count": count, "columns": columns, "rows": rows}, content.getvalue()


def _squares(thumbnails: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The middle squares of thumbnails [G, h, w, 3], as the strip of the page shows them."""
    height, width = thumbnails.shape[1:3]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return thumbnails[:, top : top + side, left : left + side]


def _poster(bundle: Bundle, latent: NDArray[Any]) -> NDArray[np.uint8]:
    """The picture of a flat latent, and thereby proof that both graphs run: uint8 [height, width, 3]."""
    decoder = load_graph("decoder.onnx", bundle.read("decoder.onnx"))
    encoder = load_graph("encoder.onnx", bundle.read("encoder.onnx"))
    size, shape = bundle.info.size, bundle.info.latent.shape
    picture = decoder(latent.astype(np.float32).reshape(1, *shape))
    if picture.shape != (1, size.height, size.width, 3) or picture.dtype != np.uint8:
        raise GraphError(f"decoder.onnx gives {picture.dtype} {list(picture.shape)}, which breaks the contract.")
    encoded = encoder(picture)
    if encoded.shape != (1, *shape) or encoded.dtype != np.float32:
        raise GraphError(f"encoder.onnx gives {encoded.dtype} {list(encoded.shape)}, which breaks the contract.")
    return np.asarray(picture[0], np.uint8)


def _card(bundle: Bundle) -> str:
    content = bundle.read(CARD_FILE)
    if len(content) > LARGEST_CARD_BYTES:
        raise BundleError(
            f"{bundle.path / 'README.md'} has more than {LARGEST_CARD_BYTES >> 20} MiB; a card is to be read."
        )
    return content.decode("utf-8", "replace")


def _require_directions(arrays: Arrays, name: str, prefix: str, bundle: Bundle, where: str) -> None:
    count = len(bundle.info.concepts) if name == "concepts" else len(arrays.get(f"{prefix}spread", ()))
    limits = ("spread", "low", "high") if name == "concepts" else ("spread", "low", "high", "effect")
    shapes: dict[str, tuple[int, ...]] = {name: (count, bundle.info.latent.size)}
    _require(arrays, shapes | {prefix + limit: (count,) for limit in limits}, where)


def _require(arrays: Arrays, shapes: Mapping[str, tuple[int, ...]], where: str) -> None:
    """Raises BundleError unless every array is there, of its shape, and holds finite floats."""
    for name, shape in shapes.items():
        if name not in arrays:
            raise BundleError(f"{where}: the array {name} is missing.")
        array = arrays[name]
        if array.shape != shape or array.dtype.kind != "f" or not np.isfinite(array).all():
            raise BundleError(f"{where}: the array {name} must hold finite floats of shape {list(shape)}.")
