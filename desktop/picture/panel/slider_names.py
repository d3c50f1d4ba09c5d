"""The names that the user gives to sliders, kept for each model."""

from __future__ import annotations

import json

from desktop.engine.sliders.latents import GROUPS
from desktop.engine.sliders.steering import Knob
from desktop.state.settings import Settings
from export.bundle import BundleInfo

HASH_DIGITS = 24


class SliderNames:
    """The names of one model's sliders. A model is known by its decoder's SHA-256: an axis means what it decodes to."""

    def __init__(self, settings: Settings, info: BundleInfo) -> None:
        """The names that were kept; what is stored and is none is ignored."""
        self._settings, self._place = settings, f"slider-names/{info.sha256['decoder.onnx'][:HASH_DIGITS]}"
        self._names: dict[str, str] = {}
        try:
            stored = json.loads(settings.text(self._place, "{}"))
        except (ValueError, RecursionError):
            stored = None
        if isinstance(stored, dict):
            self._names = {key: name for key, name in stored.items() if isinstance(name, str) and _knob(key)}

    def all(self) -> dict[Knob, str]:
        """Every name given."""
        return {knob: name for key, name in self._names.items() if (knob := _knob(key))}

    def give(self, knob: Knob, name: str) -> None:
        """Keeps a name; an empty one is forgotten."""
        key = f"{knob.group}-{knob.index}"
        self._names.pop(key, None)
        if name:
            self._names[key] = name
        self._settings.set_text(self._place, json.dumps(self._names))


class SliderFavourites:
    """The sliders with a star, of one model, known as in `SliderNames`. Local axes have none: they are of a picture."""

    def __init__(self, settings: Settings, info: BundleInfo) -> None:
        """Those that were kept; what is stored and is none is ignored."""
        self._settings, self._place = settings, f"slider-favourites/{info.sha256['decoder.onnx'][:HASH_DIGITS]}"
        try:
            stored = json.loads(settings.text(self._place, "[]"))
        except (ValueError, RecursionError):
            stored = None
        keys = stored if isinstance(stored, list) else []
        self.knobs = {knob for key in keys if isinstance(key, str) and (knob := _knob(key)) is not None}

    def set(self, knob: Knob, on: bool) -> None:
        """Gives a slider a star, or takes it."""
        (self.knobs.add if on else self.knobs.discard)(knob)
        self._settings.set_text(self._place, json.dumps(sorted(f"{each.group}-{each.index}" for each in self.knobs)))


def _knob(key: str) -> Knob | None:
    """The slider that a key names; None for a key of something else."""
    group, _, index = key.rpartition("-")
    return next((Knob(name, int(index)) for name in GROUPS if name == group and index.isdecimal()), None)
