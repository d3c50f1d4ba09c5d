"""Cards in Markdown, filled in from the templates in `templates/`.

Text among the values may come from outside, such as names of folders, labels and other tools' tensors: it is escaped,
so that it shows as it is and begins no heading, table, link or element. Only `Markdown` goes in as it is.
"""

from __future__ import annotations

import functools
import json
import re

from jinja2 import Environment, PackageLoader, StrictUndefined

from trainer.terminal import printable

_SPECIAL = re.compile(
    r"""[\\`*<|]                  # code, emphasis, elements, cells of a table
        | \](?=[(\[:])            # a link
        | _(?![^\W_]) | (?<![^\W_])_  # emphasis: between two letters an underscore is only itself
        | ~(?=~) | (?<=~)~        # struck out
        | &(?=\#?\w+;)            # an entity
    """,
    re.VERBOSE,
)


class Markdown(str):
    """Text that is Markdown already."""

    __slots__ = ()


def render(template: str, **values: object) -> str:
    """A template of this package filled in; text among the values is escaped."""
    return _environment().get_template(template).render(**values)


def escape(text: str) -> Markdown:
    """Text as Markdown that shows just that text, on one line; ordinary prose and addresses stay as they are."""
    return Markdown(_SPECIAL.sub(r"\\\g<0>", printable(text)))


def code(text: str) -> Markdown:
    """Text as a code span."""
    text = printable(text)
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return Markdown(f"{fence}{space}{text}{space}{fence}")


def line(text: str) -> Markdown:
    """Text for a block of code, on one line."""
    return Markdown(printable(text))


def quoted(value: str | float) -> Markdown:
    """A value for a block of YAML, which takes JSON's."""
    return Markdown(json.dumps(value, ensure_ascii=False))


def figure(value: float, spec: str) -> Markdown:
    """A number written by a format: `,` or `.2f`."""
    return Markdown(format(value, spec))


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("export.report", "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: value if isinstance(value, Markdown | int | float) else escape(str(value)),
    )
    environment.filters |= {"code": code, "line": line, "quoted": quoted, "figure": figure}
    return environment
