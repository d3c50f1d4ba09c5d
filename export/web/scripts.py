"""The page's scripts: modules in `page/`, joined to one plain script that works wherever the page is opened from."""

from __future__ import annotations

import re
from pathlib import Path

SOURCES = Path(__file__).with_name("page")

_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./([\w-]+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:function|class|const) (\w+))", re.MULTILINE)


def read_source(name: str) -> str:
    """One of the page's sources."""
    return (SOURCES / name).read_text(encoding="utf-8")


def joined(name: str) -> str:
    """A module and all that it imports as one script: each module is a function that gives what it exports.

    Browsers load no modules from a page that was opened from disk, hence one script. Modules must not import one
    another in a circle, and import and export by name alone.
    """
    parts: dict[str, str] = {}
    _collect(name, parts)
    return "\n".join(['"use strict";', "const modules = {};", *parts.values()])


def _collect(name: str, parts: dict[str, str]) -> None:
    """Adds a module after those that it imports."""
    if name in parts:
        return
    source = read_source(name)
    for _, needed in _IMPORT.findall(source):
        _collect(needed, parts)
    body = _IMPORT.sub(r'const \1 = modules["\2"];', source)
    exported = ", ".join(found for _, found in _EXPORT.findall(body))
    inside = _EXPORT.sub(r"\1", body)
    parts[name] = f'modules["{name}"] = (() => {{\n{inside}return {{ {exported} }};\n}})();\n'
