"""`python -m export.from_diffusers FOLDER --out BUNDLE`: the way back from what `export.to_diffusers` wrote."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import tyro

from export.bundle import BundleError
from export.errors import ExportError
from export.to_onnx import EXIT_BAD_INPUT, EXIT_INTERRUPTED


@dataclass(frozen=True)
class BundleConfig:
    """Make a bundle for convae-desktop from a folder that export.to_diffusers wrote."""

    folder: tyro.conf.Positional[Path]
    """The folder, such as a clone from the hub."""
    out: Path
    """The bundle's folder, or its .convae file."""


def main() -> int:
    """The command; returns its exit status: 0, or 2 after one sentence about what is wrong."""
    config = tyro.cli(BundleConfig, prog="python -m export.from_diffusers")
    # These bring torch and onnx, which --help can do without.
    from export.diffusers.repository import read_repository

    try:
        bundle = read_repository(config.folder, config.out)
    except (ExportError, BundleError) as error:
        message = str(error)
    except OSError as error:
        message = f"The disk refused: {error.strerror or error} ({error.filename or 'no file named'})."
    except KeyboardInterrupt:
        print("Stopped; nothing was written.", file=sys.stderr)
        return EXIT_INTERRUPTED
    else:
        print(f"Written to {bundle.path}")
        return 0
    print(f"error: {message}", file=sys.stderr)
    return EXIT_BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())
