"""What the window shows, as a few lines of Python with onnxruntime and numpy that give the same pixels.

A picture is encoded and a slider's move is written as such. What a line cannot say, such as a drawn latent or a move
within a region, is written as its latent's bytes.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from PIL import Image

from desktop.engine.autoencoder import Latents
from desktop.engine.errors import DesktopError
from desktop.engine.loaded_model import LoadedModel
from desktop.engine.scene import Scene, Subject, file_of
from desktop.engine.sliders.directions import Linear
from desktop.engine.sliders.steering import Origin, Steering
from export.bundle import Bundle
from export.bundle.store import is_packed

MOST_NUMBERS = 16_384  # of a latent that is written as bytes: 87 kB of text
LATENTS = 'np.load(io.BytesIO(read("latents.npz")))'
GALLERY = 'np.load(io.BytesIO(read("gallery.npz")))'


@dataclass
class _Script:
    """Lines, and the modules that they use."""

    modules: set[str] = field(default_factory=lambda: {"numpy as np", "onnxruntime"})
    lines: list[str] = field(default_factory=list)

    def write(self, line: str, *modules: str) -> None:
        self.lines.append(line)
        self.modules.update(modules)

    def text(self) -> str:
        imports = [f"import {name}" for name in sorted(self.modules)] + ["from PIL import Image"]
        return "\n".join([*imports, "", *self.lines]) + "\n"


def of_scene(scene: Scene) -> str:
    """The lines that decode what a scene shows, and save it as `picture.png`, at the size that the model gives it.

    Reads the scene's picture again, to see that plain Pillow reads the same pixels; not for the GUI thread.

    Raises:
        DesktopError: The latent has too many numbers to be written as text.
    """
    subject, model = scene.subject, scene.subject.model
    script = _opened(model.entry.require())
    steering = scene.request.steering or Steering(subject.code, Origin("picture"))
    moves = _moves(steering, scene.code, model)
    if moves is None:  # a region, or sliders that no array of the bundle has
        _embed(script, scene.code)
    else:
        _start(script, steering.base, subject)
        for line in moves:
            script.write(line, "io")
    visible = ""
    if scene.levels is not None and subject.frame is not None:
        placed = subject.frame.placed
        if (placed.height, placed.width) != (subject.frame.height, subject.frame.width):
            visible = f"[{placed.top}:{placed.bottom}, {placed.left}:{placed.right}]"
    return _decoded(script, visible)


def of_latent(model: LoadedModel, latent: Latents) -> str:
    """The lines that decode one latent, such as a step of a morph, and save it as `picture.png`.

    Raises:
        DesktopError: It has too many numbers to be written as text.
    """
    script = _opened(model.entry.require())
    _embed(script, latent)
    return _decoded(script, "")


def _opened(bundle: Bundle) -> _Script:
    """How a file of the bundle is read, and a graph is run on one picture or latent."""
    script, path = _Script(), str(bundle.path)
    if is_packed(bundle.path):
        script.write(f"read = zipfile.ZipFile({path!r}).read", "zipfile")
    else:
        script.write(f"read = lambda name: pathlib.Path({path!r}, name).read_bytes()", "pathlib")
    script.write("load = lambda name: onnxruntime.InferenceSession(read(name), providers=['CPUExecutionProvider'])")
    return script


def _decoded(script: _Script, visible: str) -> str:
    script.write(f'pixels = load("decoder.onnx").run(None, {{"latent": latent[None]}})[0][0]{visible}')
    script.write('Image.fromarray(pixels).save("picture.png")')
    return script.text()


def _start(script: _Script, base: Latents, subject: Subject) -> None:
    """The latent that the sliders start from."""
    model = subject.model
    if np.array_equal(base, subject.code) and (picture := _picture(subject)) is not None:
        for line in picture:
            script.write(line)
        script.write('latent = load("encoder.onnx").run(None, {"image": np.array(picture)[None]})[0][0]')
        return
    if np.array_equal(base, model.space.mean_code):
        script.write(f'latent = {LATENTS}["mean"].reshape({list(base.shape)})', "io")
        return
    codes = [] if model.gallery is None else [model.gallery.code(row) for row in range(len(model.gallery.thumbnails))]
    row = next((row for row, code in enumerate(codes) if np.array_equal(code, base)), None)
    if row is None:
        _embed(script, base)
    else:
        script.write(f'latent = {GALLERY}["latents"][{row}].reshape({list(base.shape)})', "io")


def _picture(subject: Subject) -> Iterator[str] | None:
    """The lines that read and fit the picture; None where plain Pillow gives other pixels than the window has."""
    file, frame = file_of(subject.source), subject.frame
    if file is None or frame is None or subject.picture is None or subject.original is None:
        return None
    seen, placed = frame.seen, frame.placed
    box = (seen.left, seen.top, seen.right, seen.bottom)
    lines = [f'picture = Image.open({str(file)!r}).convert("RGB")']
    try:
        with Image.open(file) as opened:
            picture = opened.convert("RGB")
    except (OSError, ValueError):
        return None  # gone, or changed since it was read
    pixels = np.asarray(picture)
    if pixels.shape != subject.picture.pixels.shape:
        return None
    if (seen.width, seen.height) != (placed.width, placed.height):
        how = f"({placed.width}, {placed.height}), Image.Resampling.LANCZOS, {box}, reducing_gap=3"
        lines.append(f"picture = picture.resize({how})")
    top, left = placed.top, placed.left
    below, right = frame.height - placed.bottom, frame.width - placed.right
    if top or left or below or right:
        mode = "edge" if len(lines) > 1 else "reflect"
        lines.append(f"picture = np.pad(picture, (({top}, {below}), ({left}, {right}), (0, 0)), {mode!r})")
    prepared = frame.prepare(pixels)
    was_the_same = np.array_equal(frame.visible(prepared), subject.original)
    return iter(lines) if was_the_same else None


def _moves(steering: Steering, code: Latents, model: LoadedModel) -> list[str] | None:
    """The lines that move the sliders; None where they cannot be written by the bundle's arrays."""
    moved = [(name, offsets) for name, offsets in steering.offsets.items() if offsets.any()]
    if not moved:
        return [] if np.array_equal(steering.base, code) else None
    if steering.mask is not None or code.shape != model.space.shape:
        return None
    lines = []
    for number, (name, offsets) in enumerate(moved):
        group = model.space.group(name)
        known = len(model.autoencoder.info.concepts) if name == "concepts" else len(offsets)
        if offsets[known:].any():  # concepts of the user's own
            return None
        places = np.flatnonzero(offsets).tolist()
        spread = group.spread if isinstance(group, Linear) else model.space.numbers.std
        lengths = [float(length) for length in (offsets * spread).astype(np.float32)[places]]
        lines.append(f"move = np.zeros({known}, np.float32)")
        lines.append(f"move[{places}] = {lengths}")
        change = "move" if len(code.shape) == 1 else "move[:, None, None]"
        if isinstance(group, Linear):
            shape = "" if len(code.shape) == 1 else f".reshape({list(code.shape)})"
            change = f'(move @ {LATENTS}["{name}"].astype(np.float32)){shape}'
        lines.append(f"change = {change}" if number == 0 else f"change = change + {change}")
    return [*lines, "latent = latent + change"]


def _embed(script: _Script, latent: Latents) -> None:
    """A latent as its bytes.

    Raises:
        DesktopError: It has too many numbers.
    """
    if latent.size > MOST_NUMBERS:
        raise DesktopError(
            "this latent has {n:,} numbers, too many for text; start from the picture, or save it as a latent file.",
            n=latent.size,
        )
    packed = base64.b64encode(zlib.compress(latent.astype("<f4").tobytes(), 9)).decode()
    content = f'zlib.decompress(base64.b64decode("{packed}"))'
    script.write(f'latent = np.frombuffer({content}, "<f4").reshape({list(latent.shape)})', "base64", "zlib")
