"""Spacing, type and colour of the whole program. Widgets ask their palette for colours, and this file for sizes."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

Choice = Literal["light", "dark"]
Role = Literal["title", "heading", "muted", "number", "fact", "plain", "grade-good", "grade-note", "grade-bad"]

# Lengths in device-independent pixels.
GAP_SMALL, GAP, GAP_LARGE = 8, 16, 24
TEXT, SMALL_TEXT, TITLE_TEXT = 13, 12, 19
BOLD = 700  # Chinese fonts that have no bold face are thickened from here on, and not at 600
RADIUS = 8
SIDEBAR_WIDTH = 208
PANEL_WIDTH, NARROW_PANEL_WIDTH = 372, 348
LOW_HEIGHT = 600  # of a page: in a lower one small pictures are smaller
SCROLL_BAR = 16  # always kept free, so that sliders and pictures share their edges
ICONS = Path(__file__).with_name("icons")
ROW_HEIGHT = 30
FIELD_HEIGHT, FIELD_INSET = 28, 8


@dataclasses.dataclass(frozen=True)
class Colours:
    """The colours of one theme, by what they are for."""

    window: str
    surface: str
    canvas: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    problem: str


LIGHT = Colours(
    window="#f5f5f3",
    surface="#ffffff",
    canvas="#e9e9e6",
    line="#dcdcd8",
    text="#1c1d1f",
    muted="#5f6167",
    accent="#0d7a70",
    on_accent="#ffffff",
    problem="#b3261e",
)
DARK = Colours(
    window="#17181a",
    surface="#202124",
    canvas="#0f1011",
    line="#323438",
    text="#ececee",
    muted="#9b9da4",
    accent="#3fc4b3",
    on_accent="#06231f",
    problem="#ff8a80",
)

STYLE = """
* {{ font-size: {text_size}px; }}
QLabel[role="title"] {{ font-size: {title_size}px; font-weight: {bold}; }}
QLabel[role="fact"] {{ font-size: {small_size}px; }}
QLabel[role="heading"] {{ font-weight: {bold}; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="number"] {{ color: {muted}; font-size: {small_size}px; }}

#sidebar {{ background: {surface}; border-right: 1px solid {line}; }}
QStatusBar {{ background: {surface}; border-top: 1px solid {line}; color: {muted}; }}
QStatusBar::item {{ border: none; }}
QStatusBar QLabel {{ color: {muted}; font-size: {small_size}px; padding: 2px 8px; }}
QScrollArea, QListView {{ background: transparent; border: none; outline: none; }}
QToolTip {{ background: {surface}; color: {text}; border: 1px solid {line}; padding: 4px 6px; }}

QPushButton {{
    background: {surface}; color: {text}; border: 1px solid {line}; border-radius: 6px; padding: 6px 14px;
}}
QPushButton:hover {{ border-color: {muted}; }}
QPushButton:focus {{ border-color: {accent}; }}
QPushButton:pressed {{ background: {canvas}; }}
QPushButton:disabled {{ color: {muted}; background: transparent; }}
QPushButton:checked {{ background: {canvas}; border-color: {accent}; }}
QPushButton[role="small"] {{ padding: 3px 9px; font-size: {small_size}px; }}
QPushButton[role="primary"] {{ background: {accent}; color: {on_accent}; border-color: {accent}; font-weight: {bold}; }}
QPushButton[role="primary"]:disabled {{ background: {canvas}; color: {muted}; border-color: {line}; }}
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:focus {{ border-color: {text}; }}

QPushButton[role="segment"] {{ padding: 4px 7px; font-size: {small_size}px; }}
QPushButton[role="segment"]:checked {{ background: {canvas}; border-color: {muted}; }}
QPushButton[role="handle"] {{ padding: 4px 9px 4px 24px; font-size: {small_size}px; }}
QProgressBar {{ background: {canvas}; border: none; border-radius: 3px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}

#message {{ background: {surface}; border: 1px solid {accent}; border-radius: 6px; }}
#message[problem="true"] {{ border-color: {problem}; }}
#message QPushButton {{ border: none; background: transparent; color: {muted}; padding: 2px 6px; }}
#message QPushButton:hover, #message QPushButton:focus {{ color: {text}; }}

QToolButton[role="badge"] {{
    background: transparent; color: {muted}; border: none; border-radius: 4px; padding: 3px 8px;
    font-size: {small_size}px;
}}
QToolButton[role="badge"]:hover, QToolButton[role="badge"]:focus {{ background: {canvas}; color: {text}; }}
QToolButton[role="badge"]::menu-indicator {{ image: none; }}
QLabel[role="grade-good"] {{ color: {accent}; font-weight: {bold}; }}
QLabel[role="grade-note"] {{ color: {muted}; font-weight: {bold}; }}
QLabel[role="grade-bad"] {{ color: {problem}; font-weight: {bold}; }}

QPushButton[role="page"] {{
    background: transparent; color: {text}; border: none; border-radius: 6px; padding: 7px 10px; text-align: left;
}}
QPushButton[role="page"]:hover {{ background: {window}; }}
QPushButton[role="page"]:checked {{ background: {canvas}; font-weight: {bold}; }}
QPushButton[role="page"]:focus {{ border: 1px solid {accent}; padding: 6px 9px; }}

QLineEdit, QComboBox, QAbstractSpinBox {{
    background: {surface}; color: {text}; border: 1px solid {line}; border-radius: 6px; padding: 4px 8px;
    selection-background-color: {accent}; selection-color: {on_accent};
}}
QLineEdit {{ padding: 4px 6px; }}
QLineEdit:hover, QComboBox:hover, QAbstractSpinBox:hover {{ border-color: {muted}; }}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{ border-color: {accent}; }}
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {{
    color: {muted}; background: transparent; border-color: {line};
}}
QComboBox::drop-down {{ border: none; width: 20px; }}
QComboBox::down-arrow {{ image: url({icons}/down-{shade}.svg); width: 10px; height: 10px; }}
QAbstractSpinBox QLineEdit {{ border: none; background: transparent; padding: 0; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{
    subcontrol-origin: border; width: 20px; border: none; background: transparent;
}}
QAbstractSpinBox::up-button {{ subcontrol-position: top right; margin: 3px 2px 0 0; border-radius: 3px; }}
QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; margin: 0 2px 3px 0; border-radius: 3px; }}
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {{ background: {canvas}; }}
QAbstractSpinBox::up-arrow {{ image: url({icons}/up-{shade}.svg); width: 9px; height: 9px; }}
QAbstractSpinBox::down-arrow {{ image: url({icons}/down-{shade}.svg); width: 9px; height: 9px; }}
QComboBox QAbstractItemView {{ background: {surface}; border: 1px solid {line}; padding: 4px; }}
QCheckBox::indicator {{
    width: 14px; height: 14px; border: 1px solid {muted}; border-radius: 4px; background: {surface};
}}
QCheckBox::indicator:checked {{
    background: {accent}; border-color: {accent}; image: url({icons}/check-{shade}.svg);
}}
QCheckBox::indicator:disabled {{ border-color: {line}; }}
QCheckBox::indicator:hover {{ border-color: {accent}; }}
QCheckBox::indicator:focus {{ border-color: {text}; }}
QSlider::handle:horizontal:hover {{ background: {text}; }}
QSlider::groove:horizontal {{ background: {line}; height: 3px; border-radius: 1px; }}
QSlider::sub-page:horizontal {{ background: {accent}; border-radius: 1px; }}
QSlider::handle:horizontal {{
    background: {accent}; width: 12px; height: 12px; margin: -5px 0; border-radius: 6px;
}}
QSlider::handle:horizontal:focus {{ border: 2px solid {text}; width: 10px; height: 10px; border-radius: 7px; }}
QSlider::sub-page:horizontal:disabled, QSlider::handle:horizontal:disabled {{ background: {muted}; }}

