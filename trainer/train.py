"""Trains an autoencoder: `python -m trainer.train --data FOLDER`. To be read from top to bottom."""

from __future__ import annotations

import contextlib
import functools
import shlex
import sys
import time
from collections.abc import Collection, Sequence
from pathlib import Path

import torch

from trainer.advice.advice import FEW
from trainer.advice.announcement import announcement
from trainer.advice.collapse import warning
from trainer.advice.decision import open_decided, time_limit
from trainer.advice.pace import Pace
from trainer.advice.verdict import lines_of, verdict
from trainer.architectures.families import build_autoencoder
from trainer.data.amount import measured_in_time
from trainer.evaluation import Measures, comparison_grid
from trainer.extra import STARTED
from trainer.floor.floor import FLOORS_FILE, Floors, floors_text, read_floors
from trainer.floor.repeated import count_groups
from trainer.floor.start import find_floors, repeat_floor, set_start
from trainer.loop.average import averaged
from trainer.loop.batches import batches, check_shares
from trainer.loop.first_weights import take_weights
from trainer.loop.resumption import continued
from trainer.loop.schedule import kl_weight, plan, share_of_steps
from trainer.loop.step import Stepper
from trainer.machine.allocation import keep_freed_memory
from trainer.machine.budget import UNLIMITED, Budget
from trainer.machine.clock import Clock
from trainer.machine.device import choose_device
from trainer.machine.distributed import Processes, joined, losses_told, placed
from trainer.machine.files import write_text
from trainer.machine.randomness import Part
from trainer.machine.stop import StopRequest
from trainer.objective.guidance import Guide, read_targets
from trainer.options.command_line import given_options
from trainer.options.config import TrainConfig
from trainer.report import finish_report, save_curves, save_skipped
from trainer.run.checkpoint import CHECKPOINT_FILE, load_checkpoint, save_checkpoint, save_weights
from trainer.run.contract.sentence import Sentence
from trainer.run.display import Display
from trainer.run.ending import why_ended
from trainer.run.explanations import explained
from trainer.run.forecast import Forecasts
from trainer.run.live import Live
from trainer.run.metrics import Row
from trainer.run.progress import Progress
from trainer.run.record import Record
from trainer.run.run_folder import failures_told, only_writer, resume_run, start_run, what_stands
from trainer.run.sampling import draw_samples
from trainer.run.shared_run import same_config, same_run
from trainer.run.units import Units
from trainer.terminal import exit_status


def train(
    config: TrainConfig,
    folder: Path,
    display: Display,
    stop: StopRequest,
    processes: Processes,
    given: Collection[str] | None = None,
    started: float | None = None,
) -> None:
    """Trains as `config` says and leaves weights, checkpoint, metrics, curves, grids and samples in `folder`.

    Args:
        config: The options.
        folder: The run folder.
        display: The terminal.
        stop: Whether a signal asked the run to stop.
        processes: Those that share the work.
        given: Names of the options that the user gave; the others are decided by the pictures. None where the options
            are to be taken as they are.
        started: When the command began, on the monotonic clock: --time-limit counts from then.

    Raises:
        TrainerError: Bad input, no memory, or a training that diverged; the last checkpoint is whole.
    """
    before = 0.0 if started is None else time.monotonic() - started
    with Clock(before) as clock:  # pictures are prepared within --time-limit
        _train(config, folder, display, stop, processes, given, clock)


