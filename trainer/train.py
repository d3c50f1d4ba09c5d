"""Trains an autoencoder: `python -m trainer.train --data FOLDER`. To be read from top to bottom."""

from __future__ import annotations

import math
import sys
import time
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from trainer.architectures import Autoencoder, build_autoencoder
from trainer.checkpoint import load_checkpoint, save_checkpoint
from trainer.config import TrainConfig
from trainer.data import Data, open_data
from trainer.device import Device, choose_device
from trainer.display import Display
from trainer.errors import TrainerError
from trainer.evaluation import comparison_grid, holdout_psnr, to_input
from trainer.metrics import MetricsLog, Row
from trainer.report import save_curves, save_grid
from trainer.run_folder import choose_run, start_run
from trainer.schedule import Schedule, plan
from trainer.stop import StopRequest

LARGEST_GRADIENT_NORM = 1.0


def train(config: TrainConfig, folder: Path, display: Display, stop: StopRequest) -> None:
    """Trains as `config` says and leaves weights, checkpoint, metrics, curves and grids in `folder`.

    Raises:
        TrainerError: Bad input, or a training that diverged; the last checkpoint is whole.
    """
    # Open the pictures.
    device = choose_device(config)
    data = open_data(config, display.prepare)
    schedule = plan(config, len(data.train))
    if not config.resume:
        start_run(config, folder)
    _announce(config, folder, data, schedule, device, display)

    # Build the network and its optimizer, or put back what a checkpoint holds.
    torch.manual_seed(config.seed)
    model = build_autoencoder(config).to(device.name).to(memory_format=torch.channels_last)
    optimizer = _build_optimizer(model, config)
    first_step = load_checkpoint(folder, model, optimizer) if config.resume else 0
    if first_step >= schedule.total_steps:
        display.say(f"All {schedule.total_steps:,} steps were done before; ask for more with --epochs or --steps.")
        return

    # Train, step by step.
    with MetricsLog(folder, first_step) as log, stop.listening():
        order = schedule.order(schedule.epoch(first_step))
        for step in range(first_step, schedule.total_steps):
            started = time.perf_counter()
            if step % schedule.steps_per_epoch == 0:
                order = schedule.order(schedule.epoch(step))
            pictures = data.train.batch(schedule.batch(order, step))
            rate = schedule.learning_rate(step)
            loss = _step(model, optimizer, pictures, rate, device)
            speed = len(pictures) / (time.perf_counter() - started)
            if not math.isfinite(loss):
                raise TrainerError(f"The loss became {loss} at step {step + 1}; try again with a smaller --lr.")

            # Measure held-out pictures at the end of each epoch, and write everything down.
            ends_epoch = schedule.ends_epoch(step)
            psnr = holdout_psnr(model, data.holdout, config.batch_size, device) if ends_epoch else None
            row = Row(step + 1, schedule.epoch(step) + 1, loss, rate, speed, psnr)
            log.add(row)
            display.step(row, schedule.epoch(schedule.total_steps - 1) + 1, schedule.total_steps)
            if ends_epoch:
                grid = comparison_grid(model, data.holdout, device)
                log.add_grid(grid, step + 1)
                save_grid(folder, row.epoch, grid)

            # Save now and then, at the end, and when asked to stop.
            last = step + 1 == schedule.total_steps or stop.signal is not None
            if last or (step + 1) % config.checkpoint_every == 0:
                save_checkpoint(folder, model, optimizer, step + 1)
            if last:
                break
    save_curves(folder)


def _step(
    model: Autoencoder, optimizer: torch.optim.Optimizer, pictures: NDArray[np.uint8], rate: float, device: Device
) -> float:
    """One step on uint8 [B, H, W, 3]; returns the mean squared error on pixels in [0, 1] before it."""
    image = to_input(pictures, device)
    for group in optimizer.param_groups:
        group["lr"] = rate
    with device.autocast():
        output = model(image)
    loss = nn.functional.mse_loss(output.float(), image)
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(model.parameters(), LARGEST_GRADIENT_NORM)
    optimizer.step()
    return loss.item()


def _build_optimizer(model: Autoencoder, config: TrainConfig) -> torch.optim.Optimizer:
    """AdamW (Loshchilov and Hutter, 2019); weight decay on matrices and kernels, not on biases and norms."""
    kernels = [parameter for parameter in model.parameters() if parameter.ndim > 1]
    others = [parameter for parameter in model.parameters() if parameter.ndim <= 1]
    groups = [
        {"params": kernels, "weight_decay": config.weight_decay},
        {"params": others, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=config.lr, fused=True)


def _announce(
    config: TrainConfig, folder: Path, data: Data, schedule: Schedule, device: Device, display: Display
) -> None:
    display.say(f"Pictures  {data.source}")
    display.say(f"          {len(data.train):,} to train on, {len(data.holdout):,} held out")
    for name, reason in data.skipped:
        display.say(f"Skipped   {name}: {reason}")
    latent = f"{config.latent_kind} latent of {config.latent_numbers}"
    display.say(f"Network   {config.arch}, {latent}, {config.head} head, {config.size}x{config.size} pixels")
    display.say(f"Device    {device.describe()}")
    display.say(f"Training  {schedule.total_steps:,} steps of {schedule.batch_size} pictures")
    display.say(f"Run       {folder}")


def main() -> int:
    """The command `convae-train`.

    Returns:
        The exit status: 0, 2 on bad input, or 128 and the number of the signal that stopped the run.
    """
    stop = StopRequest()
    try:
        config, folder = choose_run(sys.argv[1:])
        with Display() as display:
            train(config, folder, display, stop)
            if stop.signal is not None:
                display.say(f"Stopped   go on with python -m trainer.train --resume --out {folder}")
            display.say(f"Next      python -m export.to_onnx {folder}")
    except TrainerError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped at once; the last checkpoint stands", file=sys.stderr)
        return 130
    return 0 if stop.signal is None else 128 + stop.signal


if __name__ == "__main__":
    sys.exit(main())
