"""One HTML file that needs nothing else: style, script and pictures are inside it.

The markup is in `templates/`. Everything shown is escaped there, but for `Markup`, which is a part made here.
"""

from __future__ import annotations

import base64
import functools
import io
from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from numpy.typing import NDArray
from PIL import Image

from trainer.machine.files import open_regular, write_text
from trainer.terminal import printable

LARGEST_PICTURE_BYTES = 64 << 20

Cell = str | float | Markup | None
"""What a table shows: text, a number, markup, or nothing."""


def write_page(path: Path, title: str, lead: str, sections: Iterable[Markup]) -> None:
    """Writes a page whole or not at all.

    Raises:
        OSError: The file cannot be written.
    """
    style, script = (Markup(_resource(name)) for name in ("style.css", "script.js"))
    shown = {"title": title, "lead": lead, "style": style, "script": script, "sections": list(sections)}
    write_text(path, render("page.html", **shown))


def render(template: str, **values: object) -> Markup:
    """A template of this package filled in; text among the values is escaped."""
    return Markup(_environment().get_template(template).render(**values))


def section(title: str, *parts: Markup | None, note: str = "", wide: bool = False) -> Markup:
    """A titled card; parts that are None are left out."""
    return _part("section", title, parts, note, wide)


def tiles(figures: Iterable[tuple[str, str, str]]) -> Markup:
    """Large figures: each a name, a value, and what it means."""
    return _part("tiles", list(figures))


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Markup:
    """A table that scrolls sideways where it is too wide; numbers are set to the right."""
    return _part("table", head, list(rows))


def paragraph(text: str) -> Markup:
    """A paragraph of plain text."""
    return _part("paragraph", text)


def code(text: str) -> Markup:
    """A command, to be copied."""
    return _part("code", text)


def picture(pixels: NDArray[np.uint8], caption: str) -> Markup:
    """A picture, uint8 [H, W, 3] RGB, with a line under it."""
    return _part("figure", png_uri(pixels), caption)


def file_figure(path: Path, caption: str) -> Markup:
    """A PNG file as a picture with a line under it.

    Raises:
        OSError: It cannot be read.
    """
    return _part("figure", file_uri(path), caption)


def pictures(figures: Iterable[Markup]) -> Markup:
    """Several figures side by side, as many as there is room for."""
    return _part("figures", list(figures))


def scrubber(frames: Sequence[tuple[str, str]], rows: str) -> Markup:
    """One picture at a time, chosen with a slider: each frame a caption and the picture's address."""
    return _part("scrubber", frames, rows)


def png_uri(pixels: NDArray[np.uint8]) -> str:
    """A picture, uint8 [H, W, 3] RGB, as an address that holds it."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, format="PNG", optimize=True)
    return _uri(file.getvalue())


def file_uri(path: Path) -> str:
    """A PNG file as an address that holds it.

    Raises:
        OSError: It cannot be read.
    """
    with open_regular(path) as file:
        return _uri(file.read(LARGEST_PICTURE_BYTES))


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("trainer.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    environment.filters["cell"] = _cell
    environment.tests["number_or_none"] = lambda value: value is None or isinstance(value, int | float)
    return environment


def _part(name: str, *values: object) -> Markup:
    macro: Any = getattr(_environment().get_template("parts.html").module, name)
    return Markup(macro(*values))


def _finalize(value: object) -> object:
    """What no page should hold, a control or half a character out of a file's name, is shown by its number."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _cell(value: Cell) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    return f"{value:,}" if isinstance(value, int) else f"{value:.4g}" if abs(value) < 0.01 else f"{value:,.3f}"


def _uri(content: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"


def _resource(name: str) -> str:
    return (resources.files("trainer.report") / name).read_text(encoding="utf-8")
