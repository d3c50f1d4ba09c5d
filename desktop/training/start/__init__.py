"""Where a training begins: what it may be for, a first try, and the runs that there are."""
