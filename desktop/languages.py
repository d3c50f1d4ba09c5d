"""The languages that the window speaks, each called what it calls itself. No Qt: the command line names them too."""

from __future__ import annotations

from collections.abc import Mapping

ENGLISH = "en"
LANGUAGES: Mapping[str, str] = {ENGLISH: "English", "zh_CN": "简体中文"}