def _train(
    config: TrainConfig,
    folder: Path,
    display: Display,
    stop: StopRequest,
    processes: Processes,
    given: Collection[str] | None,
    clock: Clock,
) -> None:
    # Open the pictures, and decide by them what was left open.
    device = choose_device(config, processes)
    given = None if config.run.resume else given
    budget = UNLIMITED if processes.count > 1 else Budget(lambda: clock.seconds, time_limit(config, given))
    data, decided = open_decided(config, given, device.name == "cuda", display.prepare, budget)
    config = decided.config if given is None else same_config(decided.config, processes)
    for line in decided.lines:
        display.say(line)
    schedule = plan(config, len(data.train))
    check_shares(schedule, config, processes)

    # Build the network and what changes it, or put back what a checkpoint holds.
    torch.manual_seed(config.run.seed)
    targets = read_targets(data) if config.objective.label_weight > 0 else None
    guide = None if targets is None else Guide(config.network.latent_numbers, targets.shares).to(device.name)
    limit = config.training.time_limit_seconds
    clock.plan(0.0, limit)
    floors = Floors(read_floors(folder))
    model = build_autoencoder(config.blueprint)
    if not (config.run.resume and (folder / CHECKPOINT_FILE).is_file()):  # killed before its first checkpoint, anew
        if processes.writes:  # the others have theirs from this one
            take_weights(model, config)
        floors = find_floors(config, data, model, budget)
        if config.network.start_from is None:
            set_start(model, config.blueprint.init, floors)
        if given is not None and count_groups(data) < FEW and (repeated := repeat_floor(config, data, model)):
            display.say(f"Few       {count_groups(data):,} pictures, {floors.measured[0].title} {repeated.words}")
    stepper = Stepper(placed(model, device.name, processes), config, device, processes, guide)
    measure = functools.partial(Measures, loss=stepper.loss, config=config, device=device, processes=processes)
    data = measured_in_time(data, lambda some: measure(some)(stepper.model), budget)
    progress = Progress(planned_steps=schedule.total_steps)
    said = None
    if config.run.resume:
        progress = load_checkpoint(folder, stepper.model, stepper.average, stepper.optimizer, guide)
        schedule, said = continued(schedule, config, progress)
        if processes.writes:
            resume_run(config, folder)
    elif processes.writes:
        start_run(config, folder)
        save_skipped(folder, data.skipped)
        write_text(folder / FLOORS_FILE, floors_text(floors.measured))
    clock.plan(progress.seconds, limit)
    lines = [*announcement(config, folder, data, schedule, device, processes, floors, budget), said]
    for line in filter(None, lines):
        display.say(line)
    if progress.step >= schedule.total_steps:
        display.say(f"All {schedule.total_steps:,} steps were done before; ask for more with --epochs or --steps.")
        return
    clock.reserve()
    measures, measuring = measure(data.holdout), None
    if progress.step == 0 and (config.blueprint.init != "random" or config.network.start_from is not None):
        began = clock.seconds
        measured = measures(averaged(stepper.model, stepper.average))
        clock.reserve(measuring := clock.seconds - began)
        progress.begin(measured["holdout_loss"], measured["holdout_psnr"], config.objective.goal is None)
        display.say(f"Start     {progress.best_psnr:.2f} dB on held-out pictures, before the first step")
        if processes.writes:
            save_weights(folder, averaged(stepper.model, stepper.average), 0)
    pace = Pace(clock.seconds, progress.step, schedule, len(data.holdout), measuring, clock.until)
    forecasts = Forecasts(progress.start_psnr)
    live = Live(folder, stop, processes.writes, [*decided.said, *filter(None, [budget.said])])
    live.begin(progress.seconds, progress.step, schedule.total_steps)
    (unready,) = processes.agree(clock.spent if progress.step == 0 else 0.0)

    def save() -> None:
        save_checkpoint(folder, stepper.model, stepper.average, stepper.optimizer, progress, guide)

    # Train, step by step.
    with (
        Record(folder, progress.step, display, Units(stepper.model), processes.writes) as record,
        contextlib.closing(batches(data, schedule, progress.step, processes)) as coming,
        stop.listening(announce=processes.writes),
    ):
        for step in range(progress.step, schedule.total_steps):
            started = time.perf_counter()
            positions, pictures = next(coming)
            labels = None if targets is None else targets.values[positions]
            first, end = processes.bounds(schedule.batch_size)
            part = Part(config.run.seed, step, first, end - first, schedule.batch_size)
            with losses_told(processes, save):
                spent, stopping = processes.agree(clock.spent, stop.signal is not None)
                rate = schedule.learning_rate(step, share_of_steps(spent, unready))
                outcome = stepper.take(pictures, part, rate, kl_weight(config, schedule, step), progress.guard, labels)
            speed = schedule.batch_size / (time.perf_counter() - started)
            if outcome.revived:
                display.say(f"Revived   {outcome.revived} units that had not fired for hundreds of steps")
            progress.step, progress.seconds = step + 1, clock.seconds
            last = stopping > 0 or spent >= 1 or step + 1 == schedule.total_steps

            # Measure held-out pictures at the end of each epoch, and keep the best weights.
            figures: dict[str, float] = {}
            ends_epoch = schedule.ends_epoch(step) or (last and not stopping)
            if ends_epoch:
                began = clock.seconds
                model = averaged(stepper.model, stepper.average)
                figures = measures(model)
                clock.reserve(clock.seconds - began)
                better = progress.measured(figures["holdout_loss"], figures["holdout_psnr"], step + 1)
                last = last or progress.why_stop(config.training.patience_epochs) is not None
                if better and processes.writes:
                    save_weights(folder, model, step + 1)

            # Write everything down.
            row = Row(
                step=step + 1,
                epoch=schedule.epoch(step) + 1,
                loss=outcome.loss,
                learning_rate=rate,
                images_per_second=speed,
                holdout_psnr=figures.get("holdout_psnr"),
                kl=outcome.kl,
                active_latents=outcome.active,
                skipped_steps=progress.guard.skipped,
                label_loss=outcome.label_loss,
                gradient_norm=outcome.gradient_norm,
            )
            record.step(row, schedule.epoch(schedule.total_steps - 1) + 1, schedule.total_steps)
            live.step(row, schedule.total_steps, clock.seconds, clock.spent)
            if (told := pace.step(step + 1, clock.seconds)) is not None:
                display.say(told)
            if ends_epoch and processes.writes:
                curve = [*record.curve(), (step + 1, figures["holdout_psnr"])]
                planned = schedule.expected_steps(step + 1, share_of_steps(spent, unready))
                if not last and (found := forecasts.once(curve, planned)) is not None:
                    display.say(f"Forecast  {found.words}")
                    live.add(found.words)
                    figures |= found.columns
                record.epoch(row, figures, comparison_grid(model, data.holdout, device, config))
                all_of_kl = config.objective.variational and kl_weight(config, schedule, step) == config.objective.kl
                if all_of_kl and (told := warning(config, model, figures, data, device)):
                    display.say(told)

            # Save now and then, at the end, and when asked to stop.
            if processes.writes and (last or (step + 1) % config.run.checkpoint_every == 0):
                with stop.saving():
                    save()
                    if progress.best_loss is None and progress.epochs_since_best == 0:  # not measured yet
                        save_weights(folder, averaged(stepper.model, stepper.average), step + 1)
            if last:
                break

    # Say why it ended, and show what it came to.
    if (why := why_ended(config, progress, spent)) is not None:
        display.say(f"Stopped   {why}")
    if processes.writes:
        live.end("finishing")
        save_curves(folder)
        draw_samples(folder, config, data.train, device, display.say)
        finish_report(folder, data, device, display.say)
        ending = verdict(folder, config, progress, data, decided.facts)
        for line in lines_of(ending):
            display.say(line)
        live.note([*([] if why is None else [Sentence("stopped: {reason}", reason=why)]), *ending])
        live.end("done" if stop.signal is None else "stopped")


