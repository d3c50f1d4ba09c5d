"""1 - SSIM of the reconstruction."""

from desktop.engine.anomaly.scores.base import Score, mark
from desktop.engine.anomaly.scores.residual import Residual

SCORE = Score(
    "structure",
    mark("Structure"),
    mark("1 - SSIM of the reconstruction"),
    need="stored",
    scorer=Residual,
    fit=lambda _: Residual("structure"),
    local=True,
    pool="mean",
)
