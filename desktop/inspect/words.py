"""What the Inspect page says: plain text from plain values."""

from __future__ import annotations

from desktop.engine.anomaly import tables
from desktop.engine.anomaly.anomalies import Report
from desktop.engine.anomaly.detector import COMBINED, Detector
from desktop.engine.anomaly.scores import registry
from desktop.engine.anomaly.selection import LEAST_ALIGNMENT, Found
from desktop.engine.colour_ramps import Colour
from desktop.engine.embedding.colours import GREY, Colouring
from desktop.engine.folder.update import Update
from desktop.engine.latent_file.jpeg import Comparison
from desktop.engine.similarity.approximate import PARTNERS
from desktop.engine.similarity.groups import Quality
from desktop.engine.sliders.own_concepts import Direction
from desktop.i18n import mark, tr

COMBINED_TITLE = mark("Combined")
COMBINED_TIP = mark("A picture is as anomalous as the most anomalous of its scores says")


def score_choices(report: Report) -> list[tuple[str, str, str]]:
    """Name, title and tip of each score of a report, the combination first."""
    choices = [(COMBINED, COMBINED_TITLE, COMBINED_TIP)]
    known = registry.every()
    return choices + [(name, known[name].title, known[name].tip) for name in report.detector.scorers]


def anomaly_count(count: int, total: int, rate: float, score: str, report: Report) -> str:
    """How many are anomalous at the rate, whether that is extrapolated, and how good the score is where known."""
    said = tr(
        "Anomalies: {count} of {total} · false-alarm rate {rate}",
        count=f"{count:,}",
        total=f"{total:,}",
        rate=f"{rate:.1%}",
    )
    low, high = report.detector.rate_between(rate)
    said += tr(" ({low} to {high})", low=f"{low:.1%}", high=f"{high:.1%}")
    if not report.detector.tails[score].reaches(rate):
        said += tr(" · extrapolated from {n:,} good pictures", n=report.detector.origin.pictures)
    result = report.results.get(score)
    if result is not None:
        said += f" · AUROC {result.auroc:.3f}"
        if result.pixel_auroc is not None:
            said += tr(" · of pixels {value}", value=f"{result.pixel_auroc:.3f}")
    return said


KINDS = {
    "cut": mark("moved parts"),
    "paste": mark("pasted parts"),
    "turn": mark("turned parts"),
    "scratch": mark("scratches"),
    "blur": mark("blur"),
    "colour": mark("colour"),
    "missing": mark("missing parts"),
    "noise": mark("noise"),
    "spot": mark("spots"),
    "shade": mark("shades"),
    "tone": mark("another tone"),
    "grain": mark("grain"),
}
"""The kinds of made-up defects, as they are read in a sentence."""


def trust(detector: Detector) -> str:
    """What of the defects made up in good pictures would be found, in one line; empty where none were made up."""
    if not detector.found:
        return ""
    found, tried = (sum(counts) for counts in zip(*((each.found, each.tried) for each in detector.found)))
    worst = sorted(detector.found, key=lambda each: each.found / each.tried)[:2]
    names = ", ".join(_share_found(each) for each in worst)
    return tr(
        "Of {tried} made-up defects it would find {share}; hardest: {names}. {alignment}",
        tried=tried, share=f"{found / tried:.0%}", names=names, alignment=alignment(detector),
    )  # fmt: skip


def trust_in_full(detector: Detector) -> str:
    """The same by kind, a line each."""
    lines = [f"{tr(KINDS.get(each.kind, each.kind))}: {each.found} / {each.tried}" for each in detector.found]
    title = tr("Made-up defects, faint to strong, that it would find at this false-alarm rate:")
    return "\n".join([title, *lines, alignment(detector)])


def alignment(detector: Detector) -> str:
    """Whether the good pictures show the same in the same place, and what follows."""
    if detector.aligned >= LEAST_ALIGNMENT:
        return tr("The good pictures are aligned, so that places count.")
    return tr("The good pictures are not aligned, so that places do not count.")


def _share_found(each: Found) -> str:
    return f"{tr(KINDS.get(each.kind, each.kind))} {each.found / each.tried:.0%}"


def legend_kinds(colouring: Colouring) -> list[tuple[str, Colour]]:
    """What stands beside the colours of kinds, and of what is grey."""
    return [*colouring.kinds, *grey_kinds(colouring)]


