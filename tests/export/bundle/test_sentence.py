"""Sentences: English text that keeps its template and values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.bundle.sentence import Sentence, SentenceError, sentence_of


def test_a_sentence_reads_like_its_text() -> None:
    """Values are filled in with their format, and what it was made of is kept by `str`."""
    said = Sentence("{name!r} has {count:.1f} dB.", name="a", count=3.14)
    assert said == "'a' has 3.1 dB."
    again = sentence_of(str(said))
    assert again is said
    assert said.clause() == "'a' has 3.1 dB"


@given(st.text())
def test_a_template_without_values_is_taken_as_it_is(text: str) -> None:
    """Braces in a text that has no values are no fields."""
    assert Sentence(text) == text
    assert str(SentenceError(text)) == text


@given(st.text())
def test_values_are_never_taken_for_templates(text: str) -> None:
    """A file name that holds braces is filled in as it is."""
    assert Sentence("<{name}>", name=text) == f"<{text}>"


def test_an_error_carries_its_sentence() -> None:
    """Through `str`, through another error, and not from an exception that is none of ours."""
    error = SentenceError("{path} is gone.", path="x")
    assert sentence_of(error) is str(error)
    assert str(SentenceError("It failed ({why}).", why=error)) == "It failed (x is gone.)."
    assert str(SentenceError(str(error))) is str(error)
    assert sentence_of(OSError("no")) is None
    with pytest.raises(KeyError):
        Sentence("{a}", b=1)
