"""The card of an adopted bundle."""

from __future__ import annotations

from export.bundle import BundleInfo
from export.foreign.trial import Evidence
from export.report.markdown import render


def write_card(info: BundleInfo, evidence: Evidence, files: tuple[str, str], tried: int) -> str:
    """The bundle's `README.md`.

    Args:
        info: What `bundle.json` will say.
        evidence: What the pair was taken for, and what else was tried.
        files: Names of the encoder's and the decoder's file.
        tried: On how many pictures.
    """
    return render("adopted.md", info=info, evidence=evidence, files=files, tried=tried)
