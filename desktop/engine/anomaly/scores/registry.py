"""All scores by name: whatever file of this folder defines `SCORE`."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Collection, Mapping

from desktop.engine.anomaly import scores
from desktop.engine.anomaly.scores.base import Score


@functools.cache
def every() -> Mapping[str, Score]:
    """Every score there is, by name: those of the combination first, each group in the order of its names."""
    modules = [
        importlib.import_module(f"{scores.__name__}.{found.name}") for found in pkgutil.iter_modules(scores.__path__)
    ]
    defined: list[Score] = [module.SCORE for module in modules if hasattr(module, "SCORE")]
    return {score.name: score for score in sorted(defined, key=lambda each: (not each.combined, each.name))}


def offered(latent_kind: str, files: Collection[str] = ()) -> dict[str, Score]:
    """The scores that a model offers, by name; some need a latent that is a map, some a file of the bundle."""
    return {
        name: score
        for name, score in every().items()
        if (latent_kind == "map" or not score.maps_only) and (not score.file or score.file in files)
    }
