"""Directions that stand for labelled properties, measured through the exported graphs.

Everything is computed in whitened coordinates c [K], whatever the latent's width: along them no latent number counts
more than another, and a probe of a wide latent has K weights and no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from export.bundle import Concept
from export.runtime import Graph
from export.sampling import spread
from export.statistics.encoding import Codes
from export.statistics.isolation import Mover, Reading, isolate
from export.statistics.latents import HIGH_PERCENTILE, LOW_PERCENTILE, TINY, LatentStatistics
from trainer.data.dataset import Progress
from trainer.data.properties import Property, read_properties

LARGEST_CONCEPTS = 128
LARGEST_HELD_OUT = 2_000  # pictures that probes are tried on
# A probe that does worse on held-out pictures has found nothing that a slider could stand for: chance is 0.5 and 0.
SMALLEST_SCORE = {"accuracy": 0.7, "r2": 0.3}

PROBE_PICTURES = 10_000
SMALLEST_RESPONSE = 0.1  # of a deviation of its own probe; a direction that does less moves nothing

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Probe:
    """A linear reading of whitened coordinates."""

    weights: Floats
    """[K]"""
    deviation: float
    """Of its readings over training pictures."""

    def read(self, whitened: NDArray[Any]) -> Floats:
        """Readings in their standard deviations, of [N, K]: [N]."""
        readings: Floats = whitened @ self.weights / self.deviation
        return readings


@dataclass(frozen=True)
class ConceptDirections:
    """The concepts of a bundle and their arrays in `latents.npz`."""

    concepts: tuple[Concept, ...]
    arrays: dict[str, NDArray[Any]]


def find_concepts(
    factors: Mapping[str, Sequence[str]],
    codes: Codes,
    held_out: Codes,
    statistics: LatentStatistics,
    graphs: tuple[Graph, Graph],
    progress: Progress,
) -> ConceptDirections:
    """One direction for each labelled property that a linear probe can read.

    Args:
        factors: For each factor the label of every picture, in the order of `Pictures.pixels`.
        codes: Of pictures trained on: directions and probes are found by them.
        held_out: Of pictures held out: probes and directions are tried on them.
        statistics: Of `codes`.
        graphs: Encoder and decoder; what a direction moves is measured through them, in a batch for each core at once,
            so that they do best with one thread.
        progress: Told how many properties are done.

    Raises:
        GraphError: A graph does not run.
    """
    train, test = statistics.whiten(codes), statistics.whiten(held_out)
    properties = read_properties(factors, codes.rows, held_out.rows)
    gradients = find_gradients(train, [(each.factor, each.target[codes.rows]) for each in properties])
    read: list[tuple[Property, Floats, Probe, float]] = []
    for done, (each, gradient) in enumerate(zip(properties, gradients), start=1):
        probe, score = fit_probe(each, train, test, codes.rows, held_out.rows)
        if score >= SMALLEST_SCORE[each.measure]:
            read.append((each, gradient, probe, score))
        progress("Fitting probes to labels", done, len(properties))

    if not read:
        return ConceptDirections((), {})

    # Aimed by pictures trained on; what leaks is then measured on others.
    readings = [Reading(each.factor, effect, probe.weights / probe.deviation) for each, effect, probe, _ in read]
    aimed = isolate(readings, Mover(codes, statistics, graphs), progress)
    mover = Mover(held_out, statistics, graphs)
    concepts, directions = [], []
    for done, ((each, _, probe, score), whitened) in enumerate(zip(read, aimed), start=1):
        direction = statistics.direction(whitened)
        others = [(other.name, theirs) for other, _, theirs, _ in read if other.factor != each.factor]
        response = _response(mover.change(direction), probe, others)
        if response is not None:
            concepts.append(Concept(each.name, each.factor, each.value, each.measure, score, *response))
            directions.append(direction)
        progress("Trying concepts", done, len(read))
    return _limited(concepts, directions, train, statistics)


def find_gradients(whitened: NDArray[np.float32], targets: Sequence[tuple[str, Floats]]) -> list[Floats]:
    """How coordinates change where one property does and all other factors stay: [K] for each.

    Coordinates are regressed on all targets at once, so that what follows another factor is put down to that one. The
    weights of a probe would not do: they also point away from whatever disturbs the reading (Haufe et al., On the
    interpretation of weight vectors of linear models in multivariate neuroimaging, 2014). A property changes together
    with others of its own factor: a picture with round glasses has no square ones.

    Args:
        whitened: [N, K].
        targets: Factor and target [N] of each property; NaN where it is not known.
    """
    if not targets:
        return []
    design = np.stack([_centred(target) for _, target in targets], axis=1)
    effects = np.linalg.lstsq(design, whitened.astype(np.float64), rcond=1e-6)[0]  # [P, K]; of least norm
    gradients = []
    for own, (factor, _) in enumerate(targets):
        related = [index for index, (other, _) in enumerate(targets) if other == factor]
        change = design[:, related].T @ design[:, own] / np.square(design[:, own]).sum()
        gradients.append(change @ effects[related])
    return gradients


def fit_probe(
    each: Property,
    train: NDArray[np.float32],
    test: NDArray[np.float32],
    train_rows: NDArray[np.int64],
    test_rows: NDArray[np.int64],
) -> tuple[Probe, float]:
    """A linear probe of whitened coordinates, and its score on held-out pictures.

    Returns:
        Logistic regression with classes weighted alike, and balanced accuracy, for a value; ridge regression, and R2,
        for a number.
    """
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.metrics import balanced_accuracy_score, r2_score

    some = spread(len(train), PROBE_PICTURES)
    train, target = _known(train[some], each.target[train_rows[some]])
    test, truth = _known(test, each.target[test_rows])
    if each.measure == "accuracy":
        model: Any = LogisticRegression(class_weight="balanced", max_iter=500)  # type: ignore[no-untyped-call]
        measure = balanced_accuracy_score
    else:
        model, measure = Ridge(), r2_score  # type: ignore[no-untyped-call]
    score = float(measure(truth, model.fit(train, target).predict(test)))
    weights = np.asarray(model.coef_, np.float64).reshape(-1)
    return Probe(weights, max(float((train @ weights).std()), TINY)), score


def _response(change: Floats, own: Probe, others: Sequence[tuple[str, Probe]]) -> tuple[float, str | None] | None:
    """The largest leak and the name of what it goes to; None where the direction's own reading does not follow."""
    step = float(own.read(change[None])[0])
    if step < SMALLEST_RESPONSE:
        return None
    leaks = [(abs(float(probe.read(change[None])[0])) / step, name) for name, probe in others]
    return max(leaks) if leaks else (0.0, None)


