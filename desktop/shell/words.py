"""What the frame of the window says: of the models in the list, of the machine, and of how long things took."""

from __future__ import annotations

from desktop.engine.autoencoder import Running
from desktop.engine.library import ModelEntry, Origin
from desktop.engine.machine.placement import Placement
from desktop.engine.scene import Scene
from desktop.i18n import mark, told, tr

ORIGINS: dict[Origin, str] = {"shipped": mark("Shipped"), "yours": mark("Yours"), "opened": mark("Opened")}


def provider(running: Running) -> str:
    """Where the graphs really run, how many of the nodes, and why not elsewhere."""
    place = tr("Running on the CPU") if running.provider == "CPU" else tr("Running on {name}", name=running.provider)
    here, total = running.placement.nodes.get(running.provider, 0), running.placement.total
    if here < total:
        place = tr("{place}, {here:,} of {n:,} nodes", place=place, here=here, n=total)
    return tr("{place}: {why}", place=place, why=told(running.reason)) if running.reason else place


def placement(running: Running) -> str:
    """Where the nodes of both graphs ran when they were proved."""
    if not running.placement.total:
        return tr("onnxruntime did not say where the nodes ran.")
    text = tr(
        "Where nodes ran with one picture that was watched. Encoder: {encoder}. Decoder: {decoder}.",
        encoder=_counts(running.encoder),
        decoder=_counts(running.decoder),
    )
    if running.placement.left_to_cpu:
        text += " " + tr("On the CPU instead: {names}.", names=", ".join(running.placement.left_to_cpu))
    return text


def _counts(graph: Placement) -> str:
    return ", ".join(f"{name} ({count})" for name, count in graph.nodes.items()) or tr("not known")


def times(scene: Scene) -> str:
    """What encoding and the last decode took."""
    decoded, encode_ms = duration(scene.decode_ms), scene.subject.encode_ms
    if encode_ms is None:
        return tr("Decoded in {time}", time=decoded)
    return tr("Encoded in {first}, decoded in {second}", first=duration(encode_ms), second=decoded)


def model_facts(entry: ModelEntry) -> tuple[str, str]:
    """A short line about a model for the list, and what is said when it is pointed at: where it is, or its problem."""
    if entry.bundle is None:
        return tr("Broken"), told(entry.problem or "")
    info = entry.bundle.info
    shape = "×".join(map(str, info.latent.shape))
    width, height = info.size.width, info.size.height
    across = str(width) if width == height else f"{width} × {height}"
    pixels = tr("{width} px", width=across) if info.size.kind == "fixed" else tr("any size")
    return (
        tr("{pixels} · latent {shape}", pixels=pixels, shape=shape),
        f"{tr(ORIGINS[entry.origin])} · {entry.folder}",
    )


def duration(milliseconds: float) -> str:
    """A time as people say it: finer where it is short, and in minutes where it is long."""
    if milliseconds < 10:
        return tr("{time} ms", time=f"{milliseconds:.1f}")
    if milliseconds < 1000:
        return tr("{time} ms", time=f"{milliseconds:.0f}")
    if milliseconds < 60_000:
        return tr("{time} s", time=f"{milliseconds / 1000:.1f}")
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    return tr("{minutes} min {seconds} s", minutes=minutes, seconds=seconds)