def grey_kinds(colouring: Colouring) -> list[tuple[str, Colour]]:
    """What is grey, in words."""
    kinds = []
    if colouring.others:
        kinds.append((tr("{n:,} others", n=colouring.others), GREY))
    if colouring.unknown:
        kinds.append((tr("{n:,} not known", n=colouring.unknown), GREY))
    return kinds


def updated(done: Update, total: int) -> str:
    """What indexing did."""
    said = tr("{n:,} pictures", n=total)
    parts = [
        (done.added if done.added < total else 0, mark("{n:,} new")),  # all of them are, the first time
        (done.changed, mark("{n:,} changed")),
        (done.removed, mark("{n:,} gone")),
        (len(done.broken), mark("{n:,} not readable")),
    ]
    said += "".join(f" · {tr(text, n=count)}" for count, text in parts if count)
    return said + (f" · {tr('stopped; Index continues from here')}" if done.stopped else "")


def chance(log_chance: float) -> str:
    """The chance that a good picture scores as high."""
    count, is_bound = tables.rarity(log_chance)
    words = tr("under 1 in {count}", count=count) if is_bound else tr("1 in {count}", count=count)
    return tr("Chance that a good picture is as anomalous: {chance}", chance=words)


def facts(name: str, log_chance: float | None) -> str:
    """A picture's name, and what its score comes to, where it has one."""
    return name if log_chance is None else f"{name}\n{chance(log_chance)}"


def concept(direction: Direction) -> str:
    """What speaks for a new concept."""
    evidence = direction.evidence
    return tr(
        "{name} is a slider now. Left out one by one, {accuracy} of the pictures are told apart; "
        "shuffled pictures do as well {chance} of the time (the least possible is {least}).",
        name=direction.name,
        accuracy=f"{evidence.accuracy:.0%}",
        chance=f"{evidence.chance:.1%}",
        least=f"{evidence.least:.1%}",
    )


def latent_file(compared: Comparison) -> str:
    """A latent file beside JPEG."""
    said = tr(
        "{bytes} bytes, {bits} bits per pixel, PSNR {psnr} dB.",
        bytes=f"{compared.bytes:,}",
        bits=f"{compared.bits_per_pixel:.3f}",
        psnr=f"{compared.psnr_db:.1f}",
    )
    if compared.same_size is None:
        said += tr(" No JPEG is that small: the smallest has {bytes} bytes.", bytes=f"{compared.smallest.bytes:,}")
    else:
        wins = compared.same_size.psnr_db > compared.psnr_db
        text = mark(" JPEG is better at this size: {psnr} dB.") if wins else mark(" JPEG at this size: {psnr} dB.")
        said += tr(text, psnr=f"{compared.same_size.psnr_db:.1f}")
    if compared.as_good is not None:
        said += tr(" A JPEG of the same quality needs {bytes} bytes.", bytes=f"{compared.as_good.bytes:,}")
    return said


def duplicates(wanted: float, reached: float, groups: int, apart: int = 0, by_nearest: bool = False) -> str:
    """How many groups there are up to the limit, how many pairs are told apart; and where the limit is less than was
    wanted, that it is, and why; and where each picture was compared with its nearest alone, that it was."""
    said = tr("{limit} · groups: {count}", limit=f"{min(wanted, reached):.3f}", count=f"{groups:,}")
    if apart:
        said += " · " + tr("{n:,} pairs told apart", n=apart)
    if reached < wanted:
        said += tr(" · too many pairs beyond it; those up to {wanted} are not shown", wanted=f"{wanted:.3f}")
    if by_nearest:
        said += tr(" · each picture was compared with its {count} nearest only; some may be missing", count=PARTNERS)
    return said


def copies(groups: int, bursts: int, apart: int) -> str:
    """How many groups of copies there are, how many pairs show one subject twice, and how many are told apart."""
    said = [tr("{n:,} groups of copies", n=groups)]
    if bursts:
        said.append(tr("{n:,} pairs are alike, but of two moments", n=bursts))
    if apart:
        said.append(tr("{n:,} pairs told apart", n=apart))
    return " · ".join(said)


def quality(known: Quality | None) -> str:
    """The size of a picture in pixels and in bytes; empty before it was measured."""
    if known is None:
        return ""
    if not known.width:
        return tr("not readable")
    return f"{known.width:,} × {known.height:,} · {size(known.bytes)}"


def size(count: int) -> str:
    """Bytes in the unit that is read easily."""
    if count < 1 << 20:
        return f"{max(1, round(count / 1024)):,} KiB"
    return f"{count / (1 << 20):,.1f} MiB"
