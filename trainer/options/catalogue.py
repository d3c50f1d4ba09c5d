"""The catalogue of options: group, type, unit, default and choices of each, for a program that asks for them."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import textwrap
import types
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from trainer.architectures.families import OPTIONAL, family_names, find_family
from trainer.options.config import GROUPS, TrainConfig
from trainer.options.fields import Unit, flag

_TYPES = {int: "integer", float: "number", bool: "flag", str: "text", Path: "path"}


@dataclass(frozen=True)
class Option:
    """One option of a training, in plain JSON values."""

    name: str
    flag: str
    group: str
    type: str
    """`integer`, `number`, `flag`, `text`, `path`, `choice`, or `size`: an integer, or two as in `96x128`."""
    optional: bool
    """Whether it may be left without a value."""
    help: str
    unit: str | None
    default: Any
    choices: list[str] | None


@dataclass(frozen=True)
class FamilyEntry:
    """One network family, in plain JSON values."""

    name: str
    summary: str
    latents: dict[str, int]
    """The kinds of latent, the usual one first, with their usual sizes."""
    refused_options: list[str]
    inits: list[str]


def list_options() -> list[Option]:
    """Every option, in the order of --help."""
    defaults = TrainConfig().to_json()
    return [_option(name, group, defaults[name]) for name, group in GROUPS.items()]


def list_families() -> list[FamilyEntry]:
    """Every network family that is installed.

    Raises:
        ConfigError: One that another package registered cannot be used.
    """
    found = ((name, find_family(name)) for name in family_names())
    return [
        FamilyEntry(
            name,
            family.summary,
            {str(kind): size for kind, size in family.latents.items()},
            sorted(OPTIONAL - family.options),
            ["random", *family.inits],
        )
        for name, family in found
    ]


def _option(name: str, group: str, default: Any) -> Option:
    kind = type(getattr(TrainConfig(), group))
    hint = get_type_hints(kind, include_extras=True)[name]
    unit = None
    if get_origin(hint) is Annotated:
        hint, *notes = get_args(hint)
        unit = next((note.name for note in notes if isinstance(note, Unit)), None)
    kinds = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    optional = type(None) in kinds
    named = [each for each in kinds if each is not type(None)]
    hint = named[0]
    choices = list(get_args(hint)) if get_origin(hint) is Literal else None
    if name == "arch":
        choices = list(family_names())
    return Option(
        name=name,
        flag=flag(name),
        group=group,
        type="choice" if choices else "size" if named == [int, str] else _TYPES[hint],
        optional=optional,
        help=_docstrings(kind)[name],
        unit=unit,
        default=default,
        choices=choices,
    )


def _docstrings(kind: type[Any]) -> dict[str, str]:
    """The text under each field of a dataclass, on one line."""
    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(body, ast.ClassDef)
    texts: dict[str, str] = {}
    for each, after in zip(body.body, body.body[1:]):
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name) and isinstance(after, ast.Expr):
            texts[each.target.id] = " ".join(str(ast.literal_eval(after.value)).split())
    return {field.name: texts[field.name] for field in dataclasses.fields(kind)}
