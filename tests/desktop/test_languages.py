"""English and Simplified Chinese: complete, with the same fields, and switched at run time."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.engine.errors import DesktopError, PictureError
from desktop.engine.library import ModelEntry
from desktop.i18n import catalogue, told, tr
from desktop.i18n.catalogue import Languages
from desktop.i18n.compile import compile_catalogue
from desktop.languages import ENGLISH, LANGUAGES
from desktop.pages import PAGES
from desktop.window import Window
from tests.desktop import catalogues, sources
from tests.desktop.windows import open_window

CHINESE = "zh_CN"
# What stays as it is in any language: names, units, formats, keys, and the content of fields.
KEPT = re.compile(
    r"\w+\.\w+|ConvAE|t-SNE|PSNR|SSIM|CPU|CUDA|TensorRT|OpenVINO|CSV|JPEG|PNG|WebP|GIF|MP4|tiny(?:-map)?|photo|dB|English|onnxruntime|"
    r"Qt for Python|Esc|\.convae|Ctrl|Shift|Alt|Home|MIT|\{\w+\}|\*\.\w+|latent|mse|psnr_db|ssim|MiB|KiB|px|sRGB|npz|"
    r"RGB|int8|ONNX|LPIPS|UMAP|PCA|VGG|sigmoid|Page (?:Up|Down)|Python|numpy|PDF|SVG"
)
WORD = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[Languages]:
    """The application speaks Chinese, and English again afterwards."""
    languages = Languages(qapp, CHINESE)
    yield languages
    languages.choose("en")


def fields(text: str) -> set[str]:
    """The names of what is filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def texts_of(widget: QWidget) -> Iterator[str]:
    """Everything that a widget says."""
    yield from (widget.toolTip(), widget.accessibleName(), widget.windowTitle())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(index) for index in range(widget.count()))
    if isinstance(widget, QGroupBox | QMenu):
        yield widget.title()
    if isinstance(widget, QTabWidget):
        yield from (widget.tabText(index) for index in range(widget.count()))


def english_in(window: Window) -> set[str]:
    """What the window still says in English."""
    texts = [text for widget in window.findChildren(QWidget) for text in texts_of(widget)]
    for action in window.findChildren(QAction):
        texts += [action.text(), action.toolTip(), action.statusTip()]
    texts = [text for text in texts if text not in LANGUAGES.values() and not text.startswith("/")]
    return {text for text in texts if WORD.search(KEPT.sub("", text))}


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {ENGLISH}))
def test_every_marked_text_has_a_translation(language: str) -> None:
    """A text that was marked and not translated is named here, and one that no longer exists is too."""
    wanted, known = sources.marked() | sources.messages(), catalogues.read(language)
    assert sorted(wanted - set(known)) == []
    assert sorted(set(known) - wanted) == []


def test_translations_fill_in_the_same_values() -> None:
    """No field is lost or misspelt in any form of any text, and nothing is empty."""
    for language in LANGUAGES:
        for source, forms in catalogues.read(language).items():
            for text in forms:
                assert fields(text) == fields(source), source
                assert text.strip(), source


def test_counted_texts_have_the_forms_of_their_language() -> None:
    """What is said with a count has a singular and a plural in English, one in Chinese, and one number elsewhere."""
    counted = {source for source in sources.marked() if "n" in fields(source)}
    assert counted
    english, chinese = catalogues.read("en"), catalogues.read(CHINESE)
    assert set(english) == counted
    assert {len(forms) for forms in english.values()} == {2}
    assert {source for source in counted if len(chinese[source]) != 1} == set()
    for language in LANGUAGES:
        assert len({len(forms) for source, forms in catalogues.read(language).items() if source in counted}) == 1


def test_no_error_is_an_f_string() -> None:
    """Errors carry a template and values, so that a window can say them in its language."""
    assert sources.filled_in_by_hand() == []


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_compiled_catalogue_is_that_of_its_source(language: str, tmp_path: Path) -> None:
    """`python -m desktop.i18n.compile` was run after the last change of a `.ts` file."""
    compile_catalogue(catalogue.source_file(language), tmp_path / "again.qm")
    assert (tmp_path / "again.qm").read_bytes() == catalogue.compiled_file(language).read_bytes()


