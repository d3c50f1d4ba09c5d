"""The picture formats that can be read here, by their files' endings. The desktop has the same list."""

from __future__ import annotations

import functools
import importlib
import importlib.util
from collections.abc import Mapping
from typing import Any

from PIL import features

PLUGINS: Mapping[str, tuple[str, ...]] = {"pillow_jxl": (".jxl",), "pillow_heif": (".heic", ".heif")}
"""Modules that teach Pillow to read more, where they are installed."""

EXTRA = "the extra `formats` (uv run --extra train --extra formats)"
"""What to install for them, for people."""

ALWAYS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif"})


@functools.cache
def suffixes() -> frozenset[str]:
    """Endings of what can be read on this machine, in lower case with their dots."""
    found = set(ALWAYS) | ({".avif"} if features.check("avif") else set())
    return frozenset(found.union(*(PLUGINS[name] for name in _installed())))


def readable_with_extra() -> frozenset[str]:
    """Endings of what could be read if the plug-ins were installed that are not."""
    return frozenset(ending for endings in PLUGINS.values() for ending in endings) - suffixes()


@functools.cache
def load_plugins() -> None:
    """Has Pillow know the formats of the plug-ins that are installed."""
    for name in _installed():
        module: Any = importlib.import_module(name)
        getattr(module, "register_heif_opener", lambda: None)()  # the other registers itself


def _installed() -> list[str]:
    return [name for name in PLUGINS if importlib.util.find_spec(name) is not None]
