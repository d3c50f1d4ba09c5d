"""Sentences of a run that keep their template and values."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.errors import DataError
from trainer.run.contract.sentence import DEEPEST, LONGEST, Sentence, from_json, joined, to_json

VALUES = st.text(max_size=20) | st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9)


@given(st.dictionaries(st.sampled_from(["count", "name", "gap"]), VALUES, min_size=1), st.text(max_size=20))
def test_a_sentence_reads_back(values: dict[str, Any], text: str) -> None:
    """With its template and its values, those of sentences within it too; any other text as it is, braces and all."""
    inner = Sentence(" and ".join(f"{{{name}}}" for name in values), **values)
    whole = Sentence("{inner}: {text!r}", inner=inner, text=text)
    read = from_json(json.loads(json.dumps(to_json(whole))))
    assert read == whole
    assert (read.template, dict(read.values)) == (whole.template, dict(whole.values))
    assert from_json(to_json(text)) == text


def test_a_sentence_is_its_text() -> None:
    """For whoever knows no templates: in another text, as an error's, copied and pickled."""
    said = Sentence("{count:,} of {name}", count=1200, name="{x}")
    assert f"{said}!" == "1,200 of {x}!"
    for other in (copy.deepcopy(said), pickle.loads(pickle.dumps(said)), DataError(said).sentence):
        assert (other, other.template) == (said, said.template)
    error = DataError("{name} is gone.", "--data other", name="a")
    assert (str(error), error.cure, error.sentence.template) == ("a is gone.", "--data other", "{name} is gone.")


def test_texts_are_joined_with_commas() -> None:
    """However many there are, and each is still known by itself."""
    said = joined(Sentence("a"), "b", Sentence("{n}", n=3))
    assert said == "a, b, 3"
    assert said.values["first"] == "a"
    assert joined("one") == "one"


@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        {},
        {"template": 3, "values": {}},
        {"template": "x" * (LONGEST + 1), "values": {}},
        {"template": "{a.__class__}", "values": {"a": 1}},
        {"template": "{a[0]}", "values": {"a": "b"}},
        {"template": "{a:>999999999}", "values": {"a": "b"}},
        {"template": "{a:.999999f}", "values": {"a": 1}},
        {"template": "{a:{b}}", "values": {"a": 1, "b": 2}},
        {"template": "{b}", "values": {"a": 1}},
        {"template": "{}", "values": {"a": 1}},
        {"template": "{a", "values": {"a": 1}},
        {"template": "{a:.1f}", "values": {"a": "b"}},
        {"template": "{a}", "values": {"a": [1]}},
        {"template": "{a}", "values": {"a": float("nan")}},
        {"template": "{a}", "values": {"a": "x" * (LONGEST + 1)}},
        {"template": "{a}", "values": {str(number): 1 for number in range(100)}},
    ],
)
def test_what_is_no_sentence_is_refused(value: Any) -> None:
    """A template is filled in by `str.format`: one that asks for more than its values is not."""
    with pytest.raises(ValueError):  # noqa: PT011
        from_json(value)


def test_sentences_are_not_too_deep_in_one_another() -> None:
    """A file could make the reader fail by its depth."""
    deep: Any = {"template": "x", "values": {}}
    for _ in range(DEEPEST + 1):
        deep = {"template": "{a}", "values": {"a": deep}}
    with pytest.raises(ValueError, match="no sentence"):
        from_json(deep)
