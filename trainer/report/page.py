"""One HTML file that needs nothing else: style, script and pictures are inside it.

What is shown is escaped here; `Html` marks what already is markup.
"""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from trainer.machine.files import write_text

LARGEST_PICTURE_BYTES = 64 << 20


class Html(str):
    """Markup, not to be escaped again."""


Cell = str | float | Html | None
"""What a table shows: text, a number, markup, or nothing."""


def write_page(path: Path, title: str, lead: str, sections: Iterable[Html]) -> None:
    """Writes a page beside its place and renames it there.

    Raises:
        OSError: The disk refused.
    """
    style, script = (_resource(name) for name in ("style.css", "script.js"))
    body = "\n".join(sections)
    write_text(
        path,
        f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{html.escape(title)}</title>
<style>{style}</style>
<header><h1>{html.escape(title)}</h1><p>{html.escape(lead)}</p></header>
<main>
{body}
</main>
<script>{script}</script>
</html>
""",
    )


def section(title: str, *parts: Html | None, note: str = "", wide: bool = False) -> Html:
    """A titled card; parts that are None are left out."""
    said = f'<p class="note">{html.escape(note)}</p>' if note else ""
    kind = ' class="wide"' if wide else ""
    return Html(
        f"<section{kind}><h2>{html.escape(title)}</h2>{said}{''.join(part for part in parts if part)}</section>"
    )


def tiles(figures: Iterable[tuple[str, str, str]]) -> Html:
    """Large figures: each a name, a value, and what it means."""
    cells = "".join(
        f'<div class="tile"><span>{html.escape(name)}</span><b>{html.escape(value)}</b>'
        f"<small>{html.escape(meaning)}</small></div>"
        for name, value, meaning in figures
    )
    return Html(f'<div class="tiles">{cells}</div>')


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Html:
    """A table that scrolls sideways where it is too wide; numbers are set to the right."""
    heads = "".join(f"<th>{html.escape(name)}</th>" for name in head)
    lines = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return Html(f'<div class="scroll"><table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div>')


def paragraph(text: str) -> Html:
    """A paragraph of plain text."""
    return Html(f"<p>{html.escape(text)}</p>")


def code(text: str) -> Html:
    """A command, to be copied."""
    return Html(f'<pre class="scroll"><code>{html.escape(text)}</code></pre>')


def picture(pixels: NDArray[np.uint8], caption: str) -> Html:
    """A picture, uint8 [H, W, 3] RGB, with a line under it."""
    shown = html.escape(caption)
    return Html(f'<figure><img src="{png_uri(pixels)}" alt="{shown}"><figcaption>{shown}</figcaption></figure>')


def file_figure(path: Path, caption: str) -> Html:
    """A PNG file as a picture with a line under it.

    Raises:
        OSError: It cannot be read.
    """
    shown = html.escape(caption)
    return Html(f'<figure><img src="{file_uri(path)}" alt="{shown}"><figcaption>{shown}</figcaption></figure>')


def pictures(figures: Iterable[Html]) -> Html:
    """Several figures side by side, as many as there is room for."""
    return Html(f'<div class="figures">{"".join(figures)}</div>')


def scrubber(frames: Sequence[tuple[str, str]], rows: str) -> Html:
    """One picture at a time, chosen with a slider: each frame a caption and the picture's address."""
    caption, address = (html.escape(text) for text in frames[-1])
    options = "".join(
        f'<i data-src="{html.escape(each)}" data-caption="{html.escape(name)}"></i>' for name, each in frames
    )
    last = len(frames) - 1
    return Html(
        f'<figure class="scrubber"><img src="{address}" alt="{html.escape(rows)}">'
        f"<figcaption><output>{caption}</output><span>{html.escape(rows)}</span></figcaption>"
        f'<input type="range" min="0" max="{last}" value="{last}" aria-label="Which epoch">{options}</figure>'
    )


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
    with path.open("rb") as file:
        return _uri(file.read(LARGEST_PICTURE_BYTES))


def _uri(content: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"


def _cell(value: Cell) -> str:
    if value is None:
        return '<td class="number">–</td>'
    if isinstance(value, str):
        return f"<td>{value if isinstance(value, Html) else html.escape(value)}</td>"
    shown = f"{value:,}" if isinstance(value, int) else f"{value:.4g}" if abs(value) < 0.01 else f"{value:,.3f}"
    return f'<td class="number">{shown}</td>'


def _resource(name: str) -> str:
    return (resources.files("trainer.report") / name).read_text(encoding="utf-8")
