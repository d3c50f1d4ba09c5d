"""What to type for the packages of an extra that is not installed."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def install_line(extra: str) -> str:
    """The line that brings an extra's packages: uv's in a clone of the project, pip's where ConvAE was installed."""
    if (ROOT / "pyproject.toml").is_file():
        return f"uv sync --inexact --extra {extra}"
    return f"pip install 'convae[{extra}]'"
