"""The worst spot of the reconstruction, over windows of 1 to 15 pixels."""

from desktop.engine.anomaly.scores.base import Score, mark
from desktop.engine.anomaly.scores.residual import Residual

SCORE = Score(
    "scales",
    mark("Worst spot"),
    mark("The worst spot of the reconstruction, over windows of 1 to 15 pixels"),
    need="stored",
    scorer=Residual,
    fit=lambda _: Residual("scales"),
    local=True,
)
