"""The texts of the program, read from its source: those marked for translation, and the sentences of its errors."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# How many of its first arguments each of these takes as texts, and from which one on; and which by name.
MARKING = {
    "tr": (0, 1),
    "mark": (0, 1),
    "bind": (2, 1),
    "label": (0, 1),
    "button": (0, 2),
    "add": (2, 1),
    "act": (2, 2),
}
MARKING_NAMES = {"tip", "text", "title"}
WORD = re.compile(r"[A-Za-z]{2,}")
ERRORS = ("Error", "_Problem")
PYTHONS_OWN = {"ValueError", "OSError", "FileNotFoundError", "ArgumentTypeError", "FieldError"}
ENGINE_FILES = (
    "desktop/engine",
    "desktop/figures/content.py",
    "desktop/inspect/inspector.py",
    "desktop/training",
    "desktop/shell/session_keeper.py",
    "export/bundle/bundle.py",
    *(f"trainer/{name}" for name in ("advice", "data", "floor", "start", "machine/budget.py")),
    *(
        f"trainer/{name}"
        for name in ("machine/distributed.py", "objective/guidance.py", "run", "terminal.py", "train.py")
    ),
)
SPEAKING_FILES = ("desktop/shell/doctor.py", "desktop/engine/machine/providers.py")  # they answer in sentences too


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
    """Every sentence that the engine raises, as its template."""
    found = set[str]()
    for place in ENGINE_FILES:
        path = ROOT / place
        for file in [path] if path.suffix else sorted(path.rglob("*.py")):
            found.update(_messages(ast.parse(file.read_text(encoding="utf-8"))))
    for place in SPEAKING_FILES:
        found.update(_phrases(ast.parse((ROOT / place).read_text(encoding="utf-8"))))
    return {text for text in found if any(character.isalpha() for character in re.sub(r"{[^}]*}", "", text))}


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
    """The templates of errors and sentences."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if (name.endswith(ERRORS) and name not in PYTHONS_OWN) or name == "Sentence":
                yield from _constants(node.args[0])


def filled_in_by_hand() -> list[str]:
    """Where an error or a sentence is an f-string, which no catalogue could translate."""
    found = []
    for path in [*sorted((ROOT / "desktop").rglob("*.py")), *sorted((ROOT / "export" / "bundle").rglob("*.py"))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.JoinedStr):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if (name.endswith(ERRORS) and name not in PYTHONS_OWN) or name == "Sentence":
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    return found


def _phrases(tree: ast.Module) -> Iterator[str]:
    """Every string of several words that is no docstring."""
    docstrings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings:
            text = node.value
            if re.search(r"\w.* .*\w", text) and len(re.findall(r"[A-Za-z]{2,}", text)) > 1:
                yield text
