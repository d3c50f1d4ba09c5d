"""Everything that a run can be told, and the command line that says it."""
