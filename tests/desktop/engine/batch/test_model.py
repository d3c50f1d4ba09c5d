"""The model of a batch, as several threads use it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from desktop.engine.autoencoder import ON_CPU, Autoencoder, Latents
from desktop.engine.batch.model import BatchModel
from desktop.engine.pictures import Pixels
from export.bundle import Bundle
from tests.desktop.engine.conftest import varied


def test_a_picture_is_what_the_model_makes_of_it_refined_or_not(vector: Bundle) -> None:
    """Refined it is no worse, and says what that brought."""
    autoencoder, picture = Autoencoder(vector, "cpu"), varied(1)
    model = BatchModel(autoencoder)
    plain = model.reconstruct(picture, False, lambda *_: None)
    assert np.array_equal(plain.code, autoencoder.encode(picture[None])[0])
    assert np.array_equal(plain.output, autoencoder.decode(plain.code[None])[0])
    assert plain.gained_db is None
    refined = model.reconstruct(picture, True, lambda *_: None)
    assert refined.gained_db is not None
    assert refined.gained_db >= 0


@pytest.mark.parametrize(("provider", "most"), [("CPU", ON_CPU), ("CUDA", 1)])
def test_no_more_run_at_a_time_than_the_provider_is_good_for(
    vector: Bundle, monkeypatch: pytest.MonkeyPatch, provider: str, most: int
) -> None:
    """Side by side on the CPU, one after another anywhere else."""
    model, inside, highest, lock = BatchModel(Autoencoder(vector, "cpu")), [0], [0], threading.Lock()
    encode = Autoencoder.encode

    def watched(self: Autoencoder, pictures: Pixels) -> Latents:
        with lock:
            inside[0] += 1
            highest[0] = max(highest[0], inside[0])
        threading.Event().wait(0.01)
        with lock:
            inside[0] -= 1
        return encode(self, pictures)

    monkeypatch.setattr(Autoencoder, "encode", watched)
    monkeypatch.setattr(Autoencoder, "provider", property(lambda _: provider))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: model.reconstruct(varied(number), False, lambda *_: None), range(16)))
    assert 1 <= highest[0] <= most