QMessageBox {{ messagebox-question-icon: url({icons}/convae.svg); }}
QMenuBar {{ background: {surface}; border-bottom: 1px solid {line}; padding: 2px 6px; }}
QMenuBar::item {{ background: transparent; border-radius: 4px; padding: 4px 8px; }}
QMenuBar::item:selected {{ background: {canvas}; }}
QMenu {{ background: {surface}; border: 1px solid {line}; padding: 4px; }}
QMenu::item {{ border-radius: 4px; padding: 5px 24px 5px 12px; }}
QMenu::item:selected {{ background: {canvas}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::separator {{ background: {line}; height: 1px; margin: 4px 8px; }}
QSplitter::handle {{ background: transparent; }}
QSplitter::handle:hover {{ background: {line}; }}

QScrollBar:vertical {{ background: transparent; width: {scroll_bar}px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {line}; border-radius: 3px; min-height: 32px; margin: 0 2px 0 8px; }}
QScrollBar::handle:vertical:disabled {{ background: transparent; }}
QScrollBar::handle:vertical:hover {{ background: {muted}; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {line}; border-radius: 3px; min-width: 32px; margin: 4px 0 0 0; }}
QScrollBar::handle:horizontal:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
    background: none; height: 0; width: 0;
}}
"""


class Theme(QObject):
    """Dresses the application, and follows the system between light and dark unless one was chosen."""

    def __init__(self, application: QApplication, choice: Choice | None = None, parent: QObject | None = None) -> None:
        """Applies the theme at once; `choice` None follows the system."""
        super().__init__(parent or application)
        self._application, self._choice = application, choice
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._follow)
        self.choose(choice)

    @property
    def choice(self) -> Choice | None:
        """The theme that was chosen; None follows the system."""
        return self._choice

    def choose(self, choice: Choice | None) -> None:
        """Another theme from now on; None follows the system."""
        self._choice = choice
        hints = self._application.styleHints()
        if choice is None:
            hints.unsetColorScheme()
        else:  # for the title bar and native dialogs, where the platform can
            hints.setColorScheme(Qt.ColorScheme.Dark if choice == "dark" else Qt.ColorScheme.Light)
        self._follow(hints.colorScheme())

    @Slot(Qt.ColorScheme)
    def _follow(self, scheme: Qt.ColorScheme) -> None:
        dark = scheme == Qt.ColorScheme.Dark if self._choice is None else self._choice == "dark"
        self._dress(DARK if dark else LIGHT)

    def _dress(self, colours: Colours) -> None:
        self._application.setPalette(palette(colours))
        self._application.setStyleSheet(style_sheet(colours))


def style_sheet(colours: Colours) -> str:
    """`STYLE` with its colours and sizes filled in."""
    return STYLE.format(
        **dataclasses.asdict(colours),
        text_size=TEXT,
        small_size=SMALL_TEXT,
        title_size=TITLE_TEXT,
        scroll_bar=SCROLL_BAR,
        bold=BOLD,
        icons=ICONS.as_posix(),
        shade="dark" if colours is DARK else "light",
    )


def palette(colours: Colours) -> QPalette:
    """The Qt palette: `Base` is the surface, `AlternateBase` the canvas, `Mid` a line, `BrightText` a problem."""
    role = QPalette.ColorRole
    result = QPalette()
    for name, where in (
        (colours.window, (role.Window,)),
        (colours.surface, (role.Base, role.Button, role.ToolTipBase)),
        (colours.canvas, (role.AlternateBase,)),
        (colours.line, (role.Mid, role.Midlight, role.Dark)),
        (colours.text, (role.WindowText, role.Text, role.ButtonText, role.ToolTipText)),
        (colours.muted, (role.PlaceholderText,)),
        (colours.accent, (role.Highlight, role.Accent, role.Link)),
        (colours.on_accent, (role.HighlightedText,)),
        (colours.problem, (role.BrightText,)),
    ):
        for each in where:
            result.setColor(each, QColor(name))
    for each in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, each, QColor(colours.muted))
    return result
