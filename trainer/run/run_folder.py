"""The folder of a run: `runs/<time>-<arch>` unless --out says otherwise, with `runs/latest` pointing at the newest."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from trainer.errors import CheckpointError, ConfigError, DivergedError, LostProcessError, TrainerError
from trainer.machine.files import write_text
from trainer.options.command_line import parse
from trainer.options.config import TrainConfig, check_resumable, read_config
from trainer.run.checkpoint import CHECKPOINT_FILE, WEIGHTS_FILE, save_config, steps_done
from trainer.run.contract.sentence import Sentence
from trainer.run.live import kind_of_failure, tell_failure
from trainer.run.metrics import METRICS_FILE, read_metrics
from trainer.terminal import sentence

RUNS = Path("runs")
LOCK_FILE, CURVES_FILE = ".lock", "curves.png"


def choose_run(arguments: Sequence[str]) -> tuple[TrainConfig, Path]:
    """Reads the command line, and says where the run will be. Writes nothing.

    With --resume, options that are not given are those that the run was started with.

    Raises:
        TrainerError: Options that cannot be used, a run folder that is taken, or none to resume.
        SystemExit: --help, or a flag that does not exist (status 2).
    """
    config = parse(arguments)
    _require_utf8(config.run.out)
    if config.run.resume and config.run.out is not None:
        folder = config.run.out
        saved = read_config(folder)
        config = parse(arguments, saved)
        check_resumable(saved, config)
        if not (folder / CHECKPOINT_FILE).is_file() and not _never_saved(folder, saved.run.checkpoint_every):
            raise CheckpointError(
                "{folder} has no {name} to resume from: it was deleted or not copied. To train the weights"
                " that are there further, start another run with --start-from {folder}.",
                folder=folder,
                name=CHECKPOINT_FILE,
            )
        return config, folder
    folder = config.run.out or RUNS / f"{datetime.now():%Y%m%d-%H%M%S}-{config.network.arch}"
    if folder.exists() and not folder.is_dir():
        raise CheckpointError("{folder} is a file, and no folder; choose another --out.", folder=folder)
    if folder.exists() and any(each.name != LOCK_FILE for each in folder.iterdir()):
        if (folder / CHECKPOINT_FILE).is_file():
            raise CheckpointError(
                "{folder} is not empty; add --resume to resume it, or choose another --out.", folder=folder
            )
        raise CheckpointError("{folder} is not empty; choose another --out.", folder=folder)
    return config, folder


def _require_utf8(folder: Path | None) -> None:
    """Weights and TensorBoard's files can be opened only below such names.

    Raises:
        ConfigError: The run folder's name has bytes that are not UTF-8.
    """
    try:
        str(folder).encode("utf-8")
    except UnicodeEncodeError as error:
        raise ConfigError(
            "--out {folder}: the name is not UTF-8, and weights cannot be read from there.", folder=folder
        ) from error


def _never_saved(folder: Path, checkpoint_every: int) -> bool:
    """Whether a run was stopped before it could write a checkpoint: nothing is lost by starting anew."""
    if (folder / CURVES_FILE).is_file():  # it came to its end
        return False
    if not (folder / METRICS_FILE).is_file():
        return not (folder / WEIGHTS_FILE).is_file()
    rows = read_metrics(folder)
    return not rows or rows[-1].step <= checkpoint_every


@contextlib.contextmanager
def only_writer(folder: Path, writes: bool) -> Iterator[None]:
    """Keeps other trainings from writing into a run folder while the block lasts.

    Args:
        folder: The run folder, which need not be there; nothing is left of it where the block makes nothing in it.
        writes: Whether this process writes; another one of the same training does not ask.

    Raises:
        CheckpointError: Another training writes there, or the folder cannot be made.
    """
    if not writes:
        yield
        return
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    lock = FileLock(folder / LOCK_FILE, timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise CheckpointError(
            "{folder} is being trained by another process; wait until it ends, or choose another --out.", folder=folder
        ) from error
    except OSError as error:
        raise _not_made(folder, error) from error
    try:
        yield
    finally:
        lock.release()
        if made and [each.name for each in folder.iterdir()] == [LOCK_FILE]:
            (folder / LOCK_FILE).unlink()
            with contextlib.suppress(OSError):  # something else lies in one of them by now
                for each in made:
                    each.rmdir()


def what_stands(folder: Path) -> Sentence:
    """The checkpoint to go on from after a training that ended early, for a sentence."""
    try:
        return Sentence("the checkpoint of step {step:,} in {folder} stands", step=steps_done(folder), folder=folder)
    except TrainerError:
        return Sentence("nothing was saved yet")


@contextlib.contextmanager
def failures_told(folder: Path) -> Iterator[None]:
    """Says in the run's status why it ended early, and of a training that diverged what can be gone on with."""
    try:
        yield
    except TrainerError as error:
        said = error.sentence
        if isinstance(error, DivergedError | LostProcessError):
            said = Sentence("{problem}; {stands}.", problem=said, stands=what_stands(folder))
        tell_failure(folder, said, kind_of_failure(error), error.cure)
        raise type(error)(said, error.cure) from error
    except OSError as error:
        tell_failure(folder, sentence(error), kind_of_failure(error))
        raise


def start_run(config: TrainConfig, folder: Path) -> None:
    """Makes the run folder with its `config.json`; a folder below `runs` becomes `runs/latest`.

    Raises:
        CheckpointError: It could not be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        save_config(folder, config)
        if config.run.out is None:
            _point_latest(folder)
    except OSError as error:
        raise _not_made(folder, error) from error


def resume_run(config: TrainConfig, folder: Path) -> None:
    """Writes what a resumption changes into `config.json`: the command on a card is that of the whole run.

    Raises:
        CheckpointError: It could not be written; the options before stay whole.
    """
    try:
        save_config(folder, config.changed(resume=False))
    except OSError as error:
        reason = error.strerror or error
        raise CheckpointError("{folder} could not be written to ({reason}).", folder=folder, reason=reason) from error


def _not_made(folder: Path, error: OSError) -> CheckpointError:
    reason = error.strerror or error
    return CheckpointError(
        "The run folder {folder} could not be made ({reason}); choose another --out.", folder=folder, reason=reason
    )


def _point_latest(folder: Path) -> None:
    """A link, or, where the system allows none, a text file with the folder's name."""
    latest = folder.parent / "latest"
    scratch = folder.parent / f".latest-{secrets.token_hex(8)}"
    try:
        scratch.symlink_to(folder.name, target_is_directory=True)
        scratch.replace(latest)
    except OSError:
        scratch.unlink(missing_ok=True)
        write_text(latest, folder.name + "\n")
