"""The texts of the program, read from its source: those marked for translation, and the sentences of its errors."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# How many of its first arguments each of these takes as texts, and from which one on; and which by name.
MARKING = {"tr": (0, 1), "mark": (0, 1), "bind": (2, 1), "label": (0, 1), "button": (0, 2), "add": (2, 1)}
MARKING_NAMES = {"tip", "text", "title"}
WORD = re.compile(r"[A-Za-z]{2,}")
ERRORS = ("Error", "_Problem")
ENGINE_FILES = ("desktop/engine", "desktop/shell/session_keeper.py", "export/bundle/bundle.py")
SPEAKING_FILES = ("desktop/engine/doctor.py", "desktop/engine/providers.py")  # they answer in sentences too


@functools.cache
def marked() -> set[str]:
    """Every text of the window that is marked for translation where it is written."""
    found = set[str]()
    for path in sorted((ROOT / "desktop").rglob("*.py")):
        binds = "engine" not in path.relative_to(ROOT).parts  # the engine binds and adds no texts
        marking = MARKING if binds else {"mark": MARKING["mark"]}
        found.update(_marked(ast.parse(path.read_text(encoding="utf-8")), marking))
    return {text for text in found if any(character.isalpha() for character in text)}


@functools.cache
def messages() -> set[str]:
    """Every sentence that the engine raises, with `{}` for what is filled in."""
    found = set[str]()
    for place in ENGINE_FILES:
        path = ROOT / place
        for file in [path] if path.suffix else sorted(path.rglob("*.py")):
            found.update(_messages(ast.parse(file.read_text(encoding="utf-8"))))
    for place in SPEAKING_FILES:
        found.update(_phrases(ast.parse((ROOT / place).read_text(encoding="utf-8"))))
    return {text for text in found if any(character.isalpha() for character in text.replace("{}", ""))}


def _marked(tree: ast.Module, marking: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in marking:
            continue
        first, count = marking[name]
        for argument in node.args[first : first + count]:
            yield from _constants(argument)
        for keyword in node.keywords:
            if keyword.arg in MARKING_NAMES and name != "tr":
                yield from _constants(keyword.value)


def _constants(node: ast.expr) -> Iterator[str]:
    """The strings that an expression may be: itself, or either side of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)


def _messages(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name.endswith(ERRORS) and name != "ValueError":
                yield from _pattern(node.args[0])


def _phrases(tree: ast.Module) -> Iterator[str]:
    """Every string of several words that is neither a docstring nor a part of another."""
    left_out = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            left_out.update(node.values)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr | ast.Constant) and node not in left_out:
            yield from (
                text
                for text in _pattern(node)
                if re.search(r"\w.* .*\w", text) and len(re.findall(r"[A-Za-z]{2,}", text)) > 1
            )


def _pattern(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
        yield "".join(map(str, parts))
    else:
        yield from _constants(node)
