"""Which language is spoken."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QObject, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.i18n import catalogue, tr
from desktop.i18n.catalogue import Languages, compiled_file, source_file, system_language
from desktop.languages import LANGUAGES


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Languages]:
    """English; and English again afterwards."""
    languages = Languages(qapp, "en")
    yield languages
    languages.choose("en")


@pytest.mark.parametrize(
    ("tags", "wanted"),
    [
        (["en-GB", "zh-CN"], "en"),
        (["zh-CN", "en"], "zh_CN"),
        (["zh-Hans-SG"], "zh_CN"),
        (["zh-Hant-TW"], "en"),
        (["zh-TW", "zh-CN"], "zh_CN"),
        (["zh-HK"], "en"),
        (["de-AT", "zh"], "zh_CN"),
        (["fr-FR"], "en"),
        (["C"], "en"),
        ([], "en"),
    ],
)
def test_the_systems_first_language_that_is_known(
    monkeypatch: pytest.MonkeyPatch, tags: list[str], wanted: str
) -> None:
    """Traditional characters are another language than the one there is; English where nothing fits."""
    system = SimpleNamespace(system=lambda: SimpleNamespace(uiLanguages=lambda: tags))
    monkeypatch.setattr(catalogue, "QLocale", system)
    assert system_language() == wanted


def test_every_language_has_its_files() -> None:
    """The source and what is compiled of it."""
    for language in LANGUAGES:
        assert source_file(language).is_file()
        assert compiled_file(language).is_file()


def test_texts_change_with_the_language(languages: Languages) -> None:
    """There and back; a language that is not known is the system's."""
    assert tr("{n:,} pictures", n=1) == "1 picture"
    languages.choose("zh_CN")
    assert (languages.choice, languages.current) == ("zh_CN", "zh_CN")
    assert tr("{n:,} pictures", n=1) != "1 picture"
    languages.choose("xx")
    assert (languages.choice, languages.current) == (None, system_language())
    languages.choose("en")
    assert tr("{n:,} pictures", n=2) == "2 pictures"


def test_a_second_window_changes_nothing(qtbot: QtBot, qapp: QApplication, languages: Languages) -> None:
    """Where its language is spoken already, no widget is told to say everything anew."""
    assert qtbot
    assert languages.current == "en"

    class Listener(QObject):
        """Counts what Qt tells."""

        told = 0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            self.told += watched is qapp and event.type() == QEvent.Type.LanguageChange
            return False

    for kind in (QEvent.Type.DeferredDelete, QEvent.Type.LanguageChange):  # of tests before this one
        QApplication.sendPostedEvents(None, kind)
    listener, before = Listener(), qapp.findChildren(QTranslator)
    qapp.installEventFilter(listener)
    Languages(qapp, "en", qapp)
    QApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
    qapp.removeEventFilter(listener)
    assert listener.told == 0
    assert qapp.findChildren(QTranslator) == before