def test_the_whole_window_is_translated(qtbot: QtBot, entry: ModelEntry, photo: Path, chinese: Languages) -> None:  # noqa: ARG001
    """Every page with a picture and a model: no word of English is left in any widget, tooltip, name or menu."""
    window = Window([entry], "cpu")
    qtbot.addWidget(window)
    window.appearance.choose_language(CHINESE)
    window.show()
    with qtbot.waitSignal(window.session.rendered):
        window.open(entry, photo)
    for spec in PAGES:
        window.show_page(spec.name)
    QApplication.processEvents()
    assert sorted(english_in(window)) == []
    window.close()


def test_a_window_without_a_model_is_translated(qtbot: QtBot, chinese: Languages) -> None:  # noqa: ARG001
    """What says what to do is said in Chinese too, the captions of the empty views among it."""
    window = Window([], "cpu")
    qtbot.addWidget(window)
    window.appearance.choose_language(CHINESE)
    window.show()
    QApplication.processEvents()
    assert sorted(english_in(window)) == []
    assert window.picture_page.compare.comparison.original.title == "原图"
    window.close()


def test_the_language_is_switched_at_run_time(qtbot: QtBot, entry: ModelEntry, photo: Path) -> None:
    """A window made in English is Chinese throughout after one click, and English again after another."""
    window = open_window(qtbot, entry, photo)
    for spec in PAGES:
        window.show_page(spec.name)
    before = sorted(english_in(window))
    assert before
    window.services.actions["language.zh_CN"].trigger()
    qtbot.waitUntil(lambda: window.services.actions["page.picture"].text() == "图片")
    QApplication.processEvents()
    assert sorted(english_in(window)) == []
    window.services.actions["language.en"].trigger()
    qtbot.waitUntil(lambda: window.services.actions["page.picture"].text() == "Picture")
    QApplication.processEvents()
    again = english_in(window)
    assert again <= set(before)
    assert all("levels of 255" in text for text in set(before) - again)  # of a slider that is not in sight any more
    window.close()


def test_errors_of_the_engine_are_told_in_chinese(chinese: Languages) -> None:  # noqa: ARG001
    """Values are kept as they are, a reason within an error is translated with it, and anything else stays."""
    missing = PictureError("{path} does not exist.", path="/a b/{x}.png")
    assert str(missing) == "/a b/{x}.png does not exist."
    assert told(missing) == told(str(missing)) == "/a b/{x}.png 不存在。"
    nested = DesktopError("{path} is broken ({error}).", path="y", error=missing)
    assert str(nested) == "y is broken (/a b/{x}.png does not exist.)."
    assert "/a b/{x}.png 不存在。" in told(nested)
    assert "does not exist" not in told(nested)
    assert told("nothing that anyone knows") == "nothing that anyone knows"
    assert told("") == ""


def test_qts_own_buttons_are_translated(chinese: Languages, qtbot: QtBot) -> None:  # noqa: ARG001
    """Dialogs say Cancel in the same language."""
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert "取消" in box.buttons()[0].text()


def test_numbers_and_fields(chinese: Languages) -> None:  # noqa: ARG001
    """Values are filled in after the translation."""
    assert tr("Saved {path}.", path="{x}") == "已保存 {x}。"


def test_without_a_catalogue_english_is_spoken(qapp: QCoreApplication) -> None:
    """And a language that is not known follows the system."""
    languages = Languages(qapp, "tlh")
    assert languages.current == catalogue.system_language()
    assert tr("Saved {path}.", path="a") == "Saved a."


@pytest.mark.parametrize(
    ("tags", "language"),
    [
        (["zh-Hans-CN", "zh-CN", "zh"], CHINESE),
        (["zh"], CHINESE),
        (["zh-Hant-TW", "en"], "en"),
        (["de-DE", "zh-CN"], CHINESE),
        (["en-GB", "zh-CN"], "en"),
        (["de-DE"], "en"),
        ([], "en"),
    ],
)
def test_the_systems_languages(monkeypatch: pytest.MonkeyPatch, tags: list[str], language: str) -> None:
    """The first one that there is; traditional characters are no substitute for simplified ones."""
    monkeypatch.setattr(catalogue, "LANGUAGES", {ENGLISH: "English", CHINESE: "简体中文"})
    monkeypatch.setattr(QLocale, "uiLanguages", lambda *_: tags)
    assert catalogue.system_language() == language
