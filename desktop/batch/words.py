"""What the Batch page says: text in the language of the window from plain values."""

from __future__ import annotations

from desktop.engine.batch.plan import Output
from desktop.engine.batch.progress import Progress
from desktop.engine.batch.run import Failure, Summary
from desktop.engine.library import ModelEntry
from desktop.i18n import mark, told, tr

OUTPUTS: dict[Output, tuple[str, str]] = {
    "reconstruction": (mark("Reconstructions"), mark("The picture as the model gives it back, a PNG")),
    "latent": (mark("Latents"), mark("The picture's latent, an .npz file with one array, latent")),
    "difference": (mark("Difference maps"), mark("Grey PNGs: how much the most different channel differs, 0 to 255")),
    "score": (mark("Scores"), mark("One scores.csv with mse, psnr_db and ssim of every picture")),
}


def progress(now: Progress, paused: bool) -> str:
    """How many pictures are done, how fast it goes, and for how long yet."""
    parts = [tr("{done:,} of {n:,} pictures", done=now.done + now.failed, n=now.total)]
    if now.failed:
        parts.append(tr("{n:,} failed", n=now.failed))
    if paused:
        parts.append(tr("paused"))
    elif now.per_second is not None and now.seconds_left is not None:
        parts.append(tr("{speed} a second", speed=f"{now.per_second:.1f}"))
        parts.append(tr("{time} left", time=duration(now.seconds_left)))
    return " · ".join(parts)


def duration(seconds: float) -> str:
    """Hours, minutes and seconds, as far as there are any."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def model(running: ModelEntry | None, chosen: ModelEntry | None) -> str:
    """What a batch runs with, and what the next one would where another model was chosen meanwhile."""
    if running is not None and (chosen is None or chosen.folder == running.folder):
        return tr("Runs with {name}", name=running.name)
    if running is not None and chosen is not None:
        return tr("Runs with {name}; the next batch would run with {other}", name=running.name, other=chosen.name)
    return tr("Model: {name}", name=chosen.name) if chosen else tr("Choose a model at the left first.")


def summary(result: Summary, name: str) -> str:
    """What came of a batch, and the name of the model that it ran with."""
    parts = [tr("{n:,} pictures written", n=result.written)]
    if result.kept:
        parts.append(tr("{n:,} were done before", n=result.kept))
    if result.failures:
        parts.append(tr("{n:,} failed", n=len(result.failures)))
    if result.stopped:
        parts.append(tr("stopped: Start goes on from here"))
    parts.append(tr("by {name}", name=name))
    return " · ".join(parts)


def failure(one: Failure) -> str:
    """A picture that nothing came of, and why."""
    name, reason = one.picture.as_posix(), told(one.reason)
    return reason if name in reason else f"{name}: {reason}"
