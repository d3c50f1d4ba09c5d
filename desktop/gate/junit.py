"""Verdicts as JUnit XML, which CI servers show as tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from desktop.command_line import plain
from desktop.engine.anomaly.gate import Verdict
from desktop.engine.disk.file_writer import write_file


def write_junit(target: Path, verdicts: Sequence[Verdict], threshold: float) -> None:
    """Writes a test case for each picture: anomalies are failures, and what cannot be read is an error.

    Raises:
        InspectionError: The disk refused.
    """
    unreadable = sum(bool(each.problem) for each in verdicts)
    suite = ElementTree.Element(
        "testsuite",
        name="convae-gate",
        tests=str(len(verdicts)),
        failures=str(sum(each.anomalous for each in verdicts) - unreadable),
        errors=str(unreadable),
        time=f"{sum(each.latency_ms for each in verdicts) / 1000:.3f}",
    )
    for each in verdicts:
        name = _text(str(each.path))
        case = ElementTree.SubElement(suite, "testcase", name=name, time=f"{each.latency_ms / 1000:.3f}")
        if each.problem:
            ElementTree.SubElement(case, "error", message=_text(each.problem))
        elif each.anomalous:
            said = f"score {each.score:.6g} is at or past the threshold {threshold:.6g}"
            ElementTree.SubElement(case, "failure", message=said)
    write_file(target, ElementTree.tostring(suite, encoding="utf-8", xml_declaration=True))


def _text(text: str) -> str:
    """A text that XML can hold: no control characters, no half ones."""
    return plain(text).encode("utf-8", "backslashreplace").decode()
