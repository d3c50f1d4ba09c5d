"""`python -m export.repair BUNDLE --good FOLDER --out COPY`: a network taught on made-up defects in a bundle's copy.

The command is one of `export`, and not `python -m trainer.repair`, for what it gives is a bundle with one more file:
the network is taught by `trainer.repair`, which knows no ONNX; the copy of the bundle is written here, once onnxruntime
gives what torch gives. The network is not given what the model makes of a picture: a model that reconstructs well
reconstructs defects as well. It is given what a few principal axes of the folder's own good patches leave over.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import tyro
from numpy.typing import NDArray

from export.bundle import Bundle, BundleError, read_bundle, write_bundle
from export.bundle.digest import picture_digest
from export.errors import ExportError, ParityError
from export.to_onnx import EXIT_BAD_INPUT, EXIT_INTERRUPTED, progress_bars
from trainer.errors import DataError, TrainerError

if TYPE_CHECKING:
    from trainer.repair.network import Pair

GRAPH_FILE, FACTS_FILE = "repair.onnx", "repair.json"
VERSION = 1
FEWEST = 10  # pictures
LARGEST_PIXELS = 200_000_000  # of all pictures together: of more, evenly spread ones are taken
TOLERANCE = 5e-3  # of log-odds, beside their largest: what is left over is divided by its small deviation

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class RepairConfig:
    """Teach a small network to find defects made up in good pictures, and put it into a copy of a bundle.

    The desktop then offers the score `repair`, and takes it into its detectors where it helps.
    """

    bundle: tyro.conf.Positional[Path]
    """A bundle's folder, or its .convae file; it stays as it is."""
    good: Path = dataclasses.field(kw_only=True)
    """A folder of good pictures, searched with its sub-folders."""
    out: Path = dataclasses.field(kw_only=True)
    """The copy: a folder, or a file that ends in .convae."""
    steps: int = 1500
    """Of each of its two networks, 8 crops of 160 x 160 a step: two and a half minutes of one core."""
    seed: int = 0
    """Of everything that is random."""


def main() -> int:
    """The command; returns its exit status: 0, or 2 after one sentence about what is wrong."""
    config = tyro.cli(RepairConfig, prog="python -m export.repair")
    try:
        bundle = add_repair(config)
    except (ExportError, TrainerError, BundleError) as error:
        message = str(error)
    except OSError as error:
        message = f"The disk refused: {error.strerror or error} ({error.filename or 'no file named'})."
    except KeyboardInterrupt:
        print("Stopped; nothing was written.", file=sys.stderr)
        return EXIT_INTERRUPTED
    else:
        print(f"Written to {bundle.path}")
        return 0
    print(f"error: {message}", file=sys.stderr)
    return EXIT_BAD_INPUT


def add_repair(config: RepairConfig) -> Bundle:
    """Teaches the network and writes the copy, with progress on stderr.

    Raises:
        TrainerError: There are too few good pictures, or they cannot be read.
        ExportError: The graph cannot be made, or differs from the network.
        BundleError: There is no bundle, or the place holds something else.
        OSError: The disk refused.
    """
    from trainer.repair.training import train

    bundle = read_bundle(config.bundle)
    if config.steps < 1:
        raise DataError("--steps must be at least 1.")
    pictures = read_pictures(config.good)
    with progress_bars() as told:
        pair = train(
            pictures, config.steps, config.seed, lambda done, total, loss: told(f"loss {loss:.3f}", done, total)
        )
    content = to_graph(pair)
    check(pair, content, pictures)
    known = [
        [picture_digest(each.shape[0], each.shape[1], each.tobytes()) for each in pictures[number::2]]
        for number in range(2)
    ]
    facts = {"version": VERSION, "good_pictures": len(pictures), "steps": config.steps, "known": known}
    files = {name: bundle.read(name) for name in bundle.info.sha256}
    return write_bundle(config.out, bundle.info, {**files, GRAPH_FILE: content, FACTS_FILE: json.dumps(facts).encode()})


def read_pictures(folder: Path) -> list[Pixels]:
    """Good pictures at their own size, uint8 `[H, W, 3]`, in the order of their names.

    Raises:
        DataError: There is no such folder, it holds fewer than 10, or one cannot be read.
    """
    from trainer.data.listing import list_folder
    from trainer.data.reading import UnreadablePictureError, read_upright, upright_size

    if not folder.is_dir():
        raise DataError(f"There is no folder {folder}; --good takes a folder of good pictures.")
    items = sorted(list_folder(folder).items, key=lambda item: item.name)
    if len(items) < FEWEST:
        raise DataError(f"{folder} holds {len(items)} pictures; at least {FEWEST} good ones are needed.")
    try:
        pixels = sum(int(np.prod(upright_size(item.path))) for item in items)
        step = max(1.0, pixels / LARGEST_PIXELS)
        chosen = [items[int(place)] for place in np.arange(0, len(items), step)]
        return [np.asarray(read_upright(item.path)) for item in chosen]
    except UnreadablePictureError as error:
        raise DataError(f"A picture in {folder} cannot be used: {error}; take it out.") from error


def to_graph(pair: Pair) -> bytes:
    """The networks as one ONNX file: uint8 `image [N, H, W, 3]` to float32 `odds [N, 2, H / 4, W / 4]`.

    Raises:
        GraphError: torch could not export it.
    """
    import torch
    from torch.export import Dim

    from export.graphs.graphs import export_onnx

    image = torch.zeros(2, 64, 96, 3, dtype=torch.uint8)
    dynamic = {0: Dim("N", min=1), 1: 16 * Dim("h", min=2), 2: 16 * Dim("w", min=2)}
    return export_onnx(pair, image, dynamic, "image", "odds")


def check(pair: Pair, content: bytes, pictures: list[Pixels]) -> None:
    """Compares onnxruntime with torch on parts of pictures and on noise, of several sizes.

    Raises:
        ParityError: They differ.
    """
    import torch

    from export.runtime import load_graph

    graph, random = load_graph(GRAPH_FILE, content), np.random.default_rng(0)
    for height, width in ((64, 96), (160, 160), (32, 208)):
        noise = random.integers(0, 256, (height, width, 3), dtype=np.uint8)
        whole = np.pad(pictures[0], [(0, height), (0, width), (0, 0)], mode="symmetric")[:height, :width]
        batch = np.stack([noise, whole])
        with torch.no_grad():
            expected = pair(torch.from_numpy(batch)).numpy()
        largest = float(np.abs(graph(batch) - expected).max())
        if not largest <= TOLERANCE * max(1.0, float(np.abs(expected).max())):
            raise ParityError(
                f"{GRAPH_FILE} differs from the network by {largest:.3g} in log-odds; nothing was written."
            )


if __name__ == "__main__":
    sys.exit(main())
