"""Damaged inputs for denoising and repair: noise, and areas painted over with grey."""

from __future__ import annotations

import torch
from torch import Tensor

from trainer.machine.randomness import Part, Stream
from trainer.options.values import Damage, DamageKind

GREY = 128 / 255  # a level that 8-bit pictures have, so that a program can paint over just what training did
BOX_SIDES = (0.15, 0.5)  # of the picture's
STROKE_LENGTHS = (0.3, 0.8)  # of the picture's side
STROKE_RADII = (0.03, 0.07)
LARGEST_PIECES = 64  # boxes or strokes in a picture: more than the largest share takes
DRAWS = 6  # random numbers for each piece


def corrupt(image: Tensor, damages: tuple[Damage, ...], part: Part) -> Tensor:
    """Damages each picture, in the order given.

    Args:
        image: float32 (B, 3, H, W) in [0, 1].
        damages: What to do, and how much.
        part: Which pictures of which step these are.

    Returns:
        (B, 3, H, W) in [0, 1]; the batch itself where there are no damages.
    """
    for damage in damages:
        if damage.kind == "noise":
            noise = part.normal(tuple(image.shape[1:]), Stream.NOISE, image.device)
            image = (image + damage.amount * noise).clamp(0, 1)
        else:
            height, width = image.shape[2:]
            hidden = masks(damage.kind, damage.amount, height, width, part).to(image.device)
            image = torch.where(hidden[:, None], GREY, image)
    return image


def masks(kind: DamageKind, share: float, height: int, width: int, part: Part) -> Tensor:
    """The cells that are painted over in each picture: bool (B, H, W).

    Boxes or strokes are added one by one until at least `share` of the picture is covered, so that the last one goes
    a little beyond it; with `mask` half of the pictures get boxes and half get strokes.
    """
    draws = part.uniform(1 + LARGEST_PIECES * DRAWS, Stream.MASK)
    strokes = {"boxes": torch.zeros(part.count), "strokes": torch.ones(part.count)}.get(kind, draws[:, 0].round())
    pieces = draws[:, 1:].view(part.count, LARGEST_PIECES, DRAWS)
    rows = (torch.arange(height) + 0.5).div(height)[None, :, None]
    columns = (torch.arange(width) + 0.5).div(width)[None, None, :]
    hidden = torch.zeros(part.count, height, width, dtype=torch.bool)
    for index in range(LARGEST_PIECES):
        wanting = hidden.float().mean(dim=(1, 2)) < share
        if not wanting.any():
            break
        draw = pieces[:, index, :, None, None].unbind(1)
        piece = torch.where(strokes.bool()[:, None, None], _stroke(draw, rows, columns), _box(draw, rows, columns))
        hidden |= piece & wanting[:, None, None]
    return hidden


def _box(draw: tuple[Tensor, ...], rows: Tensor, columns: Tensor) -> Tensor:
    """A rectangle around some point of each picture, cut off at its border: bool (B, H, W)."""
    high, wide = (_between(BOX_SIDES, each) for each in draw[:2])
    return ((rows - draw[2]).abs() < high / 2) & ((columns - draw[3]).abs() < wide / 2)


def _stroke(draw: tuple[Tensor, ...], rows: Tensor, columns: Tensor) -> Tensor:
    """A straight stroke with round ends through each picture: the points near a line segment, bool (B, H, W)."""
    length, radius, angle = _between(STROKE_LENGTHS, draw[0]), _between(STROKE_RADII, draw[1]), torch.pi * draw[4]
    down, across = rows - draw[2], columns - draw[3]
    along = (down * angle.sin() + across * angle.cos()).clamp(-length / 2, length / 2)
    return (down - along * angle.sin()).square() + (across - along * angle.cos()).square() < radius.square()


def _between(limits: tuple[float, float], draw: Tensor) -> Tensor:
    low, high = limits
    return low + (high - low) * draw
