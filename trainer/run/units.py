"""Silent units: the share of them in each layer, seen from the gradients that a step leaves, and `units.csv`."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import torch
from torch import Tensor, nn

from trainer.architectures.autoencoder import Autoencoder
from trainer.machine.files import write_text
from trainer.run.contract import UNITS_FILE

Layer = nn.Conv2d | nn.ConvTranspose2d | nn.Linear | nn.BatchNorm2d

EVERY_STEPS = 10
DIGITS = 4


class Units:
    """Units behind a ReLU, layer by layer.

    A unit whose bias has a gradient of exactly zero fired for no picture of the last batch: it is silent. Layers with
    another activation are left out, as their gradients are never zero.

    Args:
        model: As it trains; its layers keep their parameters.
    """

    def __init__(self, model: Autoencoder) -> None:
        self._biases: list[nn.Parameter] = []
        self.names: tuple[str, ...] = ()
        """The layers in the order of the network: `encoder-1` and so on."""
        for part in ("encoder", "decoder"):
            found = list(_biases(getattr(model, part)))
            self._biases += found
            self.names += tuple(f"{part}-{number}" for number in range(1, len(found) + 1))

    @torch.no_grad()
    def silent(self) -> tuple[float, ...]:
        """The share of silent units in each layer, in [0, 1]; 0 where a layer has no gradient yet."""
        shares = [_share(bias.grad) for bias in self._biases]
        return tuple(torch.stack(shares).tolist()) if shares else ()


class UnitsLog:
    """Appends to `units.csv`: the step, then a share in [0, 1] for each layer.

    Args:
        folder: The run folder.
        layers: Their names, in order; a network without units behind a ReLU has none, and gets no file.
        steps_done: Rows after this step belong to work that was lost, and are dropped.
    """

    def __init__(self, folder: Path, layers: Sequence[str], steps_done: int) -> None:
        self._file = None
        if layers:
            path = folder / UNITS_FILE
            header = ",".join(("step", *layers))
            write_text(path, "".join(f"{line}\n" for line in (header, *_kept(path, header, steps_done))))
            self._file = path.open("a", encoding="utf-8")

    def due(self, step: int) -> bool:
        """Whether a row is written after this step, counted from 1: after every tenth."""
        return self._file is not None and step % EVERY_STEPS == 0

    def add(self, step: int, shares: Sequence[float]) -> None:
        """Appends the shares after a step."""
        if self._file is not None:
            self._file.write(",".join((str(step), *(f"{round(share, DIGITS):g}" for share in shares))) + "\n")
            self._file.flush()

    def close(self) -> None:
        """Ends the file."""
        if self._file is not None:
            self._file.close()


def _share(gradient: Tensor | None) -> Tensor:
    return torch.zeros(()) if gradient is None else gradient.eq(0).float().mean()


def _biases(part: nn.Module) -> Iterator[nn.Parameter]:
    """The biases of layers that a ReLU follows."""
    for module in part.modules():
        if isinstance(module, nn.Sequential):
            for layer, after in itertools.pairwise(module):
                if isinstance(layer, Layer) and isinstance(after, nn.ReLU) and layer.bias is not None:
                    yield cast(nn.Parameter, layer.bias)


def _kept(path: Path, header: str, steps_done: int) -> list[str]:
    """The whole rows of the steps that are not lost; none where the file is of other layers."""
    if not path.is_file():
        return []
    first, *lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    rows = lines[:-1]  # what follows the last line end is empty, or half a row
    steps = [row.split(",", 1)[0] for row in rows]
    kept = [row for row, step in zip(rows, steps) if step.isdecimal() and int(step) <= steps_done]
    return kept if first == header else []
