"""The card of a repository: the block of metadata that the hub reads, the bundle's own card, and how to load it."""

from __future__ import annotations

from export.bundle import BundleInfo
from export.report.markdown import Markdown, render


def write_card(info: BundleInfo, card: str, license_id: str) -> str:
    """The repository's `README.md`; in its metadata, text from the bundle stands in quotes, as YAML takes JSON's."""
    return render("repository.md", info=info, card=Markdown(card.rstrip()), license_id=license_id)
