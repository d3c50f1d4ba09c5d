"""Who may import whom: the rules of the three rooms, read from the source and tried for real."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
AT_THE_START = {"os", "sys", "trainer.extra", "trainer.extra.require_for_module"}
RUN_CONTRACT = "trainer/run/contract"
TORCH = {"torch", "torchvision"}
ONNX = {"onnx", "onnxscript", "onnxruntime"}
QT = {"PySide6", "shiboken6"}


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, at the top or within a function; `from a import b` gives `a` and `a.b`."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from (module, *(f"{module}.{alias.name}" for alias in node.names))


def faults(path: Path, forbidden: set[str]) -> set[str]:
    """The imports of a file that are, or lie within, something forbidden."""
    return {name for name in imports(path) if any(name == top or name.startswith(f"{top}.") for top in forbidden)}


def sources(room: str) -> list[Path]:
    """The Python files of a room, of which there must be some: a rule over no file holds nothing."""
    found = sorted((ROOT / room).rglob("*.py"))
    assert found, f"{room}: no Python file is here any more, so that its rule checks nothing"
    return found


def test_the_trainer_knows_torch_only() -> None:
    """Neither ONNX nor Qt, and nothing of the other rooms."""
    forbidden = ONNX | QT | {"desktop", "export"}
    assert {path: found for path in sources("trainer") if (found := faults(path, forbidden))} == {}


def test_export_knows_no_desktop() -> None:
    """No Qt, and nothing of the desktop."""
    assert {path: found for path in sources("export") if (found := faults(path, QT | {"desktop"}))} == {}


def test_a_room_that_is_gone_fails_its_rule() -> None:
    """A rule over a folder that was renamed fails, and does not pass over nothing."""
    with pytest.raises(AssertionError, match="no Python file"):
        sources("desktop/engine_that_was_renamed")


def test_the_contract_needs_the_standard_library_alone() -> None:
    """`export/bundle/` imports nothing else but its own files, of which one reads arrays with numpy."""
    for path in sources("export/bundle"):
        allowed = {"numpy"} if path.stem == "arrays" else set()
        outside = {name for name in imports(path) if name != "export" and not name.startswith("export.bundle")}
        assert {name.split(".")[0] for name in outside} <= sys.stdlib_module_names | allowed, path
    assert set(imports(ROOT / "export" / "__init__.py")) <= AT_THE_START


def test_the_engine_knows_no_qt() -> None:
    """The engine has no Qt and nothing of the window."""
    allowed = "desktop.engine"
    for path in sources("desktop/engine"):
        assert faults(path, QT) == set()
        assert {name for name in faults(path, {"desktop"}) if not name.startswith(allowed)} <= {"desktop"}


def test_the_contract_of_a_run_needs_the_standard_library_alone() -> None:
    """`trainer/run/contract/`, which the desktop imports, brings nothing else of the trainer, and no torch."""
    for path in sources(RUN_CONTRACT):
        outside = {name for name in imports(path) if not name.startswith("trainer.run.contract")}
        assert {name.split(".")[0] for name in outside} <= sys.stdlib_module_names, path
    for package in ("trainer/__init__.py", "trainer/run/__init__.py"):
        assert set(imports(ROOT / package)) <= AT_THE_START
    for name in ("extra", "terminal", "errors"):  # what `python -m` loads before it finds a command
        outside = {each for each in imports(ROOT / "trainer" / f"{name}.py") if not each.startswith("trainer")}
        assert {each.split(".")[0] for each in outside} <= sys.stdlib_module_names


def test_the_desktop_knows_neither_torch_nor_the_rest_of_export() -> None:
    """Of everything outside it, the desktop has `export.bundle` and what that is made of alone."""
    for path in sources("desktop"):
        assert faults(path, TORCH | {"onnx", "onnxscript"}) == set(), path
        watching = {"trainer.run"} if path.is_relative_to(ROOT / "desktop" / "training") else set()
        assert {name for name in faults(path, {"trainer"}) if not name.startswith("trainer.run.contract")} <= watching
        outside = {name for name in faults(path, {"export"}) if not name.startswith("export.bundle")}
        assert outside == set(), path


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import torch.nn", {"torch.nn"}),
        ("def f():\n    from torch import nn", {"torch", "torch.nn"}),
        ("import torchlike", set()),
        ("from . import torch", set()),
    ],
)
def test_the_reader_of_imports_sees_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, source: str, found: set[str]
) -> None:
    """Imports within functions are found, and names that only begin alike are not."""
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    (tmp_path / "room").mkdir()
    path = tmp_path / "room" / "file.py"
    path.write_text(source)
    assert faults(path, TORCH) == found


ROOMS: dict[str, list[tuple[str, ...]]] = {
    "trainer": [
        ("trainer.run.contract",),  # which the window knows too
        ("trainer.errors",),
        ("trainer.terminal",),
        ("trainer.extra",),
        ("trainer.architectures",),
        ("trainer.options",),
        ("trainer.machine",),
        ("trainer.data",),
        ("trainer.start", "trainer.cache"),
        ("trainer.floor",),
        ("trainer.objective",),
        ("trainer.evaluation",),
        ("trainer.run",),
        ("trainer.loop", "trainer.report"),
        ("trainer.repair",),
        ("trainer.advice",),
        ("trainer.train",),
        ("trainer.ablate", "trainer.recipe", "trainer.probe", "trainer.command", "trainer.preview"),
    ],
    "export": [
        ("export.bundle",),
        ("export.errors",),
        ("export.runtime", "export.inspect"),
        ("export.sampling", "export.web"),
        ("export.report",),
        ("export.proof",),
        ("export.graphs", "export.statistics"),
        ("export.build", "export.foreign", "export.diffusers", "export.verify", "export.to_web"),
        ("export.to_onnx",),
        (
            "export.command",
            "export.adopt",
            "export.to_diffusers",
            "export.from_diffusers",
            "export.disentangle",
            "export.concepts",
            "export.repair",
            "export.layers",
        ),
    ],
    "desktop": [
        ("desktop.engine",),
        ("desktop.command_line", "desktop.theme", "desktop.languages", "desktop.file_manager", "desktop.qt_images"),
        ("desktop.i18n", "desktop.worker"),
        ("desktop.failures", "desktop.runner", "desktop.mime", "desktop.display"),
        ("desktop.widgets",),
        ("desktop.state",),
        ("desktop.page", "desktop.films", "desktop.figures"),
        ("desktop.picture", "desktop.batch", "desktop.inspect", "desktop.gate", "desktop.training"),
        ("desktop.morph", "desktop.supervised"),
        ("desktop.lessons", "desktop.xray"),
        ("desktop.pages",),
        ("desktop.page_stack",),
        ("desktop.shell",),
        ("desktop.window",),
        ("desktop.app",),
        ("desktop.__main__", "desktop.packaging"),
    ],
    "desktop/engine": [
        ("desktop.engine.machine",),
        ("desktop.engine.folder",),
        ("desktop.engine.sliders",),
        ("desktop.engine.film",),
        ("desktop.engine.latent_file", "desktop.engine.batch"),
        ("desktop.engine.similarity",),
        ("desktop.engine.anomaly", "desktop.engine.embedding", "desktop.engine.xray"),
    ],
}
"""The rooms of each package from the ground up. Each may know those in the lines above it, and none beside or below."""


def modules(room: str) -> dict[str, Path]:
    """Every module of a room that is no package, by its name."""
    found = {}
    for path in sources(room):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if path.stem == "__init__" else parts)] = path
    return found


def known(name: str, path: Path, every: dict[str, Path]) -> set[str]:
    """The modules that a module imports; `from package import module` is an import of the module alone."""
    found = set[str]()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports name their room"
            for alias in node.names:
                module = f"{node.module}.{alias.name}"
                found.add(module if module in every else str(node.module))
    return {each for each in found if each in every and each != name}


def loops(edges: dict[str, set[str]]) -> list[list[str]]:
    """Every group of names that lead to one another, by Tarjan's search; a name alone is none."""
    index, low, stack, found = dict[str, int](), dict[str, int](), list[str](), list[list[str]]()

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for other in edges[name]:
            if other not in index:
                visit(other)
            if other in stack:
                low[name] = min(low[name], low[other])
        if low[name] == index[name]:
            group = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            found.extend([sorted(group)] if len(group) > 1 else [])

    for name in edges:
        if name not in index:
            visit(name)
    return found


