"""Text from outside in a card stays text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markdown_it import MarkdownIt
from markdown_it.token import Token

from export.report.markdown import code, escape, render
from trainer.terminal import printable

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def texts(tokens: list[Token]) -> set[str]:
    """The kinds of everything in a line that is no text."""
    return {each.type for token in tokens for each in token.children or () if each.type not in ("text", "text_special")}


@given(st.text(st.sampled_from("ab_*`~[]()<>!|&#;:\\ ") | st.characters(), max_size=30))
def test_escaped_text_shows_itself(text: str) -> None:
    """In a sentence and in a table, whatever the text is, a reader of Markdown shows those signs and nothing else."""
    for source in (f"Source: x{escape(text)}x", f"| a |\n| --- |\n| x{escape(text)}x |"):
        tokens = READER.parse(source)
        assert texts(tokens) == set()
        shown = "".join(each.content for token in tokens for each in token.children or ())
        assert shown.removeprefix("Source: ").removeprefix("a") == f"x{printable(text)}x"


@given(st.text(st.sampled_from("ab` ~|") | st.characters(), min_size=1, max_size=30))
def test_a_code_span_holds_any_text(text: str) -> None:
    """Backticks within it do not end it."""
    tokens = READER.parse(f"see {code(text)}.")
    (span,) = [each for token in tokens for each in token.children or () if each.type == "code_inline"]
    assert span.content.strip() == printable(text).strip()


@pytest.mark.parametrize(
    "text", ["9,687 tiles of photo_set", "„A” (https://example.org/a_b/), 2 cores", "[0, 1] pixels", "hair: bun"]
)
def test_prose_stays_as_it_is(text: str) -> None:
    """Nothing is escaped that needs not be, so that a card reads well as it stands, too."""
    assert escape(text) == text


def test_a_value_that_a_template_names_must_be_given() -> None:
    """Nothing is left out of a card without a word."""
    with pytest.raises(UndefinedError):
        render("adopted.md", files=("a", "b"))
