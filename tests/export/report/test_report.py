"""The exporter's report in the terminal."""

from __future__ import annotations

import csv
import dataclasses
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.bundle import Bundle, BundleInfo
from export.report.report import as_csv, print_concepts, print_report, speed_words
from tests import bundles


def timed(info: BundleInfo, milliseconds: float, fp32: float) -> BundleInfo:
    """The facts with these times."""
    check = dataclasses.replace(info.precision_check, milliseconds=milliseconds, fp32_milliseconds=fp32)
    return dataclasses.replace(info, precision_check=check)


def test_the_report_says_what_was_proved_and_what_to_do_next(
    vector: Bundle, capsys: pytest.CaptureFixture[str]
) -> None:
    """Parity, costs, quality and where it is, with a command that a shell reads as it stands."""
    print_report(vector)
    said = capsys.readouterr().out
    for words in ("onnxruntime against torch", "encoder.onnx", "decoder.onnx", f"{vector.info.quality.psnr_db:.2f} dB"):
        assert words in said
    assert said.splitlines()[-1] == f"Next       convae-desktop --model {vector.path}"
    assert "fp32" not in said.split("Both graphs")[1]


def test_other_precisions_are_compared_with_fp32(vector: Bundle, capsys: pytest.CaptureFixture[str]) -> None:
    """What they cost in PSNR, and how much faster or slower they are."""
    info = timed(dataclasses.replace(vector.info, precision="fp16"), 2.0, 5.0)
    print_report(dataclasses.replace(vector, info=info))
    said = capsys.readouterr().out
    assert "In fp16 that is" in said
    assert "2.5 times as fast" in said


@pytest.mark.parametrize("milliseconds", [0.0, 1.0])
def test_no_time_divides_nothing_by_zero(vector: Bundle, milliseconds: float) -> None:
    """A graph too fast for the clock is many times as fast, not an error."""
    assert "times as fast" in speed_words(timed(vector.info, milliseconds, 1.0))


@given(st.floats(0.01, 1e4), st.floats(0.01, 1e4))
def test_fast_and_slow_are_told_apart(mine: float, fp32: float) -> None:
    """The number is one or more, and the word is that of the faster one."""
    check = bundles.bundle_info("x", bundles.SizeRule("fixed", 1, 8, 8), bundles.LatentInfo("vector", (4,)))
    said = speed_words(timed(check, mine, fp32))
    assert float(said.split()[0]) >= 1
    assert said.endswith("fast" if fp32 >= mine else "slow")


def test_the_surest_concepts_are_named(vector: Bundle, capsys: pytest.CaptureFixture[str]) -> None:
    """Three of them, the best first; none, and nothing is said."""
    print_concepts(dataclasses.replace(vector.info, concepts=()))
    assert capsys.readouterr().out == ""
    (some, *_) = bundles.enriched(vector).info.concepts
    many = tuple(dataclasses.replace(some, name=f"c{score}", score=score / 10) for score in (3, 9, 1, 7))
    print_concepts(dataclasses.replace(vector.info, concepts=many))
    assert capsys.readouterr().out == "Concepts: 4, the surest c9, c7, c3.\n"


def test_a_table_without_scores_has_its_head() -> None:
    """So that whoever reads it finds the columns."""
    assert list(csv.reader(io.StringIO(as_csv([])))) == [["code", "score", "mean", "low", "high"]]