def test_loops_are_found() -> None:
    """Three that lead round, and two beside them; what leads nowhere back is none."""
    edges = {"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": {"e"}, "e": {"d"}, "f": {"a"}}
    assert sorted(loops(edges)) == [["a", "b", "c"], ["d", "e"]]


@pytest.mark.parametrize("room", ["trainer", "export", "desktop"])
def test_no_modules_import_each_other_in_a_circle(room: str) -> None:
    """Imports within functions and those for type checking alone count like all others."""
    every = modules(room)
    assert loops({name: known(name, path, every) for name, path in every.items()}) == []


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_imports_what_is_above_or_beside_it(room: str) -> None:
    """Each room knows those beneath it alone, in the order of `ROOMS`."""
    layers, every = ROOMS[room], modules(room)
    level = {name: number for number, names in enumerate(layers) for name in names}

    def home(module: str) -> str | None:
        return next((name for name in level if module == name or module.startswith(f"{name}.")), None)

    upward = {
        f"{name} -> {other}"
        for name, path in every.items()
        for other in known(name, path, every)
        if (here := home(name)) and (there := home(other)) and here != there and level[there] >= level[here]
    }
    assert sorted(upward) == []


@pytest.mark.parametrize("room", ["trainer", "export", "desktop"])
def test_every_module_has_a_place_in_the_order_of_rooms(room: str) -> None:
    """A new folder, or a new file in a package's own, is put into `ROOMS`, or its rule would check nothing."""
    homes = [name for names in ROOMS[room] for name in names]
    modules_at_home = {name for name in modules(room) if any(f"{name}.".startswith(f"{home}.") for home in homes)}
    assert sorted(set(modules(room)) - modules_at_home - {room}) == []
    gone = [home for home in homes if not any(f"{name}.".startswith(f"{home}.") for name in modules(room))]
    assert gone == []


def test_widgets_know_no_session_no_scene_and_no_wording() -> None:
    """They take plain values and give signals: nothing that pages share, that is rendered, or that is said of it."""
    forbidden = {"desktop.state", "desktop.engine.rendering", "desktop.engine.library", "desktop.engine.autoencoder"}
    for path in sources("desktop/widgets"):
        assert faults(path, forbidden) == set(), path
        assert {name for name in imports(path) if "words" in name} == set(), path


def test_views_know_no_page() -> None:
    """The views and the controls of the Inspect page are handed what they need."""
    for folder in ("desktop/inspect/views", "desktop/inspect/tools"):
        for path in sources(folder):
            assert faults(path, {"desktop.inspect.page", "desktop.page", "desktop.state"}) == set(), path
