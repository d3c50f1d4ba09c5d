"""The style sheet: what each role of a label and of a button looks like."""

from __future__ import annotations

import dataclasses
from typing import Literal

from desktop.theme import sizes
from desktop.theme.colours import DARK, Colours

Role = Literal["title", "heading", "muted", "number", "fact", "plain", "grade-good", "grade-note", "grade-bad"]

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
QScrollArea, QListView, QTableView {{ background: transparent; border: none; outline: none; }}
QTableView {{ selection-background-color: transparent; }}
QHeaderView, QHeaderView::section {{
    background: transparent; color: {muted}; border: none; font-size: {small_size}px; padding: 0 6px;
}}
#selection {{ background: {surface}; border: 1px solid {line}; border-radius: 6px; }}
QToolTip {{ background: {surface}; color: {text}; border: 1px solid {line}; padding: 4px 6px; }}

QPushButton {{
    background: transparent; color: {text}; border: 1px solid {edge}; border-radius: 6px; padding: 6px 12px;
}}
QPushButton:hover {{ background: {surface}; border-color: {muted}; }}
QPushButton:focus {{ border-color: {accent}; }}
QPushButton:pressed {{ background: {canvas}; }}
QPushButton:disabled {{ color: {muted}; border-color: {line}; background: transparent; }}
QPushButton:checked {{ background: {canvas}; border-color: {accent}; }}
QPushButton[role="primary"] {{ background: {accent}; color: {on_accent}; border-color: {accent}; font-weight: {bold}; }}
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:focus {{ border-color: {text}; }}
QPushButton[role="primary"]:disabled {{ background: {canvas}; color: {muted}; border-color: {canvas}; }}

QPushButton[role="small"], QPushButton[role="quiet"], QPushButton[role="toggle"] {{
    background: transparent; border: 1px solid transparent; padding: 4px 5px; font-size: {small_size}px;
}}
QPushButton[role="small"]:hover, QPushButton[role="quiet"]:hover, QPushButton[role="toggle"]:hover {{
    background: {canvas};
}}
QPushButton[role="small"]:pressed, QPushButton[role="quiet"]:pressed {{ background: {line}; }}
QPushButton[role="small"]:checked {{ background: {canvas}; }}
QPushButton[role="toggle"]:checked {{ background: transparent; }}
QPushButton[role="toggle"]:checked:hover {{ background: {canvas}; }}
QPushButton[role="small"]:focus, QPushButton[role="quiet"]:focus, QPushButton[role="toggle"]:focus {{
    border-color: {accent};
}}

QFrame[role="segments"] {{ background: {canvas}; border: none; border-radius: 8px; }}
QPushButton[role="segment"] {{
    background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 3px 7px;
    color: {muted}; font-size: {small_size}px;
}}
QPushButton[role="segment"]:hover {{ color: {text}; }}
QPushButton[role="segment"]:checked {{ background: {raised}; color: {text}; border-color: {line}; }}
QPushButton[role="segment"]:focus {{ border-color: {accent}; }}
QPushButton[role="handle"] {{
    background: transparent; border: 1px solid transparent; padding: 4px 9px 4px 24px; font-size: {small_size}px;
}}
QPushButton[role="handle"]:hover {{ background: {canvas}; }}
QPushButton[role="handle"]:focus {{ border-color: {accent}; }}

QPushButton[role="tab"], QTabBar::tab {{
    background: transparent; color: {muted}; border: none; border-bottom: 2px solid transparent; border-radius: 0;
    padding: 6px 2px; margin-right: 18px;
}}
QPushButton[role="tab"]:hover, QTabBar::tab:hover {{ color: {text}; }}
QPushButton[role="tab"]:checked, QTabBar::tab:selected {{
    background: transparent; color: {text}; border-bottom: 2px solid {accent};
}}
QPushButton[role="tab"]:focus, QTabBar::tab:focus {{ color: {accent}; }}
QTabBar {{ border: none; background: transparent; }}
QTabBar::tab:disabled, QPushButton[role="tab"]:disabled {{ color: {muted}; }}

QToolButton[role="tool"], QPushButton[role="tool"] {{
    background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px;
}}
QToolButton[role="tool"]:hover, QPushButton[role="tool"]:hover {{ background: {canvas}; }}
QToolButton[role="tool"]:focus, QPushButton[role="tool"]:focus {{ border-color: {accent}; }}
QToolButton[role="tool"]:checked, QPushButton[role="tool"]:checked {{ background: {canvas}; }}
QToolButton[role="start"] {{
    background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 5px 2px 4px 2px;
    font-size: {small_size}px;
}}
QToolButton[role="start"]:hover {{ background: {canvas}; }}
QToolButton[role="start"]:focus {{ border-color: {accent}; }}
QToolButton[role="start"]:checked {{ background: {canvas}; border-color: {line}; }}
QToolButton[role="start"]:disabled {{ color: {muted}; }}
QPushButton[role="card"] {{
    background: {surface}; border: 1px solid {line}; border-radius: 8px; padding: 0; font-weight: normal;
}}
QPushButton[role="card"]:hover {{ border-color: {muted}; }}
QPushButton[role="card"]:focus {{ border-color: {accent}; }}
QPushButton[role="card"]:checked {{ border: 2px solid {accent}; }}
QFrame[role="card"] {{ background: {surface}; border: 1px solid {line}; border-radius: 8px; }}
QFrame[role="popover"] {{ background: {surface}; border: 1px solid {edge}; border-radius: 8px; }}
QProgressBar {{ background: {canvas}; border: none; border-radius: 3px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}

#message {{ background: {raised}; border: 1px solid {edge}; border-left: 3px solid {accent}; border-radius: 8px; }}
#message[problem="true"] {{ border-left-color: {problem}; }}
#advice {{ background: {surface}; border: 1px solid {accent}; border-radius: 6px; }}

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
    background: transparent; color: {text}; border: none; border-radius: 6px; padding: 7px 8px; text-align: left;
}}
QPushButton[role="page"]:hover {{ background: {window}; }}
QPushButton[role="page"]:checked {{ background: {canvas}; font-weight: {bold}; color: {text}; }}
QPushButton[role="page"]:focus {{ border: 1px solid {accent}; padding: 6px 7px; }}

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

QTableView {{ background: {surface}; border: 1px solid {line}; border-radius: 6px; outline: none;
    selection-background-color: {canvas}; selection-color: {text}; }}
QTableView::item {{ padding: 0 8px; border: none; }}
QTableView:focus {{ border-color: {accent}; }}
QHeaderView::section {{ background: {surface}; color: {muted}; border: none; border-bottom: 1px solid {line};
    padding: 4px 8px; font-size: {small_size}px; }}
QTableCornerButton::section {{ background: {surface}; border: none; }}

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


def style_sheet(colours: Colours, bold: int = sizes.BOLD) -> str:
    """`STYLE` with its colours and sizes filled in; `bold` is the weight of what stands out."""
    return STYLE.format(
        **dataclasses.asdict(colours),
        text_size=sizes.TEXT,
        small_size=sizes.SMALL_TEXT,
        title_size=sizes.TITLE_TEXT,
        scroll_bar=sizes.SCROLL_BAR,
        bold=bold,
        icons=sizes.ICONS.as_posix(),
        shade="dark" if colours is DARK else "light",
    )
