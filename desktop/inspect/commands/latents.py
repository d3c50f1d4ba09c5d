"""`concept`, `encode` and `decode`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from desktop.command_line import find_model, open_model, say, say_json
from desktop.engine import measures
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import DesktopError
from desktop.engine.folder.encoding import read_fitted
from desktop.engine.folder.sizes import picture_size
from desktop.engine.gaussian import Floats
from desktop.engine.latent_file import codec, jpeg
from desktop.engine.picture_writer import save
from desktop.engine.quality.refinement import refine
from desktop.engine.sliders import own_concepts
from desktop.engine.sliders.latents import GroupName, read_latent_space
from desktop.engine.sliders.steering import Knob, Origin, Steering
from desktop.engine.tiles import Tiler


def add(commands: Any, with_model: argparse.ArgumentParser) -> None:
    """Adds these commands to the parser."""
    concept = commands.add_parser("concept", parents=[with_model], help="make a slider from a few pictures")
    concept.add_argument("name", metavar="NAME", help="the name of the slider")
    concept.add_argument("--more", type=Path, nargs="+", metavar="PICTURE", help="three or more with more of it")
    concept.add_argument("--less", type=Path, nargs="+", metavar="PICTURE", help="three or more with less of it")
    concept.add_argument("--forget", action="store_true", help="remove the concept of that name")
    concept.add_argument("--json", action="store_true", help="print the result as JSON")
    concept.set_defaults(run=_concept)
    encode = commands.add_parser("encode", parents=[with_model], help="save a picture as a latent file")
    encode.add_argument("picture", type=Path, metavar="PICTURE")
    encode.add_argument("out", type=Path, metavar="OUT", help=f"such as picture{codec.SUFFIX}")
    encode.add_argument(
        "--side",
        type=int,
        metavar="PIXELS",
        help="for a model of free size: encode at this size; if not given, as trained",
    )
    encode.add_argument(
        "--step",
        type=float,
        default=codec.DEFAULT_STEP,
        metavar="DEVIATIONS",
        help=f"how coarsely its numbers are rounded, in standard deviations ({codec.DEFAULT_STEP})",
    )
    encode.add_argument("--refine", action="store_true", help="refine the latent: usually half a dB better or more")
    encode.add_argument("--json", action="store_true", help="print the result as JSON")
    encode.set_defaults(run=_encode)
    decode = commands.add_parser("decode", parents=[with_model], help="open a latent file and save it as a picture")
    decode.add_argument("small", type=Path, metavar="FILE")
    decode.add_argument("out", type=Path, metavar="OUT", help="a PNG, JPEG, WebP or TIFF file")
    decode.add_argument(
        "--move",
        action="append",
        default=[],
        metavar="SLIDER=AMOUNT",
        help="move axis 1, ..., independent-1, ... or a concept by its name, in standard deviations; repeatable",
    )
    decode.set_defaults(run=_decode)


def _concept(arguments: argparse.Namespace) -> int:
    bundle = find_model(arguments.model).require()
    if arguments.forget:
        own_concepts.drop_direction(bundle.info, own_concepts.checked_name(arguments.name))
        say(f"{arguments.name} is forgotten.")
        return 0
    if not arguments.more or not arguments.less:
        raise DesktopError("name pictures with --more and with --less.")
    model, space = open_model(arguments), read_latent_space(bundle)
    more, less = (_codes(model, paths) for paths in (arguments.more, arguments.less))
    direction = own_concepts.make_direction(arguments.name, more, less, space)
    own_concepts.keep_direction(bundle.info, direction)
    evidence = direction.evidence
    if arguments.json:
        say_json({"name": direction.name, "accuracy": evidence.accuracy, "chance": evidence.chance})
    else:
        say(
            f"{direction.name}: {evidence.words} evidence. Left out one by one, {evidence.accuracy:.0%} of the "
            f"pictures are told apart; shuffled pictures do as well {evidence.chance:.1%} of the time "
            f"(with so few, {evidence.least:.1%} is the least there can be)."
        )
    return 0


def _codes(model: Autoencoder, paths: list[Path]) -> Floats:
    size = picture_size(model.info)
    codes = [model.encode(read_fitted(path, size)[None]).reshape(-1) for path in paths]
    return np.stack(codes)


def _encode(arguments: argparse.Namespace) -> int:
    bundle = find_model(arguments.model).require()
    model, space = open_model(arguments), read_latent_space(bundle)
    size = picture_size(model.info, arguments.side)
    pixels = read_fitted(arguments.picture, size)
    code = model.encode(pixels[None])[0]
    refined = refine(Tiler(model), pixels, code) if arguments.refine else None
    if refined is not None:
        code = refined.code
    small = codec.quantise(code, model.info, space, (size.height, size.width), arguments.step)
    length = codec.write_small(arguments.out, small)
    reconstruction = model.decode(codec.restore(small, space)[None])[0]
    compared = jpeg.compare(pixels, reconstruction, length)
    facts = {
        "bytes": length,
        "bits_per_pixel": compared.bits_per_pixel,
        "psnr_db": compared.psnr_db,
        "unquantised_psnr_db": measures.psnr_db(pixels, model.decode(code[None])[0]),
        "refined_db": None if refined is None else refined.gained_db,
        "jpeg_of_that_size": compared.same_size,
        "jpeg_as_good": compared.as_good,
    }
    if arguments.json:
        say_json(facts)
    else:
        brought = "" if refined is None else f" Refining brought {refined.gained_db:.2f} dB before rounding."
        say(f"{arguments.out}: {size.width} × {size.height} pixels. {compared.words}{brought}")
    return 0


def _decode(arguments: argparse.Namespace) -> int:
    bundle = find_model(arguments.model).require()
    small = codec.read_small(arguments.small, bundle.info)
    space = own_concepts.with_own_concepts(read_latent_space(bundle), bundle.info)
    steering = Steering(codec.restore(small, space), Origin("kept", arguments.small.name))
    names = [label.name for label in space.labels]
    for text in arguments.move:
        knob, amount = _knob(text, names, len(space.axes.spread), len(space.independent.spread))
        start = steering.positions(space, knob.group)
        if start is None:
            raise DesktopError("sliders fit pictures of the size that the model was trained at alone.")
        steering = steering.moved(space, knob, float(start[knob.index]) + amount)
    model = open_model(arguments)
    save(arguments.out, model.decode(steering.code(space)[None])[0])
    return 0


def _knob(text: str, names: list[str], axes: int, independent: int) -> tuple[Knob, float]:
    """The slider and the amount of `NAME=AMOUNT`."""
    name, _, number = text.rpartition("=")
    try:
        amount = float(number)
    except ValueError:
        amount = float("nan")
    if not np.isfinite(amount):
        raise DesktopError("--move {text}: after the = there must be a number.", text=text)
    if name in names:
        return Knob("concepts", names.index(name)), amount
    prefix, place = "independent-", name.removeprefix("independent-")
    group: GroupName = "independent" if name.startswith(prefix) else "axes"
    if place.isdecimal() and 1 <= int(place) <= (independent if group == "independent" else axes):
        return Knob(group, int(place) - 1), amount
    known = f"axes are 1 to {axes}, " + (f"independent-1 to independent-{independent}, " if independent else "")
    raise DesktopError(
        "--move {text}: there is no such slider; {known}concepts: {names}.",
        text=text,
        known=known,
        names=", ".join(names) or "none",
    )
