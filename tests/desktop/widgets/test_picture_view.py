"""A picture in its view."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.qt_images import to_pixels, to_qimage
from desktop.widgets.picture_view import PictureView
from tests.pictures import gradient


@pytest.fixture
def view(qtbot: QtBot) -> PictureView:
    """A shown view of 300 x 400 pixels."""
    view = PictureView("Original", invites=True)
    qtbot.addWidget(view)
    view.resize(300, 400)
    view.show()
    qtbot.waitExposed(view)
    return view


@pytest.mark.parametrize(("height", "width"), [(1, 1), (7, 5), (33, 64)])
def test_pictures_pass_through_qt_unchanged(height: int, width: int) -> None:
    """Whatever the row length, the same pixels come back."""
    assert np.array_equal(to_pixels(to_qimage(gradient(height, width))), gradient(height, width))


def test_transparency_from_qt_is_laid_on_white() -> None:
    """A pasted picture with alpha becomes white where it is clear."""
    image = QImage(3, 2, QImage.Format.Format_ARGB32)
    image.fill(0)
    assert (to_pixels(image) == 255).all()


def test_the_aspect_is_kept(view: PictureView) -> None:
    """A wide white picture fills the width, and leaves the surround above and below it."""
    view.show_picture("Wide", "2 × 1", np.full((50, 100, 3), 255, np.uint8))
    shown = to_pixels(view.grab().toImage())
    white = (shown == 255).all(axis=2)
    middle = (view.height() + view.caption_height) // 2
    assert white[middle, 10:-10].all()
    assert white[middle - 60 : middle + 60, 150].all()
    assert not white[middle - 90, 150]
    assert not white[middle + 90, 150]


def test_the_caption_says_what_it_is_told(view: PictureView) -> None:
    """Title and facts are plain text; no picture brings the hint back."""
    view.show_picture("<b>Title</b>", "facts", gradient(4, 4))
    assert (view.title, view.facts) == ("<b>Title</b>", "facts")
    assert view.image is not None
    view.show_picture("Original", "", None)
    assert view.image is None
