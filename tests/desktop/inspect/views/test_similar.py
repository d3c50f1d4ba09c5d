"""Similar pictures, driven as a user drives them."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.inspect.page import InspectPage
from desktop.window import Window
from tests.desktop.inspect.conftest import names, page_of


def test_pictures_similar_to_the_chosen_picture(qtbot: QtBot, page: InspectPage) -> None:
    """Itself and its copy are first, at no distance."""
    place = names(page).index("good/copy.png")
    with qtbot.waitSignal(page.inspection.looks.picture_seen):
        page.panels.grid.setCurrentIndex(page.panels.grid.pictures.index(place))
    with qtbot.waitSignal(page.inspection.looks.similar_found):
        page.finds.similar.trigger()
    assert set(names(page)[:2]) == {"good/07.png", "good/copy.png"}
    assert page.panels.grid.pictures.data(page.panels.grid.pictures.index(1)) == "0.000"


def test_pictures_similar_to_the_sliders_code(qtbot: QtBot, page: InspectPage, window: Window, folder: Path) -> None:
    """Asked for on the Picture page: the picture whose code it is comes first, and the code's picture is shown."""
    with qtbot.waitSignal(window.session.rendered):
        window.open(picture=folder / "good" / "11.png")
    window.show_page("picture")
    with qtbot.waitSignal(page.inspection.looks.similar_found):
        window.services.actions["explore.similar"].trigger()
    assert names(page)[0] == "good/11.png"
    assert page.chosen.reconstruction.title == "The sliders' latent"
    assert page.panels.similar.said.text() == "Similar to the sliders' latent"


def test_pictures_similar_to_a_code_wait_for_the_index(qtbot: QtBot, window: Window, folder: Path) -> None:
    """Where the folder is not indexed yet it is, and then they are there."""
    page = page_of(window)
    page.bar.folder.set_path(folder)
    with qtbot.waitSignal(page.inspection.looks.similar_found):
        page.panels.similar.of_latent.click()
    assert len(names(page)) == 25
    assert page.views.shown == "similar"


def test_without_a_folder_the_page_says_what_it_wants_one_for(window: Window) -> None:
    """Nothing is complained about; the folder that is chosen is searched."""
    page = page_of(window)
    page.bar.folder.line.clear()
    window.show_page("picture")
    window.services.actions["explore.similar"].trigger()
    assert page.isVisible()
    assert window.message.isHidden()
    assert "similar pictures" in page.views.blank.sentence.text()
