"""Everything that the desktop computes, without Qt."""
