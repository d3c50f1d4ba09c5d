"""A batch on many machines by Ray: needs the extra `convae[cluster]`; everything else works without it."""
