"""One sentence of advice, and one button that follows it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.widgets.advice_bar import AdviceBar


def test_advice_is_followed_or_put_away(qtbot: QtBot) -> None:
    """Hidden until there is some, and again once it is put away."""
    bar = AdviceBar()
    qtbot.addWidget(bar)
    assert bar.isHidden()
    bar.advise("Another model knows this.", "Use it")
    assert not bar.isHidden()
    assert (bar.text, bar.button.text(), bar.button.accessibleName()) == ("Another model knows this.", *["Use it"] * 2)
    with qtbot.waitSignal(bar.followed):
        bar.button.click()
    bar.away.click()
    assert bar.isHidden()
