"""A bundle's npz files, read safely: no pickles, nothing that unpacks without end."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.engine.errors import ModelError
from export.bundle import Bundle

Arrays = dict[str, NDArray[Any]]

LARGEST_BYTES = 512 << 20


def read_arrays(bundle: Bundle, name: str) -> Arrays:
    """Every array of one npz file of the bundle, by name.

    Raises:
        BundleError: The file was altered or cannot be read.
        ModelError: It is no npz file, holds pickled objects, or unpacks to more than `LARGEST_BYTES`.
    """
    where = bundle.path / name
    content = io.BytesIO(bundle.read(name))
    try:
        if sum(entry.file_size for entry in zipfile.ZipFile(content).infolist()) > LARGEST_BYTES:
            raise ModelError(f"{where} unpacks to more than {LARGEST_BYTES >> 20} MiB.")
        with np.load(content, allow_pickle=False) as stored:
            return {key: stored[key] for key in stored.files}
    except ModelError:
        raise
    except Exception as error:  # zipfile, zlib and numpy each raise their own kinds on broken data
        raise ModelError(f"{where} is not a readable npz file ({error}).") from error
