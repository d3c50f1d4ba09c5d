"""Inputs are damaged as much as was asked for, and always alike."""

from __future__ import annotations

import dataclasses

import pytest
import torch

from trainer.machine.randomness import Part, Stream
from trainer.objective.corruption import GREY, corrupt, masks
from trainer.options.values import Damage, DamageKind

PART = Part(seed=0, step=3, first=0, count=6, total=6)
IMAGE = torch.full((6, 3, 64, 48), 0.25)


def test_noise_has_its_deviation() -> None:
    """Noise of 0.1 has that deviation and no bias, and stays within [0, 1]."""
    change = corrupt(IMAGE, (Damage("noise", 0.05),), PART) - IMAGE
    assert change.std().item() == pytest.approx(0.05, rel=0.02)
    assert abs(change.mean().item()) < 1e-3
    strong = corrupt(IMAGE, (Damage("noise", 1.0),), PART)
    assert (strong.min(), strong.max()) == (0, 1)


@pytest.mark.parametrize("kind", ["boxes", "strokes", "mask"])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.9])
def test_masks_cover_their_share(kind: DamageKind, share: float) -> None:
    """At least the share is covered, and less than one piece more; every picture differently."""
    hidden = masks(kind, share, 64, 48, PART)
    covered = hidden.float().mean(dim=(1, 2))
    assert (covered >= share).all()
    assert (covered <= share + 0.26).all()
    assert not torch.equal(hidden[0], hidden[1])


def test_what_is_covered_is_grey_and_the_rest_whole() -> None:
    """A mask paints with a grey that 8-bit pictures have, and changes nothing else."""
    damaged = corrupt(IMAGE, (Damage("mask", 0.3),), PART)
    hidden = masks("mask", 0.3, 64, 48, PART)[:, None].expand_as(IMAGE)
    assert (damaged[hidden] == GREY).all()
    assert torch.equal(damaged[~hidden], IMAGE[~hidden])


def test_mask_has_boxes_and_strokes() -> None:
    """Among a few pictures some have boxes and some strokes."""
    mixed, boxes, strokes = (masks(kind, 0.2, 64, 48, PART) for kind in ("mask", "boxes", "strokes"))
    as_boxes = [torch.equal(*pair) for pair in zip(mixed, boxes)]
    as_strokes = [torch.equal(*pair) for pair in zip(mixed, strokes)]
    assert any(as_boxes)
    assert any(as_strokes)
    assert all(a != b for a, b in zip(as_boxes, as_strokes))


def test_parts_are_damaged_as_the_whole() -> None:
    """Split over processes or passes, a batch is damaged as it is in one piece; another step or seed differs."""
    damages = (Damage("noise", 0.1), Damage("mask", 0.3))
    whole = corrupt(IMAGE, damages, PART)
    for first, count in ((0, 2), (2, 3), (5, 1)):
        part = PART.within(first, count)
        assert torch.equal(corrupt(IMAGE[first : first + count], damages, part), whole[first : first + count])
    for other in ({"step": 4}, {"seed": 1}, {"held_out": True}):
        assert not torch.equal(corrupt(IMAGE, damages, dataclasses.replace(PART, **other)), whole)


def test_no_damage_is_the_picture_itself() -> None:
    """Without --corrupt nothing is copied or changed."""
    assert corrupt(IMAGE, (), PART) is IMAGE


def test_streams_are_apart() -> None:
    """Noise for pictures and noise for latents are different numbers."""
    cpu = torch.device("cpu")
    assert not torch.equal(PART.normal((4,), Stream.NOISE, cpu), PART.normal((4,), Stream.LATENT, cpu))
