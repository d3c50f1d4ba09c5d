"""Verdicts as JUnit XML."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from desktop.engine.anomaly.gate import Verdict
from desktop.gate.junit import write_junit


def test_every_picture_is_a_test_case(tmp_path: Path) -> None:
    """An anomaly fails, what cannot be read is an error, and a good picture passes; times are in seconds."""
    verdicts = [
        Verdict(Path("good.png"), False, 0.1, 0.5, 20.0),
        Verdict(Path("bad.png"), True, 2.0, 0.001, 30.0),
        Verdict(Path("a\x1b<b>.png"), True, None, None, 50.0, "is broken & cut"),
    ]
    write_junit(tmp_path / "a.xml", verdicts, 1.0)
    suite = ElementTree.parse(tmp_path / "a.xml").getroot()
    assert {name: suite.get(name) for name in ("tests", "failures", "errors", "time")} == {
        "tests": "3", "failures": "1", "errors": "1", "time": "0.100",
    }  # fmt: skip
    good, bad, broken = suite
    assert list(good) == []
    assert [(each.tag, each.get("message")) for each in bad] == [("failure", "score 2 is at or past the threshold 1")]
    assert [(each.tag, each.get("message")) for each in broken] == [("error", "is broken & cut")]
    assert "\x1b" not in str(broken.get("name"))
