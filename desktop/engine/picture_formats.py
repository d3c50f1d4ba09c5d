"""The picture formats that can be read and those that can be saved: the one list for folders, dialogs and messages.

The trainer has a list of its own, as neither may import the other; a test holds the two together. To add a format that
Pillow or a plug-in of it knows, add a line to `FORMATS`.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib
import importlib.util
from collections.abc import Mapping
from typing import Any

from PIL import features


@dataclasses.dataclass(frozen=True)
class Format:
    """One picture format.

    Attributes:
        name: For people.
        suffixes: Of its files, the usual one first.
        saved: Pillow's name and options for saving, which keep every pixel where the format can; None for formats that
            are read alone.
        feature: What Pillow must have been built with to read it.
        is_of_several: Whether a file may hold several pictures: frames of an animation, or pages.
        plugin: The module that teaches Pillow to read it; the format is known where that is installed.
        holds_alpha: Whether a saved file may be transparent.
        holds_profile: Whether a saved file may say what its colours are; else they are saved in sRGB.
    """

    name: str
    suffixes: tuple[str, ...]
    saved: tuple[str, Mapping[str, Any]] | None = None
    is_of_several: bool = False
    feature: str = ""
    plugin: str = ""
    holds_alpha: bool = True
    holds_profile: bool = True

    @property
    def is_readable(self) -> bool:
        """Whether it can be read on this machine."""
        if self.plugin:
            return importlib.util.find_spec(self.plugin) is not None
        return not self.feature or bool(features.check(self.feature))


PNG = "PNG"
FORMATS = (
    Format(PNG, (".png",), (PNG, {}), is_of_several=True),
    Format("JPEG", (".jpg", ".jpeg"), ("JPEG", {"quality": 95, "subsampling": 0}), holds_alpha=False),
    Format("WebP", (".webp",), ("WEBP", {"lossless": True}), is_of_several=True),
    Format("BMP", (".bmp",)),
    Format("GIF", (".gif",), is_of_several=True),
    Format("TIFF", (".tiff", ".tif"), ("TIFF", {"compression": "tiff_deflate"}), is_of_several=True),
    Format("AVIF", (".avif",), ("AVIF", {"quality": 95, "subsampling": "4:4:4"}), is_of_several=True, feature="avif"),
    Format("JPEG XL", (".jxl",), is_of_several=True, plugin="pillow_jxl"),
    Format("HEIC", (".heic", ".heif"), is_of_several=True, plugin="pillow_heif"),
)


@functools.cache
def readable() -> tuple[str, ...]:
    """The suffixes of what can be read on this machine, in lower case."""
    return tuple(suffix for kind in FORMATS if kind.is_readable for suffix in kind.suffixes)


@functools.cache
def of_several() -> frozenset[str]:
    """The suffixes of files that may hold several pictures."""
    return frozenset(suffix for kind in FORMATS if kind.is_of_several for suffix in kind.suffixes)


@functools.cache
def savable() -> Mapping[str, Format]:
    """The format of each suffix of what can be saved."""
    return {suffix: kind for kind in FORMATS if kind.saved and kind.is_readable for suffix in kind.suffixes}


def open_patterns() -> str:
    """What an open dialog looks for: `*.png *.jpg ...`."""
    return " ".join(f"*{suffix}" for suffix in readable())


@functools.cache
def load_plugins() -> None:
    """Has Pillow know the formats of the plug-ins that are installed."""
    for kind in FORMATS:
        if kind.plugin and kind.is_readable:
            module: Any = importlib.import_module(kind.plugin)
            getattr(module, "register_heif_opener", lambda: None)()  # the other registers itself
