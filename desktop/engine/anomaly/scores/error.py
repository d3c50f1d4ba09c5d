"""Mean squared error of the reconstruction."""

from desktop.engine.anomaly.scores.base import Score, mark
from desktop.engine.anomaly.scores.residual import Residual

SCORE = Score(
    "error",
    mark("Reconstruction error"),
    mark("Mean squared error of the reconstruction"),
    need="stored",
    scorer=Residual,
    fit=lambda _: Residual("error"),
    local=True,
    pool="mean",
)
