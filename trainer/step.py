"""One step of training: a batch in, changed weights out."""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel
from torch.optim.swa_utils import AveragedModel

from trainer.architectures import Autoencoder
from trainer.averaging import start_average
from trainer.config import TrainConfig
from trainer.corruption import corrupt
from trainer.data.augment import augment
from trainer.device import Device
from trainer.distributed import Processes
from trainer.evaluation import to_input
from trainer.guard import Guard
from trainer.losses import PictureLoss
from trainer.optimizer import build_optimizer
from trainer.randomness import Part, Stream
from trainer.variational import ActiveCount, divergence, draw, latent_cost


@dataclass(frozen=True)
class Outcome:
    """What a step came to, over the whole batch of all processes."""

    loss: float
    """With all its terms, before the step."""
    kl: float | None
    """Mean divergence of a latent number in nats; None for a plain autoencoder."""
    active: int | None
    """Latent numbers in use; None for a plain autoencoder."""


class Learner(nn.Module):
    """What is computed of a batch where gradients flow: the network, by the latent that training takes."""

    def __init__(self, model: Autoencoder) -> None:
        super().__init__()
        self.model = model

    def forward(self, image: Tensor, noise: Tensor | None) -> tuple[Tensor, ...]:
        """The output (B, 3, H, W); of a variational network also the latent's mean and log-variance."""
        if noise is None:
            return (self.model(image),)
        mean, log_variance = self.model.posterior(image)
        return self.model.decode(draw(mean, log_variance, noise)), mean, log_variance


class Stepper:
    """The network in training with all that changes it.

    Args:
        model: On the device already.
        config: The options.
        device: Where to compute.
        processes: Those among which every batch is split.

    Raises:
        CheckpointError: --perceptual-weights cannot be used.
    """

    def __init__(self, model: Autoencoder, config: TrainConfig, device: Device, processes: Processes) -> None:
        self.model = model
        self.loss = PictureLoss(config, device)
        self.optimizer = build_optimizer(model, config)
        self.average: AveragedModel | None = start_average(model, config.ema)
        self._config, self._device, self._processes = config, device, processes
        self._latent_shape = model.latent_shape(config.size, config.size)
        self._group = _group(Learner(model), processes)
        network = self._group or Learner(model)
        self._network = torch.compile(network, dynamic=False) if config.compile else network

    def take(self, pictures: NDArray[np.uint8], part: Part, rate: float, kl_weight: float, guard: Guard) -> Outcome:
        """One step on this process's pictures of a batch. The weights stay as they were if the guard refuses it.

        Args:
            pictures: uint8 [part.count, H, W, 3].
            part: Which pictures of which step these are.
            rate: The learning rate.
            kl_weight: The weight of a variational latent's divergence.
            guard: Looks at the loss and at the gradient's norm before anything changes.

        Raises:
            TrainerError: The guard gave up.
        """
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.zero_grad()
        buffers = [buffer.clone() for buffer in self.model.buffers()]  # batch norm's: a broken batch would stay in them
        sums, active = self._backward(pictures, part, kl_weight)
        loss, kl = (self._processes.sum(sums) / self._processes.count).tolist()
        norm = nn.utils.clip_grad_norm_(self.model.parameters(), self._config.clip or torch.inf).item()
        if guard.accepts(loss, norm, part.step, self._config):
            self.optimizer.step()
            if self.average is not None:
                self.average.update_parameters(self.model)
        else:
            for buffer, before in zip(self.model.buffers(), buffers):
                buffer.copy_(before)
        if active is None:
            return Outcome(loss, None, None)
        return Outcome(loss, kl, active.total(self._processes))

    def _backward(
        self, pictures: NDArray[np.uint8], whole: Part, kl_weight: float
    ) -> tuple[Tensor, ActiveCount | None]:
        """Adds up the gradients of --accumulate parts of the batch.

        Returns:
            Loss and divergence, float64 (2,): their mean over processes is the whole batch's; and what is in use of a
            variational latent.
        """
        sums = torch.zeros(2, dtype=torch.float64, device=self._device.name)
        active = ActiveCount() if self._config.variational else None
        parts = self._config.accumulate
        edges = [number * whole.count // parts for number in range(parts + 1)]
        for start, end in itertools.pairwise(edges):
            part = whole.within(start, end - start)
            # Gradients are averaged over processes: a part counts by its share of the batch, times their number.
            weight = part.count / part.total * self._processes.count
            with self._exchange(last=end == whole.count):
                loss, kl, mean = self._part_loss(pictures[start:end], part, kl_weight)
                (loss * weight).backward()  # type: ignore[no-untyped-call]
            sums += torch.stack([loss.detach(), kl]).double() * weight
            if active is not None and mean is not None:
                active.add(mean)
        return sums, active

    def _part_loss(
        self, pictures: NDArray[np.uint8], part: Part, kl_weight: float
    ) -> tuple[Tensor, Tensor, Tensor | None]:
        """Mean loss of some pictures, their mean divergence, and the mean of a variational latent."""
        config = self._config
        target = augment(to_input(pictures, self._device), config, part.step, part.first)
        image = corrupt(target, config.damages, part)
        noise = part.normal(self._latent_shape, Stream.LATENT, target.device) if config.variational else None
        with self._device.autocast():
            output, *posterior = self._network(image, noise)
        loss = self.loss(output.float(), target).mean()
        if not posterior:
            return loss, torch.zeros((), device=loss.device), None
        mean, log_variance = posterior
        kl = divergence(mean, log_variance)
        cost = latent_cost(kl, config.free_bits, self._processes)
        return loss + kl_weight * cost, kl.detach().mean(), mean

    def _exchange(self, last: bool) -> contextlib.AbstractContextManager[object]:
        """Processes exchange gradients once a step, with its last part."""
        if self._group is None or last:
            return contextlib.nullcontext()
        return self._group.no_sync()


def _group(learner: Learner, processes: Processes) -> DistributedDataParallel | None:
    """The network as one of several processes trains it: gradients are averaged over all; None for a single one."""
    if processes.count == 1:
        return None
    return DistributedDataParallel(learner, device_ids=None if processes.device == "cpu" else [processes.device])
