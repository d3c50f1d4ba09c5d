"""Puts a page together: one folder of files, or one file that holds everything."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

import numpy as np
from numpy.typing import NDArray

from export.bundle import Bundle
from export.bundle.store import is_packed, write_store
from export.errors import ExportError
from export.web.content import Content, read_content
from export.web.runtime import BUILDS, CDN, Build
from export.web.scripts import joined, read_source

INDEX_FILE = "index.html"
MARK = b'<meta name="generator" content="ConvAE web page">'
MARK_WITHIN_BYTES = 4096
GZIP_LEVEL = 6  # 9 takes half as long again for 0.5 % less
LARGEST_SINGLE_BYTES = 40_000_000
GRAPHS = ("encoder.onnx", "decoder.onnx")
OWN_FILES = ("app.js", "style.css", "worker.js", "arrays.bin", "gallery.webp", *GRAPHS)
RUNTIME_FILES = tuple(file.name for build in BUILDS.values() for file in build)

Json = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """A page in memory.

    Attributes:
        files: By name, `index.html` among them; all that a single-file page has.
        builds: Which builds of onnxruntime-web it can use.
    """

    files: Mapping[str, bytes]
    builds: tuple[Build, ...]


def build_page(bundle: Bundle, single: bool = False, runtime: Mapping[str, bytes] | None = None) -> Page:
    """Makes a page of a bundle.

    Args:
        bundle: Whose model the page runs.
        single: Whether everything goes into one file, which opens by double click.
        runtime: The files of onnxruntime-web, from `read_runtime`, to be copied into the page; without them it loads
            them from a content delivery network when it is opened.

    Raises:
        BundleError: The bundle was altered, or is not what the contract says.
        ExportError: A graph does not run, or a single file would be too large.
    """
    content = read_content(bundle)
    files = {"worker.js": read_source("worker.js").encode(), "arrays.bin": _pack(content.arrays)}
    files |= {name: bundle.read(name) for name in GRAPHS}
    if content.sprite is not None:
        files["gallery.webp"] = content.sprite
    if not single:
        return _folder(content, files, runtime)
    page = _single(content, files, runtime, _builds(content))
    if len(page.files[INDEX_FILE]) > LARGEST_SINGLE_BYTES:
        page = _single(content, files, runtime, ("wasm",))
    size = len(page.files[INDEX_FILE])
    if size > LARGEST_SINGLE_BYTES:
        raise ExportError(
            f"One file would have {size / 1e6:.0f} MB, where browsers open {LARGEST_SINGLE_BYTES / 1e6:.0f} MB well; "
            "leave out --single-file."
        )
    return page


def check_place(folder: Path) -> None:
    """Looks whether a page may be written there: nothing is there, an empty folder, or an older page and nothing else.

    Raises:
        ExportError: It holds something else.
    """
    if is_packed(folder):
        raise ExportError(f"--out {folder} has the name of a packed bundle; a page goes into a folder.")
    if not folder.exists():
        return
    if folder.is_dir():
        names = {path.name for path in folder.iterdir()}
        if not names or (_is_page(folder / INDEX_FILE) and names <= {INDEX_FILE, *OWN_FILES, *RUNTIME_FILES}):
            return
    raise ExportError(f"{folder} holds something that is not a page of a bundle; choose another place with --out.")


def write_page(folder: Path, page: Page) -> None:
    """Writes a page beside its place and renames it there; an older page in that place is replaced.

    Raises:
        ExportError: As `check_place` does.
        OSError: The disk refused; an older page stays whole.
    """
    check_place(folder)
    write_store(folder, page.files)


def _builds(content: Content) -> tuple[Build, ...]:
    return ("wasm", "webgpu") if content.description["may_use_gpu"] else ("wasm",)


def _folder(content: Content, files: dict[str, bytes], runtime: Mapping[str, bytes] | None) -> Page:
    """The page as a folder, to be served."""
    builds = _builds(content)
    sources = {name: {"url": name, "integrity": _integrity(content)} for name, content in files.items()}
    files |= {"app.js": joined("main.js").encode(), "style.css": read_source("style.css").encode()}
    if runtime is None:
        sources |= _from_cdn(builds)
    else:
        needed = [file for build in builds for file in BUILDS[build]]
        sources |= {file.name: {"url": file.name, "integrity": file.integrity} for file in needed}
        files |= {file.name: runtime[file.name] for file in needed}
    index = _index(
        content,
        sources,
        builds,
        style='<link rel="stylesheet" href="style.css">',
        scripts='<script src="app.js" defer></script>',
        policy=_policy("'self'", "'self'", f"'self' {CDN}" if runtime is None else "'self'"),
    )
    return Page({INDEX_FILE: index, **files}, builds)


def _single(
    content: Content, files: Mapping[str, bytes], runtime: Mapping[str, bytes] | None, builds: tuple[Build, ...]
) -> Page:
    """The page as one file; what it would load lies in it, packed."""
    packed = dict(files)
    sources: dict[str, Json] = {}
    if runtime is None:
        sources |= _from_cdn(builds)
    else:
        packed |= {file.name: runtime[file.name] for build in builds for file in BUILDS[build]}
    sources |= {name: {"packed": True} for name in packed}
    blocks = [
        f'<script type="application/octet-stream" id="file-{name}">{_packed(content)}</script>'
        for name, content in packed.items()
    ]
    script, style = joined("main.js"), read_source("style.css")
    index = _index(
        content,
        sources,
        builds,
        style=f"<style>{style}</style>",
        scripts="\n".join([*blocks, f"<script>{script}</script>"]),
        policy=_policy(_source_hash(script), _source_hash(style), CDN if runtime is None else "'none'"),
    )
    return Page({INDEX_FILE: index}, builds)


def _index(
    content: Content, sources: Mapping[str, Json], builds: tuple[Build, ...], style: str, scripts: str, policy: str
) -> bytes:
    size = content.description["size"]
    description = content.description | {
        "files": sources,
        "arrays": [(name, array.dtype.name, array.size) for name, array in _storable(content.arrays).items()],
        "runtime": {build: [file.name for file in BUILDS[build]] for build in builds},
    }
    icon = base64.b64encode(read_source("icon.svg").encode()).decode()
    text = Template(read_source(INDEX_FILE)).substitute(
        name=html.escape(content.description["name"]),
        policy=html.escape(policy),
        icon=f"data:image/svg+xml;base64,{icon}",
        style=style,
        scripts=scripts,
        width=size["width"],
        height=size["height"],
        # In a block of JSON nothing is markup but what could end it.
        description=json.dumps(description, allow_nan=False).replace("<", "\\u003c"),
    )
    return text.encode()


def _from_cdn(builds: tuple[Build, ...]) -> dict[str, Json]:
    needed = [file for build in builds for file in BUILDS[build]]
    return {file.name: {"url": CDN + file.name, "integrity": file.integrity} for file in needed}


def _policy(scripts: str, styles: str, connections: str) -> str:
    """The Content-Security-Policy: everything is forbidden but what is named.

    The worker and onnxruntime's script come from blobs, which inherit these rules; a worker from a file would not.
    """
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {scripts} blob: 'wasm-unsafe-eval'",
            f"style-src {styles}",
            "img-src blob: data:",
            f"connect-src {connections}",
            "worker-src blob:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _source_hash(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def _integrity(content: bytes) -> str:
    return f"sha384-{base64.b64encode(hashlib.sha384(content).digest()).decode()}"


def _packed(content: bytes) -> str:
    return base64.b64encode(gzip.compress(content, GZIP_LEVEL, mtime=0)).decode()


def _storable(arrays: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The arrays in one of the three types that the page reads, little-endian."""
    kinds = {"uint8": "|u1", "float16": "<f2"}
    return {name: np.ascontiguousarray(array, kinds.get(array.dtype.name, "<f4")) for name, array in arrays.items()}


def _pack(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    return b"".join(array.tobytes() for array in _storable(arrays).values())


def _is_page(index: Path) -> bool:
    try:
        with index.open("rb") as file:
            return MARK in file.read(MARK_WITHIN_BYTES)
    except OSError:
        return False
