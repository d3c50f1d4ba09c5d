"""What colours mean."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.widgets.legend import LARGEST_NAME, Legend


def test_kinds_have_a_square_each(qtbot: QtBot) -> None:
    """Long names are cut, with the whole name in the tooltip, and nothing in a name is markup."""
    legend = Legend()
    qtbot.addWidget(legend)
    legend.show_kinds([("<b>x</b>", (255, 0, 16)), ("n" * 40, (0, 0, 0))])
    assert "color:#ff0010" in legend.text()
    assert "&lt;b&gt;x&lt;/b&gt;" in legend.text()
    assert "n" * LARGEST_NAME not in legend.text()
    assert "n" * 40 in legend.toolTip()


def test_a_scale_has_two_ends_and_no_kinds_no_legend(qtbot: QtBot) -> None:
    """Where there is nothing to say it is hidden."""
    legend = Legend()
    qtbot.addWidget(legend)
    legend.show_scale("low", "high", [(0, 0, 0), (255, 255, 255)], [("unknown", (9, 9, 9))])
    assert [legend.text().index(word) for word in ("low", "high", "unknown")] == sorted(
        legend.text().index(word) for word in ("low", "high", "unknown")
    )
    assert not legend.isHidden()
    legend.show_kinds([])
    assert legend.isHidden()