def main(arguments: Sequence[str] | None = None, started: float | None = None) -> int:
    """The command `convae-train`, with these arguments or those that it was given by the system.

    Args:
        arguments: The words after the command.
        started: When it began, on the monotonic clock; now where that is not known.

    Returns:
        The exit status: 0, 2 on bad input, or 128 and the number of the signal that stopped the run.
    """
    keep_freed_memory()
    stop = StopRequest()
    folder = Path()

    def command() -> int:
        nonlocal folder
        words = sys.argv[1:] if arguments is None else arguments
        with contextlib.ExitStack() as held:
            processes = held.enter_context(joined())
            with failures_told(folder):
                config, folder = held.enter_context(same_run(words, processes))
            display = held.enter_context(Display(quiet=not processes.writes))
            with (
                failures_told(folder),
                only_writer(folder, processes.writes),
                explained(config),
                losses_told(processes),
            ):
                train(config, folder, display, stop, processes, given_options(words), started)
            quoted = shlex.quote(str(folder))
            if stop.signal is not None:
                display.say(f"Stopped   resume with python -m trainer.train --resume --out {quoted}")
            display.say(f"Next      python -m export.to_onnx {quoted}")
        return 0 if stop.signal is None else 128 + stop.signal

    return exit_status(command, lambda: f"stopped at once; {what_stands(folder)}")


if __name__ == "__main__":
    sys.exit(main(started=STARTED))
