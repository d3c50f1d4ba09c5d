"""What the Batch page says: text in the language of the window from plain values."""

from __future__ import annotations

from desktop.batch.results import Result
from desktop.engine.batch.encoding import EncodingName
from desktop.engine.batch.journal import Record
from desktop.engine.batch.plan import BatchJob, Output
from desktop.engine.batch.progress import Progress
from desktop.engine.batch.run import Failure, Summary
from desktop.engine.library import ModelEntry
from desktop.i18n import mark, told, tr

OUTPUTS: dict[Output, tuple[str, str]] = {
    "reconstruction": (mark("Reconstructions"), mark("The picture as the model gives it back")),
    "latent": (mark("Latents"), mark("The picture's latent, an .npz file with one array, latent")),
    "difference": (mark("Difference maps"), mark("Grey PNGs: how much the most different channel differs, 0 to 255")),
    "score": (mark("Scores"), mark("One scores.csv with mse, psnr_db and ssim of every picture")),
}
ENCODINGS: dict[EncodingName, str] = {
    "png": mark("PNG"),
    "png-small": mark("PNG, a few per cent smaller, in fifty times the time"),
    "webp": mark("WebP, every pixel kept"),
    "webp-lossy": mark("WebP, lossy"),
    "jpeg": mark("JPEG, lossy"),
}


def progress(now: Progress, paused: bool) -> str:
    """How many pictures are done, how fast it goes, and for how long yet."""
    parts = [tr("{done:,} of {n:,} pictures", done=now.done + now.failed, n=now.total)]
    if now.failed:
        parts.append(tr("{n:,} failed", n=now.failed))
    if paused:
        parts.append(tr("paused"))
    elif now.per_second is not None and now.seconds_left is not None:
        parts.append(tr("{speed} per second", speed=f"{now.per_second:.1f}"))
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
        parts.append(tr("stopped: Start continues from here"))
    parts.append(tr("by {name}", name=name))
    return " · ".join(parts)


def failure(one: Failure) -> str:
    """A picture that nothing came of, and why."""
    name, reason = one.picture.as_posix(), told(one.reason)
    return reason if name in reason else f"{name}: {reason}"


def estimate(count: int | None, seconds: float | None) -> str:
    """What is known of a batch before it starts."""
    if count is None:
        return tr("Looking for pictures…")
    if not count:
        return tr("There is no picture in that folder.")
    if seconds is None:
        return tr("{n:,} pictures", n=count)
    return tr("{n:,} pictures, about {time}", n=count, time=human(seconds))


def human(seconds: float) -> str:
    """A time as people say it, in minutes and seconds."""
    minutes, rest = divmod(max(1, round(seconds)), 60)
    if not minutes:
        return tr("{seconds} s", seconds=rest)
    if minutes < 60:
        return tr("{minutes} min {seconds} s", minutes=minutes, seconds=rest)
    return tr("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)


def results(job: BatchJob, summary: Summary) -> list[Result]:
    """Every picture of a batch that is over, those that failed too."""
    failed = [
        Result(job.source / each.picture, each.picture.as_posix(), problem=failure(each)) for each in summary.failures
    ]
    return [*failed, *(result(job, record) for record in summary.records)]


def result(job: BatchJob, record: Record) -> Result:
    """What came of one picture."""
    score = record.score
    if score is None:
        return Result(job.source / record.picture, record.picture)
    size = score.width, score.height
    return Result(job.source / record.picture, record.picture, score.psnr_db, score.ssim, size)
