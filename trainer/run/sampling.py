"""A finished run's samplers: their arrays, a list of their distances, and a grid of what each decodes to.

In the run folder they are `samplers.npz`, `samplers.json` with names and distances, and `samples/NAME.png`. What they
are is in `trainer/run/samplers.py`.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from trainer.architectures.autoencoder import Autoencoder
from trainer.data import Pictures
from trainer.errors import CheckpointError
from trainer.evaluation import to_pixels
from trainer.machine.device import Device
from trainer.machine.files import write_bytes, write_text
from trainer.options.config import TrainConfig
from trainer.options.values import Sides
from trainer.run.checkpoint import load_run
from trainer.run.samplers import BATCH_PIXELS, Floats, Samplers, fit_samplers

SAMPLERS_FILE, SAMPLERS_LIST, SAMPLES_FOLDER = "samplers.npz", "samplers.json", "samples"
GRID_ROWS, GRID_COLUMNS = 4, 8
SHORTEST_SAMPLED = 60.0  # seconds of --time-limit, from which on there is time for samples

Say = Callable[[str], None]


def draw_samples(folder: Path, config: TrainConfig, pictures: Pictures, device: Device, say: Say) -> None:
    """Fits every sampler to a finished run's exported weights, and writes what the module's text says.

    Ctrl-C leaves it out, and says so; the run is whole without it.

    Raises:
        CheckpointError: The run has no weights, or the disk refused.
    """
    limit = config.training.time_limit_seconds
    if limit is not None and limit < SHORTEST_SAMPLED:
        say("Samples   left out, for a time limit this short")
        return
    try:
        model = load_run(folder).model.to(device.name)
        samplers = fit_samplers(model, pictures, device, config.run.seed)
        if samplers is None:
            say("Samples   left out: the latents of the training pictures do not differ from one another")
            return
        _save(folder, samplers, model, config.pictures.sides, device)
    except KeyboardInterrupt:
        say("Samples   left out")
    except OSError as error:
        raise CheckpointError(f"The samples could not be written to {folder} ({error.strerror or error}).") from error
    else:
        found = ", ".join(f"{name} {distance:.2f}" for name, distance in samplers.distances.items())
        say(f"Samples   {found} from real pictures")


def _save(folder: Path, samplers: Samplers, model: Autoencoder, sides: Sides, device: Device) -> None:
    """Grids first, the list last: a run that has the list has all."""
    (folder / SAMPLES_FOLDER).mkdir(exist_ok=True)
    for name, drawn in samplers.drawn.items():
        content = _grid(model, drawn[: GRID_ROWS * GRID_COLUMNS], sides, device)
        write_bytes(folder / SAMPLES_FOLDER / f"{name}.png", content)
    arrays = io.BytesIO()
    np.savez(arrays, allow_pickle=False, **samplers.arrays(model.latent_kind))
    write_bytes(folder / SAMPLERS_FILE, arrays.getvalue())
    listed = [{"name": name, "distance": distance} for name, distance in samplers.distances.items()]
    write_text(folder / SAMPLERS_LIST, json.dumps(listed, indent=2) + "\n")


@torch.inference_mode()
def _grid(model: Autoencoder, latents: Floats, sides: Sides, device: Device) -> bytes:
    """Decodes latents [32, D] to pictures of such sides, laid out in rows, as PNG; clamped and never stretched."""
    shape = model.latent_shape(*sides)
    step = max(1, BATCH_PIXELS // math.prod(sides))
    pixels = []
    for start in range(0, len(latents), step):
        latent = torch.from_numpy(latents[start : start + step]).float().reshape(-1, *shape).to(device.name)
        with device.autocast():
            pixels.append(to_pixels(model.decode(latent).float()))
    grid = np.concatenate(pixels).reshape(GRID_ROWS, GRID_COLUMNS, *sides, 3)
    file = io.BytesIO()
    Image.fromarray(grid.swapaxes(1, 2).reshape(GRID_ROWS * sides[0], -1, 3)).save(file, format="PNG")
    return file.getvalue()
