"""The contract between export and desktop: what a bundle is, how it is read, checked and written.

A bundle is a folder with two ONNX graphs and everything that a program must know to run them:

    encoder.onnx   image  uint8 [N, H, W, 3] RGB  ->  latent float32 [N, C, h, w] or [N, D]
    decoder.onnx   latent                         ->  image
    latents.npz    arrays for the sliders and the concepts, `distance_quantiles`, and in newer bundles those of
                   independent axes: `independent` [J, D], `independent_spread`, `_low`, `_high` and `_effect` [J]
    README.md      the model card
    bundle.json    `BundleInfo`, written as JSON

and, where `BundleInfo` says so,

    samplers.npz   what random latents are drawn from
    gallery.npz    training pictures: `thumbnails` uint8 [G, h, w, 3] RGB, sides <= 64, and `latents` float16 [G, D]
    proof.npz      a few pictures with the network's own latents and decodings, for `export.verify`

and, in a copy that a user of the desktop saved with thresholds in it,

    judge.npz      the desktop's own: scores fitted to good pictures and calibrated; `thresholds` are then of those

The same files as one uncompressed zip, `NAME.convae`, are a packed bundle.

Latents in these arrays are flattened to D numbers. Whitened coordinates [K] are a latent's offset from the mean along
each principal axis, divided by the spread along it. A latent's distance is the root mean square of them, about 1 for an
ordinary picture: `distance_quantiles` float32 [101] has its percentiles 0, 1, ... 100 over training pictures, so that a
reader can tell how far from them a latent lies.

Standard library only, so that the desktop can use it without torch or onnx.
"""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from export.bundle import json as bundle_json
from export.bundle.info import (
    BundleInfo,
)
from export.bundle.store import BundleError, Store, is_packed, is_plain_name, open_store, write_store

FORMAT_VERSION = 1
INFO_FILE = "bundle.json"
REQUIRED_FILES = ("encoder.onnx", "decoder.onnx", "latents.npz", "README.md")
SAMPLERS_FILE = "samplers.npz"
GALLERY_FILE = "gallery.npz"
PROOF_FILE = "proof.npz"
LARGEST_INFO_BYTES = 4 << 20
LARGEST_FILE_BYTES = 512 << 20  # the widest network that the trainer builds comes to a quarter of this
LARGEST_BUNDLE_BYTES = 1 << 30
LARGEST_FILES = 32
LARGEST_SIDE = 8192  # pixels, of the trained size
LARGEST_LATENT = 1 << 24  # numbers, for a picture of the trained size


@dataclasses.dataclass(frozen=True)
class Bundle:
    """A bundle on disk whose `bundle.json` was read and found whole."""

    store: Store
    info: BundleInfo

    @property
    def path(self) -> Path:
        """The folder, or the packed file."""
        return self.store.path

    @property
    def folder(self) -> Path:
        """The folder of a bundle that lies in one; what works with packed bundles too uses `read` and `path`."""
        assert self.path.is_dir(), f"{self.path} is packed"
        return self.path

    def read(self, name: str) -> bytes:
        """The bytes of one file, once their SHA-256 is known to be the recorded one.

        Raises:
            BundleError: The file is not recorded, is missing, is a link, is too large, or was altered.
        """
        if name not in self.info.sha256:
            raise BundleError("{path}: no file {name!r} is recorded there.", path=self.path / INFO_FILE, name=name)
        content = self.store.read(name, LARGEST_FILE_BYTES)
        if hashlib.sha256(content).hexdigest() != self.info.sha256[name]:
            raise BundleError(
                "{path} was altered after the export (wrong SHA-256); export it again.", path=self.path / name
            )
        return content

    def verify(self) -> None:
        """Reads every file and checks its hash.

        Raises:
            BundleError: As `read` does, for the first file that fails.
        """
        for name in self.info.sha256:
            self.read(name)


def is_bundle(path: Path) -> bool:
    """Whether the path looks like a bundle; reading it may still fail."""
    return (is_packed(path) and path.is_file()) or (path / INFO_FILE).is_file()


def read_bundle(path: Path) -> Bundle:
    """Reads and checks `bundle.json`, and that every file it records is there. Hashes are checked when a file is read.

    Args:
        path: The bundle's folder, or its packed file.

    Raises:
        BundleError: No bundle, a missing or mistyped field, an unknown version, a missing file, or more bytes than are
            ever read.
    """
    store, where = open_store(path), path / INFO_FILE
    try:
        raw = bundle_json.parse(store.read(INFO_FILE, LARGEST_INFO_BYTES))
    except ValueError as error:
        raise BundleError("{where} is not readable as JSON ({error}).", where=where, error=error) from error
    if not isinstance(raw, dict):
        raise BundleError("{where} must hold one JSON object.", where=where)
    version = raw.get("format_version")
    if version != FORMAT_VERSION:
        shown = repr(version)[: bundle_json.SHOWN]
        raise BundleError(
            "{where}: format_version is {shown}; this program reads version {format_version}.",
            where=where,
            shown=shown,
            format_version=FORMAT_VERSION,
        )
    try:
        info: BundleInfo = bundle_json.from_json(BundleInfo, raw, "")
    except bundle_json.FieldError as error:
        raise BundleError("{where}: {error}.", where=where, error=error) from error
    _check_record(info, where)
    if sum(store.size(name) for name in info.sha256) > LARGEST_BUNDLE_BYTES:
        raise BundleError(
            "{path} holds more than {largest_bundle_bytes:,} bytes, which is not read.",
            path=path,
            largest_bundle_bytes=LARGEST_BUNDLE_BYTES,
        )
    return Bundle(store, info)


