"""Scores of how far each number of a latent stands for one factor alone, by the scores that researchers use.

- **DCI** (Eastwood and Williams, 2018): which numbers a forest of trees reads each factor from. Disentanglement is 1
  where each number serves one factor, completeness where each factor is served by one number; informativeness is how
  well the factors are read.
- **MIG** (Chen et al., 2018): by how much the number that tells most of a factor tells more than the second one, in
  shares of what there is to tell.
- **SAP** (Kumar, Sattigeri and Balakrishnan, 2018): the same gap between straight readings of one number each.
- **InfoM, InfoC and InfoE** (Hsu et al., Disentanglement via latent quantization, 2023): whether each number tells of
  one factor, each factor is told by one number, and a straight reading of all numbers tells it.

Each is 1 for a code that is the factors themselves and, but for informativeness and InfoE, near 0 for one that mixes
them. Readings of values (names) count as accuracies above chance, each value weighing alike, where the authors count
plain ones: so chance is 0 for every factor.
"""

from __future__ import annotations

import dataclasses
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from export.bundle import Interval

Floats = NDArray[np.float64]
Groups = NDArray[np.int64]

BINS = 20  # of each number of a code, all with as many pictures
FACTOR_BINS = 10  # of a factor that is a number
TREES, SMALLEST_LEAF = 20, 5
TRAIN_SHARE = 0.75  # of the pictures; readings are tried on the others
SEED_SHARE = 0.8  # of the pictures, drawn anew for each seed
RESAMPLES, COVERED = 2_000, (2.5, 97.5)  # of the bootstrap, and the percentiles that it gives
LEAST_TOLD = 0.01  # of a factor: a number that tells less of each of them has no share in InfoM


@dataclasses.dataclass(frozen=True, eq=False)
class Factor:
    """One labelled property of the pictures.

    Attributes:
        name: For people.
        values: float64 [N]: numbers, or values counted from 0; NaN where it is not known.
        is_number: Whether they are numbers.
    """

    name: str
    values: Floats
    is_number: bool


@dataclasses.dataclass(frozen=True)
class Scores:
    """The scores of one code, each at most 1."""

    dci_disentanglement: float
    dci_completeness: float
    dci_informativeness: float
    mig: float
    sap: float
    info_m: float
    info_c: float
    info_e: float


def score_over_seeds(codes: Floats, factors: Sequence[Factor], seeds: int) -> dict[str, Interval]:
    """The scores, each as its mean over seeds and the interval of that.

    Each seed draws four fifths of the pictures, divides them into those read by and those tried on, and grows forests
    of its own.

    Args:
        codes: [N, K].
        factors: At least one, of the same N pictures.
        seeds: How many, at least 1.
    """
    found = []
    for seed in range(seeds):
        some = np.random.default_rng(seed).permutation(len(codes))[: max(2, round(SEED_SHARE * len(codes)))]
        part = [dataclasses.replace(factor, values=factor.values[some]) for factor in factors]
        found.append(dataclasses.asdict(score(codes[some], part, seed)))
    return {name: _interval([each[name] for each in found]) for name in found[0]}


def score(codes: Floats, factors: Sequence[Factor], seed: int = 0) -> Scores:
    """The scores of a code [N, K]; the first three quarters of the pictures are learnt from, the others tried on."""
    codes = codes[:, codes.std(axis=0) > 1e-9 * max(1e-300, float(codes.std()))]
    deviations = (codes - codes.mean(axis=0)) / codes.std(axis=0)
    told = np.stack([_told(deviations, factor) for factor in factors], axis=1)
    trees = [_read_by_trees(deviations, factor, seed) for factor in factors]
    weights = np.stack([importance for importance, _ in trees], axis=1)
    straight = np.stack([_read_one_by_one(deviations, factor) for factor in factors], axis=1)
    numbers_weight = weights.sum(axis=1) / max(weights.sum(), 1e-300)
    return Scores(
        dci_disentanglement=float(numbers_weight @ (1 - _entropy(weights))),
        dci_completeness=float(np.mean(1 - _entropy(weights.T))),
        dci_informativeness=float(np.mean([read for _, read in trees])),
        mig=_mean_gap(told),
        sap=_mean_gap(straight),
        info_m=_largest_shares(told[told.max(axis=1) >= LEAST_TOLD]),
        info_c=_largest_shares(told.T),
        info_e=float(np.mean([_read_straight(deviations, factor) for factor in factors])),
    )


def _told(codes: Floats, factor: Factor) -> Floats:
    """The share of a factor's entropy that each number tells, [K]: mutual information of bins.

    Bins of few pictures seem to tell something by chance; what is expected of that is taken off (Miller, 1955).
    """
    known, groups = _groups(factor)
    of_factor = _entropy_of(np.bincount(groups))
    shares = []
    for values in codes[known].T:
        bins = np.searchsorted(np.quantile(values, np.arange(1, BINS) / BINS), values, side="right")
        table = np.zeros((BINS, int(groups.max()) + 1))
        np.add.at(table, (bins, groups), 1)
        rows, columns = table.sum(axis=1), table.sum(axis=0)
        information = _entropy_of(rows) + of_factor - _entropy_of(table.reshape(-1))
        by_chance = (np.count_nonzero(rows) - 1) * (np.count_nonzero(columns) - 1) / (2 * len(groups))
        shares.append(max(0.0, information - by_chance) / max(of_factor, 1e-12))
    return np.array(shares)


