"""`python -m export.to_diffusers BUNDLE|RUN --out FOLDER`: a model in the layout of Hugging Face's hub, for torch."""

from __future__ import annotations

import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import tyro

from export.bundle import BundleError, is_bundle, read_bundle
from export.errors import ExportError
from export.to_onnx import EXIT_BAD_INPUT, EXIT_INTERRUPTED, ExportConfig, export_run
from trainer.errors import TrainerError

_LICENSE = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")


@dataclass(frozen=True)
class DiffusersConfig:
    """Write a model as safetensors, config.json, a loader in plain torch and a card with metadata. Nothing is uploaded.

    Nothing is written unless torch reproduces the bundle's pictures from these files, within one level.
    """

    model: tyro.conf.Positional[Path]
    """A bundle in fp32 (its folder or .convae file), or a run, which is exported first."""
    out: Path
    """The folder; an older one there is replaced."""
    license: str = "other"
    """The licence of model and pictures, by the hub's name for it, such as `cc-by-4.0`."""


def main() -> int:
    """The command; returns its exit status: 0, or 2 after one sentence about what is wrong."""
    config = tyro.cli(DiffusersConfig, prog="python -m export.to_diffusers")
    try:
        files = convert(config)
    except (ExportError, TrainerError, BundleError) as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"The disk refused: {error.strerror or error} ({error.filename or 'no file named'}).")
    except KeyboardInterrupt:
        print("Stopped; nothing was written.", file=sys.stderr)
        return EXIT_INTERRUPTED
    print(f"Written to {config.out}: {', '.join(files)}")
    return 0


def convert(config: DiffusersConfig) -> list[str]:
    """Writes the repository; gives the names of its files.

    Raises:
        ExportError: The model has no way out, or the place holds something else.
        TrainerError: There is no such run, or its pictures cannot be used.
        BundleError: The bundle is broken.
        OSError: The disk refused.
    """
    # These bring torch and onnx, which --help can do without.
    from export.diffusers.repository import repository_files, write_repository

    if not _LICENSE.fullmatch(config.license):
        raise ExportError(f"--license {config.license!r} is not a licence as the hub names them, such as cc-by-4.0.")
    if is_bundle(config.model):
        files = repository_files(read_bundle(config.model), config.license)
    else:
        with tempfile.TemporaryDirectory() as scratch:
            place = Path(scratch, config.model.resolve().name)
            files = repository_files(export_run(ExportConfig(config.model, out=place)), config.license)
    write_repository(config.out, files)
    return list(files)


def _fail(message: str) -> int:
    print(f"error: {message}", file=sys.stderr)
    return EXIT_BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())
