"""Which way of computing a model is the fastest here."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import StoppedError
from desktop.engine.machine import providers, race
from desktop.engine.machine.graphs import Graph, open_graph
from desktop.engine.machine.placement import Placement
from desktop.engine.machine.providers import CPU, Kind
from export.bundle import PROOF_FILE, Bundle
from tests import bundles
from tests.pictures import gradient


class Paced:
    """A graph of onnxruntime that takes as long as it is told by a clock of its own, and errs by as much."""

    now = 0.0

    def __init__(self, content: bytes, seconds: float, error: float) -> None:
        self._graph, self._seconds, self._error = open_graph(content, CPU, 1), seconds, error

    def run(self, batch: NDArray[Any]) -> NDArray[Any]:
        """Its output, later."""
        output = self._graph.run(batch)
        Paced.now += self._seconds
        return output + np.asarray(self._error).astype(output.dtype)

    def placement(self) -> Placement:
        """As it is."""
        return self._graph.placement()


@pytest.fixture
def proved(vector: Bundle) -> Bundle:
    """A bundle with a proof, as the export leaves one."""
    model = Autoencoder(vector, "cpu", threads=1)
    pictures = gradient(32, 32)[None]
    latents = model.encode(pictures)
    file = io.BytesIO()
    np.savez_compressed(file, pictures_0=pictures, latents_0=latents, images_0=model.decode(latents), peak_0=1.0)
    return bundles.rewrite(vector, proof_npz=file.getvalue())


@pytest.fixture(autouse=True)
def paced(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[dict[str, tuple[float, float]]]:
    """Seconds and error of each choice of onnxruntime; results are kept in a folder of the test's."""
    pace: dict[str, tuple[float, float]] = {}

    def open_paced(content: bytes, _kind: Kind, _threads: int = 0, choice: str = "", _name: str = "") -> Paced:
        return Paced(content, *pace.get(choice, (0.002, 0.0)))

    monkeypatch.setattr(race, "open_graph", open_paced)
    monkeypatch.setattr(race, "time", SimpleNamespace(perf_counter=lambda: Paced.now))
    monkeypatch.setattr(providers, "has_openvino", lambda: False)
    monkeypatch.setenv("CONVAE_CACHE", str(tmp_path / "cache"))
    race._machine.cache_clear()
    yield pace
    race._machine.cache_clear()


@pytest.mark.parametrize(
    ("pace", "winner"),
    [((0.001, 0.0), "extended"), ((0.004, 0.0), "usual"), ((0.001, 5.0), "usual")],
    ids=["faster", "slower", "faster and wrong"],
)
def test_a_faster_way_with_the_same_answers_wins(
    proved: Bundle, paced: dict[str, tuple[float, float]], pace: tuple[float, float], winner: str
) -> None:
    """It is kept for these graphs, and taken by whoever opens the model next."""
    paced["extended"] = pace
    assert race.kept(proved) is None
    result = race.race(proved)
    assert result.way.key == winner
    kept = race.kept(proved)
    assert kept is not None
    assert kept.way is result.way
    assert ("extended" in kept.ratios) == (pace[1] == 0)
    assert race.kept(proved, threads=1) is None


def test_the_winner_is_what_opens(
    proved: Bundle, paced: dict[str, tuple[float, float]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By *auto* and on the CPU; where it fails, the usual way does the work."""
    from desktop.engine import autoencoder as module

    opened: list[str] = []

    def watched(content: bytes, kind: Kind, threads: int = 0, choice: str = "", name: str = "") -> Any:
        opened.append(choice)
        if choice == "extended" and is_broken:
            raise module.ModelError("it does not work")
        return open_graph(content, kind, threads, choice, name)

    paced["extended"] = (0.001, 0.0)
    race.race(proved)
    monkeypatch.setattr(module, "open_graph", watched)
    for is_broken in (False, True):
        opened.clear()
        assert Autoencoder(proved, "cpu").encode(gradient(32, 32)[None]).shape == (1, 8)
        assert opened == ["extended"] * 2 + [""] * 2 * is_broken


def test_the_decoder_alone_may_run_another_way(proved: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where OpenVINO is faster at the decoder and slower at the encoder, each graph goes where it is faster."""
    from desktop.engine import autoencoder as module

    paces = {("encoder", "cpu"): 0.002, ("decoder", "cpu"): 0.002, ("encoder", "openvino"): 0.004}
    opened: dict[str, Kind] = {}

    def open_paced(content: bytes, kind: Kind, _threads: int = 0, choice: str = "", name: str = "") -> Paced:
        return Paced(content, 0.003 if choice else paces.get((name, kind.key), 0.001), 0.0)

    def watched(content: bytes, kind: Kind, threads: int = 0, _choice: str = "", name: str = "") -> Graph:
        opened[name] = kind
        return open_graph(content, CPU, threads)

    monkeypatch.setattr(race, "open_graph", open_paced)
    monkeypatch.setattr(race, "_others", lambda: [way for way in race.WAYS[1:] if way.choice != "bf16"])
    result = race.race(proved)
    assert result.way.key == "openvino-decoder"
    assert result.ratios["openvino-decoder"] == pytest.approx(4 / 3)
    monkeypatch.setattr(module, "open_graph", watched)
    monkeypatch.setattr(Placement, "total", 0)  # what is watched ran on the CPU after all
    assert Autoencoder(proved, "auto").running.provider == "OpenVINO"
    assert opened == {"encoder": CPU, "decoder": providers.OPENVINO}
    opened.clear()
    assert Autoencoder(proved, "cpu").running.provider == "CPU"
    assert set(opened.values()) == {CPU}


def test_without_a_proof_nothing_is_raced(vector: Bundle, paced: dict[str, tuple[float, float]]) -> None:
    """There is nothing to tell a wrong answer by."""
    assert PROOF_FILE not in vector.info.sha256
    paced["extended"] = (0.001, 0.0)
    assert (race.race(vector).way, race.race(vector).ratios) == (race.USUAL, {})


@pytest.mark.parametrize("content", [b"", b"[]", b'{"way": "abacus", "ratios": {}}', b"{" * 100_000])
def test_a_result_that_cannot_be_read_is_none(proved: Bundle, content: bytes) -> None:
    """Whatever lies in its place."""
    race.race(proved)
    place = race._place(proved, 0)
    place.write_bytes(content)
    assert race.kept(proved) is None


def test_a_race_is_given_up(proved: Bundle) -> None:
    """Nothing is kept of it."""
    with pytest.raises(StoppedError):
        race.race(proved, is_stopped=lambda: True)
    assert race.kept(proved) is None


def test_a_gain_must_be_clear() -> None:
    """Three rounds of four must show it: a way that was lucky half the time does not win."""
    way = race.WAYS[1]
    assert race._winner({way: np.array([1.2] * 12 + [0.9] * 3)}).way is way
    assert race._winner({way: np.array([2.0] * 8 + [0.9] * 7)}).way is race.USUAL
    assert race._winner({way: np.full(15, 1.04)}).way is race.USUAL


def test_what_other_programs_decided_is_not_kept(proved: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the usual way itself was now fast and now slow, the race says little and is run again another time."""
    times = {race.USUAL: np.array([1.0] * 3 + [4.0] * 12), race.WAYS[1]: np.ones(15)}
    monkeypatch.setattr(race, "_times", lambda *_: times)
    assert race.race(proved).way is race.WAYS[1]
    assert race.kept(proved) is None
