"""One run of several processes, of which the first alone has the run folder.

The others need the pictures and nothing else: options come to them from the first process, and the checkpoint that is
gone on from too. Their own folder is one that vanishes with them.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from trainer.errors import ConfigError, TrainerError
from trainer.machine.distributed import Processes, is_started_by_torchrun
from trainer.options.command_line import parse
from trainer.options.config import TrainConfig
from trainer.run.checkpoint import CHECKPOINT_FILE
from trainer.run.run_folder import choose_run

CONFIG_FILE = "config.json"
PIECE = 64 << 20  # bytes of a checkpoint that are sent at once


@contextmanager
def same_run(words: Sequence[str], processes: Processes) -> Iterator[tuple[TrainConfig, Path]]:
    """The options of a run and its folder, of all processes the first one's.

    Args:
        words: The command's.
        processes: Those that train together; where there are others than the first one, their folder is another, with
            the checkpoint in it that a resumption begins with, and lasts as long as the block.

    Raises:
        TrainerError: As `choose_run`, in the first process.
        SystemExit: --help, or a flag that does not exist; and status 2 in every other process, where the first failed.
    """
    if processes.count == 1:
        yield choose_run(restarted(words))
        return
    told: dict[str, Any] = {}
    failure: TrainerError | SystemExit | None = None
    if processes.writes:
        try:
            config, folder = choose_run(restarted(words))
            told = {"options": config.to_json(), "folder": str(folder)}
        except (TrainerError, SystemExit) as error:
            failure = error
    told = json.loads(processes.same_bytes(json.dumps(told).encode("utf-8")))
    if failure is not None:
        raise failure
    if not told:
        raise SystemExit(2)
    folder = Path(told["folder"])
    config = TrainConfig.from_json(told["options"], folder / CONFIG_FILE)
    with tempfile.TemporaryDirectory(prefix="convae-run-") as own:
        if not processes.writes:
            folder = Path(own)
        if config.run.resume:
            _send(folder / CHECKPOINT_FILE, processes)
        yield config, folder


def same_config(config: TrainConfig, processes: Processes) -> TrainConfig:
    """The first process's options, for all: what is decided by the speed of a machine may differ between them."""
    if processes.count == 1:
        return config
    told = processes.same_bytes(json.dumps(config.to_json()).encode("utf-8"))
    return TrainConfig.from_json(json.loads(told), Path(CONFIG_FILE))


def restarted(words: Sequence[str]) -> Sequence[str]:
    """The words of a command that `torchrun --max-restarts` may start again: with --resume once the run is there.

    Raises:
        ConfigError: There is no --out by which a process that is started again would find the run.
    """
    if not is_started_by_torchrun() or int(os.environ.get("TORCHELASTIC_MAX_RESTARTS", 0)) == 0:
        return words
    run = parse(words).run
    if run.out is None:
        raise ConfigError("--max-restarts needs --out, by which a training that is started again finds its run.")
    return [*words, "--resume"] if not run.resume and (run.out / CONFIG_FILE).is_file() else words


def _send(path: Path, processes: Processes) -> None:
    """A file of the first process for all others, where there is one; nothing is written in the first."""
    size = path.stat().st_size if processes.writes and path.is_file() else -1
    size = int(processes.same_bytes(str(size).encode("ascii")))
    if size < 0:
        return
    with path.open("rb" if processes.writes else "xb") as file:
        for _ in range(0, size, PIECE):
            piece = processes.same_bytes(file.read(PIECE) if processes.writes else b"")
            if not processes.writes:
                file.write(piece)
