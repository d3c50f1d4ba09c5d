"""The X-ray's place in the Model menu."""

from __future__ import annotations

from desktop.window import Window


def test_it_is_in_the_model_menu(window: Window) -> None:
    """It works once something is shown, and a second one takes the first one's place."""
    action = window.actions_by_name["model.xray"]
    assert action.isEnabled()
    action.trigger()
    first = window.xray.dialog
    action.trigger()
    assert window.xray.dialog is not first
    assert first is not None
    assert not first.isVisible()
