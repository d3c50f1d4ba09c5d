"""Union-find: a root for everything that is joined."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from desktop.engine.similarity.union_find import find


@given(some.lists(some.tuples(some.integers(0, 19), some.integers(0, 19)), max_size=40))
def test_two_names_have_one_root_where_a_path_joins_them(joined: list[tuple[int, int]]) -> None:
    """As a search along the joins finds it, whatever was joined in whatever order."""
    parents = list(range(20))
    for one, other in joined:
        parents[find(parents, one)] = find(parents, other)
    reached = {name: {name} for name in range(20)}
    for _ in range(20):
        for one, other in joined:
            both = reached[one] | reached[other]
            for name in both:
                reached[name] = both
    for one in range(20):
        for other in range(20):
            assert (find(parents, one) == find(parents, other)) == (other in reached[one])
