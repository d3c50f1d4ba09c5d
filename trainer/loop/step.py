"""One step of training: a batch in, changed weights out."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.distributed.algorithms.ddp_comm_hooks.default_hooks import bf16_compress_hook
from torch.nn.parallel import DistributedDataParallel
from torch.optim.swa_utils import AveragedModel

from trainer.architectures.autoencoder import Autoencoder
from trainer.data.augment import augment
from trainer.evaluation import to_input
from trainer.loop.average import start_average
from trainer.loop.optimizer import build_optimizer
from trainer.loop.revival import STEPS_BETWEEN, revive
from trainer.machine.device import Device
from trainer.machine.distributed import Processes
from trainer.machine.randomness import Part, Stream
from trainer.objective.corruption import corrupt
from trainer.objective.guidance import Guide
from trainer.objective.losses import PictureLoss
from trainer.objective.variational import ActiveCount, divergence, draw, latent_cost, total_correlation
from trainer.options.config import TrainConfig
from trainer.run.guard import Guard


@dataclass(frozen=True)
class Outcome:
    """The result of a step, over the whole batch of all processes."""

    loss: float
    """With all its terms, before the step."""
    kl: float | None
    """Mean divergence of a latent number in nats; None for a plain autoencoder."""
    active: int
    """Latent numbers in use."""
    gradient_norm: float
    """Euclidean, over all weights, before it is clipped."""
    label_loss: float | None = None
    """How far the guide's reading is from the labels; None without --label-weight."""
    revived: int = 0
    """Silent units that were begun anew after it."""


@dataclass(frozen=True)
class _PartLoss:
    """The loss of some of the pictures of a step."""

    loss: Tensor
    """With all its terms: a scalar that gradients flow from."""
    kl: Tensor
    label_loss: Tensor
    latent: Tensor
    """(B, ...); of a variational network its mean."""


class Learner(nn.Module):
    """The differentiable part of a step: the network, by the latent that training takes."""

    def __init__(self, model: Autoencoder, guide: Guide | None) -> None:
        super().__init__()
        self.model = model
        self.guide = guide

    def forward(self, image: Tensor, noise: Tensor | None) -> dict[str, Tensor]:
        """The `output` (B, 3, H, W) and the `latent`.

        Of a variational network the latent is its mean, and there are its `log_variance` and what was `drawn`; of one
        whose latent is rounded there is what that costs; with a guide its `readings` (B, P).
        """
        found: dict[str, Tensor] = {}
        if noise is None:
            exact = self.model.encoder(image)
            quantiser = self.model.quantiser
            latent = exact if quantiser is None else quantiser(exact)
            if quantiser is not None:
                found["rounding"] = quantiser.cost(exact)
            found["output"] = self.model.decode(latent)
        else:
            latent, found["log_variance"] = self.model.posterior(image)
            found["drawn"] = draw(latent, found["log_variance"], noise)
            found["output"] = self.model.decode(found["drawn"])
        found["latent"] = latent
        if self.guide is not None:
            found["readings"] = self.guide(latent)
        return found


@contextlib.contextmanager
def subnormals_are_zero() -> Iterator[None]:
    """Has torch take numbers too small to be normal for zero, for as long as this lasts.

    The momentum of a unit that no longer fires fades to such numbers, which slow a processor down up to 25 times.
    """
    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(False)


