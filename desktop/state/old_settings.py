"""The settings of earlier versions: an INI file of Qt's, read as text. Qt's own reader would run what it holds."""

from __future__ import annotations

import base64
import configparser
import re
import urllib.parse
from pathlib import Path

from desktop.engine.disk.files import read_bounded

LARGEST_BYTES = 1 << 20
GENERAL = "General"  # the section of names without a stroke
ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", '"': '"', "\\": "\\"}
ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{1,6})|([0-7]{1,3})|(.))", re.DOTALL)
BYTES = re.compile(r"@ByteArray\((.*)\)", re.DOTALL)
KEPT = re.compile(r"theme|language|provider|page|hint_was_seen|recent|layout/\w+|batch/\w+|inspect/\w+|compare-mode")
KEPT_NAMES = re.compile(r"slider-names/[0-9a-f]+")


def read(path: Path) -> dict[str, str | bool | list[str]]:
    """What such a file says, in today's names and kinds; empty where there is none or it cannot be read.

    Texts, lists of paths and layouts are taken over; whatever else a value claims to be, such as an object to be made,
    is left out.
    """
    parser = configparser.RawConfigParser(
        delimiters=("=",), comment_prefixes=(";",), strict=False, default_section="\0", empty_lines_in_values=False
    )
    parser.optionxform = str  # type: ignore[method-assign, assignment]  # names keep their capitals
    try:
        parser.read_string(read_bounded(path, LARGEST_BYTES).decode("utf-8", errors="replace"))
    except (OSError, configparser.Error):
        return {}
    found: dict[str, str | bool | list[str]] = {}
    for section in parser.sections():
        for key, text in parser.items(section):
            name = urllib.parse.unquote(key if section == GENERAL else f"{section}/{key}").replace("\\", "/")
            value = _value(name, text) if KEPT.fullmatch(name) or KEPT_NAMES.fullmatch(name) else None
            if value is not None:
                found[name] = value
    return found


def _value(name: str, text: str) -> str | bool | list[str] | None:
    """One value; None for what is none of ours."""
    quoted = len(text) >= 2 and text[0] == text[-1] == '"'
    plain = _unescaped(text[1:-1] if quoted else text)
    if plain.startswith("@@"):
        plain = plain[1:]
    elif name.startswith("layout/"):
        held = BYTES.fullmatch(plain)
        return base64.b64encode(held[1].encode("latin-1", errors="ignore")).decode("ascii") if held else None
    elif plain.startswith("@"):
        return None
    if name == "hint_was_seen":
        return plain == "true"
    return plain.split("\n") if name == "recent" else plain


def _unescaped(text: str) -> str:
    def character(found: re.Match[str]) -> str:
        hexadecimal, octal, letter = found.groups()
        if hexadecimal or octal:
            code = int(hexadecimal or octal, 16 if hexadecimal else 8)
            return chr(code) if code <= 0x10FFFF else "\ufffd"
        return ESCAPES.get(letter, letter)

    return ESCAPE.sub(character, text)
