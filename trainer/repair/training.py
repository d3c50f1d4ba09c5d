"""Teaches the two networks, each on the made-up defects of another half of the good pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from trainer.repair.defects import make_defect
from trainer.repair.network import SIDE, STRIDE, Pair, Repair, Scale, opponent_planes

CROP = 160  # pixels; smaller pictures are mirrored beyond their edges
BATCH = 8  # crops, of which some stay as they are
CLEAN = 0.15  # of the crops
LARGEST_RATE, DECAY, WARM = 3e-3, 1e-3, 0.1
SAMPLE = 20_000  # patches of each scale that the filters begin with
STANDARD = 32  # crops by which what is told is standardised
CHANGED, UNCHANGED = 0.3, 0.0  # shares of a place's pixels from which it is a defect, and up to which it is none
DEFECT_WEIGHT = 40.0  # what one defect counts, however large
FAINTEST = 6.0  # places; smaller defects count less
GOOD_WEIGHT = 80.0  # what all good places of a crop count

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]
Progress = Callable[[int, int, float], object]  # steps done, steps in all, loss


def train(pictures: Sequence[Pixels], steps: int, seed: int, progress: Progress) -> Pair:
    """Teaches both networks.

    Args:
        pictures: Good ones, uint8 `[H, W, 3]`, at least 4; the first network learns from every other one.
        steps: Of each network.
        seed: Of everything that is random.
        progress: Told after each step.
    """
    torch.manual_seed(seed)
    pair = Pair()
    for number, member in enumerate(pair.members):
        assert isinstance(member, Repair)
        half = [_roomy(picture) for picture in pictures[number::2]]
        random = np.random.default_rng((seed, number))
        _start(member, half, random)
        for step, loss in enumerate(_teach(member, half, steps, random), start=1):
            progress(number * steps + step, 2 * steps, loss)
    return pair.eval()


def _start(member: Repair, pictures: Sequence[Pixels], random: np.random.Generator) -> None:
    """Gives each scale the principal axes of patches of its own."""
    each = max(16, SAMPLE // len(pictures))
    patches: list[list[Floats]] = [[] for _ in member.scales]
    for picture in pictures:
        planes = opponent_planes(picture)
        for found in patches:
            windows = np.lib.stride_tricks.sliding_window_view(planes, (SIDE, SIDE), axis=(1, 2))
            rows, columns = (random.integers(0, length, each) for length in windows.shape[1:3])
            found.append(windows[:, rows, columns].swapaxes(0, 1))
            even = planes[:, : planes.shape[1] // 2 * 2, : planes.shape[2] // 2 * 2]
            four = (even[:, ::2, ::2] + even[:, 1::2, ::2]) + (even[:, ::2, 1::2] + even[:, 1::2, 1::2])
            planes = (four / np.float32(4)).astype(np.float32)
    for scale, found in zip(member.scales, patches):
        assert isinstance(scale, Scale)
        scale.start_from(np.concatenate(found))
    crops = torch.from_numpy(np.stack([_crop(picture, random) for picture in pictures[:STANDARD]]))
    with torch.no_grad():
        told = member.tell(crops)
        member.middle.copy_(told.mean(dim=(0, 2, 3), keepdim=True))
        member.spread.copy_(told.std(dim=(0, 2, 3), keepdim=True).clamp_min(1e-3))


def _teach(member: Repair, pictures: Sequence[Pixels], steps: int, random: np.random.Generator) -> Iterator[float]:
    """One network; gives the loss of each step. Only its head learns: see `Repair`."""
    learning = list(member.head.parameters())
    optimizer = torch.optim.AdamW(learning, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, LARGEST_RATE, total_steps=max(2, steps), pct_start=WARM)
    member.scales.requires_grad_(False)
    member.train()
    for _ in range(steps):
        images, masks = zip(*(_lesson(pictures, random) for _ in range(BATCH)))
        odds = member.each_place(torch.from_numpy(np.stack(images)))
        loss = _loss(odds, torch.from_numpy(np.stack(masks)))
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        yield float(loss.detach())


def _lesson(pictures: Sequence[Pixels], random: np.random.Generator) -> tuple[Pixels, NDArray[np.float32]]:
    """A crop, mirrored and turned at random, with a defect in it; and which pixels it changed."""
    picture, other = (_crop(pictures[int(random.integers(len(pictures)))], random) for _ in range(2))
    if random.random() < CLEAN:
        return picture, np.zeros(picture.shape[:2], np.float32)
    return make_defect(picture, other, random)


def _crop(picture: Pixels, random: np.random.Generator) -> Pixels:
    top, left = (int(random.integers(length - CROP + 1)) for length in picture.shape[:2])
    return np.ascontiguousarray(picture[top : top + CROP, left : left + CROP])


def _roomy(picture: Pixels) -> Pixels:
    """The picture, or one mirrored beyond its edges until it holds a crop."""
    missing = [max(0, CROP - length) for length in picture.shape[:2]]
    return np.pad(picture, [(0, missing[0]), (0, missing[1]), (0, 0)], mode="symmetric")


def _loss(odds: Tensor, masks: Tensor) -> Tensor:
    """Cross-entropy over places `[N, h, w]`, each defect counting alike however large it is."""
    share = functional.avg_pool2d(masks[:, None], STRIDE)[:, 0]
    wanted = (share > CHANGED).float()
    count = wanted.sum(dim=(1, 2), keepdim=True)
    good = (share <= UNCHANGED).float()
    weight = wanted * DEFECT_WEIGHT / count.clamp_min(FAINTEST) + good * GOOD_WEIGHT / good[0].numel()
    return (functional.binary_cross_entropy_with_logits(odds, wanted, reduction="none") * weight).sum() / (
        DEFECT_WEIGHT * len(odds)
    )
