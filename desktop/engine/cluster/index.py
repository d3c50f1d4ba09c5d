"""An index that a Ray cluster encodes: workers give codes, and this machine writes them as they come.

Codes travel as float16, a thousandth of a deviation apart; nothing is held here but the rows that have just come.
"""

from __future__ import annotations

import contextlib
import dataclasses
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from desktop.engine import library
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.cluster.connection import Cluster, bundle_files, connected, import_ray, spread
from desktop.engine.folder.encoding import Encoded, Encoder, PictureRow, batch_length, encode_batch, read_row
from desktop.engine.folder.index import Index
from desktop.engine.machine.providers import Asked
from desktop.engine.watch import Stopped
from export.bundle import Bundle, SizeRule
from export.bundle.store import write_store

COLUMNS = ("name", "bytes", "changed_ns", "row")


@dataclasses.dataclass(frozen=True)
class EncodingOrder:
    """What every worker is told: the model's files, the folder, the size to encode at, and where to compute."""

    bundle: Mapping[str, bytes]
    folder: Path
    size: SizeRule
    asked: Asked


class EncodingWorker:
    """One session of the model, in a process of its own."""

    def __init__(self, order: EncodingOrder) -> None:
        """Opens the model.

        Raises:
            BundleError, ModelError: It does not run here.
        """
        self._scratch = tempfile.TemporaryDirectory(prefix="convae-")
        place = Path(self._scratch.name) / "model"
        write_store(place, order.bundle)
        self._model = Autoencoder(library.open_entry(place).require(), order.asked, 1, falls_back=False)
        self._order = order

    def __call__(self, batch: Mapping[str, Any]) -> dict[str, list[Any]]:
        """Encodes some pictures: columns `COLUMNS` in, the fields of `Encoded` out."""
        folder, size = self._order.folder, self._order.size
        files = [PictureRow(str(name), *map(int, facts)) for name, *facts in zip(*(batch[name] for name in COLUMNS))]
        found = encode_batch(self._model, folder, [read_row(folder, file, size) for file in files])
        return {
            **{name: [getattr(each.file, name) for each in found] for name in COLUMNS},
            "code": [b"" if each.code is None else each.code.astype(np.float16).tobytes() for each in found],
            "scores": [list(each.scores) for each in found],
            "thumbnail": [each.thumbnail for each in found],
            "problem": [each.problem.encode("utf-8", "backslashreplace").decode() for each in found],
            "is_several": [each.is_several for each in found],
        }


@contextlib.contextmanager
def cluster_encoder(
    index: Index, bundle: Bundle, asked: Asked, cluster: Cluster, tell: Callable[[str], None] = lambda _: None
) -> Iterator[Encoder]:
    """An encoder for `desktop.engine.folder.update.update`, whose nodes see the folder under the same path.

    Args:
        index: What is encoded for.
        bundle: The model.
        asked: The execution provider to prefer.
        cluster: Where.
        tell: Told of the cluster.

    Raises:
        DesktopError: Ray is not installed, or no cluster answers.
    """
    ray = import_ray()
    order = EncodingOrder(bundle_files(bundle), index.folder, index.size, asked)

    def encode(todo: Sequence[PictureRow], stopped: Stopped) -> Iterator[list[Encoded]]:
        # Names that are no text go by their bytes: they are few, and a table of Ray holds text alone.
        rows = [dataclasses.asdict(file) for file in todo if _is_text(file.name)]
        if rows:
            for row in spread(ray, cluster, EncodingWorker, order, rows, batch_length(index.size), asked != "cpu"):
                if stopped():
                    return
                yield [_encoded(row, index.shape)]
        rest = [file for file in todo if not _is_text(file.name)]
        if rest and not stopped():
            model = Autoencoder(bundle, asked, falls_back=False)
            yield encode_batch(model, index.folder, [read_row(index.folder, file, index.size) for file in rest])

    with connected(ray, cluster, tell):
        yield encode


def _encoded(row: dict[str, Any], shape: tuple[int, ...]) -> Encoded:
    file = PictureRow(*(row[name] for name in COLUMNS))
    if not row["code"]:
        return Encoded(file, problem=row["problem"])
    code = np.frombuffer(row["code"], np.float16).astype(np.float32).reshape(shape)
    error, structure, scales = row["scores"]
    return Encoded(file, code, (error, structure, scales), row["thumbnail"], "", row["is_several"])


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
