"""File names that are hard to print, to write down and to show."""

from __future__ import annotations

import os
from pathlib import Path

from PIL import Image

STRANGE = (
    b"caf\xe9.png",
    b"\x1b[31mred.png",
    b"two\nlines.png",
    b"a\r\x0b\x0c\xc2\x85\xe2\x80\xa8b.png",
    b"=cmd|' calc'!A0.png",
    b"+1.png",
    b"@sum.png",
    b'<img src="x" onerror=alert(1)>.png',
    b"{{ 7 * 7 }}.png",
    b"\xe2\x80\xaegnp.png",
    "日本.png".encode(),
)


def make_named(folder: Path, name: bytes, content: bytes | None = None) -> Path:
    """A small picture of its own colour, or a file of some content, under a name of bytes."""
    path = folder / os.fsdecode(name)
    if content is not None:
        path.write_bytes(content)
    else:
        colour = tuple(os.fsencode(name).ljust(3, b"x")[:3])
        with path.open("wb") as file:
            Image.new("RGB", (40, 40), colour).save(file, format="PNG")
    return path
