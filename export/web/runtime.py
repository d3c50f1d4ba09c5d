"""onnxruntime for browsers: one version of npm's onnxruntime-web, known by its hashes."""

from __future__ import annotations

import base64
import hashlib
import io
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path

from export.errors import ExportError

VERSION = "1.30.0"
PACKAGE = f"onnxruntime-web@{VERSION}"
TARBALL = f"onnxruntime-web-{VERSION}.tgz"
# As npm records the package's integrity.
TARBALL_SHA512 = "q0y+JrrtukXSzsBWEMccVfqX25LRmosXHF+CaRJmg8pZClzcV7svNc4rKY3jL02Vb7QmRMDs1SigqR4CXAfKYQ=="
LARGEST_TARBALL_BYTES = 64 << 20
CDN = f"https://cdn.jsdelivr.net/npm/{PACKAGE}/dist/"
FETCH_SECONDS = 300

Build = Literal["wasm", "webgpu"]


@dataclass(frozen=True)
class RuntimeFile:
    """One file of the package: its name in `dist/`, and its SHA-384 as browsers write it."""

    name: str
    sha384: str

    @property
    def integrity(self) -> str:
        """The file's hash as a page states it, so that browsers refuse any other file."""
        return f"sha384-{self.sha384}"


# What each build consists of: a script, and the machine code that it loads.
BUILDS: dict[Build, tuple[RuntimeFile, RuntimeFile]] = {
    "wasm": (
        RuntimeFile("ort.wasm.bundle.min.mjs", "PLWz+nHEVHpjwBsO0YVdvQj6n5814Iv8E3b8FG0Rp/uIAtjFMCKOpP66iPzedrIG"),
        RuntimeFile("ort-wasm-simd-threaded.wasm", "vjBJ1z7qrhkTyYsNqKeF6c7N+nOJSU94czEo+tvZcu8G75JparGq9kB+kTnEUNVM"),
    ),
    "webgpu": (
        RuntimeFile("ort.webgpu.bundle.min.mjs", "1ntMeyj+z5diX6vBR5h+zlJBPc4iNvhCxE6nlammh8daBYcLBZkzrwDkuJjhwI+f"),
        RuntimeFile(
            "ort-wasm-simd-threaded.asyncify.wasm", "EPVDLTxuO663dkZO/pcKJF6vOyyfq/5z9FY1oksN0UWFX2ABH4wDDZQHeNoUleWR"
        ),
    ),
}


def read_runtime(tarball: Path) -> dict[str, bytes]:
    """The files of all builds, by name, from the package's file.

    Raises:
        ExportError: It cannot be read, or is not the pinned version, to the last bit.
    """
    try:
        if tarball.stat().st_size > LARGEST_TARBALL_BYTES:
            raise ExportError(f"{tarball} is too large for {PACKAGE}; run `npm pack {PACKAGE}` to get that.")
        content = tarball.read_bytes()
    except OSError as error:
        raise ExportError(f"{tarball} cannot be read ({error.strerror or error}).") from error
    if not _is_pinned(content):
        raise ExportError(
            f"{tarball} is not {PACKAGE} as published (wrong SHA-512); run `npm pack {PACKAGE}` to get that."
        )
    with tarfile.open(fileobj=io.BytesIO(content)) as packed:
        return {file.name: _member(packed, file) for build in BUILDS.values() for file in build}


def find_tarball() -> Path:
    """The package's file in the user's cache folder, fetched with npm when it is not there yet.

    Raises:
        ExportError: npm is missing or failed.
        OSError: The cache folder cannot be written.
    """
    kept = user_cache_path("convae", appauthor=False) / TARBALL
    if kept.is_file() and kept.stat().st_size <= LARGEST_TARBALL_BYTES and _is_pinned(kept.read_bytes()):
        return kept
    npm = shutil.which("npm")
    if npm is None:
        raise ExportError(
            f"--runtime copy needs npm's {PACKAGE}, and npm is not installed; install Node.js, or name the file that "
            f"`npm pack {PACKAGE}` gave elsewhere with --tarball."
        )
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".npm-", dir=kept.parent) as scratch:
        _pack(npm, Path(scratch))
        fresh = Path(scratch, TARBALL)
        read_runtime(fresh)
        fresh.replace(kept)
    return kept


def _pack(npm: str, folder: Path) -> None:
    command = [npm, "pack", "--silent", PACKAGE]
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=FETCH_SECONDS, check=False, encoding="utf-8"
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ExportError(f"npm could not fetch {PACKAGE} ({error}); fetch it elsewhere and use --tarball.") from error
    if done.returncode != 0:
        reason = (done.stderr.strip() or f"status {done.returncode}").splitlines()[0]
        raise ExportError(f"npm could not fetch {PACKAGE} ({reason}); fetch it elsewhere and use --tarball.")


def _is_pinned(content: bytes) -> bool:
    return base64.b64encode(hashlib.sha512(content).digest()).decode() == TARBALL_SHA512


def _member(packed: tarfile.TarFile, file: RuntimeFile) -> bytes:
    stream = packed.extractfile(f"package/dist/{file.name}")
    assert stream is not None, file.name  # the tarball is the pinned one
    return stream.read()
