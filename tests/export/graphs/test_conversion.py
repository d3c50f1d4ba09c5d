"""fp16 and int8: what is converted, what is kept, and what is refused."""

from __future__ import annotations

import numpy as np
import onnx
import pytest
from onnx import numpy_helper

from export.errors import ParityError, PrecisionError
from export.graphs import conversion
from export.graphs.conversion import export_proved
from export.graphs.int8 import to_int8
from trainer.data import Data
from trainer.data.dataset import Progress
from trainer.run.checkpoint import Run

pytestmark = pytest.mark.usefixtures("exported_once")


def test_too_great_a_loss_is_refused(
    vector_run: Run, data: Data, silent: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence says how much is lost and how much was allowed; two more careful tries were made."""
    tries = []

    def watched(content: bytes, batches: list[np.ndarray], kept: tuple[str, ...] = ()) -> bytes:
        tries.append(kept)
        return to_int8(content, batches, kept)

    monkeypatch.setattr(conversion, "to_int8", watched)
    with pytest.raises(PrecisionError, match=r"In int8 held-out pictures lose .* dB of PSNR; --max-loss allows -1"):
        export_proved(vector_run, data, "int8", -1.0, silent)
    assert [len(kept) for kept in tries[:4]] == [0, 0, 2, 2]
    assert [set(kept) > set(before) for kept, before in zip(tries[4:], tries[2:4])] == [True, True]


def test_a_black_fp16_picture_is_found(
    vector_run: Run, data: Data, silent: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after an overflow that nobody noticed."""

    def black(content: bytes, _: np.ndarray) -> bytes:
        model = onnx.load_from_string(content)
        for tensor in model.graph.initializer:
            if len(tensor.dims) == 4:
                tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor) * 0, tensor.name))
        return model.SerializeToString()

    monkeypatch.setattr(conversion, "to_half", black)
    with pytest.raises(ParityError, match="have a PSNR of"):
        export_proved(vector_run, data, "fp16", 0.3, silent)
