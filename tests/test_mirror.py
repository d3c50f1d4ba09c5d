"""The tests mirror the tree: every module with behaviour has a test file of its name, or stands in the list below.

A module `desktop/state/saver.py` has `tests/desktop/state/test_saver.py`, or a folder `tests/desktop/state/saver/`.
Modules of words, `__init__` and `__main__` need none, nor do modules without a function.
"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WITHOUT = {"__init__", "__main__", "words"}

TESTED_THROUGH_THEIR_ROOM = {
    "desktop/batch": "estimate form work_view",
    "desktop/engine/anomaly": "good samples",
    "desktop/engine/cluster": "worker",
    "desktop/figures": "content drawing",
    "desktop/inspect": "chosen inspector known looking looks move_actions outputs page_actions panels place tabs",
    "desktop/inspect/tools": "anomalies concepts duplicates map overview similar",
    "desktop/inspect/views": "groups_table overview switch view",
    "desktop/morph": "sharing",
    "desktop": "page",
    "desktop/picture": "browse_strip compare_modes comparison context_menus history_panel page view_export",
    "desktop/picture/panel": "pad_box",
    "desktop/shell": "about appearance doctor_dialog full_screen help_actions menu_bar model_page",
    "desktop/state": "services session",
    "desktop/theme": "dressing icons",
    "desktop/training": "advanced form run_deeds",
    "desktop/training/curves": "run_view",
    "desktop/widgets/plane": "canvas painter",
    "desktop/widgets": "random_tray region_overlay start_strip thumbnail_grid",
    "export/diffusers": "autoencoder_convae layers",
    "export/foreign": "adoption",
    "export": "from_diffusers to_diffusers to_web",
}
"""Folder -> modules that are tested through the page, the command or the bundle that they are part of, by the tests of
that folder. This list may only shrink: a new module has a test file of its own."""

MOST = 66


def has_behaviour(path: Path) -> bool:
    """Whether a module has a function or a method in it."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return path.stem not in WITHOUT and any(isinstance(node, ast.FunctionDef) for node in nodes)


def own_tests(module: Path) -> bool:
    """Whether a module has a test file, or a folder of them, in its place."""
    place = ROOT / "tests" / module.relative_to(ROOT).parent
    return (place / f"test_{module.stem}.py").is_file() or any((place / module.stem).glob("test_*.py"))


def modules() -> dict[str, Path]:
    """Every module with behaviour, by its place without the ending."""
    found = [path for room in ("trainer", "export", "desktop") for path in sorted((ROOT / room).rglob("*.py"))]
    assert found
    return {path.relative_to(ROOT).with_suffix("").as_posix(): path for path in found if has_behaviour(path)}


def listed() -> list[str]:
    """The modules that are tested through their room."""
    return [f"{folder}/{name}" for folder, names in TESTED_THROUGH_THEIR_ROOM.items() for name in names.split()]


def test_every_module_with_behaviour_has_a_test_file_of_its_name() -> None:
    """Or stands in the list."""
    without = {name for name, path in modules().items() if not own_tests(path)}
    assert sorted(without - set(listed())) == []


def test_the_list_of_exceptions_holds_what_is_needed_alone() -> None:
    """No module that has tests of its own by now or is gone, and no more than there were when the list was made."""
    known = modules()
    assert sorted(name for name in listed() if name not in known or own_tests(known[name])) == []
    assert len(set(listed())) == len(listed()) <= MOST


def test_the_reader_tells_behaviour_from_data(tmp_path: Path) -> None:
    """Constants and plain dataclasses are data; a method is behaviour."""
    (tmp_path / "data.py").write_text("A = 1\n\nclass B:\n    x: int = 0\n")
    (tmp_path / "deed.py").write_text("class B:\n    def do(self): ...\n")
    assert [has_behaviour(tmp_path / name) for name in ("data.py", "deed.py")] == [False, True]
