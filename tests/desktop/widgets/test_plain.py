"""Names from outside as text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from desktop.widgets.plain import tip


def test_a_name_that_is_no_markup_stays() -> None:
    """Most are none."""
    assert tip("holiday & sea.png") == "holiday & sea.png"


@given(st.text(st.sampled_from("abc <>/&;img=\"'"), max_size=30))
def test_a_tooltip_shows_the_name_itself(name: str) -> None:
    """Whatever Qt would make of it: as text it reads as it did, but for spaces at its ends."""
    text = f"<b>{name}</b>"
    document = QTextDocument()
    document.setHtml(tip(text))
    assert document.toPlainText().replace("\u00a0", " ").split() == text.split()
