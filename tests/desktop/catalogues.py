"""Qt Linguist files, read as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

from desktop.i18n.catalogue import source_file


def read(language: str) -> Mapping[str, list[str]]:
    """Every source of a language's `.ts` file, with its translation, or the forms of one that is counted."""
    found: dict[str, list[str]] = {}
    for message in ElementTree.parse(source_file(language)).getroot().iter("message"):
        source, translation = message.findtext("source"), message.find("translation")
        assert source is not None
        assert translation is not None
        forms = translation.findall("numerusform") or [translation]
        found[source] = [form.text or "" for form in forms]
    return found