def _limited(
    concepts: list[Concept], directions: list[Floats], whitened: NDArray[np.float32], statistics: LatentStatistics
) -> ConceptDirections:
    """The best 128 in their order, with the arrays of the contract."""
    best = sorted(sorted(range(len(concepts)), key=lambda index: -concepts[index].score)[:LARGEST_CONCEPTS])
    if not best:
        return ConceptDirections((), {})
    chosen = np.stack([directions[index] for index in best]).astype(statistics.axes.dtype)
    along = whitened * statistics.spread @ (chosen.astype(np.float64) @ statistics.axes.astype(np.float64).T).T
    low, high = np.percentile(along, (LOW_PERCENTILE, HIGH_PERCENTILE), axis=0).astype(np.float32)
    arrays: dict[str, NDArray[Any]] = {
        "concepts": chosen,
        "concept_spread": along.std(axis=0).astype(np.float32),
        "concept_low": low,
        "concept_high": high,
    }
    return ConceptDirections(tuple(concepts[index] for index in best), arrays)


def _centred(target: Floats) -> Floats:
    """Around its mean, with 0 where it is not known."""
    return np.nan_to_num(target - np.nanmean(target), nan=0.0)


def _known(whitened: NDArray[np.float32], target: Floats) -> tuple[NDArray[np.float32], Floats]:
    known = ~np.isnan(target)
    return whitened[known], target[known]
