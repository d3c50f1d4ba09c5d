"""The lessons in their order: every file of `content/` is one."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from desktop.lessons import content
from desktop.lessons.lesson import Lesson


@functools.cache
def lessons() -> tuple[Lesson, ...]:
    """Every lesson, by its number."""
    names = [module.name for module in pkgutil.iter_modules(content.__path__, f"{content.__name__}.")]
    return tuple(sorted((importlib.import_module(name).LESSON for name in names), key=lambda each: each.number))
