"""Tiny real bundles, made in well under a second: linear autoencoders with the contract's inputs and outputs."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path
from typing import Any, Literal

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from export.bundle import (
    FORMAT_VERSION,
    ArchitectureInfo,
    Bundle,
    BundleInfo,
    Concept,
    GraphCost,
    GraphInfo,
    LatentInfo,
    Parity,
    Placement,
    PrecisionCheck,
    Quality,
    SamplerInfo,
    SizeRule,
    TensorInfo,
    write_bundle,
)
from tests.bundle_graphs import decoder_graph, encoder_graph, smooth_patterns

Floats = NDArray[np.float32]


def vector_bundle(
    folder: Path, side: int = 32, numbers: int = 8, name: str = "tiny", basis: Floats | None = None
) -> Bundle:
    """A bundle for pictures of `side` x `side` whose latent is a projection onto orthonormal patterns.

    They are smooth ones unless a `basis [numbers, side * side * 3]` is given.
    """
    basis = smooth_patterns(side, numbers) if basis is None else basis
    numbers = len(basis)
    size = SizeRule("fixed", 1, side, side)
    latent = LatentInfo("vector", (numbers,))
    flatten = helper.make_node("Flatten", ["scaled"], ["flat"])
    to_latent = [flatten, helper.make_node("MatMul", ["flat", "w"], ["latent"])]
    encoder = encoder_graph(to_latent, {"w": basis.T}, ["N", side, side, 3], ["N", numbers])
    to_image = [
        helper.make_node("MatMul", ["latent", "w"], ["flat"]),
        helper.make_node("Reshape", ["flat", "shape"], ["scaled"]),
    ]
    weights = {"w": basis, "shape": np.array([-1, side, side, 3], np.int64)}
    decoder = decoder_graph(to_image, weights, ["N", numbers], ["N", side, side, 3])
    return write_bundle(folder, bundle_info(name, size, latent), _files(encoder, decoder, numbers))


def hasty_bundle(folder: Path) -> Bundle:
    """As `map_bundle`, but the encoder reads every number too small, by a fifth."""
    return map_bundle(folder, "tiny-hasty", weakness=0.8)


def map_bundle(folder: Path, name: str = "tiny-map", weakness: float = 1.0) -> Bundle:
    """A bundle for pictures of any multiple of 8 whose latent is a map of 4 channels; trained size 32 x 32.

    The encoder's numbers are multiplied by `weakness`.
    """
    patterns = smooth_patterns(8, 4).reshape(4, 8, 8, 3).transpose(0, 3, 1, 2)
    stride: Any = {"kernel_shape": [8, 8], "strides": [8, 8]}
    size, latent = SizeRule("multiple", 8, 32, 32), LatentInfo("map", (4, 4, 4))
    to_latent = [
        helper.make_node("Transpose", ["scaled"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node("Conv", ["planes", "w"], ["latent"], **stride),
    ]
    encoder = encoder_graph(to_latent, {"w": np.float32(weakness) * patterns}, ["N", "H", "W", 3], ["N", 4, "h", "w"])
    to_image = [
        helper.make_node("ConvTranspose", ["latent", "w"], ["planes"], **stride),
        helper.make_node("Transpose", ["planes"], ["scaled"], perm=[0, 2, 3, 1]),
    ]
    decoder = decoder_graph(to_image, {"w": patterns}, ["N", 4, "h", "w"], ["N", "H", "W", 3])
    return write_bundle(folder, bundle_info(name, size, latent), _files(encoder, decoder, 64))


def slow_bundle(folder: Path, name: str = "slow", turns: int = 3000) -> Bundle:
    """As `vector_bundle`, but its decoder multiplies large matrices for minutes before it comes to its end."""
    bundle = vector_bundle(folder, name=name)
    decoder = onnx.load_model_from_string((bundle.folder / "decoder.onnx").read_bytes())
    for node in decoder.graph.node:
        for index, given in enumerate(node.input):
            node.input[index] = "delayed" if given == "latent" else given
    sides = numpy_helper.from_array(np.array([1024, 1024], np.int64), "sides")
    decoder.graph.initializer.append(sides)
    nodes = [
        helper.make_node("ReduceMean", ["latent"], ["mean"], keepdims=0),
        helper.make_node("Expand", ["mean", "sides"], ["turn0"]),
        *(helper.make_node("MatMul", [f"turn{n}", f"turn{n}"], [f"turn{n + 1}"]) for n in range(turns)),
        helper.make_node("ReduceMean", [f"turn{turns}"], ["last"], keepdims=0),
        helper.make_node("Add", ["latent", "last"], ["delayed"]),
    ]
    for place, node in enumerate(nodes):
        decoder.graph.node.insert(place, node)
    return rewrite(bundle, decoder_onnx=decoder.SerializeToString())


def blurry_bundle(folder: Path, name: str = "tiny-blurry") -> Bundle:
    """As `map_bundle`, but each cell also sees the two around it, and each pixel the cells around its own."""
    patterns = smooth_patterns(8, 4).reshape(4, 8, 8, 3).transpose(0, 3, 1, 2)
    noise = np.random.default_rng(5)
    wide, near = (noise.normal(0, 0.1, (4, 4, side, side)).astype(np.float32) for side in (5, 3))
    stride: Any = {"kernel_shape": [8, 8], "strides": [8, 8]}
    size, latent = SizeRule("multiple", 8, 32, 32), LatentInfo("map", (4, 4, 4))
    to_latent = [
        helper.make_node("Transpose", ["scaled"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node("Conv", ["planes", "w"], ["cells"], **stride),
        helper.make_node("Conv", ["cells", "b"], ["latent"], kernel_shape=[5, 5], pads=[2, 2, 2, 2]),
    ]
    encoder = encoder_graph(to_latent, {"w": patterns, "b": wide}, ["N", "H", "W", 3], ["N", 4, "h", "w"])
    to_image = [
        helper.make_node("Conv", ["latent", "b"], ["cells"], kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
        helper.make_node("ConvTranspose", ["cells", "w"], ["planes"], **stride),
        helper.make_node("Transpose", ["planes"], ["scaled"], perm=[0, 2, 3, 1]),
    ]
    decoder = decoder_graph(to_image, {"w": patterns, "b": near}, ["N", 4, "h", "w"], ["N", "H", "W", 3])
    return write_bundle(folder, bundle_info(name, size, latent), _files(encoder, decoder, 64))


def rectified_bundle(folder: Path) -> Bundle:
    """As `blurry_bundle`, with a ReLU after the first convolution of either graph: a layer of 4 units."""
    bundle = blurry_bundle(folder, "tiny-rectified")
    contents = {}
    for side in ("encoder", "decoder"):
        model = onnx.load_from_string(bundle.read(f"{side}.onnx"))
        place = next(at for at, node in enumerate(model.graph.node) if node.output[0] == "cells")
        model.graph.node[place + 1].input[0] = "rectified"
        model.graph.node.insert(place + 1, helper.make_node("Relu", ["cells"], ["rectified"]))
        contents[f"{side}_onnx"] = model.SerializeToString()
    return rewrite(bundle, **contents)


def bundle_info(name: str, size: SizeRule, latent: LatentInfo) -> BundleInfo:
    """Valid metadata; its numbers are made up."""
    image = TensorInfo("image", "uint8", ("N", size.height, size.width, 3))
    code = TensorInfo("latent", "float32", ("N", *latent.shape))
    return BundleInfo(
        format_version=FORMAT_VERSION,
        name=name,
        architecture=ArchitectureInfo("linear", {"numbers": latent.size}),
        size=size,
        latent=latent,
        encoder=GraphInfo((image,), (code,)),
        decoder=GraphInfo((code,), (image,)),
        encoder_cost=GraphCost(5, 1000, 2000, 3000),
        decoder_cost=GraphCost(7, 1000, 2000, 3000),
        placement=Placement("listed", ()),
        precision="fp32",
        precision_check=PrecisionCheck(0.0, 100.0, 10, 1.0, 1.0, "a made-up processor"),
        opset=18,
        parity=Parity(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 100.0, ((size.height, size.width),), (1, 2), "CPU"),
        quality=Quality(30.0, 0.9, 10, "made-up pictures"),
        concepts=(),
        samplers=(),
        thresholds=(),
        training={"seed": 0},
        versions={"onnx": onnx.__version__},
        sha256={},
    )


def latent_arrays(size: int, axes: int | None = None) -> dict[str, Floats]:
    """Slider statistics that fit the contract: random axes, spread falling from 2 to 1, limits at 2.5 of it."""
    count = min(axes or size, size)
    directions = np.linalg.qr(np.random.default_rng(1).standard_normal((size, size)))[0][:count]
    spread = np.linspace(2.0, 1.0, count)
    arrays = {
        "mean": np.full(size, 0.1),
        "std": np.sqrt(((directions * spread[:, None]) ** 2).sum(axis=0)),
        "axes": directions,
        "spread": spread,
        "low": -2.5 * spread,
        "high": 2.5 * spread,
        "effect": np.linspace(30.0, 5.0, count),
        "distance_quantiles": np.linspace(0.4, 1.6, 101),
    }
    return {name: array.astype(np.float32) for name, array in arrays.items()}


def enriched(bundle: Bundle, seed: int = 5) -> Bundle:
    """The bundle with three concepts of two factors, every sampler, and a gallery of six."""
    size = bundle.info.latent.size
    random = np.random.default_rng(seed)
    vectors = np.linalg.qr(random.standard_normal((size, 3)))[0].T
    spread = np.array([1.5, 1.2, 1.0])
    arrays: dict[str, Any] = {
        **latent_arrays(size),
        "concepts": vectors,
        "concept_spread": spread,
        "concept_low": -2.0 * spread,
        "concept_high": 2.0 * spread,
    }
    concepts = (
        Concept("glasses: none", "glasses", "none", "accuracy", 0.9, 0.1, "turn"),
        Concept("glasses: round", "glasses", "round", "accuracy", 0.8, 0.3, "turn"),
        Concept("turn", "turn", None, "r2", 0.7, 0.2, "glasses: none"),
    )
    names: tuple[Literal["gaussian", "mixture", "prior", "uniform"], ...]
    names = ("gaussian", "mixture", "prior", "uniform")
    samplers = tuple(SamplerInfo(name, distance) for name, distance in zip(names, (0.9, 0.8, 1.5, 3.0)))
    files = {name: (bundle.folder / name).read_bytes() for name in bundle.info.sha256}
    files["latents.npz"] = npz({name: np.asarray(array, np.float32) for name, array in arrays.items()})
    files["samplers.npz"] = npz(sampler_arrays(size))
    codes = random.standard_normal((6, size)).astype(np.float16)
    files["gallery.npz"] = npz({"thumbnails": random.integers(0, 256, (6, 16, 16, 3), np.uint8), "latents": codes})
    info = dataclasses.replace(bundle.info, concepts=concepts, samplers=samplers)
    return write_bundle(bundle.folder, info, files)


def with_independent(bundle: Bundle, count: int = 4) -> Bundle:
    """The bundle with independent axes as well: others than its principal ones, with limits at 2 spreads."""
    size = bundle.info.latent.size
    with np.load(bundle.folder / "latents.npz") as stored:
        arrays = dict(stored)
    spread = np.linspace(1.8, 1.1, count)
    arrays |= {
        "independent": np.linalg.qr(np.random.default_rng(9).standard_normal((size, count)))[0].T.astype(np.float32),
        "independent_spread": spread.astype(np.float32),
        "independent_low": (-2.0 * spread).astype(np.float32),
        "independent_high": (2.0 * spread).astype(np.float32),
        "independent_effect": np.linspace(5.0, 20.0, count).astype(np.float32),
    }
    return rewrite(bundle, latents_npz=npz(arrays))


def sampler_arrays(size: int, parts: int = 2) -> dict[str, Floats]:
    """What `samplers.npz` holds: the whitening of `latent_arrays`, and a mixture of narrow parts at -1 and +1."""
    whitening = {name: latent_arrays(size)[name] for name in ("mean", "axes", "spread")}
    means = np.linspace(-1.0, 1.0, parts)[:, None] * np.ones(size)
    factors = np.broadcast_to(0.1 * np.eye(size), (parts, size, size))
    mixture = {"mixture_weights": np.full(parts, 1 / parts), "mixture_means": means, "mixture_factors": factors}
    return whitening | {name: np.asarray(array, np.float32) for name, array in mixture.items()}


def npz(arrays: dict[str, Any]) -> bytes:
    """The bytes of an npz file."""
    content = io.BytesIO()
    np.savez(content, **arrays)
    return content.getvalue()


def rewrite(bundle: Bundle, **contents: bytes) -> Bundle:
    """The bundle written anew with some files' content changed and their hashes right; `_` stands for the dot."""
    files = {name: (bundle.folder / name).read_bytes() for name in bundle.info.sha256}
    files |= {name.replace("_", "."): content for name, content in contents.items()}
    return write_bundle(bundle.folder, bundle.info, files)


def _files(encoder: bytes, decoder: bytes, numbers: int) -> dict[str, bytes]:
    card = b"# A model for tests\n"
    arrays = npz(latent_arrays(numbers))
    return {"encoder.onnx": encoder, "decoder.onnx": decoder, "latents.npz": arrays, "README.md": card}
