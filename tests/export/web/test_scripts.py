"""The page's scripts, joined to one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from export.web import scripts
from export.web.scripts import SOURCES, joined

FILES = {
    "main.js": 'import { twice } from "./twice.js";\nimport { ONE } from "./one.js";\nexport const TWO = twice(ONE);\n',
    "twice.js": 'import { ONE } from "./one.js";\nexport function twice(x) { return 2 * x * ONE; }\n',
    "one.js": "export const ONE = 1;\nexport class Unused {}\n",
}


def test_modules_come_before_those_that_need_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each once, with what it exports, and no import is left."""
    for name, content in FILES.items():
        (tmp_path / name).write_text(content)
    monkeypatch.setattr(scripts, "SOURCES", tmp_path)
    found = joined("main.js")
    assert re.findall(r'^modules\["([\w.]+)"\]', found, re.MULTILINE) == ["one.js", "twice.js", "main.js"]
    assert 'const { ONE } = modules["one.js"];' in found
    assert "return { ONE, Unused };" in found
    assert not re.search(r"^(import|export) ", found, re.MULTILINE)


def test_the_pages_own_modules_are_all_joined() -> None:
    """From the first script on; every module that is imported is a file of the page."""
    found = joined("main.js")
    needed = set(re.findall(r'modules\["([\w-]+\.js)"\]', found))
    assert needed <= {path.name for path in SOURCES.glob("*.js")}
    assert not re.search(r"^import ", found, re.MULTILINE)
