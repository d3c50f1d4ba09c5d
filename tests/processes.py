"""Trainings in processes of their own, none of which imports torch anew: a server that has it copies itself."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import socket
import sys
from collections.abc import Mapping
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path


def start_training(
    arguments: tuple[object, ...], environment: Mapping[str, str], errors: Path, folder: Path | None = None
) -> BaseProcess:
    """`python -m trainer.train` in a process of its own, with its stderr in a file; its exit code is the command's.

    `folder` is where it is started.
    """
    context = multiprocessing.get_context("forkserver")
    assert isinstance(context, ForkServerContext)
    context.set_forkserver_preload(["trainer.train", "sklearn.mixture", "matplotlib.figure"])
    process = context.Process(target=_train, args=(list(map(str, arguments)), dict(environment), errors, folder))
    process.start()
    return process


def group_environments(count: int) -> list[dict[str, str]]:
    """What `torchrun --nproc-per-node COUNT` tells each of its processes."""
    with contextlib.closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    common = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port, "WORLD_SIZE": str(count), "TORCHELASTIC_RUN_ID": "test"}
    return [{**common, "RANK": str(rank), "LOCAL_RANK": str(rank)} for rank in range(count)]


def _train(arguments: list[str], environment: dict[str, str], errors: Path, folder: Path | None) -> None:
    import torch

    from trainer import train

    torch.set_num_threads(1)
    os.environ.update(environment)
    if folder is not None:
        os.chdir(folder)
    sys.argv = ["train", *arguments]
    with errors.open("w") as stderr, contextlib.redirect_stderr(stderr), contextlib.redirect_stdout(stderr):
        sys.exit(train.main())
