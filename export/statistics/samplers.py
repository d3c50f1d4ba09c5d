"""The samplers that training fitted, taken over from the run."""

from __future__ import annotations

import io
import json
import math
from pathlib import Path
from typing import Any, get_args, get_type_hints

import numpy as np
from numpy.typing import NDArray

from export.bundle import SamplerInfo
from export.errors import SamplersError
from export.statistics.latents import to_npz
from trainer.data import Pictures
from trainer.machine.device import Device
from trainer.run.checkpoint import Run
from trainer.run.samplers import fit_samplers
from trainer.run.sampling import SAMPLERS_FILE, SAMPLERS_LIST

LARGEST_BYTES = 256 << 20
NAMES = get_args(get_type_hints(SamplerInfo)["name"])

TakenSamplers = tuple[tuple[SamplerInfo, ...], bytes]  # what `bundle.json` says of them, and `samplers.npz`


def take_samplers(run: Run, pictures: Pictures) -> TakenSamplers | None:
    """The samplers that training fitted; for an older run, which has none, they are fitted now, and not kept there.

    Args:
        run: Its folder is looked at, and nothing is written there.
        pictures: Those trained on.

    Returns:
        None where nothing can be fitted, since the latents do not differ.

    Raises:
        SamplersError: The run's files are not what the trainer writes.
    """
    if (run.folder / SAMPLERS_FILE).is_file() and (run.folder / SAMPLERS_LIST).is_file():
        sides = run.config.pictures.sides
        return read_samplers(run.folder, math.prod(run.model.latent_shape(*sides)))
    fitted = fit_samplers(run.model, pictures, Device("cpu", bf16=False), run.config.run.seed)
    if fitted is None:
        return None
    infos = tuple(SamplerInfo(name, distance) for name, distance in fitted.distances.items())
    return infos, to_npz(fitted.arrays(run.model.latent_kind))


def read_samplers(folder: Path, width: int) -> TakenSamplers | None:
    """The samplers of a run folder; None where the run has none.

    Args:
        folder: Of the run.
        width: D, how many numbers a latent has.

    Raises:
        SamplersError: Its files are not what the trainer writes.
    """
    arrays_path, list_path = folder / SAMPLERS_FILE, folder / SAMPLERS_LIST
    if not arrays_path.is_file() or not list_path.is_file():
        return None
    try:
        for path in (arrays_path, list_path):
            if path.stat().st_size > LARGEST_BYTES:
                raise ValueError(f"{path.name} has more than {LARGEST_BYTES >> 20} MiB")
        listed = json.loads(list_path.read_text(encoding="utf-8"))
        infos = tuple(SamplerInfo(each["name"], float(each["distance"])) for each in listed)
        with np.load(io.BytesIO(arrays_path.read_bytes()), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        _check(infos, arrays, width)
    except Exception as error:  # numpy, zipfile and json each raise their own kinds on broken data
        raise SamplersError(
            f"The samplers in {folder} cannot be used ({error}); delete {SAMPLERS_FILE} there, or train again."
        ) from error
    return infos, to_npz(arrays)


def _check(infos: tuple[SamplerInfo, ...], arrays: dict[str, NDArray[Any]], width: int) -> None:
    """Raises ValueError or KeyError where something is missing, of another shape, or not finite."""
    for info in infos:
        if info.name not in NAMES or not math.isfinite(info.distance):
            raise ValueError(f"{SAMPLERS_LIST} names {info.name!r} at a distance of {info.distance}")
    axes = len(arrays["spread"])
    shapes: dict[str, tuple[int, ...]] = {"mean": (width,), "axes": (axes, width), "spread": (axes,)}
    if any(info.name == "mixture" for info in infos):
        parts = len(arrays["mixture_weights"])
        shapes |= {"mixture_weights": (parts,), "mixture_means": (parts, axes), "mixture_factors": (parts, axes, axes)}
    for name, shape in shapes.items():
        if arrays[name].shape != shape or not np.isfinite(arrays[name]).all():
            raise ValueError(f"{name} must hold finite numbers of shape {list(shape)}")
