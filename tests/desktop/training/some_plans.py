"""Plans for tests."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from desktop.training.launch import GOALS, LONGEST_MINUTES, Plan

TEXTS = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), max_size=20)
PLANS = st.builds(
    Plan,
    data=st.none() | st.just(Path("/pictures/mine")),
    out=st.just(Path("/runs/mine")),
    goal=st.sampled_from(GOALS),
    minutes=st.integers(0, LONGEST_MINUTES),
    more=st.lists(TEXTS, max_size=5).map(tuple),
    model=st.booleans(),
)