def check_place(place: Path) -> None:
    """Looks whether a bundle may be written there: nothing is there, or an empty folder, or a bundle of the same form.

    Raises:
        BundleError: It holds something else.
        OSError: It lies below a file, or in a folder that its user may not change.
    """
    _require_writable(place.absolute().parent)
    if not place.exists():
        return
    if place.is_dir() and not is_packed(place) and (is_bundle(place) or not any(place.iterdir())):
        return
    try:
        if place.is_file() and is_packed(place) and open_store(place).size(INFO_FILE):
            return
    except BundleError:
        pass
    raise BundleError("{place} holds something that is not a bundle; choose another place with --out.", place=place)


def _require_writable(folder: Path) -> None:
    """Raises OSError where no folder can be made at this path, or none within it."""
    while not folder.exists():
        folder = folder.parent
    code = 0 if os.access(folder, os.W_OK) else errno.EACCES
    code = code if folder.is_dir() else errno.ENOTDIR
    if code:
        raise OSError(code, os.strerror(code), str(folder))


def write_bundle(place: Path, info: BundleInfo, files: Mapping[str, bytes]) -> Bundle:
    """Writes a bundle beside its place and renames it there; an older bundle in that place is replaced.

    Args:
        place: Where the bundle goes: a folder, or with the suffix `.convae` one packed file. See `check_place`.
        info: What `bundle.json` will say; its `sha256` is filled in here.
        files: The content of each file but `bundle.json`; at least `REQUIRED_FILES`.

    Raises:
        BundleError: A required file is missing, or the place holds something that is not a bundle.
        OSError: The disk refused; an older bundle stays whole.
    """
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    info = dataclasses.replace(info, sha256=hashes)
    _check_record(info, place / INFO_FILE)
    check_place(place)
    optional = {each.name for each in dataclasses.fields(info) if each.default is not dataclasses.MISSING}
    content = {name: value for name, value in dataclasses.asdict(info).items() if name not in optional or value}
    text = json.dumps(content, indent=2, allow_nan=False) + "\n"  # without what is optional older readers take it, too
    write_store(place, {INFO_FILE: text.encode(), **files})
    return read_bundle(place)


def _check_record(info: BundleInfo, path: Path) -> None:
    for name in info.sha256:
        if name == INFO_FILE or not is_plain_name(name):
            raise BundleError("{path}: sha256 names {name!r}, which is not a plain file name.", path=path, name=name)
    if len(info.sha256) > LARGEST_FILES:
        raise BundleError(
            "{path}: sha256 names {count} files; at most {largest_files} are read.",
            path=path,
            count=len(info.sha256),
            largest_files=LARGEST_FILES,
        )
    for name in REQUIRED_FILES:
        if name not in info.sha256:
            raise BundleError("{path}: sha256 has no entry for {name}.", path=path, name=name)
    if min(info.size.height, info.size.width, info.size.multiple) < 1:
        raise BundleError("{path}: size must be positive.", path=path)
    if max(info.size.height, info.size.width, info.size.multiple) > LARGEST_SIDE:
        raise BundleError(
            "{path}: size is beyond {largest_side:,} pixels, which no graph is run at.",
            path=path,
            largest_side=LARGEST_SIDE,
        )
    if len(info.latent.shape) != {"map": 3, "vector": 1}[info.latent.kind] or min(info.latent.shape) < 1:
        raise BundleError(
            "{path}: latent.shape {shape} does not fit a {kind}.",
            path=path,
            shape=info.latent.shape,
            kind=info.latent.kind,
        )
    if info.latent.size > LARGEST_LATENT:
        raise BundleError(
            "{path}: latent.shape {shape} holds more than {largest_latent:,} numbers.",
            path=path,
            shape=info.latent.shape,
            largest_latent=LARGEST_LATENT,
        )
    if info.samplers and SAMPLERS_FILE not in info.sha256:
        raise BundleError(
            "{path}: samplers are named, but sha256 has no entry for {samplers_file}.",
            path=path,
            samplers_file=SAMPLERS_FILE,
        )
    for side, graph in (("encoder", info.encoder), ("decoder", info.decoder)):
        if len(graph.inputs) != 1 or len(graph.outputs) != 1:
            raise BundleError("{path}: {side} must have one input and one output.", path=path, side=side)
