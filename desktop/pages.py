"""The pages of the window. One line here puts a page into the navigation; its module is imported when it is needed."""

from __future__ import annotations

import dataclasses
import importlib

from desktop.i18n import mark
from desktop.page import Page
from desktop.state.services import Services


@dataclasses.dataclass(frozen=True)
class PageSpec:
    """Where a page is, and what it is called.

    Attributes:
        name: Its short name, as in `--page NAME` and in `Actions.add(page=...)`.
        title: What the navigation calls it, in English.
        tip: What it is for, in English.
        module: The module that holds it.
        kind: The class, a `Page`, in that module.
    """

    name: str
    title: str
    tip: str
    module: str
    kind: str

    def make(self, services: Services) -> Page:
        """The page itself."""
        kind = getattr(importlib.import_module(self.module), self.kind)
        page: Page = kind(services)
        return page


PAGES = (
    PageSpec(
        "picture",
        mark("Picture"),
        mark("See a picture and its reconstruction, and steer its latent"),
        "desktop.picture.page",
        "PicturePage",
    ),
    PageSpec(
        "morph",
        mark("Morph"),
        mark("A film from one picture to the next"),
        "desktop.morph.page",
        "MorphPage",
    ),
    PageSpec(
        "batch",
        mark("Batch"),
        mark("Take a folder of pictures through the model"),
        "desktop.batch.page",
        "BatchPage",
    ),
    PageSpec(
        "inspect",
        mark("Inspect"),
        mark("Find anomalies, similar pictures, duplicates and directions in a folder"),
        "desktop.inspect.page",
        "InspectPage",
    ),
    PageSpec(
        "training",
        mark("Training"),
        mark("Train a model on your own pictures, watch it learn, and open it"),
        "desktop.training.page",
        "TrainingPage",
    ),
)