class Stepper:
    """The network in training with all that changes it.

    Args:
        model: On the device already.
        config: The options.
        device: Where to compute.
        processes: Those among which every batch is split.
        guide: What --label-weight trains beside the network, on the device already.

    Raises:
        CheckpointError: --perceptual-weights cannot be used.
    """

    def __init__(
        self,
        model: Autoencoder,
        config: TrainConfig,
        device: Device,
        processes: Processes,
        guide: Guide | None = None,
    ) -> None:
        self.model, self.guide = model, guide
        self.loss = PictureLoss(config, device)
        self._learner = Learner(model, guide)
        self._group = _group(self._learner, config, device, processes)  # which gives all the first process's weights
        self.optimizer = build_optimizer(self._learner, config, processes)
        self.average: AveragedModel | None = start_average(model, config.training.ema)
        self._config, self._device, self._processes = config, device, processes
        self._latent_shape = model.latent_shape(*config.pictures.sides)
        network = self._group or self._learner
        self._network = torch.compile(network, dynamic=False) if config.run.compile else network

    @subnormals_are_zero()
    def take(
        self,
        pictures: NDArray[np.uint8],
        part: Part,
        rate: float,
        kl_weight: float,
        guard: Guard,
        labels: NDArray[np.float32] | None = None,
    ) -> Outcome:
        """One step on this process's pictures of a batch. The weights stay as they were if the guard refuses it.

        Args:
            pictures: uint8 [part.count, H, W, 3].
            part: Which pictures of which step these are.
            rate: The learning rate.
            kl_weight: The weight of a variational latent's divergence.
            guard: Looks at the loss and at the gradient's norm before anything changes.
            labels: [part.count, P], what the guide is to read; needed where there is one.

        Raises:
            TrainerError: The guard gave up.
        """
        for group in self.optimizer.param_groups:
            group["lr"] = rate * group["share"]
        self.optimizer.zero_grad()
        buffers = [buffer.clone() for buffer in self.model.buffers()]  # batch norm's: a broken batch would stay in them
        try:
            sums, active = self._backward(pictures, labels, part, kl_weight)
        except BaseException:
            self._put_back(buffers)
            raise
        loss, kl, label_loss = (self._processes.sum(sums) / self._processes.count).tolist()
        parameters, clip = list(self._learner.parameters()), self._config.training.clip
        total = nn.utils.get_total_norm([each.grad for each in parameters if each.grad is not None])
        norm = total.item()
        revived = 0
        if guard.accepts(loss, norm, part.step, self._config):
            if 0 < clip < norm:  # most gradients are shorter, and stay as they are
                nn.utils.clip_grads_with_norm_(parameters, clip, total)
            self.optimizer.step()
            if self.average is not None:
                self.average.update_parameters(self.model)
            if (part.step + 1) % STEPS_BETWEEN == 0:
                generator = part.generator(Stream.REVIVAL)
                revivable = self._config.network.family.revivable
                revived = revive(self.model, self.average, self.optimizer, generator, revivable)
        else:
            self._put_back(buffers)
        return Outcome(
            loss,
            kl if self._config.objective.variational else None,
            active.total(self._processes),
            norm,
            None if self.guide is None else label_loss,
            revived,
        )

    def _put_back(self, buffers: list[Tensor]) -> None:
        for buffer, before in zip(self.model.buffers(), buffers):
            buffer.copy_(before)

    def _backward(
        self, pictures: NDArray[np.uint8], labels: NDArray[np.float32] | None, whole: Part, kl_weight: float
    ) -> tuple[Tensor, ActiveCount]:
        """Adds up the gradients of --accumulate parts of the batch.

        Returns:
            Loss, divergence and loss of labels, float64 (3,): their mean over processes is the whole batch's; and
            what is in use of the latent.
        """
        sums = torch.zeros(3, dtype=torch.float64, device=self._device.name)
        active = ActiveCount(relative=not self._config.objective.variational)
        parts = self._config.training.accumulate
        edges = [number * whole.count // parts for number in range(parts + 1)]
        for start, end in itertools.pairwise(edges):
            part = whole.within(start, end - start)
            # Gradients are averaged over processes: a part counts by its share of the batch, times their number.
            weight = part.count / part.total * self._processes.count
            with self._exchange(last=end == whole.count):
                found = self._part_loss(
                    pictures[start:end], None if labels is None else labels[start:end], part, kl_weight
                )
                (found.loss * weight).backward()  # type: ignore[no-untyped-call]
            sums += torch.stack([found.loss.detach(), found.kl, found.label_loss]).double() * weight
            active.add(found.latent)
        return sums, active

    def _part_loss(
        self, pictures: NDArray[np.uint8], labels: NDArray[np.float32] | None, part: Part, kl_weight: float
    ) -> _PartLoss:
        config = self._config
        target = augment(to_input(pictures, self._device), config, part.step, part.first)
        image = corrupt(target, config.objective.damages, part)
        noise = part.normal(self._latent_shape, Stream.LATENT, target.device) if config.objective.variational else None
        with self._device.autocast():
            found = self._network(image, noise)
        loss = self.loss(found["output"].float(), target).mean()
        kl = label_loss = torch.zeros((), device=loss.device)
        if "log_variance" in found:
            divergences = divergence(found["latent"], found["log_variance"])
            loss = loss + kl_weight * latent_cost(divergences, config.objective.free_bits, self._processes)
            if config.objective.dependence > 1:
                dependence = total_correlation(found["drawn"], found["latent"], found["log_variance"])
                loss = loss + kl_weight * (config.objective.dependence - 1) * dependence / divergences.shape[1]
            kl = divergences.detach().mean()
        if "rounding" in found:
            loss = loss + found["rounding"]
        if self.guide is not None:
            assert labels is not None
            read = self.guide.loss(found["readings"].float(), torch.from_numpy(labels).to(loss.device))
            loss = loss + config.objective.label_weight * read
            label_loss = read.detach()
        return _PartLoss(loss, kl, label_loss, found["latent"].detach())

    def _exchange(self, last: bool) -> contextlib.AbstractContextManager[object]:
        """Processes exchange gradients once a step, with its last part."""
        if self._group is None or last:
            return contextlib.nullcontext()
        return self._group.no_sync()


def _group(
    learner: Learner, config: TrainConfig, device: Device, processes: Processes
) -> DistributedDataParallel | None:
    """The network as one of several processes trains it: gradients are averaged over all; None for a single one."""
    if processes.count == 1:
        return None
    network = DistributedDataParallel(
        learner, device_ids=[torch.cuda.current_device()] if device.name == "cuda" else None
    )
    if config.run.compress:
        network.register_comm_hook(None, bf16_compress_hook)
    return network