def _read_by_trees(codes: Floats, factor: Factor, seed: int) -> tuple[Floats, float]:
    """How much each number counts when extremely randomised trees read a factor, [K], and how well they read it."""
    from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor

    kind: Any = ExtraTreesRegressor if factor.is_number else ExtraTreesClassifier
    balance = {} if factor.is_number else {"class_weight": "balanced"}
    known, train, test = _parts(factor)
    model = kind(TREES, max_features=None, min_samples_leaf=SMALLEST_LEAF, random_state=seed, n_jobs=1, **balance)
    model.fit(codes[known][train], factor.values[known][train])
    importance: Floats = np.asarray(model.feature_importances_, np.float64)
    return importance, _how_well(factor, model.predict(codes[known][test]), factor.values[known][test])


def _read_one_by_one(codes: Floats, factor: Factor) -> Floats:
    """How well each number by itself tells a factor, [K]: along a line for a number, by the nearest mean for values."""
    known, train, test = _parts(factor)
    values, codes = factor.values[known], codes[known]
    found = []
    for column in codes.T:
        if factor.is_number:
            slope, offset = np.polyfit(column[train], values[train], 1)
            read = slope * column[test] + offset
        else:
            different = np.unique(values[train])
            means = np.array([column[train][values[train] == each].mean() for each in different])
            read = different[np.abs(column[test][:, None] - means).argmin(axis=1)]
        found.append(_how_well(factor, read, values[test]))
    return np.array(found)


def _read_straight(codes: Floats, factor: Factor) -> float:
    """The share of a factor that a linear reading of all numbers explains.

    R2 of a number; of values, how much of their entropy logistic regression takes away. Never less than 0.
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression, Ridge

    known, train, test = _parts(factor)
    values, codes = factor.values[known], codes[known]
    if factor.is_number:
        model: Any = Ridge().fit(codes[train], values[train])  # type: ignore[no-untyped-call]
        return _how_well(factor, model.predict(codes[test]), values[test])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # what is nearly separable is read well enough
        model = LogisticRegression(C=10, max_iter=300).fit(codes[train], values[train])  # type: ignore[no-untyped-call]
    different, counts = np.unique(values[train], return_counts=True)
    truth = np.searchsorted(different, values[test])
    chances = model.predict_proba(codes[test])[np.arange(len(truth)), truth]
    before = counts[truth] / counts.sum()
    return max(0.0, float(1 - np.log(np.maximum(chances, 1e-6)).mean() / np.log(before).mean()))


def _how_well(factor: Factor, read: Floats, truth: Floats) -> float:
    """R2 of a number, or the accuracy above chance of values that weigh alike; never less than 0."""
    if factor.is_number:
        return max(0.0, float(1 - np.square(read - truth).mean() / max(truth.var(), 1e-300)))
    different = np.unique(truth)
    accuracy = np.mean([np.mean(read[truth == each] == each) for each in different])
    return max(0.0, float((accuracy - 1 / len(different)) / (1 - 1 / len(different))))


def _parts(factor: Factor) -> tuple[NDArray[np.bool_], slice, NDArray[np.intp]]:
    """The pictures that a factor is known of; among them those to learn from, and those to try on.

    Values that none was learnt of are not tried.
    """
    known = ~np.isnan(factor.values)
    values = factor.values[known]
    count = round(TRAIN_SHARE * len(values))
    tried = np.arange(count, len(values))
    if not factor.is_number:
        tried = tried[np.isin(values[tried], values[:count])]
    return known, slice(0, count), tried


def _groups(factor: Factor) -> tuple[NDArray[np.bool_], Groups]:
    """The pictures that a factor is known of, and its values or bins in them, counted from 0."""
    known = ~np.isnan(factor.values)
    values = factor.values[known]
    if factor.is_number:
        edges = np.unique(np.quantile(values, np.arange(1, FACTOR_BINS) / FACTOR_BINS))
        values = np.searchsorted(edges, values).astype(np.float64)
    return known, np.unique(values, return_inverse=True)[1]


def _mean_gap(values: Floats) -> float:
    """Mean over columns of how much the largest entry is above the second."""
    ordered = np.sort(np.concatenate([np.zeros_like(values[:1]), values]), axis=0)
    return float(np.mean(ordered[-1] - ordered[-2]))


def _largest_shares(values: Floats) -> float:
    """Mean over rows of the largest entry's share, scaled so that equal entries give 0 and a single one 1."""
    if not len(values):
        return 0.0
    count = values.shape[1]
    if count == 1:
        return 1.0
    shares = values.max(axis=1) / np.maximum(values.sum(axis=1), 1e-300)
    return float(np.mean((shares - 1 / count) / (1 - 1 / count)).clip(0, 1))


def _entropy(weights: Floats) -> Floats:
    """Of each row taken as shares, in units of what equal shares have; 1 for a row of zeros."""
    if weights.shape[1] == 1:
        return np.zeros(len(weights))
    sums = weights.sum(axis=1, keepdims=True)
    shares = np.where(sums > 0, weights / np.maximum(sums, 1e-300), 1 / weights.shape[1])
    terms = np.where(shares > 0, shares * np.log(np.maximum(shares, 1e-300)), 0.0)
    found: Floats = -terms.sum(axis=1) / np.log(weights.shape[1])
    return found


def _entropy_of(counts: NDArray[Any]) -> float:
    """In nats."""
    shares = counts[counts > 0] / counts.sum()
    return float(-(shares * np.log(shares)).sum())


def _interval(values: Sequence[float]) -> Interval:
    """The mean, and the percentile bootstrap of it (Efron, 1979)."""
    drawn = np.random.default_rng(0).choice(np.array(values), (RESAMPLES, len(values))).mean(axis=1)
    low, high = np.percentile(drawn, COVERED)
    return Interval(float(np.mean(values)), float(low), float(high))
