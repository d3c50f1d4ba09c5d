"""What tests of one start after another share."""

from __future__ import annotations

from collections.abc import Callable

from desktop.engine.scene import Scene
from desktop.window import Window

Start = Callable[[], Window]


def shown(window: Window) -> Scene:
    """The scene shown."""
    assert window.session.scene is not None
    return window.session.scene
