"""What onnxruntime says went wrong, without the places in its source that it says it at."""

from __future__ import annotations

import re

_SOURCE_PLACE = re.compile(r"\S+\.(?:cc|cpp|cu|cuh|h|hpp):\d+ ?")


def reason(error: Exception) -> str:
    """The readable part of an onnxruntime message such as `[ONNXRuntimeError] : 7 : INVALID_PROTOBUF : ...`."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return _without_source(lines[0].split(" : ")[-1]).strip().rstrip(".:")


def _without_source(text: str) -> str:
    """A message without the place in onnxruntime's source that it may have: `/path/model.cc:256 Model::Model(...)`."""
    found = _SOURCE_PLACE.search(text)
    if found is None:
        return text
    depth = 0
    for place, character in enumerate(text[found.end() :], start=found.end()):  # to the end of the function's arguments
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == ")" and depth == 0:
            return _without_source(text[: found.start()] + text[place + 1 :].removeprefix(" const").lstrip())
    return text[: found.start()] + text[found.end() :].lstrip()
